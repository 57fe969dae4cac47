"""Boxes of an upright page on the page as it lies in its file."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.image.preprocessing import straightened
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_frame import PageFrame

SIDES = st.floats(1, 2000)
FRAMES = st.builds(PageFrame, SIDES, SIDES, st.sampled_from([0, 90, 180, 270]), st.floats(-15, 15))
PLACES = st.floats(-100, 2100)


@given(FRAMES, PLACES, PLACES)
def test_there_and_back(frame: PageFrame, x: float, y: float) -> None:
    assert frame.in_file(frame.upright((x, y))) == pytest.approx((x, y), abs=1e-6)


@given(FRAMES, PLACES, PLACES, SIDES, SIDES)
def test_the_box_holds_the_corners(frame: PageFrame, x: float, y: float, wide: float, tall: float) -> None:
    box = frame.box_in_file(BoundingBox(x, y, x + wide, y + tall))
    for across, down in frame.corners_in_file(BoundingBox(x, y, x + wide, y + tall)):
        assert box.x0 - 1e-6 <= across <= box.x1 + 1e-6
        assert box.top - 1e-6 <= down <= box.bottom + 1e-6


def test_a_page_that_lies_right_keeps_its_boxes() -> None:
    frame = PageFrame(595, 842)
    assert frame.as_it_lies
    assert frame.box_in_file(BoundingBox(1, 2, 3, 4)) == BoundingBox(1, 2, 3, 4)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 3.5, -2.0])
def test_it_is_the_turn_that_pictures_are_given(rotation: int, skew: float) -> None:
    """A spot of a picture is found where the frame says, once the picture is straightened."""
    picture = np.full((400, 300), 255, np.uint8)
    cv2.rectangle(picture, (60, 100), (69, 105), 0, -1)
    frame = PageFrame(300, 400, rotation, skew)
    rows, columns = np.nonzero(straightened(picture, rotation, skew) < 128)
    x, y = frame.upright((65, 103))
    assert (columns.mean() + 0.5, rows.mean() + 0.5) == pytest.approx((x, y), abs=1.0)
