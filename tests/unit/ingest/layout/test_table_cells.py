"""Cells of tables: from rules that are drawn, and from boxes."""

import numpy as np

from avskrift.ingest.image.ruling import ruling_of
from avskrift.ingest.layout.table_cells import cells_in_picture, cells_of
from avskrift.models.geometry import BoundingBox


def grid(x: float, top: float, rows: int, columns: int) -> list[BoundingBox]:
    """Cells of 100 by 20 units that touch."""
    return [
        BoundingBox(x + 100 * c, top + 20 * r, x + 100 * (c + 1), top + 20 * (r + 1))
        for r in range(rows)
        for c in range(columns)
    ]


def references(boxes: list[BoundingBox]) -> list[tuple[int, int, int]]:
    return sorted((c.reference.table, c.reference.row, c.reference.column) for c in cells_of(boxes))


def test_touching_boxes_are_one_table() -> None:
    assert references(grid(50, 100, 2, 2)) == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)]


def test_tables_are_numbered_from_the_top() -> None:
    assert {table for table, _, _ in references(grid(50, 400, 2, 2) + grid(50, 100, 2, 3))} == {0, 1}
    first = next(c for c in cells_of(grid(50, 400, 2, 2) + grid(50, 100, 2, 3)) if c.reference.table == 0)
    assert first.bbox.top < 200


def test_frames_and_single_columns_are_no_tables() -> None:
    assert references([BoundingBox(50, 100, 500, 300)]) == []
    assert references(grid(50, 100, 4, 1)) == []
    assert references(grid(50, 100, 1, 4)) == []
    assert references(grid(50, 500, 4, 1) + grid(50, 100, 2, 2)) == references(grid(50, 100, 2, 2))


def test_a_box_around_cells_is_none() -> None:
    assert references([BoundingBox(48, 98, 252, 142), *grid(50, 100, 2, 2)]) == references(grid(50, 100, 2, 2))


def test_edges_that_nearly_meet_are_one() -> None:
    shaken = [
        BoundingBox(x0 + i % 3, top - i % 2, x1, bottom) for i, (x0, top, x1, bottom) in enumerate(grid(50, 100, 2, 2))
    ]
    assert references(shaken) == references(grid(50, 100, 2, 2))


def test_cells_in_a_picture_are_what_rules_enclose() -> None:
    ink = np.zeros((600, 800), np.uint8)
    for y in (100, 160, 220):
        ink[y : y + 3, 100:501] = 255
    for x in (100, 300, 498):
        ink[100:223, x : x + 3] = 255
    ink[300:340, 100:400:7] = 255  # letters
    boxes = cells_in_picture(ruling_of(ink, 200), 200)
    assert len(boxes) == 4
    assert all(180 < box.width < 200 and 50 < box.height < 60 for box in boxes)
    assert cells_in_picture(ruling_of(np.zeros_like(ink), 200), 200) == []
