"""Print that a page shows beside its text layer is read, or told."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from avskrift.ingest import read
from avskrift.models.document import LineRole, Page, PageSource
from avskrift.models.options import ReadingOptions

SAMPLE = Path(__file__).parents[4] / "examples" / "klockviken-2023.pdf"
FOOTER = "Detta dokument är elektroniskt undertecknat. Transaktion 4477-1029, sida 1 av 1"
BODY = [
    "Samverkan följs upp av styrgruppen vid varje möte, och en skriftlig rapport lämnas i juni.",
    "Var och en av parterna bär sina egna kostnader för de åtgärder som den har åtagit sig.",
    "Denna överenskommelse har upprättats i två likalydande exemplar, av vilka parterna tagit var sitt.",
] * 4


def scan(part: tuple[float, float] = (0.0, 1.0)) -> Image.Image:
    """The first page of the sample as a picture, between two shares of its height."""
    with pypdfium2.PdfDocument(SAMPLE) as pdf:
        picture: Image.Image = pdf[0].render(scale=200 / 72, grayscale=True).to_pil()
    return picture.crop((0, int(part[0] * picture.height), picture.width, int(part[1] * picture.height)))


def drawn(path: Path, *pictures: tuple[Image.Image, tuple[float, float, float, float]], lines: list[str]) -> Path:
    """A page of A4 with pictures in boxes (left, bottom, width, height) and lines of text from y = 780 downwards, the
    first at the foot."""
    canvas = Canvas(str(path), pagesize=(595, 842))
    for picture, (left, bottom, width, height) in pictures:
        canvas.drawImage(ImageReader(picture), left, bottom, width, height)
    canvas.setFont("Helvetica", 8)
    for number, line in enumerate(lines):
        canvas.drawString(60, 20 if number == 0 else 790 - 14 * number, line)
    canvas.save()
    return path


def only_page(path: Path, engine: str = "lstm") -> Page:
    (page,) = read(path, ReadingOptions(engine=engine)).pages
    return page


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def test_a_scan_under_one_printed_line(tmp_path: Path) -> None:
    page = only_page(drawn(tmp_path / "a.pdf", (scan(), (0, 0, 595, 842)), lines=[FOOTER]))
    assert page.source is PageSource.OCR
    assert texts(page)[-1] == FOOTER
    assert any("Samverkansöverenskommelse" in text for text in texts(page))
    printed = [word for line in page.lines for word in line.words if word.printed]
    assert " ".join(word.raw for word in printed) == FOOTER
    assert page.ink_read is not None and page.ink_read > 0.95


def test_the_line_may_stand_in_a_form_of_its_own(tmp_path: Path) -> None:
    plain = drawn(tmp_path / "line.pdf", lines=[FOOTER])
    path = drawn(tmp_path / "scan.pdf", (scan(), (0, 0, 595, 842)), lines=[])
    with pikepdf.open(path) as pdf, pikepdf.open(plain) as line:
        form = pdf.copy_foreign(line.pages[0].as_form_xobject())
        pdf.pages[0].add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Line)
        pdf.pages[0].contents_add(b"q /Line Do Q")
        pdf.save(tmp_path / "b.pdf")
    page = only_page(tmp_path / "b.pdf")
    assert texts(page).count(FOOTER) == 1 and len(page.lines) > 10


def test_a_scan_that_lies_on_its_side_under_long_lines_at_the_foot(tmp_path: Path) -> None:
    """What is printed at the foot says nothing of how the scan lies, however long it is."""
    part = Image.new("L", (1654, 2339), 255)
    part.paste(scan((0.3, 0.42)), (0, 700))
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.drawImage(ImageReader(part.rotate(90, expand=True)), 0, 0, 595, 842)
    canvas.setFont("Helvetica", 6)
    for row in range(5):
        canvas.drawString(40, 8 + 7 * row, FOOTER + " " + FOOTER)
    canvas.save()
    page = only_page(tmp_path / "a.pdf")
    assert page.rotation == 90
    assert {"2. Bakgrund", "3. Giltighet"} <= set(texts(page))
    printed = [line for line in page.lines if all(word.printed for word in line.words)]
    assert [line.text for line in printed] == [f"{FOOTER} {FOOTER}"] * 5
    assert {line.role for line in printed} == {LineRole.MARGIN}


def test_a_scan_in_strips_under_a_printed_line(tmp_path: Path) -> None:
    strips = [(scan((n / 3, (n + 1) / 3)), (0, 842 * (2 - n) / 3, 595, 842 / 3)) for n in range(3)]
    whole = only_page(drawn(tmp_path / "a.pdf", (scan(), (0, 0, 595, 842)), lines=[FOOTER]))
    page = only_page(drawn(tmp_path / "b.pdf", *strips, lines=[FOOTER]))
    assert sum(text in texts(whole) for text in texts(page)) >= len(whole.lines) - 3


def test_a_picture_of_text_beside_printed_text(tmp_path: Path) -> None:
    """Every word of the text layer stays as it is; those of the picture come where they stand."""
    part = scan((0.3, 0.5))
    page = only_page(drawn(tmp_path / "a.pdf", (part, (0, 200, 595, 168)), lines=[FOOTER, *BODY]))
    alone = only_page(drawn(tmp_path / "b.pdf", (part, (0, 200, 595, 168)), lines=[]))
    assert texts(page)[: len(BODY)] == BODY
    assert len(alone.lines) > 3
    assert [text for text in texts(page) if text not in (*BODY, FOOTER)] == texts(alone)
    assert page.rotation == 0 and page.skew == 0.0


def test_a_page_of_text_alone_is_not_drawn_for_it(tmp_path: Path) -> None:
    page = only_page(drawn(tmp_path / "a.pdf", lines=[FOOTER, *BODY]))
    assert page.source is PageSource.TEXT_LAYER and page.ink_read == 1.0 and page.regions == ()


def test_a_logo_is_told_and_not_read(tmp_path: Path) -> None:
    logo = scan((0.0, 1.0)).crop((150, 150, 600, 260))
    page = only_page(drawn(tmp_path / "a.pdf", (logo, (60, 800, 90, 22)), lines=[FOOTER, *BODY]))
    assert page.source is PageSource.TEXT_LAYER
    assert {region.kind for region in page.regions} <= {"picture", "unread"} and page.regions


def test_a_picture_without_words_leaves_the_page_as_it_was(tmp_path: Path) -> None:
    picture = Image.linear_gradient("L").resize((600, 400))
    page = only_page(drawn(tmp_path / "a.pdf", (picture, (60, 200, 300, 200)), lines=[FOOTER, *BODY]))
    assert page.source is PageSource.TEXT_LAYER and len(page.lines) == len(BODY) + 1


def test_without_an_engine_the_printed_words_stand(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", (scan(), (0, 0, 595, 842)), lines=[FOOTER])
    page = only_page(path, engine="none")
    assert texts(page) == [FOOTER]
    assert page.ink_read is not None and page.ink_read < 0.5


def scanned_with_reading(path: Path, lines: list[str], read: int) -> Path:
    """A scan of `lines` under an invisible reading of the first `read` of them."""
    with pypdfium2.PdfDocument(drawn(path, lines=["", *lines])) as pdf:
        picture = pdf[0].render(scale=200 / 72, grayscale=True).to_pil()
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    for number, line in enumerate(lines[:read], 1):
        text = canvas.beginText(60, 790 - 14 * number)
        text.setFont("Helvetica", 8)
        text.setTextRenderMode(3)
        text.textOut(line)
        canvas.drawText(text)
    canvas.save()
    return path


def test_a_reading_that_leaves_out_most_of_its_scan_is_not_trusted(tmp_path: Path) -> None:
    page = only_page(scanned_with_reading(tmp_path / "a.pdf", BODY, 3))
    assert page.source is PageSource.OCR
    assert texts(page) == BODY
    assert list(page.witness) == BODY[:3]
    assert not any(word.printed for line in page.lines for word in line.words)


def test_a_reading_of_the_whole_scan_stays(tmp_path: Path) -> None:
    page = only_page(scanned_with_reading(tmp_path / "a.pdf", BODY, len(BODY)))
    assert page.source is PageSource.TEXT_LAYER
    assert texts(page) == BODY and page.ink_read == 1.0


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_boxes_of_joined_words_lie_on_the_page_in_the_file(tmp_path: Path, rotate: int) -> None:
    """Whatever the page's own flag: a printed line is where it is printed."""
    path = drawn(tmp_path / "a.pdf", (scan(), (0, 0, 595, 842)), lines=[FOOTER])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = rotate
        pdf.save()
    page = only_page(path)
    (line,) = [line for line in page.lines if line.text == FOOTER]
    assert line.bbox is not None and page.frame is not None
    box = page.frame.box_in_file(line.bbox)
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[0].render(scale=1, grayscale=True).to_pil()
    assert picture.size == (round(page.frame.width), round(page.frame.height))
    across, down = (box.x0 + box.x1) / 2 / picture.width, box.middle / picture.height
    there = {0: (0.35, 0.975), 90: (0.025, 0.35), 180: (0.65, 0.025), 270: (0.975, 0.65)}[rotate]
    assert (across, down) == pytest.approx(there, abs=0.03)


def test_words_of_a_layer_that_is_switched_off_are_no_text(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", lines=[FOOTER, *BODY])
    buffer = io.BytesIO()
    with pikepdf.open(path) as pdf:
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Utkast"))
        off = pikepdf.Dictionary(OFF=pikepdf.Array([group]), Order=pikepdf.Array([group]))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([group]), D=off)
        page = pdf.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(Utkast=group)
        page.contents_add(b"/OC /Utkast BDC BT /F1 9 Tf 60 400 Td (Den gamla lydelsen) Tj ET EMC")
        pdf.save(buffer)
    path.write_bytes(buffer.getvalue())
    page_read = only_page(path)
    assert texts(page_read) == [*BODY, FOOTER]
    (hidden,) = page_read.hidden_text
    assert (hidden.text, hidden.reason) == ("Den gamla lydelsen", "not drawn")
    assert hidden.bbox is not None and hidden.bbox.middle == pytest.approx(842 - 402, abs=5)


@pytest.mark.parametrize(("engine", "source"), [("lstm", PageSource.OCR), ("none", PageSource.TEXT_LAYER)])
def test_a_watermark_is_told_once_whatever_becomes_of_the_page(tmp_path: Path, engine: str, source: PageSource) -> None:
    path = drawn(tmp_path / "a.pdf", (scan((0.3, 0.5)), (60, 200, 475, 168)), lines=[FOOTER, *BODY])
    mark = tmp_path / "mark.pdf"
    canvas = Canvas(str(mark), pagesize=(595, 842))
    canvas.setFillGray(0.8)
    canvas.setFont("Helvetica-Bold", 90)
    canvas.translate(160, 250)
    canvas.rotate(50)
    canvas.drawString(0, 0, "UTKAST")
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.open(mark) as other:
        pdf.pages[0].add_underlay(other.pages[0], pikepdf.Rectangle(0, 0, 595, 842))
        pdf.save()
    page = only_page(path, engine)
    assert page.source is source
    assert [region.text for region in page.regions if region.kind == "watermark"] == ["UTKAST"]
