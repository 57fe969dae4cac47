"""Capitals by their height: bars drawn where letters would be."""

import cv2
import numpy as np
import pytest

from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.capitals import correct_capitals
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

TALL, LOW = 22, 15
"""Heights of a capital and of a letter without a stem, in pixels."""


def read(*drawn: tuple[str, list[int], int]) -> list[str]:
    """What is printed, by the closer look, of words given as text, heights of their letters, and left edge."""
    page = np.full((100, 900), 250, np.uint8)
    words = []
    for text, heights, left in drawn:
        for place, height in enumerate(heights):
            x = left + 14 * place
            cv2.rectangle(page, (x, 60 - height), (x + 9, 59), 30, -1)
        words.append(OcrWord(text, BoundingBox(left, 60 - max(heights), left + 14 * len(heights) - 4, 60), 0.9, 1))
    corrected = correct_capitals(OcrPage(PageImage.plain(page)), PageText(tuple(words)))
    return [w.corrected for w in corrected.words]


def test_a_tall_first_letter_of_a_line_is_a_capital() -> None:
    assert read(("samverkan", [TALL, *[LOW] * 5, TALL, LOW, LOW], 20)) == ["Samverkan"]


def test_a_low_first_letter_stays_small() -> None:
    assert read(("samverkan", [LOW] * 6 + [TALL, LOW, LOW], 20)) == [""]


def test_within_a_sentence_nothing_is_asked() -> None:
    line = ("parterna", [LOW] * 3 + [TALL] + [LOW] * 4, 20), ("samverkar", [TALL] + [LOW] * 8, 145)
    assert read(*line) == ["", ""]


def test_after_a_stop_and_after_a_wide_gap() -> None:
    words = (
        ("möte.", [LOW, TALL, TALL, LOW, 3], 20),
        ("Vara", [TALL, LOW, LOW, LOW], 100),
        ("sida", [TALL, TALL, TALL, LOW], 400),
    )
    assert read(*words) == ["", "", "Sida"]
    assert read(("möte.", [LOW, TALL, TALL, LOW, 3], 20), ("vara", [TALL, LOW, LOW, LOW], 100)) == ["", "Vara"]


@pytest.mark.parametrize("word", ["mål", "arbete", "s", "1s"], ids=["M and m differ", "A and a differ", "one", "digit"])
def test_only_letters_whose_capital_looks_the_same(word: str) -> None:
    assert read((word, [TALL] + [LOW] * (len(word) - 1), 20), ("samman", [LOW] * 6, 300))[0] == ""


def test_letters_that_touch_are_not_measured() -> None:
    page = np.full((100, 300), 250, np.uint8)
    cv2.rectangle(page, (20, 38), (140, 59), 30, -1)
    word = OcrWord("samverkan", BoundingBox(20, 38, 140, 60), 0.9, 1)
    assert correct_capitals(OcrPage(PageImage.plain(page)), PageText((word,))).words == (word,)
