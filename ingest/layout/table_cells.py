"""The cells of ruled tables: from the lines that a PDF draws, or from those in a picture."""

from collections.abc import Sequence

import cv2
import numpy as np

from avskrift.ingest.image.connected_components import shapes_in
from avskrift.ingest.image.ruling import Ruling
from avskrift.ingest.layout.lines import Cell
from avskrift.models.document import CellReference
from avskrift.models.geometry import BoundingBox

_LEAST_COLUMNS = 2
_LEAST_ROWS = 2


def cells_in_picture(ruling: Ruling, dpi: int) -> list[BoundingBox]:
    """The boxes, in pixels, that horizontal and vertical rules enclose."""
    unit = dpi / 200
    if not ruling.across.any() or not ruling.down.any():
        return []
    reach = int(5 * unit) | 1
    rules = cv2.dilate(ruling.both, np.ones((reach, reach), np.uint8))
    _, stats = shapes_in(np.asarray(cv2.bitwise_not(rules), dtype=np.uint8), connectivity=4)
    height, width = rules.shape
    boxes = []
    for x, y, w, h, area in stats[1:]:
        encloses = w > 30 * unit and h > 16 * unit and area > 0.9 * w * h
        if encloses and w < 0.97 * width and h < 0.9 * height:
            boxes.append(BoundingBox(float(x), float(y), float(x + w), float(y + h)))
    return boxes


def cells_of(boxes: Sequence[BoundingBox], tolerance: float = 6.0) -> list[Cell]:
    """The boxes as cells of tables: touching boxes form one table, with rows and columns by their edges.

    Single frames and tables of one column are none: their text is running text in a box.
    """
    groups: list[list[BoundingBox]] = []
    for box in sorted(boxes, key=lambda b: (b.top, b.x0)):
        touching = [g for g in groups if any(_touch(box, other, tolerance) for other in g)]
        merged = [box, *(b for g in touching for b in g)]
        groups = [g for g in groups if g not in touching] + [merged]
    found: list[Cell] = []
    number = 0
    for group in sorted(groups, key=lambda g: min(b.top for b in g)):
        inner = [b for b in group if not any(b != o and _holds(b, o, tolerance) for o in group)]
        rows = _steps([b.top for b in inner], tolerance)
        columns = _steps([b.x0 for b in inner], tolerance)
        if len(rows) < _LEAST_ROWS or len(columns) < _LEAST_COLUMNS:
            continue
        for box in inner:
            found.append(Cell(box, CellReference(number, _place(box.top, rows), _place(box.x0, columns))))
        number += 1
    return found


def _touch(one: BoundingBox, other: BoundingBox, tolerance: float) -> bool:
    apart_x = max(one.x0, other.x0) - min(one.x1, other.x1)
    apart_y = max(one.top, other.top) - min(one.bottom, other.bottom)
    return apart_x <= tolerance and apart_y <= tolerance and min(apart_x, apart_y) < -1


def _holds(outer: BoundingBox, inner: BoundingBox, tolerance: float) -> bool:
    return (
        outer.x0 <= inner.x0 + tolerance
        and outer.top <= inner.top + tolerance
        and outer.x1 >= inner.x1 - tolerance
        and outer.bottom >= inner.bottom - tolerance
        and outer.width * outer.height > 1.3 * inner.width * inner.height
    )


def _steps(values: Sequence[float], tolerance: float) -> list[float]:
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > tolerance:
            steps.append(value)
    return steps


def _place(value: float, steps: Sequence[float]) -> int:
    return min(range(len(steps)), key=lambda i: abs(steps[i] - value))
