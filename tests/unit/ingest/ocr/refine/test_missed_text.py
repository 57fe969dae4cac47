"""Letters that lie under no word: read again with the word they go on, and taken where they are surely read."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.missed_text import read_missed_text
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

LETTER, PITCH, TALL = 12, 16, 20


def draw(page: Grey, x: int, top: int, letters: int) -> None:
    """So many letters, as bars that do not touch."""
    for k in range(letters):
        cv2.rectangle(page, (x + PITCH * k, top), (x + PITCH * k + LETTER - 1, top + TALL - 1), 0, -1)


def word(text: str, x: int, top: int, confidence: float = 0.9, line: int = 1) -> OcrWord:
    return OcrWord(text, BoundingBox(x, top, x + PITCH * len(text), top + TALL), confidence, line)


def refined(page: Grey, words: list[OcrWord], reading: str, confidence: float = 0.9) -> list[tuple[str, int]]:
    """The words of the page and their lines, where the engine reads `reading` in what it is shown."""

    def look(crops: Sequence[Grey]) -> list[list[OcrWord]]:
        found = [OcrWord(reading, BoundingBox(6, 6, 62, 26), confidence)] if reading else []
        return [found, *([] for _ in crops[1:])]

    text = read_missed_text(OcrPage(PageImage.plain(page), read_lines=look), PageText(tuple(words)))
    return [(w.text, w.line) for w in text.words]


@pytest.fixture
def page() -> Grey:
    """`Vikbo samverkan`, of which the end may not have been read, above a page number that stands alone."""
    drawn: Grey = np.full((400, 700), 255, np.uint8)
    draw(drawn, 100, 100, 5)
    draw(drawn, 200, 100, 9)
    draw(drawn, 300, 350, 2)
    return drawn


def test_the_end_of_a_word_that_was_cut_off(page: Grey) -> None:
    page[340:] = 255
    words = [word("Vikbo", 100, 100), word("samver", 200, 100)]
    assert refined(page, words, "samverkan") == [("Vikbo", 1), ("samverkan", 1)]
    assert refined(page, words, "samverkan", 0.6) == [("Vikbo", 1), ("samver", 1)]
    assert refined(page, words, "kommunen") == [("Vikbo", 1), ("samver", 1)]  # does not go on the word


def test_a_number_that_stands_alone_is_a_line_of_its_own(page: Grey) -> None:
    words = [word("Vikbo", 100, 100), word("samverkan", 200, 100)]
    assert refined(page, words, "17") == [("Vikbo", 1), ("samverkan", 1), ("17", 2)]
    assert refined(page, words, ".-") == [("Vikbo", 1), ("samverkan", 1)]
    assert refined(page, words, "") == [("Vikbo", 1), ("samverkan", 1)]


def test_what_is_read_is_not_read_again(page: Grey) -> None:
    words = [word("Vikbo", 100, 100), word("samverkan", 200, 100), word("17", 300, 350)]
    assert refined(page, words, "nonsens") == [("Vikbo", 1), ("samverkan", 1), ("17", 1)]


def test_the_mark_of_a_list_is_left_to_others(page: Grey) -> None:
    words = [word("samverkan", 200, 100), word("17", 300, 350)]
    draw(page, 100, 100, 5)
    page[90:130, 100:180] = 255
    draw(page, 160, 100, 1)
    assert refined(page, words, "1") == [("samverkan", 1), ("17", 1)]


def test_a_page_full_of_shapes_is_no_text(page: Grey) -> None:
    for row in range(6):
        for column in range(5):
            draw(page, 60 + 130 * column, 30 + 60 * row, 1)
    words = [word("Vikbo", 100, 100)]
    assert refined(page, words, "a") == [("Vikbo", 1)]
