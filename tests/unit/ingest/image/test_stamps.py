"""Coloured ink across black print is taken out; coloured letters by themselves are print like any other."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from avskrift.ingest import read
from avskrift.ingest.image.stamps import CrossedPrint, without_ink_over_print
from avskrift.models.document import Page

SAMPLE = Path(__file__).parents[4] / "examples" / "klockviken-2023.pdf"
BLUE, RED = (30, 50, 170), (190, 30, 40)


def sheet() -> Image.Image:
    with pypdfium2.PdfDocument(SAMPLE) as pdf:
        drawn: Image.Image = pdf[0].render(scale=200 / 72).to_pil().convert("RGB")
        return drawn.crop((0, 0, drawn.width, 1250))


def page_of(path: Path) -> Page:
    (page,) = read(path).pages
    return page


def printed(page: Page) -> list[str]:
    return [line.text for line in page.lines]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A part of the sample's first page with a blue hand across five lines and a red stamp across others, read from a
    JPEG."""
    ink = Image.new("RGB", sheet().size, "white")
    pen = ImageDraw.Draw(ink)
    wave = [(300 + 4 * i, 640 + int(60 * np.sin(i / 9)) + i // 4) for i in range(160)]
    pen.line(wave, fill=BLUE, width=5)
    pen.rectangle((1050, 1000, 1400, 1110), outline=RED, width=6)
    pen.text((1070, 1020), "INKOM", fill=RED, font=ImageFont.load_default(60))
    path = tmp_path_factory.mktemp("coloured") / "marked.jpg"
    ImageChops.multiply(sheet(), ink).save(path, dpi=(200, 200), quality=80)
    return page_of(path)


def test_print_under_coloured_ink_is_read_as_if_it_were_not_there(marked: Page, tmp_path: Path) -> None:
    clean = tmp_path / "clean.jpg"
    sheet().save(clean, dpi=(200, 200), quality=80)
    assert printed(marked) == printed(page_of(clean))


def test_what_was_taken_out_is_told(marked: Page) -> None:
    found = {region.kind: region.bbox for region in marked.regions if region.kind in ("handwriting", "stamp")}
    assert set(found) == {"handwriting", "stamp"}
    assert found["stamp"] == pytest.approx([v * 0.36 for v in (1050, 1000, 1400, 1110)], abs=4)
    assert found["handwriting"].x0 == pytest.approx(300 * 0.36, abs=4)


def test_coloured_headings_stay(tmp_path: Path) -> None:
    page = Image.new("RGB", (1654, 800), "white")
    pen = ImageDraw.Draw(page)
    pen.text((200, 200), "Samverkan i Klockvik", fill=BLUE, font=ImageFont.load_default(60))
    pen.text((200, 320), "Parterna arbetar tillsammans.", fill="black", font=ImageFont.load_default(36))
    path = tmp_path / "heading.png"
    page.save(path, dpi=(200, 200))
    assert printed(page_of(path)) == ["Samverkan i Klockvik", "Parterna arbetar tillsammans."]


def crossed(*strokes: tuple[int, int, int, int], ink: tuple[int, int, int] = BLUE) -> CrossedPrint:
    """Two rows of black letters at 200 dots an inch, with strokes of coloured ink over or beside them."""
    page = np.full((300, 600, 3), 250, np.uint8)
    for x in range(60, 400, 30):
        page[100:125, x : x + 14] = page[160:185, x : x + 14] = 20
    for x0, top, x1, bottom in strokes:
        part = page[top:bottom, x0:x1]
        part[:] = np.minimum(part, np.array(ink, dtype=np.uint8))
    return without_ink_over_print(page, 200)


def test_ink_over_print_fades_and_letters_stay() -> None:
    found = crossed((50, 108, 350, 114))
    assert [kind for kind, _ in found.taken] == ["handwriting"]
    assert int(found.grey[110, 82]) > 200  # between two letters
    assert int(found.grey[110, 65]) < 60  # in a letter


def test_a_frame_is_a_stamp() -> None:
    edges = (50, 90, 320, 94), (50, 190, 320, 194), (50, 90, 54, 194), (316, 90, 320, 194)
    found = crossed((64, 100, 100, 110), *edges, ink=RED)
    (kind, box) = found.taken[0]
    assert kind == "stamp"
    assert box == pytest.approx((50, 90, 320, 194), abs=1)


def test_ink_beside_print_and_black_ink_stay() -> None:
    beside = crossed((450, 108, 590, 114))
    assert beside.taken == () and int(beside.grey[110, 500]) < 100
    assert crossed((50, 108, 350, 114), ink=(30, 30, 30)).taken == ()
