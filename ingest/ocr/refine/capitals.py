"""Capitals that an engine took for small letters where both look alike: `sida` for *Sida*, `våld` for *Våld*.

Only a word that begins a line or a sentence is looked at, and its first letter measured: a capital is a good deal
taller than the small letters without stems of its line.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import cv2
import numpy as np

from avskrift.ingest.image.preprocessing import Grey, cut
from avskrift.ingest.words import OcrWord

_BY = "case in the picture"
_ALIKE = "cosuvwxz"
_LOW = frozenset("acemnorsuvwxz")
"""Small letters without stems: all as tall."""
_TALLER = 1.2


def with_capitals(picture: Grey, seen: Sequence[OcrWord]) -> list[OcrWord]:
    """The words with capitals, in `printed`, where the picture shows them."""
    lines: dict[int, list[int]] = {}
    for place, word in enumerate(seen):
        lines.setdefault(word.line, []).append(place)
    out = list(seen)
    for places in lines.values():
        asked = [
            p for p, before in _with_before(places) if _is_asked(seen[p], None if before is None else seen[before])
        ]
        if not asked:
            continue
        low = [h for p in places for h in _low_letters(picture, seen[p])]
        if not low:
            continue
        for place in asked:
            heights = _heights(picture, seen[place])
            if len(heights) == len(seen[place].text) and heights[0] >= _TALLER * median(low):
                text = seen[place].text
                out[place] = replace(seen[place], corrected=text[0].upper() + text[1:], corrected_by=_BY)
    return out


def _with_before(places: Sequence[int]) -> list[tuple[int, int | None]]:
    return [(place, before) for before, place in itertools.pairwise([None, *places]) if place is not None]


def _is_asked(word: OcrWord, before: OcrWord | None) -> bool:
    if word.corrected or not re.fullmatch(r"[^\W\d_]{2,}[,.:;]?", word.text) or word.text[0] not in _ALIKE:
        return False
    return (
        before is None
        or before.text.endswith((".", ":", "!", "?"))
        or word.x0 - before.x1 > 2 * (word.bottom - word.top)
    )


def _low_letters(picture: Grey, word: OcrWord) -> list[int]:
    """The heights of the letters without stems in a word, its first left out."""
    heights = _heights(picture, word)
    if len(heights) != len(word.text):
        return []
    return [h for c, h in zip(word.text[1:], heights[1:], strict=True) if c in _LOW]


def _heights(picture: Grey, word: OcrWord) -> list[int]:
    """The height of each run of columns that holds ink, in pixels: one for each sign where none touch."""
    part = cut(picture, int(word.x0) - 1, word.top, int(word.x1) + 1, int(word.bottom) + 1)
    if part.size == 0:
        return []
    _, ink = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    filled = (ink > 0).any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8), [0]])))
    found = []
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        if b - a > 1:
            rows = np.flatnonzero((ink[:, a:b] > 0).any(axis=1))
            found.append(int(rows[-1] - rows[0] + 1))
    return found
