"""Image files: TIFF with one page or many, PNG, JPEG, JPEG 2000, HEIF and others; turned as their EXIF says.

Nothing is decoded before its size is known to be sane. A damaged frame of a file costs itself: the others are read.
"""

import ctypes
import io
import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from avskrift.errors import BrokenInputError, InputError, LimitExceededError
from avskrift.ingest.files import tiff_frames
from avskrift.ingest.files.document_file import FileBytes, PagePicture
from avskrift.ingest.files.pdf_page import SMALLEST_SIDE
from avskrift.ingest.opened_pages import OpenedPage, PageToOcr, UnreadablePage, nothing_cached
from avskrift.models.document import DigitalSignature, Page, PageSource
from avskrift.models.options import ReadingOptions

if TYPE_CHECKING:
    from PIL import Image

    from avskrift.ingest.image.picture import Colour, Grey

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a frame may be, and what is taken for its resolution."""

    most_pixels: int = 120_000_000
    """Of a frame; of a sheet of A3 at 600 dots an inch there are 70 million."""
    usual_dpi: float = 200.0
    """Dots an inch of a frame that states none, and is too small for a sheet of A4 at `least_guessed_dpi`."""
    least_guessed_dpi: float = 80.0
    least_dpi: float = 50.0
    most_dpi: float = 1300.0
    """What a file states beyond these two cannot be."""
    a4_width: float = 8.27
    """Inches (ISO 216)."""
    most_enlarged_pixels: int = 140_000_000
    most_enlarged_dpi: float = 300.0
    """A frame is drawn anew with so many pixels, at so many dots an inch, at most: A0 stays below."""
    same_size: float = 0.8
    """A frame that would be made no smaller than by this, or larger than by its inverse, stays as it is."""
    fewest_broken_at_the_end: int = 20
    """So many damaged frames after the last sound one are reported as one: the chain of frames may have led nowhere."""


SETTINGS = Settings()

_FORMATS = ("TIFF", "PNG", "JPEG", "JPEG2000", "GIF", "BMP", "DIB", "WEBP", "AVIF", "HEIF")
_DAMAGED = "the image is damaged or cut off"
_TOO_LARGE = f"the picture is too large (more than {SETTINGS.most_pixels:,} pixels, which is the limit)"
_ORIENTATION = 0x0112
"""The tag of EXIF that says how a picture stands (EXIF 2.32, 4.6.4)."""
_ON_ITS_SIDE = (5, 6, 7, 8)
_WITH_ALPHA = ("RGBA", "LA", "PA", "La", "RGBa")
_COLOURLESS = ("1", "L", "LAB", "I", "I;16", "I;16B", "I;16L", "I;16N", "F")


class ImageFile:
    """An image file as a `DocumentFile`, whose pages are its frames. More than `most_pages` of them are refused.

    A frame of a TIFF that Pillow cannot come to, because one before it is damaged, is opened by itself: the head of the
    file is made to point to it. Raises `BrokenInputError` or `LimitExceededError`, as the file is opened.
    """

    cacheable = True
    read_by: str | None = None

    def __init__(self, source: FileBytes, most_pages: int) -> None:
        self.source = source
        self._most_pages = most_pages

    @cached_property
    def _tiff_offsets(self) -> tuple[int, ...]:
        return tiff_frames.offsets_of(self.source.data, ReadingOptions().max_pages + 1)

    @cached_property
    def _image(self) -> "Image.Image | None":
        """The file as Pillow opens it; None for a TIFF whose first frame is damaged."""
        try:
            return _opened(io.BytesIO(self.source.data))
        except InputError as error:
            if len(self._tiff_offsets) < 2:
                raise type(error)(f"{self.source.path}: {error}") from None
            return None

    @cached_property
    def _alone(self) -> io.BytesIO:
        """A copy of the file, to point to one frame after the other."""
        return io.BytesIO(self.source.data)

    @cached_property
    def _count(self) -> int:
        path, most = self.source.path, self._most_pages
        count, image = len(self._tiff_offsets), self._image
        if not count and image is not None:
            try:
                count = int(getattr(image, "n_frames", 1))
                if count > most:  # it may be a lie
                    image.seek(most)
            except EOFError:
                count = most
            except Exception:  # see `_pillow_errors`
                _LOG.info("the frames of %s cannot be counted", path, exc_info=True)
                count = 1
        if count > most:
            raise LimitExceededError(f"{path}: the file has more than {most:,} pages, which is the limit")
        return max(1, count)

    def count_pages(self) -> int:
        """How many frames there are, the damaged ones with them."""
        return self._count

    def pages(self, cached: Callable[[int], Page | None], wanted: range | None = None) -> Iterator[OpenedPage]:
        """As `DocumentFile.pages`: frames to be read by an engine; those too small for a word blank; those that are
        damaged or too large with the reason."""
        broken: list[UnreadablePage] = []
        for number in range(1, self.count_pages() + 1):
            if wanted is not None and number not in wanted:
                continue
            page = cached(number) or self._page(number)
            if isinstance(page, UnreadablePage):
                broken.append(page)
                continue
            yield from broken
            broken = []
            yield page
        if len(broken) >= SETTINGS.fewest_broken_at_the_end:
            first = broken[0]
            reason = f"{first.error}; nor could the {len(broken) - 1:,} after it"
            broken = [replace(first, error=type(first.error)(reason))]
        yield from broken

    def _page(self, number: int) -> OpenedPage:
        try:
            return _page_of(number, self._frame(number))
        except InputError as error:
            return UnreadablePage(number, error)
        except MemoryError:
            return UnreadablePage(number, LimitExceededError("its picture takes more memory than there is"))

    def _frame(self, number: int) -> "Image.Image":
        """The frame of that number, from 1; not decoded yet. Raises `InputError`."""
        with suppress(InputError), _pillow_errors(f"frame {number} of {self.source.path} cannot be reached"):
            if self._image is not None:
                self._image.seek(number - 1)
                return self._image
        if number > len(self._tiff_offsets):
            raise BrokenInputError(_DAMAGED)
        tiff_frames.point_to(self._alone, self._tiff_offsets[number - 1])
        return _opened(self._alone)

    def warnings(self) -> tuple[str, ...]:
        """None: an image holds nothing but its frames."""
        return ()

    def digital_signatures(self) -> tuple[DigitalSignature, ...]:
        """None: such a file holds none."""
        return ()

    def pictures(self, numbers: Sequence[int], dpi: int) -> Iterator[PagePicture]:
        """As `DocumentFile.pictures`."""
        for number in numbers:
            for page in self.pages(nothing_cached, range(number, number + 1)):
                if isinstance(page, PageToOcr):
                    yield PagePicture(number, page.render(dpi), page.width, page.height)

    def close(self) -> None:
        """Closes the image, if it was opened."""
        self.__dict__.pop("_alone", None)
        if image := self.__dict__.pop("_image", None):
            image.close()


@contextmanager
def _pillow_errors(what: str) -> Iterator[None]:
    """Around calls of Pillow alone, which raises what its parsers stumble on (TypeError, KeyError, struct.error and
    more) and warns of odd tags, which is not for the user: the log says `what` could not be done.

    Raises `BrokenInputError` or `LimitExceededError`; our own errors and `MemoryError` as they are.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (InputError, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise LimitExceededError(_TOO_LARGE) from None
    except Exception:
        _LOG.info("%s", what, exc_info=True)
        raise BrokenInputError(_DAMAGED) from None


def _opened(data: io.BytesIO) -> "Image.Image":
    """The image in `data`, at its first frame. Raises `InputError`."""
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    _silence_libtiff()
    data.seek(0)
    with _pillow_errors("Pillow cannot open an image"):
        image = Image.open(data, formats=_FORMATS)
    _check_size(image)
    return image


def _check_size(image: "Image.Image") -> None:
    if image.width * image.height > SETTINGS.most_pixels:
        raise LimitExceededError(_TOO_LARGE)


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


class _Resolution(NamedTuple):
    """Dots an inch of a frame, and whether the file states them."""

    across: float
    down: float
    stated: bool


def _page_of(number: int, image: "Image.Image") -> Page | PageToOcr:
    """A frame to be read by an engine, or a blank page. Raises `InputError`."""
    _check_size(image)
    dpi = _resolution(image)
    width, height = image.width * 72 / dpi.across, image.height * 72 / dpi.down
    if min(width, height) < SMALLEST_SIDE:
        return Page(number, PageSource.OCR, (), width, height)
    with _pillow_errors(f"frame {number} cannot be decoded"):
        drawing, warning = _drawing_of(image, dpi)
    return PageToOcr(
        number,
        drawing.grey.width * 72 / drawing.dpi,
        drawing.grey.height * 72 / drawing.dpi,
        drawing.render,
        "a picture",
        scanned_at=drawing.dpi,
        render_colour=None if drawing.colours.mode in _COLOURLESS else drawing.render_colour,
        warnings=(f"page {number} {warning}",) if warning else (),
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A frame, upright and decoded: as it was stored, and in grey with rows as dense as columns, `dpi` an inch."""

    colours: "Image.Image"
    grey: "Image.Image"
    pixels: "Grey"
    dpi: float

    def render(self, dpi: float) -> "Grey":
        """The frame in grey."""
        import numpy as np
        from PIL import Image

        size = self._size_at(dpi)
        if size == self.grey.size:
            return self.pixels
        return np.asarray(self.grey.resize(size, Image.Resampling.LANCZOS), dtype=np.uint8)

    def render_colour(self, dpi: float) -> "Colour":
        """The frame in colour."""
        import numpy as np
        from PIL import Image

        rgb = self.colours if self.colours.mode == "RGB" else self.colours.convert("RGB")  # which copies RGB too
        return np.asarray(rgb.resize(self._size_at(dpi), Image.Resampling.LANCZOS), dtype=np.uint8)

    def _size_at(self, dpi: float) -> tuple[int, int]:
        scale = dpi / self.dpi
        if SETTINGS.same_size <= scale <= 1 / SETTINGS.same_size:
            return self.grey.size
        return max(1, round(self.grey.width * scale)), max(1, round(self.grey.height * scale))


def _drawing_of(image: "Image.Image", dpi: _Resolution) -> tuple[_Drawing, str]:
    """The frame at the resolution that it has, and what is to be said of the one that it states.

    Raises `LimitExceededError`, and whatever Pillow does.
    """
    import numpy as np

    from avskrift.ingest.image.resolution import measured, not_believed

    upright, sideways = _upright(image)
    grey = _grey(upright)
    across, down = (dpi.down, dpi.across) if sideways else (dpi.across, dpi.down)
    found = measured(np.asarray(grey, dtype=np.uint8), across, down, claimed=dpi.stated)
    warning = not_believed(found, max(across, down)) if dpi.stated else ""
    across, down = across * found.times, down * found.times
    if abs(across - down) > 1:  # a fax: rows and columns of different density
        most = max(across, down)
        size = round(grey.width * most / across), round(grey.height * most / down)
        if size[0] * size[1] > SETTINGS.most_pixels:
            raise LimitExceededError(_TOO_LARGE)
        grey = grey.resize(size)
    # What claims to be some metres wide is taken for smaller: it would be drawn too large.
    enlarged = (grey.width * grey.height / SETTINGS.most_enlarged_pixels) ** 0.5
    own = max(across, down, SETTINGS.most_enlarged_dpi * enlarged)
    return _Drawing(upright, grey, np.asarray(grey, dtype=np.uint8), own), warning


def _upright(image: "Image.Image") -> "tuple[Image.Image, bool]":
    """The frame as its EXIF says that it stands, and whether that is on its side."""
    from PIL import ImageOps

    flat = _on_white(image)
    flat.load()
    try:
        turn = int(image.getexif().get(_ORIENTATION, 1))
        # a copy of a large picture is not made for nothing
        return (ImageOps.exif_transpose(flat) if turn != 1 else flat), turn in _ON_ITS_SIDE
    except Exception:  # see `_pillow_errors`; a picture without EXIF stands as it is
        _LOG.info("the EXIF of an image cannot be read", exc_info=True)
        return flat, False


def _grey(image: "Image.Image") -> "Image.Image":
    """The frame in 8 bits of grey: what has 12 bits or 16 with all its tones."""
    import numpy as np
    from PIL import Image

    if image.mode == "LAB":
        return image.getchannel("L")
    if not _is_deep(image):
        return image.convert("L")
    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    most = float(values.max(initial=0.0))
    if most > 255:  # 12 bits, 16 or more
        values = values * (255 / (4095 if most <= 4095 else max(65535.0, most)))
    elif image.mode == "F" and 0 < most <= 1:
        values = values * 255
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _is_deep(image: "Image.Image") -> bool:
    """Whether a frame has more than 8 bits of grey."""
    return image.mode.startswith("I") or image.mode == "F"


def _on_white(image: "Image.Image") -> "Image.Image":
    """The frame without transparency: what is see-through is paper."""
    if image.mode in _WITH_ALPHA or ("transparency" in image.info and not _is_deep(image)):
        kept = _on_ground(image, "white")
        least, most = kept.convert("L").getextrema()
        if least == most:  # white letters: they show on black, as those of a negative
            kept = _on_ground(image, "black")
        kept.info = image.info
        return kept
    return image


def _on_ground(image: "Image.Image", colour: str) -> "Image.Image":
    from PIL import Image

    sheet = Image.new("RGBA", image.size, colour)
    sheet.alpha_composite(image.convert("RGBA"))
    return sheet.convert("RGB")


def _resolution(image: "Image.Image") -> _Resolution:
    """What the file states; guessed from a sheet of A4 where it states nothing, or what cannot be."""
    try:
        across, down = (float(dots) for dots in image.info["dpi"])
        if all(SETTINGS.least_dpi <= dots <= SETTINGS.most_dpi for dots in (across, down)):
            return _Resolution(across, down, stated=True)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        pass
    guess = min(image.size) / SETTINGS.a4_width
    dpi = guess if guess >= SETTINGS.least_guessed_dpi else SETTINGS.usual_dpi
    return _Resolution(dpi, dpi, stated=False)
