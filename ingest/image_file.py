"""Image files: TIFF with one page or many, PNG, JPEG, HEIF; turned as their EXIF says."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.errors import BrokenInputError
from avskrift.ingest.pdf import Pending
from avskrift.models.document import Page

if TYPE_CHECKING:
    from PIL import Image

    from avskrift.ingest.coloured_ink import Colour
    from avskrift.ingest.picture import Grey

_MOST_PIXELS = 60_000_000
_USUAL_DPI = 200.0
_A4_WIDTH_INCHES = 8.27


def count_pages(data: bytes, path: Path) -> int:
    """How many frames an image file has. Raises `BrokenInputError`."""
    with _opened(data, path) as image:
        return getattr(image, "n_frames", 1)


def pages_of(
    data: bytes, path: Path, kept: Callable[[int], Page | None], only: range | None = None
) -> Iterator[Page | Pending]:
    """The frames of an image file, pending; those that `kept` has as they were read before. `only` are the numbers of
    the frames that are wanted (None: all).

    Raises `BrokenInputError`.
    """
    with _opened(data, path) as image:
        for number in range(1, getattr(image, "n_frames", 1) + 1):
            if only is not None and number not in only:
                continue
            page = kept(number)
            if page is None:
                image.seek(number - 1)
                yield _pending(number, image)
            else:
                yield page


@contextmanager
def _opened(data: bytes, path: Path) -> "Iterator[Image.Image]":
    import pillow_heif
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS  # twice as many raise an error
    pillow_heif.register_heif_opener()
    try:
        yield Image.open(io.BytesIO(data))
    except Image.DecompressionBombError:
        raise BrokenInputError(f"{path}: the picture is too large (more than {2 * _MOST_PIXELS:,} pixels)") from None
    except (UnidentifiedImageError, OSError, EOFError, SyntaxError, ValueError):
        raise BrokenInputError(f"{path}: the image is damaged or cut off") from None


def _pending(number: int, image: "Image.Image") -> Pending:
    import numpy as np
    from PIL import Image, ImageOps

    across, down = _resolution(image)
    upright = ImageOps.exif_transpose(_on_white(image))
    grey = upright.convert("L")
    if image.getexif().get(0x0112, 1) >= 5:
        across, down = down, across
    if abs(across - down) > 1:  # a fax: rows and columns of different density
        grey = grey.resize(
            (round(grey.width * max(across, down) / across), round(grey.height * max(across, down) / down))
        )
    own = max(across, down)
    pixels = np.asarray(grey, dtype=np.uint8)
    width, height = grey.width * 72 / own, grey.height * 72 / own

    def size_at(dpi: int) -> tuple[int, int]:
        scale = dpi / own
        if 0.8 <= scale <= 1.25:
            return grey.size
        return max(1, round(grey.width * scale)), max(1, round(grey.height * scale))

    def render(dpi: int) -> "Grey":
        size = size_at(dpi)
        return pixels if size == grey.size else np.asarray(grey.resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)

    def render_colour(dpi: int) -> "Colour":
        return np.asarray(upright.convert("RGB").resize(size_at(dpi), Image.Resampling.LANCZOS), dtype=np.uint8)

    coloured = upright.mode not in ("1", "L", "I", "I;16", "F")
    return Pending(
        number, width, height, render, "a picture", scanned_at=own, render_colour=render_colour if coloured else None
    )


def _on_white(image: "Image.Image") -> "Image.Image":
    """The frame without transparency: what is see-through is paper."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        sheet = Image.new("RGBA", image.size, "white")
        sheet.alpha_composite(image.convert("RGBA"))
        kept = sheet.convert("RGB")
        kept.info = image.info
        return kept
    return image


def _resolution(image: "Image.Image") -> tuple[float, float]:
    """Dots an inch across and down; guessed from a sheet of A4 where the file does not tell."""
    told = image.info.get("dpi")
    if told and 50 <= float(told[0]) <= 1300 and 50 <= float(told[1]) <= 1300:
        return float(told[0]), float(told[1])
    guess = min(image.size) / _A4_WIDTH_INCHES
    dpi = guess if guess >= 80 else _USUAL_DPI
    return dpi, dpi
