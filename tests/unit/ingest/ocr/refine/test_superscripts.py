"""Raised figures that mark footnotes: those that are set by the order of their neighbours, and those at the edge."""

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
