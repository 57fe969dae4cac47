"""One made page with all that stands on such pages, read by the real engine."""

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from avskrift.ingest import read
from avskrift.models.document import Document, LineRole, Page

A4 = (595.28, 841.89)


def drawn() -> bytes:
    """A page of an agreement between Klockvik and its police, both invented."""
    out = io.BytesIO()
    c = Canvas(out, pagesize=A4)

    def text(x: float, y: float, words: str, size: float = 11, font: str = "Times-Roman") -> None:
        c.setFont(font, size)
        c.drawString(x, A4[1] - y, words)

    c.setLineWidth(1.2)  # a letterhead: a shield with a spot, the name beside it
    c.rect(60, A4[1] - 72, 24, 32)
    c.circle(72, A4[1] - 54, 6, fill=1)
    text(92, 52, "Klockviks kommun", 13, "Helvetica-Bold")
    text(92, 65, "Kommunstyrelsens kansli", 8, "Helvetica")
    text(470, 45, "Sida 1 (3)", 9, "Helvetica")

    text(110, 130, "Samverkan i Klockvik", 18, "Helvetica-Bold")
    text(110, 160, "Kommunen och polisen ska under perioden arbeta tillsammans för att stadens torg")
    text(
        110,
        174,
        "och parker ska vara trygga. Parternas arbetsgrupp1 leder arbetet och rapporterar till".replace("p1", "p"),
    )
    c.setFont("Times-Roman", 11)
    wide = c.stringWidth("och parker ska vara trygga. Parternas arbetsgrupp", "Times-Roman", 11)
    c.setFillGray(1)
    c.rect(110 + wide - 0.5, A4[1] - 178, 260, 14, stroke=0, fill=1)
    c.setFillGray(0)
    text(110 + wide, 170, "1", 6.5)
    text(110 + wide + 6, 174, "leder arbetet.")
    text(110, 188, "Arbetet följs upp varje halvår och redovisas för kommunstyrelsen i december.")
    for row, words in enumerate(("Kommunens säkerhetschef", "Polisens närpolischef", "Rektorn vid Klockviks skola")):
        c.circle(131, A4[1] - (214 + 16 * row) + 3.2, 1.9, fill=1)
        text(146, 214 + 16 * row, words)
    for row, words in enumerate(("Lägesbild", "Åtgärdsplan", "Uppföljningsplan")):
        text(128, 270 + 16 * row, f"{row + 1}.")
        text(146, 270 + 16 * row, words)
    for row, words in enumerate(("Klockviks kommun", "Box 17", "123 45 Klockvik")):
        text(24, 330 + 10 * row, words, 7.5, "Helvetica")
    for row, words in enumerate(
        ("Parterna ska informera varandra om händelser av betydelse", "och stämma av planerade insatser med varandra.")
    ):
        text(110, 332 + 14 * row, words)

    c.setLineWidth(0.7)  # a table
    for y in (370, 390, 410, 430):
        c.line(110, A4[1] - y, 500, A4[1] - y)
    for x in (110, 240, 370, 500):
        c.line(x, A4[1] - 370, x, A4[1] - 430)
    table = (("Område", "2021", "2022"), ("Klockvik", "13 275", "14 060"), ("Länet", "3 187", "3 542"))
    for r, cells in enumerate(table):
        for k, words in enumerate(cells):
            text(116 + 130 * k, 384 + 20 * r, words, 10, "Helvetica")

    for k, tall in enumerate((40, 70, 55, 62)):  # a chart
        c.setFillGray(0.35)
        c.rect(180 + 60 * k, A4[1] - 560, 30, tall, stroke=0, fill=1)
        c.setFillGray(0)
        text(184 + 60 * k, 572, str(2019 + k), 8, "Helvetica")
    text(250, 470, "Anmälda brott", 9, "Helvetica-Bold")

    for x, name in ((110, "Karin Ek"), (330, "Nils Alm")):  # signatures, each on its rule
        text(x, 610, "Klockvik den")
        c.setLineWidth(0.6)
        c.line(x, A4[1] - 660, x + 150, A4[1] - 660)
        c.setLineWidth(1.1)
        scribble = c.beginPath()
        scribble.moveTo(x + 10, A4[1] - 655)
        for k in range(7):
            scribble.curveTo(x + 14 + 14 * k, A4[1] - 622, x + 18 + 14 * k, A4[1] - 664, x + 24 + 14 * k, A4[1] - 650)
        c.drawPath(scribble)
        text(x, 676, name)

    c.setLineWidth(0.5)
    c.line(110, A4[1] - 740, 250, A4[1] - 740)
    text(110, 752, "1", 5)
    text(115, 756, "Arbetsgruppen består av en person från vardera parten.", 8.5)
    c.save()
    return out.getvalue()


def grey(data: bytes, dpi: int = 200) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    with pypdfium2.PdfDocument(data) as pdf:
        bitmap = pdf[0].render(scale=dpi / 72, grayscale=True)
        return np.array(bitmap.to_numpy().reshape(bitmap.height, bitmap.width), dtype=np.uint8)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("layout") / "page.png"
    Image.fromarray(grey(drawn())).save(path, dpi=(200, 200))
    return read(path)


@pytest.fixture(scope="module")
def page(document: Document) -> Page:
    return document.pages[0]


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def regions(page: Page, kind: str) -> list[str]:
    return [region.text for region in page.regions if region.kind == kind]


def test_the_letterhead_is_a_region_with_its_name(page: Page) -> None:
    assert regions(page, "logo") == ["Klockviks kommun Kommunstyrelsens kansli"]
    assert not any("kansli" in text for text in texts(page))


def test_bullets_and_numbers_hang_at_their_lines(page: Page) -> None:
    found = texts(page)
    assert "• Kommunens säkerhetschef" in found
    assert "• Rektorn vid Klockviks skola" in found
    assert [t for t in found if t.endswith(("Lägesbild", "Åtgärdsplan", "Uppföljningsplan"))] == [
        "1. Lägesbild",
        "2. Åtgärdsplan",
        "3. Uppföljningsplan",
    ]


def test_a_mark_that_was_not_read_is_an_edit(page: Page) -> None:
    line = next(line for line in page.lines if line.text == "• Kommunens säkerhetschef")
    assert [edit.rule for edit in line.edits] == ["list mark"]
    assert "•" not in line.raw


def test_notes_in_the_margin_come_last(page: Page) -> None:
    notes = [line.text for line in page.lines if line.role is LineRole.MARGIN]
    assert notes == ["Klockviks kommun", "Box 17", "123 45 Klockvik"]
    assert "Parterna ska informera varandra om händelser av betydelse" in texts(page)
    assert page.lines[-1].role is LineRole.MARGIN


def test_cells_of_a_table_and_spaces_in_figures(page: Page) -> None:
    cells = {(line.cell.row, line.cell.column): line.text for line in page.lines if line.cell is not None}
    assert cells[0, 0] == "Område"
    assert cells[1, 1] == "13 275"
    assert cells[2, 2] == "3 542"


def test_a_chart_leaves_the_text_with_its_words(page: Page) -> None:
    (words,) = regions(page, "chart")
    assert {"2019", "2020", "2021", "2022"} <= set(words.split())
    assert "Anmälda brott" in words


def test_signatures_are_regions_and_names_are_text(page: Page) -> None:
    assert len(regions(page, "signature")) == 2
    assert "Karin Ek   Nils Alm" in texts(page)


def test_a_footnote_and_its_mark(page: Page) -> None:
    assert any("arbetsgrupp1 leder" in text for text in texts(page))
    (note,) = [line for line in page.lines if line.role is LineRole.FOOTNOTE]
    assert note.text == "1 Arbetsgruppen består av en person från vardera parten."
    (tied,) = page.footnotes
    assert (tied.mark, tied.lines) == ("1", (note.number,))
    assert "arbetsgrupp1" in next(line.text for line in page.lines if line.number == tied.marked_line)


def test_every_box_lies_on_the_page(page: Page) -> None:
    assert page.width is not None and page.height is not None
    for line in page.lines:
        for word in line.words:
            assert word.bbox is not None
            assert 0 <= word.bbox.x0 < word.bbox.x1 <= page.width + 1
            assert 0 <= word.bbox.top < word.bbox.bottom <= page.height + 1


def test_a_bad_scan_of_the_page_is_read(tmp_path: Path) -> None:
    """Turned a little, dim, shadowed from one side, with salt and pepper, at 150 dots an inch."""
    sheet = grey(drawn(), 150)
    height, width = sheet.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 1.8, 1.0)
    bad = cv2.warpAffine(sheet, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255).astype(np.float32)
    bad = 118 + bad * 0.5
    bad *= np.linspace(0.7, 1.0, width, dtype=np.float32)[None, :]
    chance = np.random.default_rng(3)
    noise = chance.random(bad.shape)
    bad[noise < 0.002], bad[noise > 0.998] = 20, 250
    path = tmp_path / "bad.png"
    Image.fromarray(np.clip(bad, 0, 255).astype(np.uint8)).save(path, dpi=(150, 150))
    (page,) = read(path).pages
    text = " ".join(line.text for line in page.lines)
    assert abs(abs(page.skew) - 1.8) < 0.15
    for words in ("Samverkan i Klockvik", "ska vara trygga", "händelser av betydelse", "Rektorn vid Klockviks skola"):
        assert words in text
    cells = {(line.cell.row, line.cell.column): line.text for line in page.lines if line.cell is not None}
    assert cells[0, 0] == "Område"
    assert len(cells) == 9


def test_light_letters_on_a_dark_ground_are_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    c = Canvas(out, pagesize=A4)
    c.setFillGray(0.2)
    c.rect(70, A4[1] - 150, 460, 40, stroke=0, fill=1)
    c.setFillGray(1)
    c.setFont("Helvetica-Bold", 16)
    c.drawString(85, A4[1] - 136, "Handlingsplan för Klockvik")
    c.setFillGray(0)
    c.setFont("Times-Roman", 11)
    for row in range(6):
        c.drawString(80, A4[1] - 190 - 15 * row, "Kommunen och polisen ska arbeta tillsammans för trygghet.")
    c.save()
    path = tmp_path / "dark.png"
    Image.fromarray(grey(out.getvalue())).save(path, dpi=(200, 200))
    assert "Handlingsplan för Klockvik" in [line.text for line in read(path).pages[0].lines]
