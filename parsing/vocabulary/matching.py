"""Terms of a vocabulary found in a text however it was set or misread."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from avskrift.language.fold import fold


def closest(text: str, terms: Sequence[str], at_least: float = 88.0) -> tuple[str, float] | None:
    """The term most like `text` and how like (0 to 100); None when none reaches `at_least`.

    The measure is rapidfuzz's normalised indel similarity of the folded strings.
    """
    if not text:
        return None
    found = process.extractOne(fold(text), folded(tuple(terms)), scorer=fuzz.ratio, score_cutoff=at_least)
    return None if found is None else (terms[found[2]], found[1])


@lru_cache(maxsize=1024)
def folded(terms: tuple[str, ...]) -> tuple[str, ...]:
    """Each of the terms as it is compared."""
    return tuple(fold(t) for t in terms)
