"""Raised figures that mark footnotes: those that are set by the order of their neighbours, and those at the edge."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.ocr.refine.superscripts import Superscript, find_superscripts, set_superscripts
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


def row(*texts: str) -> list[OcrWord]:
    """Words of one line each, so that a quotation mark is alone on its line."""
    return [OcrWord(text, BoundingBox(10, 30 * i, 90, 30 * i + 20), 0.9, i + 1) for i, text in enumerate(texts)]


def marks(words: list[OcrWord], figures: dict[int, str], notes: set[int]) -> list[str]:
    """What the words are printed as, where `figures` were read at their places; those of `notes` stand alone."""
    crop: Grey = np.full((20, 40), 255, np.uint8)
    found = tuple(
        Superscript(
            word=place,
            box=BoundingBox(80, 0, 88, 8),
            size=20.0,
            crop=crop,
            head="" if place in notes else words[place].text[:-1],
            reading=(OcrWord(figure, BoundingBox(0, 0, 10, 10), 0.95),),
        )
        for place, figure in figures.items()
    )
    text = set_superscripts(OcrPage(PageImage.plain(crop)), PageText(tuple(words), marks=found))
    return [w.final_text for w in text.words]


def test_a_mark_is_found_between_its_neighbours() -> None:
    words = row("arbetsgrupp'", "kommunen'", "polisen'", "!", "!", "!")
    assert marks(words, {0: "1", 2: "3", 3: "1", 4: "2", 5: "3"}, {3, 4, 5})[1] == "kommunen2"


def test_a_note_that_stands_above_an_earlier_mark_has_no_bound_below() -> None:
    """The engine may give the notes before the text: then nothing stands after the mark that a figure follows."""
    words = row("!", "arbetsgrupp'", "kommunen'")
    assert marks(words, {0: "2", 1: "1"}, {0}) == ["2", "arbetsgrupp1", "kommunen2"]


@pytest.mark.parametrize("figures", [{0: "2", 1: "1"}, {0: "9", 1: "8", 2: "7"}, {0: "1"}, {0: "2", 2: "1"}])
def test_any_order_of_figures_is_borne(figures: dict[int, str]) -> None:
    words = row("!", "ordet'", "orden'")
    for notes in (set(), {0}, {0, 1}, {0, 1, 2}):
        assert len(marks(words, figures, notes & set(figures))) == 3


@pytest.mark.parametrize("cut_off", [0, 30, 36])
def test_a_raised_figure_on_the_first_line_of_the_picture(cut_off: int) -> None:
    """The strip that is read again reaches out of the picture above: it is cut, not lost."""
    picture: Grey = np.full((200, 400), 255, np.uint8)
    cv2.putText(picture, "arbetsgrupp", (10, 64), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 2)
    picture[36:52, 240:245] = 0
    words = [OcrWord("arbetsgrupp'", BoundingBox(8, 30 - cut_off, 248, 75 - cut_off), 0.9, 1)]
    page = OcrPage(PageImage.plain(np.ascontiguousarray(picture[cut_off:])))
    (mark,) = find_superscripts(page, PageText(tuple(words))).marks
    strip = mark.crop
    assert strip.shape[0] <= 200 - cut_off
    assert int(strip[:, -10:].min()) < 100  # the figure stands at the strip's end


def drawn(*shapes: tuple[int, int, int, int]) -> OcrPage:
    """A picture of blocks of ink on a line that stands at 80."""
    picture: Grey = np.full((160, 400), 255, np.uint8)
    for x0, top, x1, bottom in shapes:
        picture[top:bottom, x0:x1] = 0
    return OcrPage(PageImage.plain(picture))


BODY, RAISED, STOP = (20, 50, 120, 80), (124, 48, 132, 64), (134, 74, 139, 80)


def parts(page: OcrPage, *words: OcrWord) -> list[tuple[int, str, str, int | None]]:
    """The places, the texts before and after, and the places of their own, of the figures to be read."""
    found = find_superscripts(page, PageText(words)).marks
    return [(m.word, m.head, m.tail, m.apart) for m in found if isinstance(m, Superscript)]


def test_a_figure_before_stops() -> None:
    word = OcrWord("målbild?.", BoundingBox(20, 48, 139, 80), 0.99, 1)
    assert parts(drawn(BODY, RAISED, STOP), word) == [(0, "målbild", ".", None)]


def test_a_figure_that_was_left_out_of_an_unsure_word() -> None:
    word = OcrWord("målbild", BoundingBox(20, 48, 132, 80), 0.9, 1)
    assert parts(drawn(BODY, RAISED), word) == [(0, "målbild", "", None)]
    assert parts(drawn(BODY, RAISED), OcrWord("målbild", word.box, 1.0, 1)) == []


def test_a_figure_that_was_read_as_a_word_of_its_own_is_joined() -> None:
    words = (
        OcrWord("målbild", BoundingBox(20, 50, 120, 80), 1.0, 1),
        OcrWord("1", BoundingBox(124, 48, 132, 64), 0.9, 7),
    )
    page = drawn(BODY, RAISED)
    text = find_superscripts(page, PageText(words))
    (mark,) = text.marks
    assert isinstance(mark, Superscript)
    assert (mark.word, mark.head, mark.apart) == (0, "målbild", 1)
    reading = (OcrWord("målbild", BoundingBox(0, 0, 9, 9), 0.9), OcrWord("1", BoundingBox(9, 0, 12, 9), 0.9))
    (joined,) = set_superscripts(page, replace(text, marks=(replace(mark, reading=reading),))).words
    assert (joined.text, joined.corrected, joined.box) == ("målbild 1", "målbild1", BoundingBox(20, 48, 132, 80))


def test_a_figure_that_touches_the_letter_before() -> None:
    word = OcrWord("målbild?", BoundingBox(20, 48, 130, 80), 0.9, 1)
    assert parts(drawn(BODY, (118, 48, 130, 62)), word) == [(0, "målbild", "", None)]


def test_a_question_mark_is_none() -> None:
    word = OcrWord("målbild?", BoundingBox(20, 50, 134, 80), 0.9, 1)
    assert parts(drawn(BODY, (124, 50, 134, 68), (127, 75, 131, 80)), word) == []


def test_two_strokes_are_a_quotation_mark_and_no_missed_figure() -> None:
    words = [
        OcrWord("höstlov.”", BoundingBox(20, 48, 146, 80), 1.0, 1),
        OcrWord("1", BoundingBox(20, 120, 28, 135), 0.9, 2),
    ]
    note = Superscript(
        word=1, box=words[1].box, size=20.0, crop=np.full((9, 9), 255, np.uint8), head="", reading=(words[1],)
    )
    for strokes, printed in (((132, 138), "höstlov.”"), ((132,), "höstlov.1")):
        page = drawn(BODY, *((x, 48, x + 4, 58) for x in strokes))
        found = set_superscripts(page, PageText(tuple(words), marks=(note,))).words
        assert found[0].final_text == printed
