"""Lines cut out of a page, scaled and stretched from black to white."""

from collections.abc import Callable

import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.lstm.line_image import grey_levels, prepared_line
from avskrift.models.geometry import BoundingBox


@pytest.mark.parametrize(
    ("row", "black", "white"),
    [
        ([255] * 10, 0.0, 255.0),
        ([9, 9], 0.0, 255.0),
        ([200, 50, 200, 40, 220, 60, 210, 50, 200], 41.0, 220.25),
        ([5, 4, 4, 5, 6, 6, 5], 4.5, 6.75),
    ],
)
def test_levels(row: list[int], black: float, white: float) -> None:
    """By hand: the quantile of a histogram whose values are spread evenly over one grey each."""
    assert list(grey_levels(np.array(row, np.uint8))) == pytest.approx([black, white])


def test_scale_and_box() -> None:
    page = np.full((200, 400), 240, np.uint8)
    page[60:80, 100:300:4] = 30
    line = prepared_line(page, BoundingBox(100, 60, 300, 84))
    assert line.box == BoundingBox(96, 56, 304, 88)
    assert line.pixels.shape == (48, 312) and line.scale == pytest.approx(208 / 312)
    assert line.pixels.dtype == np.float32 and line.pixels.min() == -1 and 0.98 < line.pixels.max() <= 1
    assert prepared_line(page, BoundingBox(100, 60, 300, 84), 36).pixels.shape == (36, 234)


@pytest.mark.parametrize(
    "box", [(-50, -50, -20, -20), (500, 10, 600, 30), (10, 300, 60, 330), (50, 60, 20, 60), (50, 60, 50, 40)]
)
def test_boxes_beside_the_page(box: tuple[int, int, int, int]) -> None:
    assert prepared_line(np.zeros((200, 400), np.uint8), BoundingBox(*box)).pixels.shape == (48, 0)


def test_narrow_boxes_at_the_edge() -> None:
    assert prepared_line(np.zeros((200, 400), np.uint8), BoundingBox(399, 0, 400, 200)).pixels.shape == (48, 3)


def test_light_print_on_grey_paper_is_stretched(drawn_line: Callable[..., tuple[Grey, BoundingBox]]) -> None:
    strong = prepared_line(*drawn_line("Styrgruppen")).pixels
    weak = prepared_line(*drawn_line("Styrgruppen", paper=210, ink=120)).pixels
    assert np.abs(strong - weak).mean() < 0.02
