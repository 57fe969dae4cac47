"""Swedish compounds: words that no list holds, made of words that one does.

A string without marks is cut into parts that the lexicon knows, with the linking letters that Swedish puts
between them; each part takes the marks of its likeliest form, so that restoring and recognising are one search.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from avskrift.language.fold import without_marks
from avskrift.language.lexicon import Lexicon, lexicon

_SHORT_PARTS = frozenset({"ö", "å", "by", "ny", "be", "is", "el", "öl", "ko", "bo", "tv", "it", "eu"})
"""Words of fewer letters than `Settings.shortest_part` that begin or join compounds all the same."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Costs are negative natural logarithms of probabilities; lengths are in letters. By trial on running text."""

    shortest: int = 6
    """Letters of the shortest compound."""
    shortest_part: int = 3
    longest_part: int = 22
    most_parts: int = 4
    per_joint: float = 3.2
    """What each joint costs."""
    linking_s: float = 0.3
    """What a linking s costs."""
    share: float = 0.52
    """The share of a part's cost as a word that it costs as a part."""
    base: float = 4.5
    """What it costs to be no listed word."""
    rarest_short: float = 13.0
    per_letter: float = 1.2
    rarest: float = 17.3
    """What a part of three letters may cost as a word at most, what each letter more allows, and the most of all."""


SETTINGS = Settings()
_KEPT = 30_000
"""Results that are kept: the words of a long text."""
_Cut = tuple[float, str, tuple[str, ...]]
"""The beginning of a word as parts: its cost, its form, its parts."""


@lru_cache(maxsize=4)
def compounds(glossary: tuple[str, ...] = ()) -> "Compounds":
    """The compounds of this process's lexicon with a glossary."""
    return Compounds(lexicon(glossary))


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound's form and cost (as a word's: negative natural logarithm)."""

    form: str
    cost: float
    parts: tuple[str, ...] = ()


class Compounds:
    """Searches compounds in one lexicon; results are kept."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.best = lru_cache(maxsize=_KEPT)(self._best)
        self._part = lru_cache(maxsize=_KEPT)(self._part_of)

    def _part_of(self, stripped: str, fixed: str) -> tuple[str, float] | None:
        """The likeliest form of one part whose marks do not contradict `fixed`."""
        longer = len(stripped) - SETTINGS.shortest_part
        limit = min(SETTINGS.rarest, SETTINGS.rarest_short + SETTINGS.per_letter * longer)
        best: tuple[str, float] | None = None
        for form in self._lexicon.forms_of(stripped):
            entry = self._lexicon.entry(form) if agrees(form, fixed) else None
            if entry is not None and entry.cost <= limit and (best is None or entry.cost < best[1]):
                best = (form, entry.cost)
        return best

    def _best(self, word: str, strict: bool = False) -> Compound | None:
        """The likeliest compound that `word` (lower case) spells; None when it is none.

        Letters of `word` that carry marks keep them; plain ones may gain them unless `strict`.
        """
        plain = without_marks(word)
        size = len(plain)
        if size < SETTINGS.shortest or not plain.isalpha() or not self._ends_in_part(plain, word):
            return None
        chart: list[_Cut | None] = [None] * (size + 1)  # chart[i] holds the cheapest cut of plain[:i]
        chart[0] = (0.0, "", ())
        for start in range(size - 2):
            before = chart[start]
            if before is None or len(before[2]) >= SETTINGS.most_parts:
                continue
            for end, form, cost in self._parts_at(plain, word, start, strict):
                _extend(chart, before, plain, end, (form, cost))
        found = chart[size]
        if found is None or len(found[2]) < 2:
            return None
        return Compound(found[1], found[0] + SETTINGS.base, found[2])

    def _ends_in_part(self, plain: str, word: str) -> bool:
        """Whether any end of a word is a part: most strings that are no compounds have no known end."""
        size = len(plain)
        starts = range(size - SETTINGS.shortest_part, max(0, size - SETTINGS.longest_part), -1)
        return any(self._part(plain[start:], word[start:]) for start in starts)

    def _parts_at(self, plain: str, word: str, start: int, strict: bool) -> Iterator[tuple[int, str, float]]:
        """The parts that begin at a place: where each ends, its form and its cost as a word."""
        for length in self._lexicon.prefixes(plain[start : start + SETTINGS.longest_part]):
            end = start + length
            piece, read = plain[start:end], word[start:end]
            if length < SETTINGS.shortest_part and piece not in _SHORT_PARTS:
                continue
            part = self._part(piece, read)
            if part is not None and (part[0] == read or not strict):
                yield end, *part


def _extend(chart: list[_Cut | None], before: _Cut, plain: str, end: int, part: tuple[str, float]) -> None:
    """Enters into `chart` the cut `before` with one more part, which ends at `end` of the word `plain` and may be
    linked with an s to the next."""
    form = before[1] + part[0]
    cost = before[0] + part[1] * SETTINGS.share + (SETTINGS.per_joint if before[2] else 0.0)
    parts = (*before[2], part[0])
    _offer(chart, end, (cost, form, parts))
    linked = plain[end : end + 1] == "s" and len(plain) - end > SETTINGS.shortest_part and plain[end - 1] != "s"
    if linked:
        _offer(chart, end + 1, (cost + SETTINGS.linking_s, form + "s", parts))


def _offer(chart: list[_Cut | None], at: int, cut: _Cut) -> None:
    old = chart[at]
    if old is None or cut[0] < old[0]:
        chart[at] = cut


def agrees(form: str, read: str) -> bool:
    """Whether `form` can be what `read` shows: alike, but for marks that `read` lacks."""
    if len(form) != len(read):
        return False
    if form == read:
        return True
    return all(f == r or (without_marks(f) == r) for f, r in zip(form, read, strict=True))
