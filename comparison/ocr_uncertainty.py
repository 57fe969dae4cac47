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
from avskrift.language.lexicon import ONE_LETTER_WORDS
from avskrift.models.agreement import Agreement, Evidence

_LONE = frozenset(f"{ONE_LETTER_WORDS}ÅÖ")
"""Letters that are words."""
_MOST_COMPARED, _LONGEST_NOTE = 10_000_000, 500
"""Letters of words times letters of all footnotes up to which both are looked at whole; letters of a note beyond it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Confidences and shares from 0 to 1 unless another unit is named; tuned on scanned agreements."""

    unsure: float = 0.6
    """Confidence below which an evidence is a weak one."""
    unsure_correction: float = 0.75
    """Confidence below which a correction leaves doubt."""
    least_note: int = 30
    """Letters from which words can be recognised as a footnote."""
    alike_note: float = 80.0
    """How like a footnote they must be (rapidfuzz's partial ratio, 0 to 100)."""
    few_words: int = 3
    """Words up to which they are compared letter by letter."""
    letters_per_edit: int = 4
    """Letters for each that may differ in words that are spelled almost alike."""
    least_letters: int = 4
    """Letters from which any may differ."""
    broken: float = 0.4
    """Share of broken words from which a stretch is no text."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Reading:
    """How surely a document was read: words in doubt and words corrected on weak grounds, by page; pages that were not
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
        for correction in record.corrections:
            if correction.confidence < SETTINGS.unsure_correction:
                unsure.setdefault(correction.page, set()).update(_keys((correction.raw, correction.corrected)))
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
        if len(wanted) < SETTINGS.least_note or not self.notes:
            return False
        notes = self.notes
        if len(wanted) * len(notes) > _MOST_COMPARED:
            wanted, notes = wanted[:_LONGEST_NOTE], notes[: _MOST_COMPARED // _LONGEST_NOTE]
        return fuzz.partial_ratio(wanted, notes) >= SETTINGS.alike_note


def _keys(texts: Iterable[str]) -> set[str]:
    return {key for text in texts for word in text.split() if (key := fold_word(word))}


def weakness_of(evidence: Evidence | None) -> list[str]:
    """Why a value may be misread."""
    if evidence is None or evidence.confidence >= SETTINGS.unsure:
        return []
    raw = "" if evidence.raw == evidence.text else f", read as “{evidence.raw[:60]}”"
    return [f"“{evidence.text[:60]}” has a confidence of {evidence.confidence:.2f}{raw}"]


def misreading_in(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Why a difference between these words is likely OCR's: one side is no text, or the two are all but one."""
    found = [reason for words in (old, new) if (reason := _broken_text(words))]
    if found or not old or not new or max(len(old), len(new)) > SETTINGS.few_words:
        return found
    a, b = "".join(map(fold_word, old)), "".join(map(fold_word, new))
    distance = OSA.distance(a, b)
    if _may_be_misread(old, new) and distance <= max(len(a), len(b)) // SETTINGS.letters_per_edit:
        return [f"may be OCR: “{' '.join(old)}” and “{' '.join(new)}” are spelled almost alike"]
    if len(a) == len(b) and distance == 1 and len(weighty(a) | weighty(b)) == 1:
        return [f"may be OCR: “{' '.join(old)}” and “{' '.join(new)}” differ in one letter"]
    return []


def _broken_text(words: Sequence[str]) -> str:
    """Why words are no text; empty where they may be."""
    broken = [word for word in words if _is_broken(word)]
    if not broken or len(broken) < SETTINGS.broken * len(words):
        return ""
    return f"may be OCR: “{' '.join(broken[:6])}” is no text"


def _may_be_misread(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether some of these words are known to nobody, though long enough, and none is a number."""
    keys = ["".join(map(fold_word, words)) for words in (old, new)]
    if min(map(len, keys)) < SETTINGS.least_letters or any(c.isdigit() for key in keys for c in key):
        return False
    return not all(map(is_word, (*old, *new)))


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
