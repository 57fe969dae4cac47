"""Watermarks are regions; words turned against the page are lines of their own, and the page's lines stay whole."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from avskrift.ingest import read
from avskrift.models.document import LineRole, Page

LINES = (
    "Samverkansöverenskommelse mellan Granviks kommun och Polisen",
    "Kommunen och Polisen ska tillsammans öka tryggheten på torget.",
    "Styrgruppen sammanträder fyra gånger per år och följer upp målen.",
    "Överenskommelsen gäller till och med den 31 december 2024.",
)
GREY = Color(0.6, 0.6, 0.6, 0.35)
PALE = Color(0.8, 0.8, 0.8)
RED = Color(1, 0, 0)
BLACK = Color(0, 0, 0)
Draw = Callable[[Canvas], None]


def body(canvas: Canvas) -> None:
    canvas.setFillColor(BLACK)
    canvas.setFont("Helvetica", 11)
    for row, text in enumerate(LINES):
        canvas.drawString(72, 700 - 60 * row, text)


def turned(text: str, degrees: float, size: float, colour: Color, x: float = 300, y: float = 420) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(degrees)
        canvas.setFillColor(colour)
        canvas.setFont("Helvetica", size)
        canvas.drawCentredString(0, 0, text)
        canvas.restoreState()

    return draw


def rules(canvas: Canvas) -> None:
    for row in range(3):
        for column in range(2):
            canvas.rect(72 + 150 * column, 60 + 30 * row, 150, 30)


def page_of(folder: Path, *draws: Draw, rotate: int = 0) -> Page:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for draw in draws:
        draw(canvas)
    canvas.save()
    path = folder / "avtal.pdf"
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        pdf.pages[0].Rotate = rotate
        pdf.save(path)
    return read(path).pages[0]


def running(page: Page) -> list[str]:
    return [line.text for line in page.lines if line.role is not LineRole.MARGIN]


@pytest.mark.parametrize(
    ("text", "degrees", "size", "colour"),
    [
        ("UTKAST", 55, 110, GREY),
        ("UTKAST", -45, 90, RED),
        ("FÖRSLAG", 0, 100, PALE),
        ("EJ FÖR SPRIDNING", 45, 60, Color(1, 0, 0, 0.3)),
        ("ARBETSMATERIAL", 90, 80, PALE),
    ],
)
@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize("ruled", [False, True])
def test_a_watermark_is_a_region(
    tmp_path: Path, text: str, degrees: float, size: float, colour: Color, over: bool, ruled: bool
) -> None:
    mark = turned(text, degrees, size, colour)
    page = page_of(tmp_path, *((body, mark) if over else (mark, body)), *((rules,) if ruled else ()))
    assert [line.text for line in page.lines] == list(LINES)
    (region,) = [region for region in page.regions if region.kind == "watermark"]
    assert region.text == text
    assert region.bbox.x0 < 300 < region.bbox.x1 and region.bbox.top < 422 < region.bbox.bottom


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_watermark_on_a_page_with_a_wrong_rotation(tmp_path: Path, rotate: int) -> None:
    page = page_of(tmp_path, turned("KOPIA", 50, 100, GREY), body, rotate=rotate)
    assert [line.text for line in page.lines] == list(LINES)
    assert [region.text for region in page.regions] == ["KOPIA"]
    assert page.rotation == 360 - rotate


def test_a_watermark_whose_letters_are_drawn_one_by_one(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(120, 200)
        canvas.rotate(50)
        canvas.setFillGray(0.85)
        canvas.setFont("Helvetica", 90)
        for place, letter in enumerate("UTKAST"):
            canvas.drawString(85 * place, 0, letter)
        canvas.restoreState()

    page = page_of(tmp_path, draw, body)
    assert running(page) == list(LINES) and [region.text for region in page.regions] == ["UTKAST"]


@pytest.mark.parametrize("colour", [BLACK, Color(0, 0, 0.6)])
def test_a_large_title_is_text(tmp_path: Path, colour: Color) -> None:
    page = page_of(tmp_path, turned("Samverkan", 0, 40, colour, y=780), body)
    assert page.lines[0].text == "Samverkan" and page.regions == ()


@pytest.mark.parametrize("degrees", [90, -90, 180, 40])
@pytest.mark.parametrize("ruled", [False, True])
def test_a_turned_note_is_a_line_of_its_own(tmp_path: Path, degrees: float, ruled: bool) -> None:
    note = turned("Undertecknat digitalt av parterna", degrees, 8, BLACK, x=560)
    page = page_of(tmp_path, body, note, *((rules,) if ruled else ()))
    assert running(page) == list(LINES)
    (line,) = [line for line in page.lines if line.role is LineRole.MARGIN]
    assert line.text == "Undertecknat digitalt av parterna" and line.number == len(LINES) + 1
    assert line.bbox is not None and line.bbox.x0 < 560 < line.bbox.x1
    assert len(line.words) == 4 and all(word.bbox is not None for word in line.words)


def test_two_turned_rows_are_read_from_their_top(tmp_path: Path) -> None:
    first, second = turned("Sigill nummer ett", 90, 8, BLACK, x=20), turned("andra raden", 90, 8, BLACK, x=32)
    page = page_of(tmp_path, second, first, body)
    assert [line.text for line in page.lines[len(LINES) :]] == ["Sigill nummer ett", "andra raden"]


def test_where_much_is_turned_it_is_no_margin(tmp_path: Path) -> None:
    sides = [turned(text, 90, 11, BLACK, x=60 + 20 * n) for n, text in enumerate(LINES[:3])]
    page = page_of(tmp_path, turned(" ".join(LINES[1:]), 0, 5, BLACK, y=800), *sides)
    assert {line.role for line in page.lines} == {LineRole.BODY}
    assert [line.text for line in page.lines[-3:]] == list(LINES[:3])


def test_an_upright_note_on_a_page_on_its_side(tmp_path: Path) -> None:
    def on_its_side(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(595, 0)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 11)
        for row, text in enumerate(LINES):
            canvas.drawString(72, 500 - 60 * row, text)
        canvas.restoreState()

    page = page_of(tmp_path, on_its_side, turned("Upprätt notis", 0, 8, BLACK, y=20))
    assert page.rotation == 90 and running(page) == list(LINES)
    assert [line.text for line in page.lines if line.role is LineRole.MARGIN] == ["Upprätt notis"]


@pytest.mark.parametrize("colour", [(0.36, 0.61, 0.84), (0.93, 0.49, 0.19), (0.55, 0.55, 0.55)])
def test_a_heading_in_a_light_colour_is_text(tmp_path: Path, colour: tuple[float, float, float]) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFillColorRGB(*colour)
    canvas.setFont("Helvetica", 28)
    canvas.drawString(60, 770, "Samverkan i Norrvik")
    canvas.setFillGray(0)
    canvas.setFont("Helvetica", 11)
    for number in range(12):
        canvas.drawString(60, 730 - 16 * number, "Parterna samverkar för att förebygga brott och öka tryggheten.")
    canvas.save()
    (page,) = read(path).pages
    assert page.regions == ()
    assert page.lines[0].text == "Samverkan i Norrvik"
