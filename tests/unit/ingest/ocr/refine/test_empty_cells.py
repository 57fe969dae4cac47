"""Dashes alone in cells of a table."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.layout.lines import Cell
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.empty_cells import read_empty_cells
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.document import CellReference
from avskrift.models.geometry import BoundingBox

WORD = OcrWord("80", BoundingBox(40, 40, 70, 70), 0.9, 3)


def read(*shapes: tuple[int, int, int, int], cells: int = 2) -> list[tuple[str, int]]:
    """What stands in the second of two cells that holds such shapes."""
    picture: Grey = np.full((120, 320), 255, np.uint8)
    for x0, top, x1, bottom in shapes:
        cv2.rectangle(picture, (x0, top), (x1 - 1, bottom - 1), 0, -1)
    boxes = [BoundingBox(10, 10, 150, 110), BoundingBox(150, 10, 300, 110)][:cells]
    table = tuple(Cell(box, CellReference(1, 1, column)) for column, box in enumerate(boxes, 1))
    page = OcrPage(replace(PageImage.plain(picture), cells=table))
    return [(w.text, w.line) for w in read_empty_cells(page, PageText((WORD,))).words[1:]]


@pytest.mark.parametrize(("wide", "sign"), [(21, "–"), (11, "-")])
def test_a_bar_alone_is_a_dash(wide: int, sign: str) -> None:
    assert read((200, 55, 200 + wide, 59)) == [(sign, 4)]


@pytest.mark.parametrize(
    "shapes",
    [
        (),
        ((200, 50, 221, 70),),
        ((200, 55, 205, 59),),
        ((200, 55, 280, 59),),
        ((200, 55, 221, 59), (230, 55, 251, 59)),
        ((140, 55, 161, 59),),
    ],
    ids=["nothing", "too high", "too short", "a rule", "two", "in the rule between cells"],
)
def test_other_shapes_are_none(shapes: tuple[tuple[int, int, int, int], ...]) -> None:
    assert read(*shapes) == []


def test_a_page_without_cells_stays() -> None:
    assert read((200, 55, 221, 59), cells=0) == []
