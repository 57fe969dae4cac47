"""Boxes: how two of them overlap, and the box around several."""

import pytest

from avskrift.models.geometry import BoundingBox

BOX = BoundingBox(10, 20, 30, 60)


def test_sides_and_middle() -> None:
    assert (BOX.width, BOX.height, BOX.middle) == (20, 40, 40)


@pytest.mark.parametrize(
    ("other", "wide", "high"),
    [
        (BoundingBox(20, 40, 90, 90), 10, 20),
        (BoundingBox(12, 30, 15, 35), 3, 5),
        (BoundingBox(35, 70, 40, 80), -5, -10),
        (BoundingBox(30, 60, 40, 80), 0, 0),
    ],
    ids=["overlapping", "inside", "apart", "touching"],
)
def test_what_two_boxes_share(other: BoundingBox, wide: float, high: float) -> None:
    assert (BOX.shared_width(other), BOX.shared_height(other)) == (wide, high)
    assert (other.shared_width(BOX), other.shared_height(BOX)) == (wide, high)


def test_a_box_contains_what_has_its_centre_inside() -> None:
    assert BOX.contains_centre(BoundingBox(0, 30, 21, 40))
    assert BOX.contains_centre(BoundingBox(0, 0, 20, 40))  # on the corner
    assert not BOX.contains_centre(BoundingBox(0, 30, 19, 40))
    assert not BOX.contains_centre(BoundingBox(10, 59, 30, 63))


def test_moved_scaled_and_grown() -> None:
    assert BOX.moved(5, -20) == (15, 0, 35, 40)
    assert BOX.scaled(0.5) == (5, 10, 15, 30)
    assert BOX.grown(1, 2, 3, 4) == (9, 18, 33, 64)


def test_the_box_around_several() -> None:
    boxes = [BOX, BoundingBox(0, 50, 5, 55), BoundingBox(12, 0, 40, 1)]
    assert BoundingBox.enclosing(boxes) == BoundingBox.around(iter(boxes)) == (0, 0, 40, 60)
    assert BoundingBox.around([]) is None
    with pytest.raises(ValueError, match=r"^"):
        BoundingBox.enclosing([])
