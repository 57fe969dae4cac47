"""Who the opening of a document names, and whether the pages before end with signatures: what tells one agreement from
the next behind it."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.models.agreement import PartyKind
from avskrift.models.document import WIDE_GAP
from avskrift.parsing.structure.entities import is_person_name, organisations_in
from avskrift.parsing.vocabulary import Vocabulary

_PUNCTUATION = ".,:;()”"
_SAME = 90.0
"""How alike (0 to 100, rapidfuzz's ratio) two spellings of one name are at least."""
_OPENING = 8
"""Lines in which a document says whose it is."""
_SIGNED = 10
"""Lines at the end of a page among which signatures stand,"""
_NAMES = 2
"""and persons named there from which it is sure, each in a line or a column of its own."""


def municipalities_in(texts: Sequence[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The municipalities that some lines name, folded."""
    found = organisations_in(" ".join(texts), vocabulary)
    named = (fold(one.text) for one in found if one.label == PartyKind.MUNICIPALITY)
    return frozenset(name for name in named if len(name.split()) > 1)


def of_openings(
    here: Sequence[str], before: Sequence[str], last: Sequence[str], vocabulary: Vocabulary, *, named: bool
) -> dict[str, float]:
    """What the opening of a page and the pages before say of whose they are, as features.

    `here` are the lines of the page, `before` those of the document's pages before it from the first on, `last` those
    of the page before; `named` tells that the head of the page names a document. The words are those of the
    `vocabulary`.
    """
    signed = _signatures_at_end(last, vocabulary)
    return {
        "other parties": _are_others(here[:_OPENING], before, vocabulary),
        "signatures end the page before": signed,
        "named behind signatures": signed if named else 0.0,
    }


def _are_others(opening: Sequence[str], before: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether an opening names municipalities of which the pages before say nothing, and these name others."""
    own, others = municipalities_in(opening, vocabulary), municipalities_in(before[: 2 * _OPENING], vocabulary)
    if not own or not others:
        return False
    words = frozenset(word.strip(_PUNCTUATION) for text in before for word in fold(text).split())
    return not any(_stands_among(name, words) for name in own)


def _stands_among(name: str, words: frozenset[str]) -> bool:
    """Whether some word is the name of a municipality, or like it: "vikens" of "viken kommun"."""
    own = name.split()[0].removesuffix("s")
    return any(fuzz.ratio(own, word.removesuffix("s"), score_cutoff=_SAME) for word in words)


def _signatures_at_end(texts: Sequence[str], vocabulary: Vocabulary) -> float:
    """How surely (0 to 1) a page ends with persons who sign: one signs a letter, two an agreement."""
    columns = [column.strip() for text in texts[-_SIGNED:] for column in text.split(WIDE_GAP)]
    return min(1.0, sum(is_person_name(column, vocabulary) for column in columns if column) / _NAMES)
