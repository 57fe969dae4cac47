"""Pages as pdfplumber sees them: its errors and remarks stay inside."""

import logging
import threading
from pathlib import Path

import make_odd_files as make
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from avskrift.ingest import read
from avskrift.ingest.text_layer import pdfplumber_pages
from avskrift.ingest.text_layer.pdfplumber_pages import PdfplumberPage, PdfplumberPages, UnreadableLayerError
from avskrift.models.options import ReadingOptions

PAGE = make.one_page(make.shown() + b" 60 100 300 60 re S 60 130 300 1 re S 160 100 1 60 re S ")


def page(data: bytes = PAGE, turn: int = 0) -> PdfplumberPage:
    found = PdfplumberPages(data, None, 1, frozenset()).page(1, turn)
    assert found is not None
    return found


def test_words_have_boxes_and_type() -> None:
    word = page().words()[0]
    assert word.text == make.LINES[0].split()[0] and word.stated_size == pytest.approx(11) and not word.bold
    assert word.box.x0 == pytest.approx(60, abs=1) and 70 < word.box.top < word.box.bottom < 85


def test_rules_make_cells() -> None:
    assert len(page().cells()) == 4 and page().pictures() == []


def test_a_page_that_lies_on_its_side_is_turned() -> None:
    on_its_side = make.one_page(make.shown(matrix="0 1 -1 0 300 100"))
    assert page(on_its_side, turn=90).words()[0].text == make.LINES[0].split()[0]


def test_pages_that_are_not_asked_for() -> None:
    assert PdfplumberPages(PAGE, None, 1, frozenset({1})).page(1, 0) is None
    assert PdfplumberPages(PAGE, None, 2, frozenset()).page(1, 0) is None  # the two count differently
    assert PdfplumberPages(b"%PDF-1.7 nothing", None, 1, frozenset()).page(1, 0) is None


def test_what_pdfplumber_raises_is_one_error() -> None:
    broken = page()
    broken._page = None  # type: ignore[assignment]  # as damaged as can be
    for ask in (broken.words, broken.cells, broken.pictures):
        with pytest.raises(UnreadableLayerError):
            ask()


def test_the_logger_of_pdfminer_is_what_it_was() -> None:
    logger = logging.getLogger("pdfminer")
    level, inside, go_on = logger.level, threading.Event(), threading.Event()

    def other() -> None:
        with pdfplumber_pages.PDFMINER.quiet():
            inside.set()
            go_on.wait(10)

    thread = threading.Thread(target=other)
    with pdfplumber_pages.PDFMINER.quiet():
        thread.start()
        assert inside.wait(10) and logger.level == logging.ERROR
    assert logger.level == logging.ERROR  # the other one is still within
    go_on.set()
    thread.join()
    assert logger.level == level


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_boxes_lie_on_the_page_wherever_its_corner_is_stored(tmp_path: Path, rotate: int) -> None:
    """Of a ruled page, whose cells pdfplumber finds: words and cells lie where they are drawn."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    for x in (100, 200, 300):
        canvas.line(x, 600, x, 660)
    for y in (600, 620, 640, 660):
        canvas.line(100, y, 300, y)
    for row, text in enumerate(("Styrgrupp", "Beredningsgrupp", "Arbetsgrupp")):
        canvas.drawString(105, 645 - 20 * row, text)
        canvas.drawString(205, 645 - 20 * row, "kommunchefen")
    canvas.save()
    found = []
    for corner in ((0, 0), (-50, -80), (30, 40)):
        with pikepdf.open(path) as pdf:
            left, bottom = corner
            pdf.pages[0].MediaBox = pikepdf.Array([left, bottom, 595, 842])
            pdf.pages[0].Rotate = rotate
            pdf.save(tmp_path / "b.pdf")
        (page,) = read(tmp_path / "b.pdf", ReadingOptions(engine="none")).pages
        cells = [line.cell for line in page.lines]
        assert None not in cells
        first = page.lines[0]
        assert first.bbox is not None and page.width is not None
        # from the sides of the upright sheet that the corner does not move
        across, down = page.width - first.bbox.x1, first.bbox.top
        found.append((first.text, [line.text for line in page.lines], round(across), round(down)))
    assert found[0] == found[1] == found[2]
