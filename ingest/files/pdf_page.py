"""What a page of a PDF shows apart from its text, by way of PDFium: pictures, other objects, and the page drawn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from avskrift.errors import BrokenInputError
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Colour, Grey

_Picture = TypeVar("_Picture")
SMALLEST_SIDE = 9.0
"""In points: a page that is narrower, or lower, holds no word."""
_DEEPEST = 5
"""Forms within forms that are looked into."""
_PICTURED_SHARE = 0.1
"""Share of a page under pictures from which its text may be the invisible reading of a scan, ..."""
_DRAWN_SHARE = 0.5
"""... where a smaller share of its text objects is drawn."""
_MOST_PIXELS = 30_000_000
"""A page is rendered with so many at most: A3 at 300 dots an inch has 17 million."""


def objects_on(pdf_page: Any) -> int:
    """How many objects stand on a page itself (those inside its forms are not counted)."""
    import pypdfium2.raw as pdfium

    return int(pdfium.FPDFPage_CountObjects(pdf_page.raw))


def is_blank(pdf_page: Any) -> bool:
    """Whether nothing at all is drawn on a page, and no note or field lies on it."""
    import pypdfium2.raw as pdfium

    return objects_on(pdf_page) == 0 and pdfium.FPDFPage_GetAnnotCount(pdf_page.raw) == 0


@dataclass(frozen=True, slots=True)
class LargestPicture:
    """The pixels of the picture of a page that has most; of the one that covers most the dots an inch, whether it has
    more than black and white, and whether it has colours. 0 and False without any."""

    pixels: int = 0
    dpi: float = 0.0
    toned: bool = False
    coloured: bool = False


@dataclass(frozen=True, slots=True)
class PageObjects:
    """What is drawn on a page apart from its letters, forms within forms looked into: the boxes of its pictures in
    points from the top left of the page before its own turn, how much of the page they cover (0 to 1; what two of them
    cover counts twice), what they are like, and how many paths and shadings there are.

    `reads_a_picture` tells that the page's text is mostly drawn invisibly, over pictures: the reading of a scan.
    """

    pictures: tuple[BoundingBox, ...] = ()
    picture_share: float = 0.0
    largest: LargestPicture = LargestPicture()
    paths: int = 0
    reads_a_picture: bool = False


def objects_of(pdf_page: Any) -> PageObjects:
    """The objects of a page (pypdfium2's), looked through once."""
    import pypdfium2.raw as pdfium

    pictures, texts, paths = [], [], 0
    for drawn in pdf_page.get_objects(max_depth=_DEEPEST):
        if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(drawn)
        elif drawn.type == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(drawn)
        elif drawn.type in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING):
            paths += 1
    left, bottom, right, top = pdf_page.get_cropbox()
    bounds = (picture.get_bounds() for picture in pictures)
    boxes = tuple(BoundingBox(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in bounds)
    share = _covered(boxes, right - left, top - bottom)
    reading = share > _PICTURED_SHARE and sum(map(is_drawn, texts)) < _DRAWN_SHARE * len(texts)
    return PageObjects(boxes, share, _largest(pictures, boxes), paths, reading)


def _covered(boxes: Sequence[BoundingBox], width: float, height: float) -> float:
    """How much of a page boxes cover."""
    covered = sum(
        max(0.0, min(box.x1, width) - max(box.x0, 0.0)) * max(0.0, min(box.bottom, height) - max(box.top, 0.0))
        for box in boxes
    )
    return float(min(1.0, covered / (width * height or 1.0)))


def _largest(pictures: Sequence[Any], boxes: Sequence[BoundingBox]) -> LargestPicture:
    most, largest, dpi, bits = 0, 0.0, 0.0, 0
    for picture, box in zip(pictures, boxes, strict=True):
        wide, tall = abs(box.width), abs(box.height)
        across, down = picture.get_px_size()
        most = max(most, across * down)
        if wide * tall > largest:
            largest, dpi = wide * tall, max(across, down) * 72 / max(wide, tall, 1.0)
            bits = picture.get_metadata().bits_per_pixel
    return LargestPicture(most, dpi, toned=bits >= 8, coloured=bits >= 24)


def is_drawn(text: Any) -> bool:
    """Whether a text object (pypdfium2's) is drawn: neither invisible nor a clip alone."""
    import pypdfium2.raw as pdfium

    not_drawn = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
    return pdfium.FPDFTextObj_GetTextRenderMode(text.raw) not in not_drawn


def rendered(pdf_page: Any, dpi: float, *, toned: bool = False) -> "Grey":
    """The page in grey, as its flags turn it. Raises `BrokenInputError`.

    A page that is a `toned` picture is drawn in colours and turned to grey: the same greys in a third of the time.
    """
    if not toned:
        return _drawn(pdf_page, dpi, lambda pixels: pixels[:, :, 0].copy(), grayscale=True)
    import cv2
    import numpy as np

    def in_grey(pixels: "Colour") -> "Grey":
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY), dtype=np.uint8)

    return _drawn(pdf_page, dpi, in_grey, prefer_bgrx=True)


def rendered_in_colour(pdf_page: Any, dpi: float) -> "Colour":
    """The page in colour. Raises as `rendered`."""
    return _drawn(pdf_page, dpi, lambda pixels: pixels[:, :, :3].copy(), rev_byteorder=True)


def rendered_without_text(pdf_page: Any, dpi: float) -> "Grey":
    """The page in grey without the text that it draws itself: PDFium draws only what is active. Raises
    `BrokenInputError`."""
    return without_text(pdf_page, lambda dpi: rendered(pdf_page, dpi))(dpi)


def without_text(pdf_page: Any, render: "Callable[[float], _Picture]") -> "Callable[[float], _Picture]":
    """What draws a page with `render`, without the text that the page draws itself."""
    import pypdfium2.raw as pdfium

    def drawn(dpi: float) -> "_Picture":
        texts = [text.raw for text in texts_on(pdf_page) if is_drawn(text)]
        try:
            for text in texts:
                pdfium.FPDFPageObj_SetIsActive(text, False)
            return render(dpi)
        finally:
            for text in texts:
                pdfium.FPDFPageObj_SetIsActive(text, True)

    return drawn


def texts_on(pdf_page: Any) -> Iterator[Any]:
    """The text objects of a page, those inside its forms with them."""
    import pypdfium2.raw as pdfium

    yield from pdf_page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST)


def _drawn(pdf_page: Any, dpi: float, taken: "Callable[[Colour], Grey | Colour]", **how: bool) -> "Grey | Colour":
    """What is `taken` from the pixels of the drawn page, which last no longer than the call."""
    import pypdfium2

    width, height = pdf_page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > _MOST_PIXELS:
        scale = (_MOST_PIXELS / (width * height)) ** 0.5
    try:
        bitmap = pdf_page.render(scale=scale, **how)
    except pypdfium2.PdfiumError:
        raise BrokenInputError("it cannot be drawn") from None
    return taken(bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1))
