"""What a page's head or foot left in the text of a clause: a page number, or words that recur on one side only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from avskrift.comparison.clauses.compared_clause import ComparedClause
from avskrift.comparison.clauses.words import Token, printed
from avskrift.language.page_numbers import holds_page_number
from avskrift.models.comparison import RunKind


@dataclass(frozen=True, slots=True)
class Settings:
    """Bounds found on scanned agreements whose heads stood within sentences."""

    most_words: int = 14
    """Words of a page's head at most."""
    least_letters: int = 8
    """Letters from which words that recur are a head, and no common turn of phrase."""


SETTINGS = Settings()


def recurring_words(compared: Iterable[ComparedClause], kind: RunKind) -> frozenset[str]:
    """The letters of stretches that only one side has, in several places; `kind` is REMOVED for those of the old."""
    often = Counter(
        _letters(one.gone(stretch) or one.came(stretch))
        for one in compared
        for stretch in one.stretches
        if stretch.kind is kind
    )
    return frozenset(letters for letters, n in often.items() if n > 1 and len(letters) >= SETTINGS.least_letters)


def is_page_head(tokens: Sequence[Token], recurring: frozenset[str]) -> bool:
    """Whether words that only one side has are what its pages begin or end with; `recurring` as `recurring_words`."""
    if len(tokens) > SETTINGS.most_words:
        return False
    return _letters(tokens) in recurring or holds_page_number(printed(tokens))


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(c for token in tokens for c in token.key if c.isalpha())
