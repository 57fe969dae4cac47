"""Spaces that an engine missed, as the picture shows them: `Plan3`, `24500` for `24 500`, `Torgimitten`.

A word is parted only where every one of its signs is a shape of its own, so that the place of the space among the
letters is certain.
"""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import cv2
import numpy as np

from avskrift.ingest.image.preprocessing import Grey, cut
from avskrift.ingest.words import OcrWord
from avskrift.ingest.words import estimated_font_size as type_size

_BY = "space in the picture"
_WIDE, _WIDER = 0.17, 2.4
"""A space is at least so many type sizes wide, and so many times as wide as the gaps between the word's letters."""
_ONE_LETTER = "iåö"
"""The words of one letter in Swedish."""
_PITCH = 1.22
"""How much farther apart two figures stand with a thin space between them: figures are all as wide."""


def with_spaces(picture: Grey, seen: Sequence[OcrWord]) -> list[OcrWord]:
    """The words with missed spaces in `printed`."""
    return [_parted(picture, word) for word in seen]


def _parted(picture: Grey, word: OcrWord) -> OcrWord:
    text = word.text
    figures = text.isdigit() and 4 <= len(text) <= 9
    if word.corrected or not (figures or (len(text) >= 5 and text.isalnum())):
        return word
    runs = _runs(picture, word)
    if figures:
        runs = _halved(runs)
    if len(runs) != len(text):
        return word
    places = _thousands(text, runs) if figures else _gaps(word, runs)
    if not places:
        return word
    parts = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    if any(len(part) == 1 and part.isalpha() and part.lower() not in _ONE_LETTER for part in parts):
        return word
    return replace(word, corrected=" ".join(parts), corrected_by=_BY)


def _runs(picture: Grey, word: OcrWord) -> list[tuple[int, int]]:
    """The runs of columns that hold ink, from left to right: one for each sign where none touch."""
    part = cut(picture, int(word.x0) - 1, word.top, int(word.x1) + 1, word.bottom)
    if part.size == 0:
        return []
    _, ink = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    filled = (ink > 0).sum(axis=0) > 0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 1]


def _halved(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs with those that are twice as wide as others, two figures that touch, as two."""
    usual = median([b - a for a, b in runs] or [1])
    out: list[tuple[int, int]] = []
    for a, b in runs:
        if 1.6 * usual < b - a < 2.8 * usual:
            out += [(a, (a + b) // 2), ((a + b) // 2, b)]
        else:
            out.append((a, b))
    return out


def _thousands(text: str, runs: Sequence[tuple[int, int]]) -> list[int]:
    """Where figures stand in groups of three: the places of all spaces, or none."""
    middles = [(a + b) / 2 for a, b in runs]
    steps = [b - a for a, b in itertools.pairwise(middles)]
    places = [i for i in range(1, len(text)) if (len(text) - i) % 3 == 0]
    within = [s for i, s in enumerate(steps, 1) if i not in places]
    if within and all(steps[i - 1] > _PITCH * max(median(within), 1.0) for i in places) and _even(within):
        return places
    return []


def _even(steps: Sequence[float]) -> bool:
    return max(steps) < 1.25 * median(steps)


def _gaps(word: OcrWord, runs: Sequence[tuple[int, int]]) -> list[int]:
    size = type_size(word.text, word.bottom - word.top)
    gaps = [b[0] - a[1] for a, b in itertools.pairwise(runs)]
    usual = max(median(gaps), 1.0)
    places = [i for i, gap in enumerate(gaps, 1) if gap >= _WIDE * size and gap > _WIDER * usual]
    rest = [g for i, g in enumerate(gaps, 1) if i not in places]
    if not places or len(places) > 3 or not rest or min(gaps[i - 1] for i in places) < 1.5 * max(rest):
        return []
    return places
