"""Crops of lines that are read again on one sheet: each gets the words that stand in it, in its own pixels."""

import numpy as np

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.line_crops import SETTINGS, read_boxes, read_crops
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


def read_dark_boxes(sheet: Grey) -> list[OcrWord]:
    """An engine that reads each solid dark box of a sheet as its grey."""
    words = []
    for grey in sorted(set(np.unique(sheet).tolist()) - {255}, reverse=True):
        rows, columns = np.nonzero(sheet == grey)
        box = BoundingBox(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
        words.append(OcrWord(str(grey), box, 0.9))
    return words


def crop_with(*boxes: tuple[int, int, int, int, int], size: tuple[int, int] = (30, 90)) -> Grey:
    crop: Grey = np.full(size, 255, np.uint8)
    for x0, top, x1, bottom, grey in boxes:
        crop[top:bottom, x0:x1] = grey
    return crop


def test_each_crop_gets_its_words_from_left_to_right() -> None:
    crops = [crop_with((50, 5, 70, 25, 9), (10, 6, 30, 24, 8)), crop_with((5, 2, 15, 20, 7), size=(25, 20))]
    first, second = read_crops(crops, read_dark_boxes)
    assert [(w.text, w.box) for w in first] == [("8", (10, 6, 30, 24)), ("9", (50, 5, 70, 25))]
    assert [(w.text, w.box) for w in second] == [("7", (5, 2, 15, 20))]


def test_the_sheet_keeps_crops_apart() -> None:
    asked: list[Grey] = []

    def look(sheet: Grey) -> list[OcrWord]:
        asked.append(sheet)
        return []

    assert read_crops([crop_with(), crop_with()], look) == [[], []]
    assert asked[0].shape == (2 * 30 + 3 * SETTINGS.gap, 90 + 2 * SETTINGS.margin)


def test_without_crops_no_engine_is_started() -> None:
    def look(sheet: Grey) -> list[OcrWord]:
        raise AssertionError

    assert read_crops([], look) == []


def test_words_in_boxes_of_a_page_stand_where_the_page_has_them() -> None:
    page = PageImage.plain(crop_with((40, 50, 60, 70, 9), size=(100, 200)))
    ((word,), nothing) = read_boxes(page, [BoundingBox(30, 45, 80, 80), BoundingBox(-9, -9, 20, 20)], read_dark_boxes)
    assert (word.text, word.box, nothing) == ("9", (40, 50, 60, 70), [])
