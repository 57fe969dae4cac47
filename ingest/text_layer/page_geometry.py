"""Boxes and directions of a PDF page: from the page as stored to the page as a reader sees it."""

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

from avskrift.models.geometry import BoundingBox

StoredBox = tuple[float, float, float, float]
"""Left, bottom, right, top in points, counted upwards from the page's origin, before its /Rotate."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the direction of a page's letters is found."""

    most_letters: int = 600
    """So many letters of a page, evenly spread, are asked for their direction."""
    least_share: float = 0.6
    """Share of them that have the direction that is taken for the page's."""
    most_slope: float = 20.0
    """Degrees by which a line may slope."""


SETTINGS = Settings()


def as_shown(box: StoredBox, frame: StoredBox, rotation: int) -> BoundingBox:
    """A stored box in points from the top left of `frame`, which is shown turned by `rotation` degrees clockwise."""
    left, bottom, right, top = frame
    wide, tall = right - left, top - bottom
    x0, x1 = box[0] - left, box[2] - left
    y0, y1 = top - box[3], top - box[1]
    for _ in range(rotation // 90 % 4):
        x0, y0, x1, y1 = tall - y1, x0, tall - y0, x1
        wide, tall = tall, wide
    return BoundingBox(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def turn_of(pdf_page: Any, layer: Any) -> int:
    """By how many degrees clockwise (0, 90, 180, 270) a page must be turned for most of its letters to stand upright,
    by its text layer (`layer`, a pypdfium2 text page); 0 where no direction has most."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    count = layer.count_chars()
    turns: Counter[int | None] = Counter()
    for index in range(0, count, max(1, count // SETTINGS.most_letters)):
        if chr(pdfium.FPDFText_GetUnicode(layer, index)).isalnum() and pdfium.FPDFText_GetMatrix(layer, index, matrix):
            turns[_turn(matrix.a, matrix.b, pdf_page.get_rotation())] += 1
    if not turns:
        return 0
    turn, most = turns.most_common(1)[0]
    return turn if turn is not None and most > SETTINGS.least_share * turns.total() else 0


def _turn(a: float, b: float, rotation: int) -> int | None:
    """The turn that sets a letter of this matrix upright; None for one that slopes."""
    if not (math.isfinite(a) and math.isfinite(b)) or (a == 0 and b == 0):
        return None
    shown = math.degrees(math.atan2(b, a)) - rotation
    nearest = round(shown / 90) * 90
    return nearest % 360 if abs(shown - nearest) <= SETTINGS.most_slope else None
