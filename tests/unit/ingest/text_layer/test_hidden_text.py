"""Text layers that stand on their side or upside down, and words that no reader of the page can see."""

import tracemalloc
from pathlib import Path

import make_odd_files as make
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from avskrift.errors import BrokenInputError
from avskrift.ingest import read
from avskrift.ingest.files import pdf_pages
from avskrift.ingest.files.pdf_page import rendered
from avskrift.ingest.text_layer.hidden_text import hidden_words_on
from avskrift.models.document import Page, PageSource
from avskrift.models.options import ReadingOptions

NO_ENGINE = ReadingOptions(engine="none")


def page_of(data: bytes, folder: Path) -> Page:
    path = folder / "page.pdf"
    path.write_bytes(data)
    (page,) = read(path, NO_ENGINE).pages
    return page


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


@pytest.mark.parametrize(
    ("matrix", "turn"), [("0 1 -1 0 100 60", 90), ("-1 0 0 -1 540 100", 180), ("0 -1 1 0 300 780", 270)]
)
def test_a_layer_that_stands_otherwise_is_turned(tmp_path: Path, matrix: str, turn: int) -> None:
    upright = page_of(make.one_page(make.shown()), tmp_path)
    turned = page_of(make.one_page(make.shown(matrix=matrix)), tmp_path)
    assert turned.source is PageSource.TEXT_LAYER
    assert turned.rotation == turn
    assert texts(turned) == texts(upright) == list(make.LINES)
    assert (turned.width, turned.height) == ((842, 595) if turn in (90, 270) else (595, 842))
    for line in turned.lines:
        assert line.bbox is not None and turned.width is not None and turned.height is not None
        assert (
            0 <= line.bbox.x0 < line.bbox.x1 <= turned.width and 0 <= line.bbox.top < line.bbox.bottom <= turned.height
        )


@pytest.mark.parametrize(("matrix", "rotate"), [("0 1 -1 0 100 60", 90), ("-1 0 0 -1 540 100", 180)])
def test_a_page_that_says_how_it_is_turned_stays(tmp_path: Path, matrix: str, rotate: int) -> None:
    page = page_of(make.one_page(make.shown(matrix=matrix), page=f"/Rotate {rotate}"), tmp_path)
    assert page.rotation == 0
    assert texts(page) == list(make.LINES)


def test_a_note_on_its_side_leaves_the_body_as_it_stands(tmp_path: Path) -> None:
    note = make.shown(("Anteckning på högkant",), "0 1 -1 0 30 200")
    page = page_of(make.one_page(make.shown() + note), tmp_path)
    assert page.rotation == 0
    assert set(make.LINES) <= set(texts(page))


HIDDEN = {
    "white": make.shown(("Den hemliga raden",), "1 0 0 1 60 200", "1 1 1 rg"),
    "invisible": make.shown(("Den hemliga raden",), "1 0 0 1 60 200", "3 Tr"),
    "off-page": make.shown(("Den hemliga raden",), "1 0 0 1 900 200"),
    "covered": make.shown(("Den hemliga raden",), "1 0 0 1 60 200") + b" 0 0 0 rg 50 190 300 25 re f",
}


@pytest.mark.parametrize("reason", HIDDEN)
@pytest.mark.parametrize("ruled", [False, True], ids=["pdfium", "pdfplumber"])
def test_hidden_words_are_no_text_and_are_told(tmp_path: Path, reason: str, *, ruled: bool) -> None:
    rules = b" 0 G " + b"".join(b"50 %d m 540 %d l S " % (y, y) for y in range(300, 400, 20)) if ruled else b""
    page = page_of(make.one_page(make.shown() + HIDDEN[reason] + rules), tmp_path)
    assert texts(page) == list(make.LINES)
    assert [(h.text, h.reason) for h in page.hidden_text] == [("Den hemliga raden", reason)]
    assert page.warnings == (f"page 1 holds 3 words that cannot be seen ({reason}); they were not read",)


def test_a_word_that_another_was_set_over(tmp_path: Path) -> None:
    old = make.shown(("Avtalet gäller till den 31 augusti 2022.",), "1 0 0 1 60 300")
    new = make.shown(("29 februari 2022.",), "1 0 0 1 165 300", "1 1 1 rg 163 296 200 14 re f 0 g")
    page = page_of(make.one_page(make.shown() + old + new), tmp_path)
    assert texts(page)[-1] == "Avtalet gäller till den 29 februari 2022."
    assert {h.reason for h in page.hidden_text} == {"covered"}


def test_marked_words_are_seen(tmp_path: Path) -> None:
    """A highlighter multiplies its colour with what is under it."""
    marked = make.shown() + b" /G gs 1 1 0 rg 50 640 500 140 re f"
    page = page_of(make.one_page(marked, resources="/ExtGState<</G<</BM/Multiply>>>>"), tmp_path)
    assert texts(page) == list(make.LINES)
    assert page.hidden_text == ()


def test_hidden_words_on_a_turned_layer(tmp_path: Path) -> None:
    hidden = make.shown(("Den hemliga raden",), "0 1 -1 0 400 60", "1 1 1 rg")
    page = page_of(make.one_page(make.shown(matrix="0 1 -1 0 100 60") + hidden), tmp_path)
    assert texts(page) == list(make.LINES)
    assert len(page.hidden_text) == 1


@pytest.mark.parametrize("ground", ["0 0 0.4 rg 50 190 300 25 re f", "0.5 g 0 0 595 842 re f"])
def test_white_words_on_a_dark_ground_are_seen(tmp_path: Path, ground: str) -> None:
    seen = make.shown(("Den synliga raden gäller",), "1 0 0 1 60 200", f"{ground} 1 1 1 rg")
    page = page_of(make.one_page(seen + b" 0 g " + make.shown()), tmp_path)
    assert "Den synliga raden gäller" in texts(page)
    assert page.hidden_text == ()


def test_the_record_lists_what_is_hidden(tmp_path: Path) -> None:
    from avskrift.parsing.checks.source_info import source_of

    path = tmp_path / "hidden.pdf"
    path.write_bytes(make.one_page(make.shown() + HIDDEN["white"]))
    (told,) = source_of(read(path, NO_ENGINE)).hidden_text
    assert (told.page, told.text, told.reason) == (1, "Den hemliga raden", "white")


def test_a_layer_is_read_where_looking_for_hidden_words_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("Den hemliga raden")

    monkeypatch.setattr(pdf_pages, "hidden_words_on", fail)
    monkeypatch.setattr(pdf_pages, "turn_of", fail)
    page = page_of(make.one_page(make.shown()), tmp_path)
    assert page.source is PageSource.TEXT_LAYER and page.incomplete
    assert texts(page) == list(make.LINES)
    assert [w.partition(" (ValueError); ")[0] for w in page.warnings] == [
        "page 1: telling how the letters stand failed and was left out",
        "page 1: looking for words that cannot be seen failed and was left out",
    ]


def test_a_layer_is_read_where_the_page_cannot_be_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise BrokenInputError("it cannot be drawn")

    monkeypatch.setattr(pdf_pages, "rendered", fail)
    page = page_of(make.one_page(make.shown() + HIDDEN["white"]), tmp_path)
    assert page.source is PageSource.TEXT_LAYER
    assert texts(page) == [*make.LINES, "Den hemliga raden"]
    assert "it cannot be drawn" in page.warnings[0]


def test_many_words_on_many_fills_take_little(tmp_path: Path) -> None:
    """Of each word and each fill at once nothing is kept."""
    fills = b" 1 1 1 rg " + b"".join(b"%d 100 400 600 re f " % (40 + n) for n in range(120)) + b" 0 g "
    small = b"".join(
        b"BT /F1 4 Tf 1 0 0 1 %d %d Tm (ab) Tj ET " % (50 + n % 60 * 6, 110 + n // 60 * 7) for n in range(4_000)
    )
    path = tmp_path / "page.pdf"
    path.write_bytes(make.one_page(make.shown() + fills + small))
    with pypdfium2.PdfDocument(path) as document:
        sheet = document[0]
        layer = sheet.get_textpage()
        tracemalloc.start()
        try:
            found = hidden_words_on(sheet, layer, lambda dpi: rendered(sheet, dpi))
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert {h.reason for h in found} == {"covered"}
    assert most < 16 << 20


def page_with_picture(after: bool, tmp_path: Path, words: int = 3) -> Page:
    """A page of text, `words` of it in the place of a picture that is drawn before or after them."""
    picture = Image.effect_noise((200, 110), 60)
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Helvetica", 9)
    for number, line in enumerate(make.LINES):
        canvas.drawString(60, 780 - 14 * number, line)

    def draw_words() -> None:
        for number in range(words):
            canvas.drawString(80 + 40 * (number % 4), 240 - 12 * (number // 4), f"Namn{number}")

    if not after:
        canvas.drawImage(ImageReader(picture), 60, 150, 200, 110)
    draw_words()
    if after:
        canvas.drawImage(ImageReader(picture), 60, 150, 200, 110)
    canvas.save()
    (page,) = read(path, NO_ENGINE).pages
    return page


def test_words_under_a_picture_are_hidden(tmp_path: Path) -> None:
    page = page_with_picture(True, tmp_path)
    assert texts(page) == list(make.LINES)
    assert [(h.text, h.reason) for h in page.hidden_text] == [("Namn0 Namn1 Namn2", "covered")]


def test_words_on_a_picture_are_text(tmp_path: Path) -> None:
    page = page_with_picture(False, tmp_path)
    assert "Namn0 Namn1 Namn2" in " ".join(texts(page)).replace("   ", " ")
    assert page.hidden_text == ()


def test_a_picture_over_all_of_its_reading_hides_nothing(tmp_path: Path) -> None:
    page = page_with_picture(True, tmp_path, words=32)
    assert page.hidden_text == ()


def test_white_words_over_visible_ones_are_hidden(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Helvetica", 11)
    for number, line in enumerate(make.LINES):
        canvas.drawString(60, 780 - 16 * number, line)
    canvas.setFillGray(1)
    canvas.setFont("Helvetica", 5)
    canvas.drawString(62, 781, "hemligt ord")
    canvas.setFillColorRGB(0.1, 0.1, 0.4)
    canvas.rect(60, 500, 200, 30, fill=1, stroke=0)
    canvas.setFillGray(1)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(70, 510, "Vitt på mörkt")
    canvas.save()
    (page,) = read(path, NO_ENGINE).pages
    assert texts(page) == [*make.LINES, "Vitt på mörkt"]
    assert [(h.text, h.reason) for h in page.hidden_text] == [("hemligt ord", "white")]
