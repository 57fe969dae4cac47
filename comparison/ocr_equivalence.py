"""When two spellings are one reading: marks, case, signs, hyphens and what OCR makes of letters left aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from avskrift.comparison.vocabulary import load
from avskrift.language.compounds import compounds
from avskrift.language.confusions import Use, as_shapes, letters_for_digits
from avskrift.language.fold import fold_word
from avskrift.language.lexicon import UNKNOWN, lexicon

LONGEST_WORD = 200
"""Letters of a word from which it is no word, and one with another only where they are the same."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Tuned on words that scans of one agreement by several engines read otherwise."""

    letter_for_digit: float = 2.0
    """How often a letter is read for a digit, relative to its other readings, to be one here without further proof."""
    rare: float = 15.5
    """Cost in the lexicon (negative natural logarithm) from which a form is no proof of a word: one in five million."""
    gap_alike: float = 3.0
    """How much rarer than the other one of two known words must be to be its misreading where OCR confuses just these
    letters, as a difference of costs: 20 times."""
    gap: float = 7.0
    """How much rarer elsewhere: 1,000 times."""
    letters_per_edit: int = 5
    """Letters of a word for each that may differ where one of the two is known."""
    letters_per_edit_unknown: int = 7
    """Letters of a word for each that may differ where neither is known."""
    short: int = 8
    """Letters below which one may differ."""
    least_letters: int = 3
    """Letters from which any may differ."""


SETTINGS = Settings()


@lru_cache(maxsize=50_000)
def cost_of(word: str) -> float:
    """How rare a form is, by itself or as a compound: a negative natural logarithm, 20 and more for no word."""
    low = re.sub(r"[\W_]+", "", word.lower())
    if len(low) > LONGEST_WORD:
        return UNKNOWN
    made = compounds().best(low)
    return min(lexicon().cost(low), made.cost if made is not None else UNKNOWN)


def is_word(word: str) -> bool:
    """Whether Swedish knows the form."""
    return cost_of(word) < SETTINGS.rare


@lru_cache(maxsize=50_000)
def stem_of(key: str) -> str:
    """A folded word without its endings; what is left has four letters or more."""
    for _ in range(3):
        cut = next((e for e in _endings() if key.endswith(e) and _may_go(key, e)), None)
        if cut is None:
            break
        key = key[: -len(cut)]
    return key


def _may_go(key: str, ending: str) -> bool:
    left = len(key) - len(ending)
    return left >= 5 if ending == "s" else left >= 3


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(sorted(load("names")["ending"]["words"], key=len, reverse=True))


@lru_cache(maxsize=50_000)
def same_reading(old: str, new: str) -> bool:
    """Whether two words are one word read in two ways.

    They are when they differ in marks, case and signs alone; or, numbers aside, as OCR's mistakes differ and one of
    the two is no word. Numbers are one only where letters stand for digits (2O2O).
    """
    a, b = fold_word(old), fold_word(new)
    if a == b:
        return True
    if max(len(a), len(b)) > LONGEST_WORD:
        return False
    if _has_digit(a) and _has_digit(b):
        return _number(old) is not None and _number(old) == _number(new)
    if len(a) == len(b) == 1 and a.isdigit() != b.isdigit():
        return _blurred(a) == _blurred(b)  # a lone 1 read as i or l
    if not a or not b or a.isdigit() or b.isdigit():
        return False
    if not _near(a, b, _most_edits(a, b)):
        return False  # no rule below allows more, and looking words up is slow
    known = is_word(old), is_word(new)
    return _same_known(old, new) if all(known) else _same_unknown(a, b, one_known=any(known))


def _most_edits(a: str, b: str) -> int:
    """Letters that two readings of one word may differ in."""
    return max(1, max(len(a), len(b)) // SETTINGS.letters_per_edit)


def _same_known(old: str, new: str) -> bool:
    """Whether one of two known words is the misreading of the other, which is much commoner."""
    a, b = fold_word(old), fold_word(new)
    least = SETTINGS.gap_alike if _blurred(a) == _blurred(b) else SETTINGS.gap
    return abs(cost_of(old) - cost_of(new)) >= least and _near(a, b, 1)


def _same_unknown(a: str, b: str, *, one_known: bool) -> bool:
    """Whether two folded words of which one at most is known are one word."""
    if _blurred(a) == _blurred(b):
        return True
    if abs(len(a) - len(b)) > 1 and (a.endswith(b) or b.endswith(a)):
        return False  # OCR puts nothing before a word: samverkansgruppen, bosamverkansgruppen
    longest = max(len(a), len(b))
    if not one_known:  # names, and compounds that no list holds
        return not _inflected(a, b) and _near(a, b, longest // SETTINGS.letters_per_edit_unknown)
    most = 1 if longest < SETTINGS.short else longest // SETTINGS.letters_per_edit
    return min(len(a), len(b)) >= SETTINGS.least_letters and _near(a, b, most)


def may_be_one(old: Sequence[str], new: Sequence[str]) -> list[list[bool]]:
    """For each word of `old` (rows) and of `new` whether `same_reading` may hold of them."""
    a, b = ([fold_word(word)[:LONGEST_WORD] for word in words] for words in (old, new))
    apart = process.cdist([_blurred(k) for k in a], [_blurred(k) for k in b], scorer=OSA.distance, dtype=np.int32)
    longest = np.maximum(np.array([len(k) for k in a])[:, None], np.array([len(k) for k in b])[None, :])
    digits = np.array([_has_digit(k) for k in a])[:, None] | np.array([_has_digit(k) for k in b])[None, :]
    found: list[list[bool]] = ((apart <= np.maximum(1, longest // SETTINGS.letters_per_edit)) | digits).tolist()
    return found


@lru_cache(maxsize=50_000)
def _has_digit(key: str) -> bool:
    return any(c.isdigit() for c in key)


def _near(a: str, b: str, most: int) -> bool:
    return OSA.distance(_blurred(a), _blurred(b), score_cutoff=most) <= most


def _number(word: str) -> str | None:
    """The digits of a number in which letters may stand for digits; None for what is no number."""
    bare = re.sub(r"[\W_]+", "", word)
    if sum(c.isdigit() for c in bare) * 2 < len(bare):
        return None
    digits = bare.translate(letters_for_digits(SETTINGS.letter_for_digit))
    return fold_word(word.translate(letters_for_digits(SETTINGS.letter_for_digit))) if digits.isdigit() else None


@lru_cache(maxsize=50_000)
def _blurred(key: str) -> str:
    return as_shapes(key, Use.WORDS)


def _inflected(a: str, b: str) -> bool:
    """Whether two forms share a stem, so that they are two forms of one word rather than one form read twice."""
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    known = {"", *_endings()}
    return shared >= 4 and a[shared:] in known and b[shared:] in known
