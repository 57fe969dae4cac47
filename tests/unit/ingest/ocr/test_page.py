"""Pages as pictures: turned, skewed, in any container, with the real engine."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from avskrift.errors import UsageError
from avskrift.ingest import read
from avskrift.ingest.image.preprocessing import scan_condition_of, skew_of
from avskrift.ingest.ocr.engines import engine_called
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.models.document import PageSource
from avskrift.models.options import ReadingOptions

SAMPLE = Path(__file__).parents[4] / "examples" / "klockviken-2023.pdf"


@pytest.fixture(scope="module")
def page() -> Image.Image:
    with pypdfium2.PdfDocument(SAMPLE) as pdf:
        drawn: Image.Image = pdf[0].render(scale=150 / 72, grayscale=True).to_pil()
        return drawn


def words(path: Path) -> str:
    document = read(path)
    assert all(p.source is PageSource.OCR for p in document.pages)
    return " ".join(line.text for _, line in document.lines())


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages_are_set_upright(page: Image.Image, tmp_path: Path, angle: int) -> None:
    path = tmp_path / "turned.png"
    page.rotate(angle, expand=True).save(path, dpi=(150, 150))
    (read_page,) = read(path).pages
    text = " ".join(line.text for line in read_page.lines)
    assert "Överenskommelsen gäller från och med den 1 januari 2024" in text
    assert read_page.rotation == angle % 360 and read_page.source is PageSource.OCR


def test_pages_of_a_tiff(page: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "two.tiff"
    small = page.crop((0, 0, page.width, 420))
    bilevel = small.point(lambda v: 255 if v > 150 else 0).convert("1")
    bilevel.save(path, save_all=True, append_images=[bilevel], compression="group4", dpi=(150, 150))
    document = read(path, ReadingOptions(jobs=2))
    assert len(document.pages) == 2
    assert all("Samverkansöverenskommelse" in p.lines[2].text for p in document.pages)


def test_exif_turns_a_photograph(page: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    page.crop((0, 0, page.width, 600)).rotate(90, expand=True).save(path, exif=exif, dpi=(150, 150))
    assert "Klockvikens kommun" in words(path)


def test_a_blank_page_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "blank.png"
    Image.new("L", (1240, 1754), 255).save(path, dpi=(150, 150))
    assert read(path).pages[0].lines == ()


def test_boxes_lie_on_the_page(page: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    page.save(path, dpi=(150, 150))
    found = read(path).pages[0]
    assert found.width is not None and found.height is not None
    for line in found.lines:
        for word in line.words:
            assert word.bbox is not None
            assert 0 <= word.bbox.x0 < word.bbox.x1 <= found.width + 1
            assert 0 <= word.bbox.top < word.bbox.bottom <= found.height + 1
            assert line.raw[word.start : word.end] == word.raw


def test_skew_is_measured() -> None:
    rows = np.full((800, 600), 255, np.uint8)
    for y in range(100, 700, 24):
        rows[y : y + 9, 80:520:7] = 0
        rows[y : y + 9, 81:520:5] = 0
    for angle in (-2.0, 1.5):
        turned = np.asarray(Image.fromarray(rows).rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC))
        assert skew_of(turned) == pytest.approx(-angle, abs=0.3)


def test_clean_pages_are_left_alone(page: Image.Image) -> None:
    assert not scan_condition_of(np.asarray(page), 150).bad


def test_engines_have_names() -> None:
    blank = PageImage.plain(np.full((40, 90), 255, np.uint8))
    none = engine_called("none")
    assert none.read_page(blank, 1.0) == []
    assert (
        none.read_lines([blank.picture] * 2, 200, 1.0) == none.read_symbols([blank.picture] * 2, 200, 1.0) == [[], []]
    )
    assert engine_called("lstm").name.startswith("lstm ")
    assert engine_called("tesseract").name.startswith("tesseract ")
    with pytest.raises(UsageError, match="crystal ball"):
        engine_called("crystal ball")
