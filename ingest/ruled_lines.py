"""Straight rules in a picture: of tables, under signatures, above footnotes."""

from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.picture import Grey
from avskrift.models.geometry import BoundingBox

_ACROSS, _DOWN = 70, 45
"""The shortest rules in pixels at 200 dots an inch: 9 mm across, 6 mm down."""
_BREAK = 16


@dataclass(frozen=True, slots=True)
class Ruling:
    """Pictures of the rules alone, white (255) on black: those that run across the page and those that run down."""

    across: Grey
    down: Grey

    @property
    def both(self) -> Grey:
        return np.asarray(cv2.bitwise_or(self.across, self.down), dtype=np.uint8)


def ruling_of(ink: Grey, dpi: int, *, broken: bool = False) -> Ruling:
    """The rules in a picture of ink, white on black; where rules are `broken`, as in a fax, across small gaps."""
    unit = dpi / 200
    wide, tall = int(_ACROSS * unit), int(_DOWN * unit)
    if broken:
        across, down = _mended(ink, 24, 1, unit), _mended(ink, 1, 32, unit)
    else:
        across = down = ink
    return Ruling(
        np.asarray(cv2.morphologyEx(across, cv2.MORPH_OPEN, np.ones((1, wide), np.uint8)), dtype=np.uint8),
        np.asarray(cv2.morphologyEx(down, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8)), dtype=np.uint8),
    )


def _mended(ink: Grey, wide: int, tall: int, unit: float) -> Grey:
    """The straight pieces of ink at least so wide or tall (in pixels at 200 dots an inch), small gaps closed."""
    piece = np.ones((max(1, int(tall * unit)), max(1, int(wide * unit))), np.uint8)
    gap = int(_BREAK * unit)
    across = wide > tall
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, piece)
    bridge = np.ones((1, gap) if across else (gap, 1), np.uint8)
    return np.asarray(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, bridge), dtype=np.uint8)


def single_rules(ruling: Ruling, dpi: int) -> list[BoundingBox]:
    """The thin rules across that meet no rule running down, as boxes in pixels: to write on, or above footnotes."""
    unit = dpi / 200
    reach = int(5 * unit) | 1
    thick = cv2.dilate(ruling.across, np.ones((reach, 3 * reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(thick, connectivity=8)
    crossed = set(np.unique(labels[cv2.dilate(ruling.down, np.ones((reach, reach), np.uint8)) > 0]).tolist())
    return [
        BoundingBox(float(x), float(y), float(x + w), float(y + h))
        for label, (x, y, w, h, _) in enumerate(stats[:count])
        if label and label not in crossed and h < 24 * unit and w > 90 * unit
    ]
