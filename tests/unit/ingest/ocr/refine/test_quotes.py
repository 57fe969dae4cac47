"""Quotation marks as the rest of the page has them, and as the picture shows them."""

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.quotes import correct_quotes
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


def blank() -> Grey:
    return np.full((300, 600), 255, np.uint8)


def word(text: str, x0: float, x1: float, top: float = 100) -> OcrWord:
    return OcrWord(text, BoundingBox(x0, top, x1, top + 30), 0.9, int(top))


def printed(picture: Grey, *words: OcrWord) -> list[str]:
    return [w.final_text for w in correct_quotes(OcrPage(PageImage.plain(picture)), PageText(words)).words]


def with_mark(x: int, top: int = 100, height: int = 9) -> Grey:
    """A picture of a word's block from 100 to 200, and of the two strokes of a mark at `x`."""
    picture = blank()
    cv2.rectangle(picture, (100, 100), (199, 129), 0, -1)
    for left in (x, x + 7):
        cv2.rectangle(picture, (left, top), (left + 3, top + height - 1), 0, -1)
    return picture


def test_all_marks_of_a_page_are_as_most_are() -> None:
    assert printed(blank(), word("”Polisen”", 0, 90), word('"Parterna"', 0, 90, 200)) == ["”Polisen”", "”Parterna”"]
    words = word('"Polisen"', 0, 90), word('"Parterna"', 0, 90, 150), word("”forum", 0, 90, 200)
    assert printed(blank(), *words) == ['"Polisen"', '"Parterna"', '"forum']


def test_a_mark_that_was_read_twice() -> None:
    assert printed(blank(), word('”"Polisen”', 0, 90)) == ["”Polisen”"]


def test_a_mark_right_after_its_word_is_part_of_it() -> None:
    assert printed(blank(), word("”Avtalet", 100, 200), word("”.", 204, 216)) == ["”Avtalet”."]
    assert printed(blank(), word("”Avtalet", 100, 200), word("”.", 230, 242)) == ["”Avtalet", "”."]


OTHER = word("”Polisen", 100, 200, 200)


def test_a_lost_mark_is_put_back() -> None:
    assert printed(with_mark(204), word("närheten", 100, 215), OTHER) == ["närheten”", "”Polisen"]
    assert printed(with_mark(85), word("gäng", 100, 200), OTHER) == ["”gäng", "”Polisen"]


@pytest.mark.parametrize("picture", [with_mark(204, 118), with_mark(204, 100, 3), with_mark(240)])
def test_other_strokes_are_no_marks(picture: Grey) -> None:
    assert printed(picture, word("närheten", 100, 200), OTHER)[0] == "närheten"


def test_a_mark_that_was_read_is_not_put_there_again() -> None:
    assert printed(with_mark(204), word("närheten”", 100, 215)) == ["närheten”"]


def test_a_page_without_marks_stays() -> None:
    assert printed(with_mark(204), word("närheten", 100, 215)) == ["närheten"]


def test_strokes_far_above_a_word_are_not_its_mark() -> None:
    assert printed(with_mark(90, top=30), word("ordet", 100, 200), word("”hej”", 300, 400)) == ["ordet", "”hej”"]
