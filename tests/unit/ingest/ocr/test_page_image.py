"""A page image: parts of it, their ink, the shapes in them, and what is found on a page before it is read."""

import logging

import cv2
import numpy as np

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.image.preprocessing import ScanCondition
from avskrift.ingest.ocr.page_image import PageImage, page_image_of
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.failures import Failures

CLEAN, BAD = ScanCondition(0, 0), ScanCondition(0, 20)


def image_of(page: Grey, condition: ScanCondition = CLEAN, *, twice: bool = False) -> PageImage:
    failures = Failures(logging.getLogger("avskrift.ingest"))
    image = page_image_of(page, 200, condition, failures, twice=twice)
    assert failures.found == []
    return image


def page_with(*boxes: tuple[int, int, int, int], ink: int = 0) -> Grey:
    page: Grey = np.full((1200, 1000), 255, np.uint8)
    for x0, top, x1, bottom in boxes:
        page[top:bottom, x0:x1] = ink
    return page


LETTERS = PageImage.plain(page_with((100, 100, 110, 130), (115, 110, 125, 130), (130, 90, 131, 130)))
WORD = BoundingBox(95, 95, 140, 135)


def test_crops_and_ink_of_a_word() -> None:
    assert LETTERS.crop(WORD).shape == LETTERS.ink(WORD).shape == (40, 45)
    assert int((LETTERS.ink(WORD) > 0).sum()) == 10 * 30 + 10 * 20 + 35
    assert LETTERS.crop(BoundingBox(2000, 0, 2100, 10)).size == 0


def test_shapes_stand_on_the_page() -> None:
    boxes = sorted(shape.box for shape in LETTERS.components(WORD))
    assert boxes == [(100, 100, 110, 130), (115, 110, 125, 130), (130, 95, 131, 130)]
    assert LETTERS.components(BoundingBox(-50, -50, -10, -10)) == []


def test_ink_of_the_page_and_of_a_part() -> None:
    """A faint part holds no ink as the page has it, but some of its own."""
    image = PageImage.plain(page_with((100, 100, 400, 300)))
    image.picture[600:620, 600:640] = 225
    faint = BoundingBox(590, 590, 650, 630)
    assert [shape.area for shape in image.components(faint)] == [800]
    assert image.components(faint, of_page=True) == []


def test_runs_of_columns_are_signs_where_none_touch() -> None:
    assert LETTERS.run_edges(WORD) == [(5, 15), (20, 30)]  # a run of one column is a speck
    assert [run.shape for run in LETTERS.column_runs(WORD)] == [(40, 10), (40, 10)]
    assert LETTERS.run_edges(BoundingBox(2000, 0, 2100, 10)) == []


def table() -> Grey:
    page = page_with()
    for y in (300, 380, 460):
        page[y : y + 3, 100:701] = 0
    for x in (100, 400, 698):
        page[300:463, x : x + 3] = 0
    page[800:803, 100:500] = 0
    return page


def test_tables_and_single_rules_are_found() -> None:
    image = image_of(table())
    assert sorted((c.reference.row, c.reference.column) for c in image.cells) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    (rule,) = image.single_rulings
    assert rule.top < 802 < rule.bottom
    assert image.picture[381, 300] == 0  # an engine sees clean rules for what they are


def test_figures_are_painted_over_and_are_no_ink() -> None:
    page = page_with()
    cv2.circle(page, (300, 120), 50, 0, -1)
    page[600:630, 300:312] = 0
    image = image_of(page)
    assert [figure.kind for figure in image.figures] == ["logo"]
    assert not image.page_ink[60:180].any()
    assert image.page_ink[610, 305] == 255


def test_a_bad_page_is_read_twice_and_larger() -> None:
    page = np.asarray(page_with((300, 600, 330, 640)) * np.linspace(0.6, 1.0, 1000), dtype=np.uint8)
    image = image_of(page, BAD, twice=True)
    assert (image.dpi, image.bad, image.condition) == (300, True, BAD)
    assert image.smoother is not None and image.smoother.shape == image.picture.shape == (1800, 1500)


def test_no_smoother_picture_is_made_for_an_engine_that_gains_nothing_from_it() -> None:
    page = np.asarray(page_with((300, 600, 330, 640)) * np.linspace(0.6, 1.0, 1000), dtype=np.uint8)
    once, twice = image_of(page, BAD), image_of(page, BAD, twice=True)
    assert once.smoother is None and np.array_equal(once.picture, twice.picture)
