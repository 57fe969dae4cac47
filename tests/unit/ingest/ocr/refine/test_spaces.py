"""Spaces that the picture shows: signs drawn as bars, with gaps between them."""

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.ocr.refine.spaces import correct_spaces
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

WIDE, GAP = 12, 3


def read(text: str, gaps: dict[int, int], corrected: str = "") -> str:
    """What a word is corrected to whose signs are drawn with a gap of so many pixels before some of them."""
    page: Grey = np.full((80, 500), 255, np.uint8)
    x = 20
    for place in range(len(text)):
        x += gaps.get(place, GAP) if place else 0
        cv2.rectangle(page, (x, 20), (x + WIDE - 1, 49), 0, -1)
        x += WIDE
    word = OcrWord(text, BoundingBox(20, 20, x, 50), 0.9, 1, corrected, "second look" if corrected else "")
    return correct_spaces(OcrPage(PageImage.plain(page)), PageText((word,))).words[0].corrected


def test_a_wide_gap_is_a_space() -> None:
    assert read("Plan3", {4: 14}) == "Plan 3"
    assert read("Torgimitten", {4: 14, 5: 14}) == "Torg i mitten"


def test_figures_in_groups_of_three() -> None:
    assert read("24500", {2: 10}) == "24 500"
    assert read("1250000", {1: 10, 4: 10}) == "1 250 000"
    assert read("24500", {3: 10}) == ""  # not where thousands are parted
    assert read("24500", {}) == ""


@pytest.mark.parametrize(
    ("text", "place", "printed"),
    [
        ("§22", 1, "§ 22"),
        ("§4", 1, "§ 4"),
        ("73%", 2, "73 %"),
        ("21,5%", 4, "21,5 %"),
        ("Bilaga3", 6, "Bilaga 3"),
        ("Bilaga3", 4, ""),
        ("73%", 1, ""),
    ],
)
def test_a_number_and_what_stands_with_it(text: str, place: int, printed: str) -> None:
    assert read(text, {place: 10}) == printed


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("samverkan", {}),
        ("iakttagelser", {1: 14}),
        ("samverkan", {3: 6}),
        ("samverkan", {2: 12, 4: 12, 6: 12, 8: 12}),
        ("xkommun", {1: 14}),
        ("målx", {3: 14}),
        ("mål-3a", {4: 14}),
    ],
    ids=[
        "even",
        "known as one word",
        "hardly wider",
        "letter-spaced",
        "no word of one letter",
        "too short",
        "no letter",
    ],
)
def test_other_words_stay(text: str, gaps: dict[int, int]) -> None:
    assert read(text, gaps) == ""


def test_letters_that_touch_are_not_parted() -> None:
    assert read("Planerxyz", {2: 0, 6: 14}) == ""


def test_a_number_after_letters_that_touch() -> None:
    assert read("Planer3", {2: 0, 6: 14}) == "Planer 3"


def test_two_figures_that_touch_count_as_two() -> None:
    assert read("124500", {3: 10, 5: 0}) == "124 500"


def test_what_was_corrected_before_stays() -> None:
    assert read("Plan3", {4: 14}, corrected="Plan 8") == "Plan 8"
