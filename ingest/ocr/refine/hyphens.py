"""Hyphens at the ends of lines that an engine passed over: thin strokes fade first in a bad scan."""

from collections.abc import Sequence
from dataclasses import replace

import cv2

from avskrift.ingest.image.preprocessing import Grey, cut
from avskrift.ingest.words import OcrWord
from avskrift.ingest.words import baseline_of as foot_of
from avskrift.ingest.words import estimated_font_size as type_size

_BY = "hyphen in the picture"
_FAINT = 25
"""How much darker than white (of 255) a stroke is at least; the paper of a page made ready is nearly white."""
_REACH = 0.6
"""How far right of a word a hyphen ends at most, in type sizes."""
_SHORTEST, _LONGEST, _THICKEST = 0.14, 0.5, 0.2
_LOWEST, _HIGHEST = 0.12, 0.42
"""How high above the line the middle of a hyphen stands, in type sizes."""


def with_hyphens(picture: Grey, seen: Sequence[OcrWord]) -> list[OcrWord]:
    """The words with the hyphens that the picture shows after the last of a line, as `printed`."""
    last: dict[int, int] = {}
    for place, word in enumerate(seen):
        if word.line not in last or word.x1 > seen[last[word.line]].x1:
            last[word.line] = place
    out = list(seen)
    for place in last.values():
        word = seen[place]
        if (
            word.text[-1:].isalpha()
            and word.text[-1:].islower()
            and not word.corrected
            and _hyphen_after(picture, word)
        ):
            out[place] = replace(word, corrected=f"{word.text}-", corrected_by=_BY)
    return out


def _hyphen_after(picture: Grey, word: OcrWord) -> bool:
    """Whether a single short bar, and nothing else, stands right of a word."""
    size = type_size(word.text, word.bottom - word.top)
    foot = foot_of(word.text, word.bottom, size)
    left, top = int(word.x1) + 1, max(0, int(foot - 0.8 * size))
    grey = cut(picture, left, top, word.x1 + _REACH * size, foot + 0.1 * size)
    if grey.size == 0:
        return False
    _, part = cv2.threshold(grey, 255 - _FAINT, 255, cv2.THRESH_BINARY_INV)
    count, _, table, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    shapes = [s for s in table[1:count].tolist() if s[4] > 0.004 * size * size]
    if len(shapes) != 1:
        return False
    x, y, w, h, _ = shapes[0]
    middle = (foot - (top + y + h / 2)) / size
    return bool(
        x + w < part.shape[1]
        and _SHORTEST * size <= w <= _LONGEST * size
        and h <= _THICKEST * size
        and w > 1.4 * h
        and _LOWEST <= middle <= _HIGHEST
    )
