"""A watermark of a picture goes and print stays; shaded cells, charts, logos and photographs are none."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from drawn_text import Sheet, font
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageDraw

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.image.watermarks import levelled, without_watermark

LINES = ("Samverkansöverenskommelse mellan", "kommunen och Polisen i Granvik", "gäller till och med december 2024")


def page() -> Grey:
    sheet = Sheet(1240, 1754)
    for row in range(26):
        sheet.write(120, 150 + 60 * row, f"{LINES[row % 3]} {LINES[(row + 1) % 3]}", 24)
    return sheet.grey


def mark(text: str, degrees: float, grey: int, size: int = 200) -> Grey:
    """A white page with large letters of one tone."""
    drawn = Image.new("L", (1240, 1240), 255)
    ImageDraw.Draw(drawn).text((620, 620), text, fill=grey, font=font(size, "VeraBd"), anchor="mm")
    sheet = Image.new("L", (1240, 1754), 255)
    sheet.paste(drawn.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC), (0, 250))
    return np.asarray(sheet)


def printed(ground: Grey, noise: float = 0.0) -> Grey:
    both = np.minimum(ground, page()).astype(np.float64)
    return np.asarray(np.clip(both + np.random.default_rng(2).normal(0, noise, both.shape), 0, 255), np.uint8)


@pytest.mark.parametrize("degrees", [0, 45, 55, -40, 90])
@pytest.mark.parametrize("grey", [150, 190, 225])
def test_large_pale_letters_go_and_print_stays(degrees: float, grey: int) -> None:
    marked = printed(mark("UTKAST", degrees, grey), noise=2)
    cleaned, found = without_watermark(marked, 150)
    assert found is not None
    true = page()
    assert float((cleaned[true < 100] < 128).mean()) > 0.97
    assert float((cleaned[true > 250] > 215).mean()) > 0.99
    where = np.argwhere(mark("UTKAST", degrees, grey) < 250)
    (top, x0), (bottom, x1) = where.min(axis=0), where.max(axis=0)
    assert np.allclose(found.box, (x0, top, x1, bottom), atol=25)


def test_its_letters_are_set_level() -> None:
    _, found = without_watermark(printed(mark("UTKAST", 50, 200)), 150)
    assert found is not None
    level = levelled(found, 40)
    assert level.shape[0] < 0.4 * level.shape[1] and int(level.min()) < 40
    _, turned = without_watermark(printed(mark("UTKAST", -50, 200)), 150)
    assert turned is not None
    other = cv2.resize(levelled(turned, 40), (level.shape[1], level.shape[0]))
    assert float((np.abs(other.astype(int) - level) > 100).mean()) < 0.15  # both read from left to right


def shaded(draw: Callable[[ImageDraw.ImageDraw], None]) -> Grey:
    sheet = Image.new("L", (1240, 1754), 255)
    draw(ImageDraw.Draw(sheet))
    return np.asarray(sheet)


def cells(pen: ImageDraw.ImageDraw) -> None:
    for row in range(6):
        pen.rectangle((120, 200 + 200 * row, 1100, 260 + 200 * row), fill=205)


def bars(pen: ImageDraw.ImageDraw) -> None:
    for place, tall in enumerate((700, 500, 900, 300)):
        pen.rectangle((200 + 220 * place, 1500 - tall, 300 + 220 * place, 1500), fill=190)


def logo(pen: ImageDraw.ImageDraw) -> None:
    pen.ellipse((900, 60, 1140, 260), outline=180, width=24)


def photograph() -> Grey:
    spots = cv2.GaussianBlur(np.random.default_rng(4).random((700, 900)).astype(np.float32), (0, 0), 30)
    picture = np.full((1754, 1240), 255, np.uint8)
    picture[500:1200, 150:1050] = np.clip((spots - spots.mean()) * 4000 + 150, 30, 240)
    return picture


@pytest.mark.parametrize(
    "ground",
    [np.full((1754, 1240), 255, np.uint8), shaded(cells), shaded(bars), shaded(logo), photograph()],
    ids=["print alone", "shaded rows", "bars", "a logo", "a photograph"],
)
def test_other_tones_stay(ground: Grey) -> None:
    grey = printed(ground, noise=3)
    cleaned, found = without_watermark(grey, 150)
    assert found is None and cleaned is grey


@given(arrays(np.uint8, st.tuples(st.integers(1, 80), st.integers(1, 80))), st.sampled_from([72, 200, 300]))
def test_any_picture(grey: Grey, dpi: int) -> None:
    cleaned, _ = without_watermark(grey, dpi)
    assert cleaned.shape == grey.shape
