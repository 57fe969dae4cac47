"""How much of their text two pages share: one sheet read twice, two copies, two fillings of one form."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """When two pages are two prints of one text."""

    shortest: int = 4
    """Letters of a word that counts: shorter ones stand on every page."""
    fewest: int = 15
    """Such words that a page has at least: of a cover or a blank form nobody can tell."""
    alike: float = 0.8
    """Share of the words that two prints of one text have in common at least. Other pages have less than half."""
    distinct: float = 0.6
    """Share of the distinct words that they have in common at least."""
    reach: int = 40
    """Pages before in which the other print is looked for: keeps the work in proportion to the pages."""


SETTINGS = Settings()
_WORD = re.compile(rf"[^\W\d_]{{{SETTINGS.shortest},}}")


def word_counts(texts: Iterable[str]) -> Counter[str]:
    """How often each longer word stands in some lines, in small letters."""
    return Counter(word for text in texts for word in _WORD.findall(text.lower()))


def shared(one: Counter[str], other: Counter[str]) -> float:
    """The share (0 to 1) of the words of the shorter of two texts that the other has too; 0 where there are too few."""
    least = min(one.total(), other.total())
    return (one & other).total() / least if least >= SETTINGS.fewest else 0.0


def are_alike(one: Counter[str], other: Counter[str]) -> bool:
    """Whether two pages are prints of one text, as far as their words tell: about as long, most words in both."""
    lengths = one.total(), other.total()
    if min(lengths) < SETTINGS.alike * max(lengths):
        return False
    known = len(one.keys() & other.keys())  # what is quick to see first: most pages differ
    return known >= SETTINGS.distinct * min(len(one), len(other)) and shared(one, other) >= SETTINGS.alike


def first_prints(pages: Sequence[Counter[str]]) -> list[int]:
    """For each page the place (from 0) of the first before it that bears the same text, its own where there is none.

    Pages of one form with other names count as the same text.
    """
    found: list[int] = []
    for at, words in enumerate(pages):
        earlier = (i for i in range(max(0, at - SETTINGS.reach), at) if found[i] == i)
        found.append(next((i for i in earlier if are_alike(pages[i], words)), at))
    return found
