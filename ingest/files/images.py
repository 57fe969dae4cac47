"""Image files: TIFF with one page or many, PNG, JPEG, JPEG 2000, HEIF and others; turned as their EXIF says.

Nothing is decoded before its size is known to be sane. A damaged frame of a file costs itself: the others are read.
"""

import ctypes
import io
import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.errors import BrokenInputError, InputError, LimitExceededError
from avskrift.ingest.files import tiff_frames
from avskrift.ingest.files.pdf import PageToOcr, Unreadable
from avskrift.ingest.files.pdf_page import SMALLEST_SIDE
from avskrift.models.document import Page, PageSource
from avskrift.models.options import ReadingOptions

if TYPE_CHECKING:
    from PIL import Image

    from avskrift.ingest.image.picture import Colour, Grey

_LOG = logging.getLogger(__name__)

_MOST_PIXELS = 120_000_000
"""Of a frame; of a sheet of A3 at 600 dots an inch there are 70 million."""
_FORMATS = ("TIFF", "PNG", "JPEG", "JPEG2000", "GIF", "BMP", "DIB", "WEBP", "AVIF", "HEIF")
_USUAL_DPI = 200.0
_LEAST_DPI, _MOST_DPI = 50, 1300
_A4_WIDTH_INCHES = 8.27
_MOST_ENLARGED, _MOST_ENLARGED_DPI = 140_000_000, 300
"""Pixels of a picture that is drawn anew at so many dots an inch, at most: A0 stays below."""
_BROKEN_AT_THE_END = 20
_DAMAGED = "the image is damaged or cut off"
_TOO_LARGE = f"the picture is too large (more than {_MOST_PIXELS:,} pixels, which is the limit)"
_ORIENTATION = 0x0112


def count_pages(data: bytes, path: Path, most: int) -> int:
    """How many frames an image file has, the damaged ones with them. Raises `BrokenInputError`, or `LimitExceededError`
    for more than `most`."""
    frames = _Frames(data, path)
    try:
        return frames.count(most)
    finally:
        frames.close()


def pages_of(
    data: bytes,
    path: Path,
    kept: Callable[[int], Page | None],
    only: range | None = None,
    most_pages: int = ReadingOptions().max_pages,
) -> Iterator[Page | PageToOcr | Unreadable]:
    """The frames of an image file, pending; those that `kept` has as they were read before; those too small for a word
    blank; those that are damaged or too large with the reason. `only` are the numbers of the frames that are wanted
    (None: all).

    Raises `BrokenInputError`, or `LimitExceededError` for more frames than `most_pages`.
    """
    frames = _Frames(data, path)
    try:
        broken: list[Unreadable] = []
        for number in range(1, frames.count(most_pages) + 1):
            if only is not None and number not in only:
                continue
            page = kept(number) or _page(number, frames)
            if isinstance(page, Unreadable):
                broken.append(page)
                continue
            yield from broken
            broken = []
            yield page
        if len(broken) >= _BROKEN_AT_THE_END:  # the chain of frames may have led nowhere: one stands for all
            first = broken[0]
            told = f"{first.error}; nor could the {len(broken) - 1:,} after it"
            broken = [replace(first, error=type(first.error)(told))]
        yield from broken
    finally:
        frames.close()


class _Frames:
    """An image file whose frames are opened one by one. A frame of a TIFF that Pillow cannot come to, because one
    before it is damaged, is opened by itself: the head of the file is made to point to it."""

    def __init__(self, data: bytes, path: Path) -> None:
        self._path = path
        self._data = data
        self._tiff = tiff_frames.offsets_of(data, ReadingOptions().max_pages + 1)
        self._alone: io.BytesIO | None = None
        self._image: Image.Image | None = None
        try:
            self._image = _opened(io.BytesIO(data))
        except InputError as error:
            if len(self._tiff) < 2:
                raise type(error)(f"{path}: {error}") from None

    def count(self, most: int) -> int:
        """How many frames there are. Raises `LimitExceededError` for more than `most`."""
        count = len(self._tiff)
        if not self._tiff and self._image is not None:
            try:
                count = int(getattr(self._image, "n_frames", 1))
                if count > most:  # it may be a lie
                    self._image.seek(most)
            except EOFError:
                count = most
            except Exception:  # see `_opened`
                _LOG.info("the frames of %s cannot be counted", self._path, exc_info=True)
                count = 1
        if count > most:
            raise LimitExceededError(f"{self._path}: the file has more than {most:,} pages, which is the limit")
        return max(1, count)

    def frame(self, number: int) -> "Image.Image":
        """The frame of that number, from 1; not decoded yet. Raises `InputError`."""
        try:
            if self._image is not None:
                with _without_remarks():
                    self._image.seek(number - 1)
                return self._image
        except Exception:  # see `_opened`
            _LOG.info("frame %d of %s cannot be reached", number, self._path, exc_info=True)
        if number > len(self._tiff):
            raise BrokenInputError(_DAMAGED)
        if self._alone is None:
            self._alone = io.BytesIO(self._data)
        tiff_frames.point_to(self._alone, self._tiff[number - 1])
        return _opened(self._alone)

    def close(self) -> None:
        if self._image is not None:
            self._image.close()


@contextmanager
def _without_remarks() -> Iterator[None]:
    """Pillow's warnings about odd tags are not for the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _opened(data: io.BytesIO) -> "Image.Image":
    import pillow_heif
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # twice as many raise an error
    pillow_heif.register_heif_opener()
    _silence_libtiff()
    data.seek(0)
    try:
        with _without_remarks():
            return Image.open(data, formats=_FORMATS)
    except Image.DecompressionBombError:
        raise LimitExceededError(_TOO_LARGE) from None
    except Exception:  # Pillow raises what its parsers stumble on: TypeError, KeyError, struct.error and more
        _LOG.info("Pillow cannot open an image", exc_info=True)
        raise BrokenInputError(_DAMAGED) from None


@cache
def _silence_libtiff() -> None:
    """libtiff, as Pillow brings it, writes what it finds wrong straight to standard error; Pillow raises the same."""
    import PIL

    for library in Path(PIL.__file__).parents[1].glob("[Pp]illow.libs/libtiff*"):
        try:
            tiff = ctypes.CDLL(str(library))
            tiff.TIFFSetErrorHandler(None)
            tiff.TIFFSetWarningHandler(None)
        except (OSError, AttributeError):
            _LOG.info("libtiff cannot be silenced", exc_info=True)


def _page(number: int, frames: _Frames) -> Page | PageToOcr | Unreadable:
    try:
        with _without_remarks():
            return _pending(number, frames.frame(number))
    except InputError as error:
        return Unreadable(number, error)
    except MemoryError:
        return Unreadable(number, LimitExceededError("its picture takes more memory than there is"))
    except Exception:  # see `_opened`
        _LOG.info("frame %d cannot be decoded", number, exc_info=True)
        return Unreadable(number, BrokenInputError(_DAMAGED))


def _pending(number: int, image: "Image.Image") -> Page | PageToOcr:
    import numpy as np
    from PIL import Image

    if image.width * image.height > _MOST_PIXELS:
        raise LimitExceededError(_TOO_LARGE)
    across, down = _resolution(image)
    if min(image.width * 72 / across, image.height * 72 / down) < SMALLEST_SIDE:
        return Page(number, PageSource.OCR, (), image.width * 72 / across, image.height * 72 / down)
    upright, sideways = _upright(image)
    grey = _grey(upright)
    if sideways:
        across, down = down, across
    if abs(across - down) > 1:  # a fax: rows and columns of different density
        size = round(grey.width * max(across, down) / across), round(grey.height * max(across, down) / down)
        if size[0] * size[1] > _MOST_PIXELS:
            raise LimitExceededError(_TOO_LARGE)
        grey = grey.resize(size)
    # What claims to be some metres wide is taken for smaller: it would be drawn too large.
    own = max(across, down, _MOST_ENLARGED_DPI * (grey.width * grey.height / _MOST_ENLARGED) ** 0.5)
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
        colours = upright if upright.mode == "RGB" else upright.convert("RGB")  # which copies what is RGB already
        return np.asarray(colours.resize(size_at(dpi), Image.Resampling.LANCZOS), dtype=np.uint8)

    coloured = upright.mode not in ("1", "L", "I", "I;16", "I;16B", "F")
    return PageToOcr(
        number, width, height, render, "a picture", scanned_at=own, render_colour=render_colour if coloured else None
    )


def _upright(image: "Image.Image") -> "tuple[Image.Image, bool]":
    """The frame as its EXIF says that it stands, and whether that is on its side."""
    from PIL import ImageOps

    flat = _on_white(image)
    flat.load()
    try:
        turn = int(image.getexif().get(_ORIENTATION, 1))
        # a copy of a large picture is not made for nothing
        return (ImageOps.exif_transpose(flat) if turn != 1 else flat), turn in (5, 6, 7, 8)
    except Exception:  # see `_opened`; a picture without EXIF stands as it is
        _LOG.info("the EXIF of an image cannot be read", exc_info=True)
        return flat, False


def _grey(image: "Image.Image") -> "Image.Image":
    import numpy as np
    from PIL import Image

    if not image.mode.startswith("I") and image.mode != "F":
        return image.convert("L")
    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    most = float(values.max())
    if most > 255:  # 12 bits, 16 or more
        values = values * (255 / (4095 if most <= 4095 else max(65535.0, most)))
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


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
    """Dots an inch across and down; guessed from a sheet of A4 where the file does not tell, or tells what cannot
    be."""
    try:
        across, down = (float(dots) for dots in image.info["dpi"])
        if all(_LEAST_DPI <= dots <= _MOST_DPI for dots in (across, down)):
            return across, down
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        pass
    guess = min(image.size) / _A4_WIDTH_INCHES
    dpi = guess if guess >= 80 else _USUAL_DPI
    return dpi, dpi
