"""Swedish compounds: words that no list holds, made of words that one does.

A string without marks is cut into parts that the lexicon knows, with the linking letters that Swedish puts
between them; each part takes the marks of its likeliest form, so that restoring and recognising are one search.
"""

from dataclasses import dataclass
from functools import lru_cache

from avskrift.language.fold import without_marks
from avskrift.language.lexicon import Lexicon, lexicon

_SHORTEST, _LONGEST = 3, 22
_PER_JOINT = 3.2
_SHARE = 0.52
_BASE = 4.5
_RAREST_SHORT, _PER_LETTER, _RAREST = 13.0, 1.2, 17.3
"""A part of three letters must be common; each letter more lets it be rarer."""
_SHORT_PARTS = frozenset({"ö", "å", "by", "ny", "be", "is", "el", "öl", "ko", "bo", "tv", "it", "eu"})


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
        self.best = lru_cache(maxsize=30_000)(self._best)
        self._part = lru_cache(maxsize=30_000)(self._part_of)

    def _part_of(self, stripped: str, fixed: str) -> tuple[str, float] | None:
        """The likeliest form of one part whose marks do not contradict `fixed`."""
        best: tuple[str, float] | None = None
        for form in self._lexicon.forms_of(stripped):
            if not agrees(form, fixed):
                continue
            entry = self._lexicon.entry(form)
            if entry is None or entry.cost > min(_RAREST, _RAREST_SHORT + _PER_LETTER * (len(form) - _SHORTEST)):
                continue
            if best is None or entry.cost < best[1]:
                best = (form, entry.cost)
        return best

    def _best(self, word: str, strict: bool = False) -> Compound | None:
        """The likeliest compound that `word` (lower case) spells; None when it is none.

        Letters of `word` that carry marks keep them; plain ones may gain them unless `strict`.
        """
        plain = without_marks(word)
        size = len(plain)
        if size < 6 or not plain.isalpha():
            return None
        if not any(self._part(plain[at:], word[at:]) for at in range(size - _SHORTEST, max(0, size - _LONGEST), -1)):
            return None  # most strings that are no compounds have no known end
        # chart[i] holds the cheapest cut of plain[:i]: cost, form, parts
        chart: list[tuple[float, str, tuple[str, ...]] | None] = [None] * (size + 1)
        chart[0] = (0.0, "", ())
        for start in range(size - 2):
            here = chart[start]
            if here is None or len(here[2]) >= 4:
                continue
            for length in self._lexicon.prefixes(plain[start : start + _LONGEST]):
                end = start + length
                piece = plain[start:end]
                if end - start < _SHORTEST and piece not in _SHORT_PARTS:
                    continue
                last = end == size
                part = self._part(piece, word[start:end])
                if part is None or (strict and part[0] != word[start:end]):
                    continue
                cost = here[0] + part[1] * _SHARE + (_PER_JOINT if start else 0.0)
                parts = (*here[2], part[0])
                self._offer(chart, end, cost, here[1] + part[0], parts)
                if not last and plain[end] == "s" and size - end > 3 and not piece.endswith("s"):
                    self._offer(chart, end + 1, cost + 0.3, here[1] + part[0] + "s", parts)
        found = chart[size]
        if found is None or len(found[2]) < 2:
            return None
        return Compound(found[1], found[0] + _BASE, found[2])

    @staticmethod
    def _offer(
        chart: list[tuple[float, str, tuple[str, ...]] | None], at: int, cost: float, form: str, parts: tuple[str, ...]
    ) -> None:
        old = chart[at]
        if old is None or cost < old[0]:
            chart[at] = (cost, form, parts)


def agrees(form: str, read: str) -> bool:
    """Whether `form` can be what `read` shows: alike, but for marks that `read` lacks."""
    if len(form) != len(read):
        return False
    if form == read:
        return True
    return all(f == r or (without_marks(f) == r) for f, r in zip(form, read, strict=True))
