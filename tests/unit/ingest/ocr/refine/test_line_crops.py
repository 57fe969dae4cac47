"""Parts of a page that are read again: each box gets the words that stand in it, in pixels of the page."""

from collections.abc import Sequence

import numpy as np

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.line_crops import read_boxes
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


def read_dark_boxes(crops: Sequence[Grey]) -> list[list[OcrWord]]:
    """An engine that reads the solid dark box of each picture as its grey."""
    found = []
    for crop in crops:
        rows, columns = np.nonzero(crop < 255)
        words = []
        if len(rows):
            box = BoundingBox(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
            words = [OcrWord(str(crop.min()), box, 0.9)]
        found.append(words)
    return found


def page_with(x0: int, top: int, x1: int, bottom: int, grey: int) -> PageImage:
    page: Grey = np.full((100, 200), 255, np.uint8)
    page[top:bottom, x0:x1] = grey
    return PageImage.plain(page)


def test_words_in_boxes_of_a_page_stand_where_the_page_has_them() -> None:
    page = page_with(40, 50, 60, 70, 9)
    ((word,), nothing) = read_boxes(page, [BoundingBox(30, 45, 80, 80), BoundingBox(-9, -9, 20, 20)], read_dark_boxes)
    assert (word.text, word.box, nothing) == ("9", (40, 50, 60, 70), [])


def test_a_box_that_reaches_over_the_edge_is_cut_there() -> None:
    ((word,),) = read_boxes(page_with(5, 3, 15, 20, 7), [BoundingBox(-30.5, -8.2, 40.9, 30.9)], read_dark_boxes)
    assert (word.text, word.box) == ("7", (5, 3, 15, 20))


def test_without_boxes_no_engine_is_asked() -> None:
    def look(crops: Sequence[Grey]) -> list[list[OcrWord]]:
        raise AssertionError

    assert read_boxes(page_with(0, 0, 1, 1, 0), [], look) == []
