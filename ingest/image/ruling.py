"""Straight rules in a picture: of tables, under signatures, above footnotes."""

from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.image.connected_components import shapes_in
from avskrift.ingest.image.preprocessing import Grey
from avskrift.models.geometry import BoundingBox

_ACROSS, _DOWN = 70, 45
"""The shortest rules in pixels at 200 dots an inch: 9 mm across, 6 mm down."""
_FAINT_ACROSS, _FAINT_DOWN, _FAINT = 170, 100, 12
_DARK, _LIGHT = 0.7, 0.45
"""Of a faint rule so much is dark (by so much, of 255) along that length; of what lies beside it less than that."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Pictures of the rules alone, white (255) on black: those that run across the page and those that run down."""

    across: Grey
    down: Grey

    @property
    def both(self) -> Grey:
        return np.asarray(cv2.bitwise_or(self.across, self.down), dtype=np.uint8)


def ruling_of(ink: Grey, dpi: int) -> Ruling:
    """The rules in a picture of ink, white on black."""
    unit = dpi / 200
    return Ruling(_opened(ink, 1, int(_ACROSS * unit)), _opened(ink, int(_DOWN * unit), 1))


def _opened(ink: Grey, tall: int, wide: int) -> Grey:
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((tall, wide), np.uint8)), dtype=np.uint8)


def faint_ruling_of(picture: Grey, dpi: int) -> Ruling:
    """The rules in a bad picture, where they are faint and broken: thin stretches that are dark nearly all along."""
    unit = dpi / 200
    tinted = np.asarray((picture < 255 - _FAINT) * np.uint8(255), dtype=np.uint8)
    wide, tall = int(_FAINT_ACROSS * unit), int(_FAINT_DOWN * unit)
    down = np.asarray(cv2.rotate(_faint_across(cv2.rotate(tinted, cv2.ROTATE_90_CLOCKWISE), tall, unit), _BACK))
    return Ruling(_faint_across(tinted, wide, unit), np.asarray(down, dtype=np.uint8))


_BACK = cv2.ROTATE_90_COUNTERCLOCKWISE


def _faint_across(tinted: "Grey | cv2.typing.MatLike", wide: int, unit: float) -> Grey:
    """The rules across: pixels around which so many are dark to the left and right, and few above and below."""
    thick = cv2.dilate(tinted, np.ones((3, 1), np.uint8))
    along = cv2.blur(thick, (wide, 1))
    apart = max(3, int(7 * unit))
    above, below = np.zeros_like(along), np.zeros_like(along)
    above[apart:], below[:-apart] = along[:-apart], along[apart:]
    beside = np.maximum(above, below)
    found = np.asarray(((along > 255 * _DARK) & (beside < 255 * _LIGHT)) * np.uint8(255), dtype=np.uint8)
    return np.asarray(cv2.dilate(found, np.ones((1, wide // 2), np.uint8)), dtype=np.uint8)


def single_rules(ruling: Ruling, dpi: int) -> list[BoundingBox]:
    """The thin rules across that meet no rule running down, as boxes in pixels: to write on, or above footnotes."""
    unit = dpi / 200
    reach = int(5 * unit) | 1
    if not ruling.across.any():
        return []
    thick = cv2.dilate(ruling.across, np.ones((reach, 3 * reach), np.uint8))
    labels, stats = shapes_in(np.asarray(thick, dtype=np.uint8))
    crossed = set(np.unique(labels[cv2.dilate(ruling.down, np.ones((reach, reach), np.uint8)) > 0]).tolist())
    return [
        BoundingBox(float(x), float(y), float(x + w), float(y + h))
        for label, (x, y, w, h, _) in enumerate(stats)
        if label and label not in crossed and h < 24 * unit and w > 90 * unit
    ]
