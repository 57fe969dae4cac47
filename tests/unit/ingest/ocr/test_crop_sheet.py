"""Crops of lines that are read on one sheet: each gets the words that stand in it, in its own pixels."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.crop_sheet import SETTINGS, words_on_sheet
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
    first, second = words_on_sheet(crops, read_dark_boxes)
    assert [(w.text, w.box) for w in first] == [("8", (10, 6, 30, 24)), ("9", (50, 5, 70, 25))]
    assert [(w.text, w.box) for w in second] == [("7", (5, 2, 15, 20))]


def test_the_sheet_keeps_crops_apart() -> None:
    asked: list[Grey] = []

    def look(sheet: Grey) -> list[OcrWord]:
        asked.append(sheet)
        return []

    assert words_on_sheet([crop_with(), crop_with()], look) == [[], []]
    assert asked[0].shape == (2 * 30 + 3 * SETTINGS.gap, 90 + 2 * SETTINGS.margin)


def test_without_crops_no_engine_is_started() -> None:
    def look(sheet: Grey) -> list[OcrWord]:
        raise AssertionError

    assert words_on_sheet([], look) == []


def test_what_is_read_between_two_crops_belongs_to_neither() -> None:
    def look(sheet: Grey) -> list[OcrWord]:
        return [OcrWord("between", BoundingBox(40, 60, 60, 84), 0.9)]  # a gap is from 58 to 86

    assert words_on_sheet([crop_with(), crop_with()], look) == [[], []]


@given(st.lists(st.tuples(st.integers(3, 40), st.integers(3, 200)), min_size=1, max_size=20))
def test_crops_of_any_size_find_their_own_words(sizes: list[tuple[int, int]]) -> None:
    crops = [crop_with((1, 1, w - 1, h - 1, n), size=(h, w)) for n, (h, w) in enumerate(sizes)]
    found = words_on_sheet(crops, read_dark_boxes)
    assert [[(w.text, w.box) for w in words] for words in found] == [
        [(str(n), (1, 1, w - 1, h - 1))] for n, (h, w) in enumerate(sizes)
    ]
