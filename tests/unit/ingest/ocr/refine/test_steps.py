"""The refinements of a page in their order: each sees what the one before left."""

import logging
from collections.abc import Sequence

import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine import steps
from avskrift.ingest.ocr.refine.refinement import Mark, OcrPage, PageText, Refinement
from avskrift.ingest.ocr.refine.steps import read_marks, refined
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.failures import Failures

BLANK: Grey = np.full((100, 100), 255, np.uint8)
BOX = BoundingBox(0, 0, 10, 10)


def failures() -> Failures:
    return Failures(logging.getLogger("avskrift.ingest"), "page 1: ")


def adding(text: str) -> Refinement:
    def apply(page: OcrPage, before: PageText) -> PageText:
        return before.with_words([*before.words, OcrWord(text, BOX, 0.9)])

    return Refinement(f"adding {text}", apply)


def failing(page: OcrPage, before: PageText) -> PageText:
    raise ValueError


def test_each_refinement_sees_the_words_of_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = (adding("Vikbo"), Refinement("failing", failing), adding("kommun"))
    monkeypatch.setattr(steps, "REFINEMENTS", chain)
    found = failures()
    text = refined(OcrPage(PageImage.plain(BLANK)), [], found)
    assert [w.text for w in text.words] == ["Vikbo", "kommun"]
    assert found.messages == (
        "page 1: failing failed and was left out (ValueError); the words stand as they were read before",
    )


def test_a_blank_page_stays_as_it_is() -> None:
    words = (OcrWord("Vikbo", BOX, 0.9, 1), OcrWord("2", BOX, 0.9, 1))
    assert refined(OcrPage(PageImage.plain(BLANK)), words, failures()).words == words
    assert refined(OcrPage(PageImage.plain(BLANK)), (), failures()) == PageText(())


def test_all_marks_are_read_at_once_and_each_keeps_its_own_reading() -> None:
    asked: list[int] = []

    def look(crops: Sequence[Grey]) -> list[list[OcrWord]]:
        """Reads each crop as the height of its dark box."""
        asked.append(len(crops))
        tall = [int((crop < 255).any(axis=1).sum()) for crop in crops]
        return [[OcrWord(str(height), BoundingBox(2, 5, 10, 5 + height), 0.9)] for height in tall]

    crops: list[Grey] = [np.full((30, 20), 255, np.uint8) for _ in range(3)]
    for tall, crop in zip((8, 16, 12), crops, strict=True):
        crop[5 : 5 + tall, 2:10] = 0
    marks = tuple(Mark(word=n, box=BOX, size=20.0, crop=crop) for n, crop in enumerate(crops))
    text = read_marks(OcrPage(PageImage.plain(BLANK), read_lines=look), PageText((), marks=marks))
    assert [[w.text for w in mark.reading] for mark in text.marks] == [["8"], ["16"], ["12"]]
    assert asked == [3]
    read_marks(OcrPage(PageImage.plain(BLANK), read_lines=look), PageText(()))
    assert asked == [3]  # without marks nothing is asked
