"""What is written by pen on the blanks of a page with a text layer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from avskrift.ingest import read
from avskrift.models.document import PageSource, Region
from avskrift.models.options import ReadingOptions

Draw = Callable[[Canvas, float, float], None]
BLANKS = ["." * 40, "_" * 20, ". " * 20]


def scribble(pen: Canvas, x: float, y: float) -> None:
    """Waves from a place on, as a hand writes them."""
    path = pen.beginPath()
    path.moveTo(x, y)
    for step in range(10):
        left = x + 8 * step
        path.curveTo(left + 1, y + 12, left + 5, y + 9 - step % 3, left + 8, y - 2 + step % 4)
    pen.drawPath(path)


def strokes(pen: Canvas, x: float, y: float) -> None:
    """The same, each letter a stroke by itself."""
    for step in range(6):
        path = pen.beginPath()
        path.moveTo(x + 9 * step, y)
        path.curveTo(x + 9 * step + 2, y + 11, x + 9 * step + 4, y + 6, x + 9 * step + 7, y + 1)
        path.curveTo(x + 9 * step + 5, y + 4, x + 9 * step + 3, y + 8, x + 9 * step + 2, y)
        pen.drawPath(path)


def round_box(pen: Canvas, x: float, y: float) -> None:
    pen.roundRect(x - 4, y - 4, 120, 18, 4)


def ellipse(pen: Canvas, x: float, y: float) -> None:
    pen.ellipse(x, y - 3, x + 60, y + 14)


def rule(pen: Canvas, x: float, y: float) -> None:
    pen.line(x, y, x + 100, y + 3)


def far_above(pen: Canvas, x: float, y: float) -> None:
    scribble(pen, x, y + 60)


def regions(path: Path, blank: str, draw: Draw) -> list[Region]:
    """What the page of a form with one blank is read to hold besides text."""
    pen = Canvas(str(path), pagesize=A4)
    pen.setFont("Helvetica", 11)
    pen.drawString(60, 700, "Överenskommelsen undertecknas av parterna i två exemplar.")
    pen.drawString(60, 500, f"Ort och datum: {blank}")
    draw(pen, 150, 502)
    pen.showPage()
    pen.save()
    (page,) = read(path, ReadingOptions()).pages
    assert page.source is PageSource.TEXT_LAYER
    return [region for region in page.regions if region.kind == "handwriting"]


@pytest.mark.parametrize("draw", [scribble, strokes])
@pytest.mark.parametrize("blank", BLANKS)
def test_strokes_on_a_blank_are_handwriting(tmp_path: Path, blank: str, draw: Draw) -> None:
    (region,) = regions(tmp_path / "a.pdf", blank, draw)
    assert region.bbox.x0 == pytest.approx(150, abs=4) and region.bbox.width > 40
    assert region.bbox.bottom == pytest.approx(A4[1] - 500, abs=6)


@pytest.mark.parametrize("draw", [round_box, ellipse, rule, far_above])
def test_other_drawing_is_no_handwriting(tmp_path: Path, draw: Draw) -> None:
    assert regions(tmp_path / "a.pdf", BLANKS[0], draw) == []


def test_strokes_where_no_blank_is_are_no_handwriting(tmp_path: Path) -> None:
    assert regions(tmp_path / "a.pdf", "Vikbo den 2 maj 2031", scribble) == []
