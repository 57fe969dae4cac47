"""Capitals that an engine took for small letters where both look alike: `sida` for *Sida*, `våld` for *Våld*.

Only a word that begins a line or a sentence is looked at, and its first letter measured: a capital is a good deal
taller than the small letters without stems of its line.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord


@dataclass(frozen=True, slots=True)
class Settings:
    """When a first letter is a capital."""

    taller: float = 1.2  # times the height of the small letters of its line
    gap: float = 2.0  # word heights before a word that begins something new


SETTINGS = Settings()
RULE = "case in the picture"
_ALIKE = frozenset("cosuvwxz")
_WITHOUT_STEMS = frozenset("acemnorsuvwxz")
"""Small letters that are all as tall."""


def correct_capitals(page: OcrPage, text: PageText) -> PageText:
    """Corrects first letters that the picture shows to be capitals."""
    lines: dict[int, list[int]] = {}
    for place, word in enumerate(text.words):
        lines.setdefault(word.line, []).append(place)
    words = list(text.words)
    for places in lines.values():
        line = [words[place] for place in places]
        for number in _capitals(page.image, line):
            word = line[number]
            words[places[number]] = word.with_correction(word.text[0].upper() + word.text[1:], RULE)
    return text.with_words(words)


def _capitals(image: PageImage, line: Sequence[OcrWord]) -> list[int]:
    """The places in a line of the words that begin with a capital and were read otherwise."""
    candidates = [i for i, (before, word) in enumerate(itertools.pairwise([None, *line])) if _may_be(word, before)]
    low = [height for word in line for height in _low_letters(image, word)] if candidates else []
    least = SETTINGS.taller * median(low) if low else float("inf")
    return [number for number in candidates if _begins_tall(image, line[number], least)]


def _begins_tall(image: PageImage, word: OcrWord, least: float) -> bool:
    """Whether the first letter of a word is so many pixels high, where none of its letters touch."""
    heights = _letter_heights(image, word)
    return len(heights) == len(word.text) and heights[0] >= least


def _may_be(word: OcrWord | None, before: OcrWord | None) -> bool:
    """Whether a word begins something, with a letter whose capital looks the same."""
    if word is None or word.corrected or not re.fullmatch(r"[^\W\d_]{2,}[,.:;]?", word.text):
        return False
    if word.text[0] not in _ALIKE:
        return False
    if before is None or before.text.endswith((".", ":", "!", "?")):
        return True
    return word.box.x0 - before.box.x1 > SETTINGS.gap * word.box.height


def _low_letters(image: PageImage, word: OcrWord) -> list[int]:
    """The heights of the letters without stems in a word, its first left out."""
    heights = _letter_heights(image, word)
    if len(heights) != len(word.text):
        return []
    return [h for c, h in zip(word.text[1:], heights[1:], strict=True) if c in _WITHOUT_STEMS]


def _letter_heights(image: PageImage, word: OcrWord) -> list[int]:
    """The height in pixels of each sign, where none touch."""
    runs = image.column_runs(word.box.grown(1, 0, 1, 1))
    rows = [np.flatnonzero((run > 0).any(axis=1)) for run in runs]
    return [int(r[-1] - r[0] + 1) for r in rows]
