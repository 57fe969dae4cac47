"""Why a difference may be the reading's and not the document's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from avskrift.comparison.ocr_equivalence import is_word
from avskrift.comparison.vocabulary import load, number_values
from avskrift.language.fold import fold_word
from avskrift.models.agreement import Agreement, Evidence

_UNSURE = 0.6
"""Confidence below which an evidence is a weak one."""
_UNSURE_CORRECTION = 0.75
_LONE = frozenset({"i", "å", "ö", "Å", "Ö"})
"""Letters that are words."""
_NOTE, _ALIKE_NOTE = 30, 80.0
"""Letters from which words can be told to be a footnote, and how like it they must be (rapidfuzz's partial ratio)."""
_MOST_COMPARED, _LONGEST_NOTE = 10_000_000, 500
"""Letters of words times letters of all footnotes up to which both are looked at whole; letters of a note beyond it."""
_FEW = 3
"""Words that are compared letter by letter."""
_BROKEN = 0.4
"""Share of broken words from which a stretch is no text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How surely a document was read: words in doubt and words mended on weak grounds, by page; pages that were not
    read well, with their grades; the words of its footnotes, run together."""

    unsure: dict[int, frozenset[str]]
    poor: dict[int, str]
    notes: str

    @classmethod
    def of(cls, record: Agreement) -> Self:
        """What the record tells of its own reading."""
        unsure: dict[int, set[str]] = {}
        for one in record.doubtful:
            unsure.setdefault(one.page, set()).update(_keys((one.raw, one.proposed)))
        for mended in record.corrections:
            if mended.confidence < _UNSURE_CORRECTION:
                unsure.setdefault(mended.page, set()).update(_keys((mended.raw, mended.corrected)))
        grades = enumerate(record.source.page_qualities, 1)
        poor: dict[int, str] = {n: grade for n, grade in grades if grade is not None and grade != "good"}
        notes = "".join(fold_word(word) for note in record.source.footnotes for word in note.text.split())
        return cls({page: frozenset(keys) for page, keys in unsure.items()}, poor, notes)

    def doubts(self, words: Sequence[str], pages: Sequence[int]) -> list[str]:
        """What makes the reading of these words, on these pages or the next, a weak one."""
        found = []
        near = {page + step for page in pages for step in (0, 1)}
        listed = [w for w in words if any(fold_word(w) in self.unsure.get(page, ()) for page in near)]
        if listed:
            found.append(f"the reading of “{' '.join(listed[:4])}” is in doubt")
        weak = sorted(self.poor.keys() & set(pages))
        if words and weak:
            found.append("; ".join(f"the reading of page {page} is {self.poor[page]}" for page in weak))
        return found

    def has_note(self, words: Sequence[str]) -> bool:
        """Whether these words are a footnote of the document."""
        wanted = "".join(map(fold_word, words))
        if len(wanted) < _NOTE or not self.notes:
            return False
        notes = self.notes
        if len(wanted) * len(notes) > _MOST_COMPARED:
            wanted, notes = wanted[:_LONGEST_NOTE], notes[: _MOST_COMPARED // _LONGEST_NOTE]
        return fuzz.partial_ratio(wanted, notes) >= _ALIKE_NOTE


def _keys(texts: Iterable[str]) -> set[str]:
    return {key for text in texts for word in text.split() if (key := fold_word(word))}


def weakness_of(evidence: Evidence | None) -> list[str]:
    """Why a value may be misread."""
    if evidence is None or evidence.confidence >= _UNSURE:
        return []
    raw = "" if evidence.raw == evidence.text else f", read as “{evidence.raw[:60]}”"
    return [f"“{evidence.text[:60]}” has a confidence of {evidence.confidence:.2f}{raw}"]


def misreading_in(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Why a difference between these words is likely OCR's: one side is no text, or the two are all but one."""
    found = []
    for words in (old, new):
        broken = [w for w in words if _is_broken(w)]
        if broken and len(broken) >= _BROKEN * len(words):
            found.append(f"may be OCR: “{' '.join(broken[:6])}” is no text")
    if old and new and not found and max(len(old), len(new)) <= _FEW:
        a, b = "".join(map(fold_word, old)), "".join(map(fold_word, new))
        known = all(map(is_word, (*old, *new)))
        digits = any(c.isdigit() for c in a + b)
        if not known and not digits and min(len(a), len(b)) >= 4 and OSA.distance(a, b) <= max(len(a), len(b)) // 4:
            found.append(f"may be OCR: “{' '.join(old)}” and “{' '.join(new)}” are spelled almost alike")
        elif len(a) == len(b) and OSA.distance(a, b) == 1 and len(weighty(a) | weighty(b)) == 1:
            found.append(f"may be OCR: “{' '.join(old)}” and “{' '.join(new)}” differ in one letter")
    return found


def weighty(key: str) -> frozenset[str]:
    """The kind of word that decides what a sentence means: a duty, a negation, a number in letters."""
    data = load("clauses")
    kinds = {"obligation": {fold_word(w) for w in data["obligation"]["force"]}, "negation": data["negation"]["words"]}
    kinds["number"] = set(number_values())
    return frozenset(kind for kind, listed in kinds.items() if key in listed)


def _is_broken(word: str) -> bool:
    bare = re.sub(r"[\W_]+", "", word)
    if len(bare) == 1:
        return bare.isalpha() and bare not in _LONE
    if any(c.isdigit() for c in bare) and any(c.isalpha() for c in bare):
        return not re.fullmatch(r"\d+[a-zåäö]{1,3}|[A-ZÅÄÖ]{1,4}\d+", bare)
    return len(bare) <= 3 and not is_word(bare) and not bare.isdigit() and not bare.isupper()
