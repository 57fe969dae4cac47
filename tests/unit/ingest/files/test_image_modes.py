"""Pictures of many kinds show the same: deep, of few colours, printers' colours, see-through, negative."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from drawn_text import Sheet
from PIL import Image, ImageCms, ImageOps

from avskrift.ingest import read

LINES = (
    "Samverkansöverenskommelse mellan kommunen och",
    "Polisen i Granvik om trygghet på torget",
    "Den gäller till och med december 2024",
)
Change = Callable[[Image.Image], Image.Image]


@pytest.fixture(scope="module")
def drawn() -> Image.Image:
    sheet = Sheet(1000, 500)
    for row, text in enumerate(LINES):
        sheet.write(80, 120 + 110 * row, text, 30)
    return sheet.picture


def deep(times: float, kind: type[np.generic], *, negative: bool = False) -> Change:
    def change(image: Image.Image) -> Image.Image:
        values = np.asarray(ImageOps.invert(image) if negative else image).astype(np.float64)
        return Image.fromarray((values * times).astype(kind))

    return change


def shaped(mode: str, *ink: int) -> Change:
    """Ink of one colour where the picture is dark, and nothing elsewhere."""

    def change(image: Image.Image) -> Image.Image:
        sheet = Image.new(mode, image.size, (*ink, 0))
        sheet.putalpha(ImageOps.invert(image))
        return sheet

    return change


def in_lab(image: Image.Image) -> Image.Image:
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    changed = ImageCms.profileToProfile(image.convert("RGB"), *profiles, outputMode="LAB")
    assert changed is not None
    return changed


def in_black_and_white(image: Image.Image) -> Image.Image:
    return image.convert("1", dither=Image.Dither.NONE)


CHANGES: dict[str, tuple[Change, str, dict[str, object]]] = {
    "16 bits": (deep(257, np.uint16), "png", {}),
    "16 bits, TIFF": (deep(257, np.uint16), "tiff", {"compression": "tiff_lzw"}),
    "12 bits": (deep(16, np.uint16), "tiff", {}),
    "32 bits": (deep(257, np.int32), "tiff", {}),
    "fractions": (deep(1 / 255, np.float32), "tiff", {}),
    "16 bits, negative": (deep(257, np.uint16, negative=True), "tiff", {}),
    "printers' colours": (lambda image: image.convert("CMYK"), "jpeg", {"quality": 90}),
    "printers' colours, TIFF": (lambda image: image.convert("CMYK"), "tiff", {}),
    "a palette": (lambda image: image.convert("RGB").quantize(8), "png", {}),
    "a palette, GIF": (lambda image: image.convert("RGB").quantize(8), "gif", {}),
    "CIE colours": (in_lab, "tiff", {}),
    "see-through grey": (shaped("LA", 0), "png", {}),
    "see-through colour": (shaped("RGBA", 0, 0, 60), "png", {}),
    "see-through, white ink": (shaped("LA", 255), "png", {}),
    "black and white": (in_black_and_white, "png", {}),
    "a fax": (in_black_and_white, "tiff", {"compression": "group4"}),
    "a fax, negative": (lambda image: in_black_and_white(ImageOps.invert(image)), "tiff", {"compression": "group4"}),
    "negative": (ImageOps.invert, "png", {}),
}


def lines_of(path: Path) -> list[str]:
    (page,) = read(path).pages
    return [line.text for line in page.lines]


@pytest.mark.parametrize("name", CHANGES)
def test_a_file(tmp_path: Path, drawn: Image.Image, name: str) -> None:
    change, kind, how = CHANGES[name]
    path = tmp_path / f"avtal.{kind}"
    change(drawn).save(path, dpi=(200, 200), **how)  # type: ignore[arg-type]
    assert lines_of(path) == list(LINES)


@pytest.mark.parametrize(
    "name", ["printers' colours", "a palette", "black and white", "a fax, negative", "negative", "see-through colour"]
)
def test_a_pdf_of_it(tmp_path: Path, drawn: Image.Image, name: str) -> None:
    changed = CHANGES[name][0](drawn)
    path = tmp_path / "avtal.pdf"
    out = io.BytesIO()
    changed.save(out, "pdf", resolution=200)
    path.write_bytes(out.getvalue())
    assert lines_of(path) == list(LINES)
