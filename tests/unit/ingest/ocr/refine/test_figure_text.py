"""Words of figures: fax lines, logos, charts, signatures."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.figures import Figure
from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.figure_text import separate_figure_text
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@pytest.mark.parametrize(
    ("line", "is_fax"),
    [
        ("2001-05-07 13:40 FRÅN: KLOCKVIKS KOMMUN TILL: 0123-45678 S. 2/5", True),
        ("FAX 0123 456 78 KLOCKVIK P. 03/07", True),
        ("Sida 1 (3)", False),
        ("Klockvik 2021-03-04 kl. 13.00", False),
    ],
)
def test_the_line_that_a_fax_machine_prints(line: str, is_fax: bool) -> None:
    words, x = [], 60.0
    for word in line.split():
        words.append(OcrWord(word, BoundingBox(x, 20, x + 12 * len(word), 40), 0.9, 1))
        x += 12 * len(word) + 10
    picture: Grey = np.full((2338, 1654), 255, np.uint8)
    text = separate_figure_text(OcrPage(PageImage.plain(picture)), PageText(tuple(words)))
    assert ([figure.kind for figure in text.figures] == ["transmission"]) is is_fax
    assert (text.words == ()) is is_fax


PAGE: Grey = np.full((2000, 1600), 255, np.uint8)


def word(text: str, x: float, top: float, confidence: float = 0.9) -> OcrWord:
    return OcrWord(text, BoundingBox(x, top, x + 12 * len(text), top + 24), confidence, 1)


def row(text: str, x: float, top: float) -> list[OcrWord]:
    words = []
    for piece in text.split():
        words.append(word(piece, x, top))
        x += 12 * len(piece) + 12
    return words


def separated(kind: str, box: BoundingBox, *words: OcrWord) -> tuple[str, str]:
    """The words of a figure, and the running text without them."""
    image = replace(PageImage.plain(PAGE), figures=(Figure(kind, box),))
    text = separate_figure_text(OcrPage(image), PageText(words))
    (figure,) = text.figures
    return " ".join(w.text for w in figure.words), " ".join(w.text for w in text.words)


LOGO = BoundingBox(100, 80, 170, 180)


def test_the_name_beside_a_logo() -> None:
    words = [*row("Vikbo kommun", 190, 90), *row("Sida 2", 1300, 90), *row("Parterna samverkar", 200, 300)]
    assert separated("logo", LOGO, *words) == ("Vikbo kommun", "Sida 2 Parterna samverkar")


def test_what_is_read_into_a_crown_is_of_the_logo() -> None:
    assert separated("logo", LOGO, word("W", 120, 60), *row("Parterna", 200, 300)) == ("W", "Parterna")


def test_an_address_beside_a_logo_is_text() -> None:
    address = [*row("Box 17", 190, 90), *row("123 45 Vikbo", 190, 130)]
    assert separated("logo", LOGO, *address) == ("", "Box 17 123 45 Vikbo")


def test_a_chart_takes_its_axes_and_its_title() -> None:
    chart = BoundingBox(400, 500, 1000, 800)
    title, axis = row("Anmälda brott", 620, 440), [word(str(n), 340, 800 - 1.5 * n - 12) for n in (0, 100, 200)]
    years = [word(str(2019 + k), 430 + 150 * k, 815) for k in range(4)]
    text = row("Parterna följer utvecklingen under året", 200, 900)
    words, rest = separated("chart", chart, *title, *axis, *years, *text)
    assert words == "Anmälda brott 0 100 200 2019 2020 2021 2022"
    assert rest == "Parterna följer utvecklingen under året"


def test_a_signature_takes_what_was_unsurely_read_beside_it() -> None:
    signature = BoundingBox(200, 600, 500, 680)
    words = [word("kLn", 300, 630), word("EE", 520, 630, 0.3), *row("Karin Ek", 210, 700), word("Vikbo", 520, 640)]
    assert separated("signature", signature, *words) == ("kLn EE", "Karin Ek Vikbo")


def test_text_on_a_tinted_ground_is_no_picture() -> None:
    ground = BoundingBox(100, 400, 1500, 700)
    lines = [w for n in range(4) for w in row("Kommunen och polisen ska samverka", 150, 430 + 60 * n)]
    assert separated("picture", ground, *lines)[0] == ""
    assert separated("picture", ground, *lines[:3])[1] == ""


@pytest.mark.parametrize(("lean", "kind"), [(0.4, ["handwriting"]), (0.0, [])])
def test_what_is_written_by_hand_on_a_rule(lean: float, kind: list[str]) -> None:
    page = PAGE.copy()
    for k in range(8):
        foot = 300 + 20 * k
        cv2.line(page, (foot, 690), (int(foot + lean * 60), 630), 0, 4)
    image = replace(PageImage.plain(page), single_rulings=(BoundingBox(250, 694, 900, 698),))
    written = OcrWord("llll", BoundingBox(290, 628, 490, 692), 0.9, 1)
    text = separate_figure_text(OcrPage(image), PageText((written,)))
    assert [figure.kind for figure in text.figures] == kind
    assert (written in text.words) is (kind == [])
