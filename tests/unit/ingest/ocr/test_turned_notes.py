"""Notes that run up or down beside the text of a picture are lines of their own."""

from pathlib import Path

import numpy as np
import pytest
from drawn_text import font
from PIL import Image, ImageDraw

from avskrift.ingest import read
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.ocr.turned_notes import turned_notes
from avskrift.ingest.words import OcrWord
from avskrift.models.document import LineRole, Page
from avskrift.models.geometry import BoundingBox

LINES = (
    "Samverkansöverenskommelse mellan kommunen och Polisen",
    "Kommunen och Polisen ska tillsammans öka tryggheten",
    "på torget och i skolornas närområden, där oron är störst.",
    "Överenskommelsen gäller till och med december 2024.",
)
NOTE = "Undertecknat digitalt av båda parterna"


def page_of(folder: Path, turn: int, x: int, texts: tuple[str, ...] = (NOTE,)) -> Page:
    sheet = Image.new("L", (1100, 1100), 255)
    pen = ImageDraw.Draw(sheet)
    for row, text in enumerate(LINES):
        pen.text((150, 200 + 120 * row), text, fill=0, font=font(28))
    for place, text in enumerate(texts):
        note = Image.new("L", (700, 30), 255)
        ImageDraw.Draw(note).text((0, 2), text, fill=0, font=font(20))
        sheet.paste(note.rotate(turn, expand=True), (x + 36 * place, 150))
    path = folder / "avtal.png"
    sheet.save(path, dpi=(200, 200))
    return read(path).pages[0]


@pytest.mark.parametrize(("turn", "x"), [(90, 40), (90, 1050), (270, 1050), (270, 40)])
def test_a_note_beside_the_text(tmp_path: Path, turn: int, x: int) -> None:
    page = page_of(tmp_path, turn, x)
    assert page.rotation == 0
    assert [line.text for line in page.lines if line.role is not LineRole.MARGIN] == list(LINES)
    (note,) = [line for line in page.lines if line.role is LineRole.MARGIN]
    assert note.text == NOTE and note.number == len(LINES) + 1
    box = note.bbox
    assert box is not None and box.height > 5 * box.width
    assert box.x0 == pytest.approx(x * 72 / 200, abs=4)
    assert note.font_size == pytest.approx(20 * 72 / 200, abs=1.5)
    first, last = note.words[0].bbox, note.words[-1].bbox
    assert first is not None and last is not None
    assert (first.top > last.top) is (turn == 90)  # it runs upwards where it was turned so


def test_two_rows_of_notes(tmp_path: Path) -> None:
    page = page_of(tmp_path, 90, 30, (NOTE, "Sigill nummer 4711"))
    assert [line.text for line in page.lines[len(LINES) :]] == [NOTE, "Sigill nummer 4711"]


def words_at(x: float, *texts: str) -> list[OcrWord]:
    return [
        OcrWord(text, BoundingBox(x, 100 + 40 * n, x + 12 * len(text), 124 + 40 * n), 0.95)
        for n, text in enumerate(texts)
    ]


def test_words_beside_the_text_that_were_read_well_stay() -> None:
    asked: list[int] = []

    def read_crops(crops: object) -> list[list[OcrWord]]:
        asked.append(1)
        return []

    page = OcrPage(PageImage.plain(np.full((800, 900), 255, np.uint8)), read_lines=read_crops)
    words = words_at(300, *["tillsammans"] * 12) + words_at(20, "Bilaga", "Mål", "Syfte", "Omfattning")
    found = turned_notes(page, PageText(tuple(words)))
    assert found.text.words == tuple(words) and found.notes == () and asked == []
