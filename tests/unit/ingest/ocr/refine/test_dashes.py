"""Hyphens and dashes told apart by their bars, drawn between blocks that stand for letters and figures."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.dashes import correct_dashes
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

SIZE, BASELINE = 40, 100
"""The font size in pixels: figures are 30 high; and where the line stands."""
HYPHEN, EN_DASH = 11, 21
SIGN, GAP = 14, 4


class Row:
    """A line of words whose signs are drawn as blocks, bars for dashes."""

    def __init__(self) -> None:
        self.picture: Grey = np.full((160, 900), 255, np.uint8)
        self.words: list[OcrWord] = []
        self.x = 20

    def add(self, read: str, bar: int = HYPHEN, tall: int = 4, corrected: str = "") -> "Row":
        x0 = self.x
        for sign in read:
            wide = bar if sign in "-–—" else SIGN
            top, bottom = (BASELINE - 12 - tall, BASELINE - 13) if sign in "-–—" else (BASELINE - 30, BASELINE - 1)
            cv2.rectangle(self.picture, (self.x, top), (self.x + wide - 1, bottom), 0, -1)
            self.x += wide + GAP
        alone = read in ("-", "–", "—")
        top, bottom = (BASELINE - 12 - tall, BASELINE - 12) if alone else (BASELINE - 30, BASELINE)
        box = BoundingBox(x0, top, self.x - GAP, bottom)
        self.words.append(OcrWord(read, box, 0.9, 1, corrected, "list mark" if corrected else ""))
        self.x += 10
        return self

    def texts(self) -> list[str]:
        text = correct_dashes(OcrPage(PageImage.plain(self.picture)), PageText(tuple(self.words)))
        return [word.final_text for word in text.words]


@pytest.mark.parametrize(
    ("read", "bar", "printed"),
    [
        ("18-02", EN_DASH, "18–02"),
        ("18-02", HYPHEN, "18-02"),
        ("18—02", EN_DASH, "18–02"),
        ("18–02", HYPHEN, "18-02"),
        ("-34", EN_DASH, "–34"),
        ("april-juli", EN_DASH, "april–juli"),
        ("EST-råd", HYPHEN, "EST-råd"),
        ("del-", 16, "del-"),
        ("2022-05-19", EN_DASH, "2022-05-19"),
        ("212000-8846", EN_DASH, "212000-8846"),
    ],
)
def test_a_long_bar_is_an_en_dash(read: str, bar: int, printed: str) -> None:
    assert Row().add(read, bar).texts() == [printed]


def test_hyphens_of_the_page_tell_how_long_hyphens_are() -> None:
    row = Row().add("del-", 14).add("lad-", 14).add("bild-", 14).add("4-9", 15)
    assert row.texts()[-1] == "4-9"
    row = Row().add("del-", 9).add("lad-", 9).add("bild-", 9).add("4-9", 15)
    assert row.texts()[-1] == "4–9"


def test_one_bar_that_was_read_as_two_signs() -> None:
    row = Row().add("-34", EN_DASH)
    row.words[0] = replace(row.words[0], text="—-34")
    assert row.texts() == ["–34"]


def test_a_dash_between_spaces() -> None:
    assert Row().add("ett").add("-", EN_DASH).add("av").texts() == ["ett", "–", "av"]


def test_a_spot_between_words_is_a_middle_dot() -> None:
    assert Row().add("Box").add("-", 5, 5).add("Tfn").texts() == ["Box", "·", "Tfn"]


def test_what_another_look_corrected_keeps_its_rule() -> None:
    row = Row().add("-", HYPHEN, corrected="–").add("Skola")
    text = correct_dashes(OcrPage(PageImage.plain(row.picture)), PageText(tuple(row.words)))
    assert (text.words[0].final_text, text.words[0].corrected_by) == ("-", "list mark")


def test_words_without_a_bar_in_the_picture_stay() -> None:
    row = Row().add("18-02", EN_DASH)
    row.picture[:] = 255
    assert row.texts() == ["18-02"]


def test_a_page_without_words() -> None:
    assert correct_dashes(OcrPage(PageImage.plain(Row().picture)), PageText(())).words == ()
