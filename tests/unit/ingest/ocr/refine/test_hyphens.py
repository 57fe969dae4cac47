"""Hyphens that fade: shapes drawn beside words."""

import cv2
import numpy as np
import pytest

from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.hyphens import correct_hyphens
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

WORD = OcrWord("trygghets", BoundingBox(100.0, 100.0, 220.0, 129.0), 0.9, 1)
"""Type of some 30 pixels, standing at 123."""


def read_with(*boxes: tuple[int, int, int, int]) -> str:
    page = np.full((200, 400), 250, np.uint8)
    for x0, top, x1, bottom in boxes:
        cv2.rectangle(page, (x0, top), (x1, bottom), 190, -1)
    (word,) = correct_hyphens(OcrPage(PageImage.plain(page)), PageText((WORD,))).words
    return word.corrected


def test_a_short_bar_after_the_last_word() -> None:
    assert read_with((224, 114, 232, 116)) == "trygghets-"


@pytest.mark.parametrize(
    "box",
    [(224, 114, 226, 116), (224, 121, 226, 123), (224, 100, 232, 102), (224, 100, 228, 122), (224, 114, 260, 116)],
    ids=["a speck", "a stop", "a stroke above", "a letter", "a long rule"],
)
def test_nothing_else_is_a_hyphen(box: tuple[int, int, int, int]) -> None:
    assert read_with(box) == ""


def test_only_the_last_word_of_a_line() -> None:
    page = np.full((200, 400), 250, np.uint8)
    cv2.rectangle(page, (224, 114), (232, 116), 190, -1)
    after = OcrWord("och", BoundingBox(240.0, 100.0, 280.0, 123.0), 0.9, 1)
    text = correct_hyphens(OcrPage(PageImage.plain(page)), PageText((WORD, after)))
    assert [w.corrected for w in text.words] == ["", ""]
