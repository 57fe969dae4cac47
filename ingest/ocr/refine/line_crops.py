"""Parts of lines cut out of a page and read again, many at once: one under the other on a white sheet."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from avskrift.ingest.image.preprocessing import Grey
from avskrift.ingest.words import OcrWord

_BESIDE, _BETWEEN = 28, 28
"""White pixels left and right of the strips, and between two of them."""

Look = Callable[[Grey], Sequence[OcrWord]]
"""Reads a picture of a few lines, one under the other."""


def read_strips(strips: Sequence[Grey], look: Look) -> list[list[OcrWord]]:
    """The words of each strip from left to right, their boxes in pixels of the strip."""
    if not strips:
        return []
    width = max(s.shape[1] for s in strips) + 2 * _BESIDE
    sheet = np.full((sum(s.shape[0] + _BETWEEN for s in strips) + _BETWEEN, width), 255, np.uint8)
    tops, at = [], _BETWEEN
    for strip in strips:
        tall, wide = strip.shape
        sheet[at : at + tall, _BESIDE : _BESIDE + wide] = strip
        tops.append(at)
        at += tall + _BETWEEN
    words = look(sheet)
    read = []
    for strip, top in zip(strips, tops, strict=True):
        inside = [w for w in words if top <= (w.top + w.bottom) / 2 <= top + strip.shape[0]]
        placed = [replace(w, box=w.box.moved(-_BESIDE, -top)) for w in inside]
        read.append(sorted(placed, key=lambda w: w.x0))
    return read
