"""Marks of lists: told by their shape, or read from a crop with their line."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.bullets import Bullet, mark_as_read, mark_by_shape
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

SIZE = 40
"""The font size in pixels; the line stands at 130 and begins at 200."""
FIRST = OcrWord("Kommunens", BoundingBox(200, 100, 400, 130), 0.9, 1)


def page_with(*shapes: tuple[int, int, int, int]) -> OcrPage:
    page: Grey = np.full((300, 600), 255, np.uint8)
    cv2.putText(page, "Kommunens", (200, 130), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    for x0, top, x1, bottom in shapes:
        cv2.rectangle(page, (x0, top), (x1, bottom), 0, -1)
    return OcrPage(PageImage.plain(page))


def marked(page: OcrPage, *words: OcrWord) -> tuple[list[str], tuple[Bullet, ...]]:
    text = mark_by_shape(page, PageText(words))
    return [w.final_text for w in text.words], tuple(m for m in text.marks if isinstance(m, Bullet))


SPOT, DASH, LETTER = (150, 110, 160, 120), (145, 113, 165, 117), (150, 102, 156, 130)


@pytest.mark.parametrize(("shape", "sign"), [(SPOT, "•"), (DASH, "–")])
def test_a_mark_that_was_not_read(shape: tuple[int, int, int, int], sign: str) -> None:
    assert marked(page_with(shape), FIRST) == ([f"{sign} Kommunens"], ())


def test_a_bullet_that_was_read_as_a_letter() -> None:
    read = OcrWord("e", BoundingBox(150, 110, 161, 121), 0.4, 1)
    words = mark_by_shape(page_with(SPOT), PageText((read, FIRST))).words
    assert [(w.text, w.corrected, w.corrected_by) for w in words] == [("e", "•", "list mark"), ("Kommunens", "", "")]
    assert words[0].confidence == 0.95


def test_a_bullet_whose_box_came_out_too_small() -> None:
    read = OcrWord("a", BoundingBox(154, 110, 161, 121), 0.9, 1)
    assert marked(page_with(SPOT), read, FIRST) == (["•", "Kommunens"], ())


def test_a_bullet_that_was_read_as_one_is_sure() -> None:
    read = OcrWord("•", BoundingBox(150, 110, 161, 121), 0.3, 1)
    words = mark_by_shape(page_with(SPOT), PageText((read, FIRST))).words
    assert (words[0].text, words[0].corrected, words[0].confidence) == ("•", "", 0.95)


def test_a_bullet_beside_the_next_column() -> None:
    before = OcrWord("trygg", BoundingBox(20, 100, 80, 130), 0.9, 1)
    read = OcrWord("e", BoundingBox(150, 110, 161, 121), 0.7, 1)
    assert marked(page_with(SPOT), before, read, FIRST) == (["trygg", "•", "Kommunens"], ())


def test_a_low_dash_that_was_read_is_not_set_twice() -> None:
    read = OcrWord("-", BoundingBox(170, 117, 190, 120), 0.9, 1)
    assert marked(page_with((170, 117, 190, 120)), read, FIRST) == (["–", "Kommunens"], ())


def test_a_bullet_that_was_read_as_part_of_the_word() -> None:
    glued = OcrWord("«Kommunens", BoundingBox(180, 100, 400, 130), 0.9, 1)
    assert marked(page_with((181, 110, 191, 120)), glued)[0] == ["• Kommunens"]


def test_another_mark_is_kept_to_be_read_with_its_line() -> None:
    words, (mark,) = marked(page_with(LETTER), FIRST)
    assert words == ["Kommunens"]
    assert (mark.word, mark.read_as, mark.box) == (0, None, (150, 102, 157, 131))
    assert mark.crop.shape[1] > 200 and int(mark.crop[:, :12].min()) == 0


@pytest.mark.parametrize(
    ("reading", "dotted", "printed"),
    [
        (("1.", "Kommunens"), False, "1. Kommunens"),
        (("1,", "Kommunens"), False, "1. Kommunens"),
        (("12", "Kommunens"), True, "12. Kommunens"),
        (("a)", "Kommunens"), False, "a) Kommunens"),
        (("l", "Kommunens"), False, "Kommunens"),
        (("1.",), False, "Kommunens"),
        ((), False, "Kommunens"),
    ],
)
def test_a_number_is_set_as_it_was_read(reading: tuple[str, ...], dotted: bool, printed: str) -> None:
    text = mark_by_shape(page_with(LETTER), PageText((FIRST,)))
    words = tuple(OcrWord(word, BoundingBox(0, 0, 9, 9), 0.9) for word in reading)
    (mark,) = text.marks
    assert isinstance(mark, Bullet)
    text = replace(text, marks=(replace(mark, reading=words, dotted=dotted),))
    assert mark_as_read(page_with(LETTER), text).words[0].final_text == printed


def test_rules_and_specks_are_no_marks() -> None:
    assert marked(page_with((150, 60, 153, 220)), FIRST) == (["Kommunens"], ())
    assert marked(page_with((150, 110, 151, 111)), FIRST) == (["Kommunens"], ())


def test_words_of_the_same_line_are_no_marks() -> None:
    before = (
        OcrWord("Vikbo", BoundingBox(60, 100, 130, 130), 0.9, 1),
        OcrWord("i", BoundingBox(150, 102, 157, 131), 0.9, 1),
    )
    assert marked(page_with(LETTER), *before, FIRST) == (["Vikbo", "i", "Kommunens"], ())


def test_marks_of_several_lines_read_as_one_word_go() -> None:
    tall = OcrWord("ill", BoundingBox(150, 100, 160, 200), 0.3, 2)
    assert marked(page_with(), tall, FIRST, replace(FIRST, line=3)) == (["Kommunens", "Kommunens"], ())
