"""Two pages on a sheet are read one after the other; a table, a chart and columns of one text stay one page."""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from drawn_text import Sheet
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from avskrift.ingest import read
from avskrift.ingest.layout.facing_pages import lines_on_sheet, middle_of
from avskrift.ingest.layout.headers_footers import with_roles
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Line, LineRole, Page, PageSource
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.structure.page_measures import extent

LEFT = (
    "Samverkansöverenskommelse",
    "Kommunen och Polisen ska tillsammans öka tryggheten på torget",
    "och i skolornas närområden, där oron enligt mätningar är störst.",
    "Giltighet",
    "Överenskommelsen gäller till och med den 31 december 2024.",
)
RIGHT = (
    "Organisation",
    "Styrgruppen består av kommundirektören och socialchefen.",
    "Styrgruppen sammanträder fyra gånger per år och följer upp målen.",
    "Undertecknande",
    "Granvik den 3 mars 2021",
    "Anna Berg",
)
WIDTH, HEIGHT = 842.0, 595.0


def row(text: str, x: float, top: float, size: float = 8.0) -> list[OcrWord]:
    words = []
    for word in text.split():
        box = BoundingBox(x, top, x + 0.55 * size * len(word), top + size)
        words.append(OcrWord(word, box, 0.95, stated_size=size))
        x += 0.55 * size * len(word) + 0.4 * size
    return words


def column(texts: Sequence[str], x: float, top: float = 60.0, step: float = 12.0) -> list[OcrWord]:
    return [word for n, text in enumerate(texts) for word in row(text, x, top + step * n)]


def texts_of(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


def test_the_left_page_is_read_before_the_right_one() -> None:
    words = column(LEFT, 45) + column(RIGHT, 466, 64)
    lines = lines_on_sheet(words, (), WIDTH, HEIGHT)
    assert texts_of(lines) == [*LEFT, *RIGHT]
    assert [line.number for line in lines] == list(range(1, 12))
    assert {line.page_left for line in lines[:5]} == {0.0} and {line.page_left for line in lines[5:]} == {WIDTH / 2}
    assert lines[5].indent == 0 and lines[5].bbox is not None and lines[5].bbox.x0 == 466  # where it lies on the sheet


def test_where_a_line_ends_is_told_on_its_own_page() -> None:
    lines = lines_on_sheet(column(LEFT, 45) + column(LEFT, 466), (), WIDTH, HEIGHT)
    assert extent(lines[1]) == pytest.approx(extent(lines[6]), abs=1)


def test_what_runs_across_the_foot_of_the_sheet_is_read_last() -> None:
    foot = row("Transaktion 0922211 signerat av båda parterna", 330, 580, 5)
    words = column(LEFT, 45) + column(RIGHT, 466) + foot
    lines = lines_on_sheet(words, (), WIDTH, HEIGHT)
    assert texts_of(lines) == [*LEFT, *RIGHT, "Transaktion 0922211 signerat av båda parterna"]


TABLE = tuple((f"Insats {n}", f"Fler vuxna ute på kvällen {n}", "Fritidschefen", "Varje vår") for n in range(9))
LONG = tuple(
    (f"Kommunen svarar för insatsen som heter {n}", f"Polisen svarar för uppföljning av insatsen {n}") for n in range(8)
)


@pytest.mark.parametrize(
    "words",
    [
        column(LEFT, 45),
        column(LEFT, 45, step=14) + column(LEFT, 305, step=14) + column(LEFT, 585, step=14),
        column(LEFT, 60) + column(RIGHT, 425),
        row("Samverkan mellan Granviks kommun och Polisen i Vikbo", 300, 40, 10)
        + column(LEFT, 45)
        + column(RIGHT, 466),
        [w for n, cells in enumerate(TABLE) for x, t in zip((45, 220, 500, 690), cells, strict=True)
         for w in row(t, x, 60 + 30 * n)],
        [w for n, (a, b) in enumerate(LONG) for part in (0, 1)
         for w in row(a, 45, 60 + 40 * n + 12 * part) + row(b, 500, 60 + 40 * n + 12 * part)],
        column(LEFT, 45) + column(("40", "30", "20", "10", "0", "Brott", "2021"), 480, step=30),
        [],
    ],
    ids=["half a page", "three columns", "two columns", "a heading across", "a table", "long cells", "a chart", "none"],
)  # fmt: skip
def test_sheets_of_one_page(words: list[OcrWord]) -> None:
    assert middle_of(words, (), WIDTH, HEIGHT) is None


def test_an_upright_sheet_is_one_page() -> None:
    assert middle_of(column(LEFT, 45) + column(RIGHT, 466), (), WIDTH, 1190.0) is None


@given(
    st.lists(st.sampled_from(LEFT + RIGHT), min_size=1, max_size=12),
    st.floats(20, 60),
    st.floats(440, 500),
    st.floats(8, 20),
)
def test_no_word_is_lost(texts: list[str], left: float, right: float, step: float) -> None:
    words = column(texts, left, step=step) + column(texts[::-1], right, step=step)
    lines = lines_on_sheet(words, (), WIDTH, HEIGHT)
    assert sorted(word.raw for line in lines for word in line.words) == sorted(word.text for word in words)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


def test_headers_and_footers_are_those_of_each_page() -> None:
    head, feet = ("Avtal med Polisen",), ("Sida 1 av 2", "Sida 2 av 2")
    words = [
        w
        for x, body, foot in ((45, LEFT, feet[0]), (466, RIGHT, feet[1]))
        for w in column((*head, *body), x) + row(foot, x + 140, 570, 6)
    ]
    lines = lines_on_sheet(words, (), WIDTH, HEIGHT)
    (page,) = with_roles([Page(1, PageSource.TEXT_LAYER, lines, WIDTH, HEIGHT)])
    assert page.number == 1
    assert [line.text for line in page.lines if line.role is LineRole.BODY] == [*LEFT, *RIGHT]
    assert [line.text for line in page.lines if line.role is LineRole.FOOTER] == list(feet)


def test_a_text_layer(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(1190, 842))
    canvas.setFont("Helvetica", 11)
    for texts, x in ((LEFT, 72), (RIGHT, 667)):
        for n, text in enumerate(texts):
            canvas.drawString(x, 760 - 16 * n, text)
    canvas.save()
    path = tmp_path / "avtal.pdf"
    path.write_bytes(out.getvalue())
    (page,) = read(path).pages
    assert texts_of(page.lines) == [*LEFT, *RIGHT] and page.width == 1190


def volume(darken: bool) -> Sheet:
    """Two pages of 150 dots an inch, perhaps with the shadow of the fold between them."""
    sheet = Sheet(1754, 1240)
    for texts, x in ((LEFT, 90), (RIGHT, 967)):
        for n, text in enumerate(texts):
            sheet.write(x, 120 + 40 * n, text, 20)
    if darken:
        across = np.arange(1754)
        shadow = 1 - 0.55 * np.exp(-(((across - 877) / 24) ** 2))
        grey = (sheet.grey * shadow[None, :]).astype(np.uint8)
        sheet.picture.frombytes(grey.tobytes())
    return sheet


@pytest.mark.parametrize("darken", [False, True])
def test_a_picture(tmp_path: Path, darken: bool) -> None:
    path = tmp_path / "avtal.png"
    volume(darken).picture.save(path, dpi=(150, 150))
    (page,) = read(path).pages
    assert page.rotation == 0
    assert texts_of(page.lines) == [*LEFT, *RIGHT]
