"""Tesseract as an engine: what it reads stands where the picture has it, and what stands in its way is told."""

import errno
from pathlib import Path

import numpy as np
import pytesseract
import pytest
from PIL import Image, ImageDraw, ImageFont

from avskrift.errors import EngineFailedError
from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.tesseract_engine import Segmentation, Tesseract


def raising(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(pytesseract, "image_to_data", fail)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.ENOMEM])
def test_a_full_disk_and_want_of_memory_are_no_failure_of_the_engine(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(OSError(number, {errno.ENOMEM: "Cannot allocate memory"}.get(number, "full")), monkeypatch)
    with pytest.raises(OSError) as caught:
        Tesseract().recognise(Path("page.pgm"), "swe", 200, Segmentation.PAGE, 9.0)
    assert caught.value.errno == number


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), r"could not be run \(Permission denied\)"),
        (RuntimeError("Tesseract process timeout"), "longer than 9 seconds"),
        (KeyError("conf"), "is no table"),
    ],
)
def test_what_the_engine_fails_on_is_told(error: Exception, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raising(error, monkeypatch)
    with pytest.raises(EngineFailedError, match=told):
        Tesseract().recognise(Path("page.pgm"), "swe", 200, Segmentation.PAGE, 9.0)


def picture_of(text: str, size: tuple[int, int] = (700, 120)) -> Grey:
    page = Image.new("L", size, 255)
    ImageDraw.Draw(page).text((40, 30), text, fill=0, font=ImageFont.load_default(40))
    return np.asarray(page)


def test_a_page_is_read_where_it_stands() -> None:
    words = Tesseract().read_page(PageImage.plain(picture_of("Vikbo kommun", (900, 600))), 60.0)
    assert [w.text for w in words] == ["Vikbo", "kommun"]
    assert all(36 <= w.box.x0 < w.box.x1 <= 400 and 25 <= w.box.top < w.box.bottom <= 90 for w in words)


def test_each_crop_is_read_by_itself() -> None:
    crops = [picture_of("Vikbo kommun"), picture_of("och polisen", (500, 100))]
    read = Tesseract().read_lines(crops, 200, 60.0)
    assert [[w.text for w in words] for words in read] == [["Vikbo", "kommun"], ["och", "polisen"]]
    assert all(0 <= w.box.top < w.box.bottom <= 120 for words in read for w in words)


def test_without_data_for_signs_no_crop_has_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("avskrift.ingest.ocr.tesseract_engine._languages", lambda: ("swe",))
    assert Tesseract().read_symbols([picture_of("25 %")] * 2, 200, 60.0) == [[], []]
