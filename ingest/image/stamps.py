"""Stamps and handwriting in coloured ink across black print: taken out of the picture, so that the print can be read.

Coloured letters that stand by themselves (a heading, a stamp beside the text) are print like any other and stay.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.preprocessing import Grey
from avskrift.models.geometry import BoundingBox

Colour = npt.NDArray[np.uint8]
"""Rows, columns, and red, green and blue."""

_CHROMA, _NEUTRAL = 60, 40
"""How far apart (of 255) the strongest and the weakest of red, green and blue are in coloured ink at least, and in
black print at most: the fringes of scanned letters reach some 30."""
_DARK = 130
_SMALLEST = 0.3
"""The longer side of a stamp or of handwriting, in inches, at least."""
_TOGETHER = 0.12
"""Strokes at most so far apart, in inches, are of one hand or stamp."""
_LETTERS = (0.04, 0.3)
"""The height of letters in inches."""
_CROSSED = 2
"""So many black letters, at least, are crossed by what lies over print."""
_RING, _FRAMED = 0.12, 0.4
"""A stamp has a frame: so large a share of its ink lies in so narrow a ring along the edges of its box."""


@dataclass(frozen=True, slots=True)
class CrossedPrint:
    """The grey picture without ink over print, and what was taken out: `stamp` or `handwriting`, boxes in pixels."""

    grey: Grey
    taken: tuple[tuple[str, BoundingBox], ...]


def without_ink_over_print(colour: Colour, dpi: int) -> CrossedPrint:
    """The page in grey, coloured ink that crosses black letters faded to paper."""
    grey = np.asarray(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    strongest = colour.max(axis=2)
    chroma = cv2.subtract(strongest, colour.min(axis=2))
    inked = np.asarray((chroma > _CHROMA) & (grey < 235), dtype=np.uint8)
    if int(inked.sum()) < (_SMALLEST * dpi):
        return CrossedPrint(grey, ())
    reach = max(3, int(_TOGETHER * dpi)) | 1
    count, hands, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(inked, np.ones((reach, reach), np.uint8)))
    black = np.asarray((grey < _DARK) & (chroma < _NEUTRAL), dtype=np.uint8)
    _, letters, sizes, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    least, most = (v * dpi for v in _LETTERS)
    touched = np.where(cv2.dilate(inked, np.ones((5, 5), np.uint8)) > 0, letters, 0)
    paper = int(np.median(grey[::8, ::8]))
    taken = []
    for hand in range(1, count):
        x, y, w, h = (int(v) for v in stats[hand][:4])
        part = (slice(y, y + h), slice(x, x + w))
        own = hands[part] == hand
        crossed = [n for n in np.unique(touched[part][own]) if n and least < sizes[n][cv2.CC_STAT_HEIGHT] < most]
        if max(w, h) - reach < _SMALLEST * dpi or len(crossed) < _CROSSED:
            continue
        half = reach // 2
        box = BoundingBox(float(x + half), float(y + half), float(x + w - half), float(y + h - half))
        strokes = (inked[part] > 0) & own
        # The strongest of red, green and blue passes through the ink almost as through paper; black stops all three.
        through = strongest[part].astype(np.float32) * (paper / max(float(np.median(strongest[part][strokes])), 1.0))
        wet = (cv2.dilate(strokes.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0) & own
        grey[part][wet] = np.clip(through, 0, paper)[wet].astype(np.uint8)
        taken.append(("stamp" if _is_framed(strokes[half:-half, half:-half]) else "handwriting", box))
    return CrossedPrint(grey, tuple(taken))


def _is_framed(strokes: npt.NDArray[np.bool_]) -> bool:
    tall, wide = strokes.shape
    if min(tall, wide) < 8:
        return False
    down, across = max(2, int(_RING * tall)), max(2, int(_RING * wide))
    return float(strokes[down:-down, across:-across].sum()) < (1 - _FRAMED) * float(strokes.sum())


def moved(box: BoundingBox, shape: tuple[int, ...], turn: int, skew: float, scale: float) -> BoundingBox:
    """Where a box lies once its picture (of `shape` rows and columns) is turned by `turn` degrees clockwise,
    straightened by `skew` degrees more about its middle, and made `scale` times as large."""
    tall, wide = shape[:2]
    corners = np.array([(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)])
    for _ in range(turn // 90 % 4):
        corners = np.stack([tall - corners[:, 1], corners[:, 0]], axis=1)
        tall, wide = wide, tall
    middle = np.array([wide / 2, tall / 2])
    straight = cv2.getRotationMatrix2D((0.0, 0.0), skew, scale)[:, :2]
    x, y = ((corners - middle) @ straight.T + middle * scale).T
    return BoundingBox(float(x.min()), float(y.min()), float(x.max()), float(y.max()))
