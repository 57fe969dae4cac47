"""What is drawn twice is there once; what only stands close stays."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from avskrift.ingest import read
from avskrift.ingest.text_layer.double_printing import PlacedLetter, doubled_in, may_be_doubled
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Page
from avskrift.models.geometry import BoundingBox

LINES = (
    "1. Parter",
    "Granviks kommun och Polisen ska tillsammans öka tryggheten.",
    "2. Giltighet",
    "Överenskommelsen gäller till och med den 31 december 2024.",
)


def page_of(folder: Path, draw: Callable[[Canvas], None]) -> Page:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    draw(canvas)
    canvas.save()
    path = folder / "avtal.pdf"
    path.write_bytes(out.getvalue())
    return read(path).pages[0]


def lines_at(canvas: Canvas, across: float = 0.0, down: float = 0.0, *, body: bool = True) -> None:
    for row, text in enumerate(LINES):
        if body or row % 2 == 0:
            canvas.setFont("Helvetica", 11)
            canvas.drawString(72 + across, 760 - 20 * row - down, text)


def table(canvas: Canvas) -> None:
    for row in range(3):
        for column in range(2):
            canvas.rect(72 + 150 * column, 500 + 30 * row, 150, 30)
            canvas.drawString(80 + 150 * column, 510 + 30 * row, "Ja" if column else f"Fråga {row}")


@pytest.mark.parametrize("across", [0.0, 0.3, 1.4])
@pytest.mark.parametrize("ruled", [False, True])
def test_a_page_drawn_over_itself(tmp_path: Path, across: float, ruled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        for copy in range(2):
            lines_at(canvas, copy * across)
            if ruled:
                table(canvas)

    page = page_of(tmp_path, draw)
    assert [line.text for line in page.lines if line.cell is None] == list(LINES)
    assert not any(line.bold for line in page.lines)  # all of the page is no emphasis
    if ruled:
        cells = [line.text for line in page.lines if line.cell is not None]
        assert cells == ["Fråga 2", "Ja", "Fråga 1", "Ja", "Fråga 0", "Ja"]


def test_headings_with_a_shadow_are_bold(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.7)
        lines_at(canvas, 0.9, 0.9, body=False)
        canvas.setFillGray(0.0)
        for row in range(8):  # PDFium itself drops a copy that is drawn right after
            canvas.drawString(72, 600 - 20 * row, f"Rad nummer {row} där åtgärder följs upp på nytt")
        lines_at(canvas)

    page = page_of(tmp_path, draw)
    assert [line.text for line in page.lines][:4] == list(LINES)
    assert [line.bold for line in page.lines][:4] == [True, False, True, False]


def test_each_letter_drawn_twice(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines_at(canvas)
        x = 72.0
        for letter in "Undertecknande":
            for moved in (0.0, 0.4):
                canvas.drawString(x + moved, 600, letter)
            x += canvas.stringWidth(letter, "Helvetica", 11)

    assert page_of(tmp_path, draw).lines[-1].text == "Undertecknande"


def test_filled_and_then_stroked(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for mode in (0, 1):
            for row, line in enumerate(LINES):
                text = canvas.beginText(72, 760 - 20 * row)
                text.setTextRenderMode(mode)
                text.textOut(line)
                canvas.drawText(text)

    assert [line.text for line in page_of(tmp_path, draw).lines] == list(LINES)


def letter(text: str, x: float, top: float = 100.0, width: float = 6.0, height: float = 11.0) -> PlacedLetter:
    return PlacedLetter(text, BoundingBox(x, top, x + width, top + height))


@pytest.mark.parametrize(
    "other",
    [letter("l", 13.0), letter("i", 10.2), letter("l", 10.2, 104.0), letter("l", 10.2, height=14.0)],
    ids=["the next letter", "another letter", "a letter above", "a larger letter"],
)
def test_letters_that_are_two(other: PlacedLetter) -> None:
    assert doubled_in([letter("l", 10.0, width=3.0), other]) == {}


def over(text: str, *, in_turn: bool) -> list[PlacedLetter | None]:
    """Letters of a line and, in turn or behind them, their copies in a font whose boxes are lower."""
    once: list[PlacedLetter | None] = [letter(sign, 10.0 + 6 * n, height=12.3) for n, sign in enumerate(text)]
    again: list[PlacedLetter | None] = [
        letter(sign, 10.0 + 6 * n, 102.4, 6.1, 7.9 + (sign == "g")) for n, sign in enumerate(text)
    ]
    return [one for pair in zip(once, again, strict=True) for one in pair] if in_turn else once + again


@pytest.mark.parametrize("in_turn", [True, False])
def test_an_outline_in_a_font_with_other_boxes(in_turn: bool) -> None:
    text = "Torget"
    doubled = doubled_in(over(text, in_turn=in_turn))
    kept = [n for n in range(2 * len(text)) if n not in doubled]
    assert kept == (list(range(0, 2 * len(text), 2)) if in_turn else list(range(len(text))))


def test_two_letters_over_two_others_prove_nothing() -> None:
    assert doubled_in(over("av", in_turn=True)) == {}
    assert set(doubled_in(over("avt", in_turn=True))) == {1, 3, 5}


def test_lines_close_below_each_other_are_two() -> None:
    lines = [
        letter(sign, 10.0 + 6 * n, top, height=height)
        for top, height in ((100.0, 12.3), (106.0, 8.0))
        for n, sign in enumerate("Torget")
    ]
    assert doubled_in(lines) == {}


def test_a_copy_is_told_with_what_it_repeats() -> None:
    assert doubled_in([letter("a", 10), None, letter("b", 16), letter("a", 10.5), letter("b", 16.5)]) == {3: 0, 4: 2}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 300), st.floats(0, 300)), max_size=40))
def test_nothing_is_repeated_by_what_is_left(placed: list[tuple[str, float, float]]) -> None:
    letters = [letter(text, x, top) for text, x, top in placed]
    doubled = doubled_in(letters)
    assert all(first not in doubled and first < place for place, first in doubled.items())
    assert doubled_in([one for place, one in enumerate(letters) if place not in doubled]) == {}


@pytest.mark.parametrize("text", ["........", "________", "112", "OCH"])
def test_what_needs_no_closer_look(text: str) -> None:
    words = [OcrWord(text, BoundingBox(10, top, 60, top + 11), 1.0) for top in (100, 115)]
    assert not may_be_doubled(words)
