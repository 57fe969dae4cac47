"""Files that are damaged, absurd or no files at all: one clear error, or the page given up and the rest read."""

import io
import os
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from odd_engine import engine
from PIL import Image

from avskrift.errors import EngineFailedError, InputError, LimitExceededError
from avskrift.ingest import read
from avskrift.models.document import PageSource, Quality
from avskrift.models.options import ReadingOptions

SAMPLE = Path(__file__).parents[3] / "examples" / "klockviken-2023.pdf"


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="no regular file"):
        read(pipe)


@pytest.mark.usefixtures("canned_words")
def test_a_broken_page_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with pikepdf.open(SAMPLE) as pdf:
        pdf.pages[0].obj["/MediaBox"] = pikepdf.Array([0, 0, 90_000, 90_000])
        pdf.save(path)
    pages = read(path).pages
    assert pages[0].given_up
    assert pages[0].quality is Quality.UNREADABLE
    assert pages[0].warnings == ("page 1 could not be read: it measures 90000 by 90000 points",)
    assert len(pages) > 1
    assert all(page.lines for page in pages[1:])


def test_a_sheet_as_large_as_the_format_allows_is_scaled_down(tmp_path: Path) -> None:
    path = tmp_path / "wide.pdf"
    picture = io.BytesIO()
    with pypdfium2.PdfDocument(SAMPLE) as pdf:
        pdf[0].render(scale=1.0, grayscale=True).to_pil().save(picture, "png")
    with pypdfium2.PdfDocument.new() as pdf:
        page = pdf.new_page(14_400, 14_400)
        image = pypdfium2.PdfImage.new(pdf)
        image.set_bitmap(pypdfium2.PdfBitmap.from_pil(Image.open(picture).convert("L")))
        image.set_matrix(pypdfium2.PdfMatrix().scale(10_000, 14_000))
        page.insert_obj(image)
        page.gen_content()
        pdf.save(path)
    (page_read,) = read(path, ReadingOptions(engine="none")).pages
    assert (page_read.width, page_read.height) == (14_400, 14_400)
    assert page_read.source is PageSource.OCR


def test_a_picture_of_billions_of_pixels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        bomb = pikepdf.Stream(pdf, b"\0" * 100)
        bomb.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 60_000})
        bomb.update({"/Height": 60_000, "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8})
        page.add_resource(bomb, pikepdf.Name.XObject, pikepdf.Name.Big)
        page.contents_add(b"q 595 0 0 842 0 0 cm /Big Do Q")
        pdf.save(path)
    with pytest.raises(LimitExceededError, match="page 1 could not be read: its picture is too large"):
        read(path, ReadingOptions(engine="none"))


def test_an_image_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tiff"
    Image.new("1", (20_000, 20_000)).save(path, compression="group4")
    with pytest.raises(LimitExceededError, match="too large"):
        read(path)


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "slow.png"
    with pypdfium2.PdfDocument(SAMPLE) as pdf:
        pdf[0].render(scale=200 / 72, grayscale=True).to_pil().save(path, dpi=(200, 200))
    monkeypatch.setenv("PATH", engine(tmp_path / "bin", "exec sleep infinity")["PATH"])
    with pytest.raises(EngineFailedError, match="page 1 could not be read"):
        read(path, ReadingOptions(engine="tesseract", page_timeout_seconds=0.5))
    with pytest.raises(EngineFailedError, match="page 1 could not be read"):
        read(path, ReadingOptions(engine="lstm", page_timeout_seconds=1e-9))


def test_photographs_of_telephones(tmp_path: Path) -> None:
    path = tmp_path / "page.heic"
    import pillow_heif

    pillow_heif.register_heif_opener()
    with pypdfium2.PdfDocument(SAMPLE) as pdf:
        pdf[0].render(scale=200 / 72, grayscale=True).to_pil().convert("RGB").save(path, quality=90)
    (page,) = read(path).pages
    assert "Samverkansöverenskommelse" in " ".join(line.text for line in page.lines)


@pytest.mark.parametrize("mode", ["CMYK", "P", "I;16", "LA"])
def test_pictures_of_any_colour(tmp_path: Path, mode: str) -> None:
    with pypdfium2.PdfDocument(SAMPLE) as pdf:
        grey = pdf[0].render(scale=100 / 72, grayscale=True).to_pil().crop((0, 0, 827, 300))
    picture = grey.convert("RGB").convert("CMYK") if mode == "CMYK" else grey.convert(mode)
    path = tmp_path / "page.tiff"
    picture.save(path, dpi=(100, 100))
    assert len(read(path, ReadingOptions(engine="none")).pages) == 1


def test_files_inside_a_pdf_are_told(tmp_path: Path) -> None:
    path, plain = tmp_path / "portfolio.pdf", tmp_path / "plain.pdf"
    with pikepdf.open(SAMPLE) as pdf:
        del pdf.pages[1:]
        pdf.save(plain)
        pdf.attachments["avtal 2019.pdf"] = b"%PDF-1.4"
        pdf.save(path)
    (warning,) = read(path, ReadingOptions(engine="none")).warnings
    assert "avtal 2019.pdf" in warning
    assert read(plain, ReadingOptions(engine="none")).warnings == ()


@pytest.mark.parametrize(("coded", "name"), [("jpeg2000", "JPXDecode"), ("jpeg", "DCTDecode")])
def test_pictures_in_jpeg_2000_and_in_ink_colours(tmp_path: Path, coded: str, name: str) -> None:
    """A page of one JPEG 2000 picture, and one of a JPEG in cyan, magenta, yellow and black."""
    with pypdfium2.PdfDocument(SAMPLE) as drawn:
        sheet = drawn[0].render(scale=150 / 72).to_pil().convert("RGB").crop((0, 0, 1240, 700))
    packed = io.BytesIO()
    (sheet if coded == "jpeg2000" else sheet.convert("CMYK")).save(packed, coded)
    path = tmp_path / "page.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 336))
        picture = pikepdf.Stream(pdf, packed.getvalue())
        picture.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 1240, "/Height": 700})
        picture.update({"/Filter": pikepdf.Name("/" + name), "/BitsPerComponent": 8})
        picture["/ColorSpace"] = pikepdf.Name.DeviceRGB if coded == "jpeg2000" else pikepdf.Name.DeviceCMYK
        if coded == "jpeg":
            picture["/Decode"] = pikepdf.Array([1, 0] * 4)  # such JPEGs hold the ink turned about
        page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name.Scan)
        page.contents_add(b"q 595 0 0 336 0 0 cm /Scan Do Q")
        pdf.save(path)
    (found,) = read(path).pages
    assert found.source is PageSource.OCR
    assert any("Samverkansöverenskommelse" in line.text for line in found.lines)
