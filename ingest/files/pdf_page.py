"""What a page of a PDF shows beside its text, as PDFium tells it: pictures, other objects, and the page drawn."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from avskrift.errors import BrokenInputError
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Colour, Grey

SMALLEST_SIDE = 9.0
"""In points: a page that is narrower, or lower, holds no word."""
_MOST_PIXELS = 30_000_000
"""A page is rendered with so many at most: A3 at 300 dots an inch has 17 million."""


def pieces_on(sheet: Any) -> int:
    """How many objects stand on a page itself (those inside its forms are not counted)."""
    import pypdfium2.raw as pdfium

    return int(pdfium.FPDFPage_CountObjects(sheet.raw))


def is_blank(sheet: Any) -> bool:
    """Whether nothing at all is drawn on a page, and no note or field lies on it."""
    import pypdfium2.raw as pdfium

    return pieces_on(sheet) == 0 and pdfium.FPDFPage_GetAnnotCount(sheet.raw) == 0


@dataclass(frozen=True, slots=True)
class LargestPicture:
    """The pixels of the picture of a page that has most; of the one that covers most the dots an inch, and whether it
    has colours. 0 and False without any."""

    pixels: int
    dpi: float
    coloured: bool


def largest_picture(sheet: Any) -> LargestPicture:
    import pypdfium2.raw as pdfium

    most, largest, dpi, coloured = 0, 0.0, 0.0, False
    for picture in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        wide, tall = abs(right - left), abs(top - bottom)
        across, down = picture.get_px_size()
        most = max(most, across * down)
        if wide * tall > largest:
            largest, dpi = wide * tall, max(across, down) * 72 / max(wide, tall, 1.0)
            coloured = picture.get_metadata().bits_per_pixel >= 24
    return LargestPicture(most, dpi, coloured)


def pictures_on(sheet: Any) -> list[BoundingBox]:
    """The boxes of a page's pictures, in points from the top left."""
    import pypdfium2.raw as pdfium

    left, _, _, top = sheet.get_cropbox()
    found = []
    for picture in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, y0, x1, y1 = picture.get_bounds()
        found.append(BoundingBox(x0 - left, top - y1, x1 - left, top - y0))
    return found


def rendered(sheet: Any, dpi: int) -> "Grey":
    """The page in grey, as its flags turn it. Raises `BrokenInputError`."""
    return _drawn(sheet, dpi, grayscale=True)[:, :, 0].copy()


def rendered_in_colour(sheet: Any, dpi: int) -> "Colour":
    """The page in colour. Raises as `rendered`."""
    return _drawn(sheet, dpi, rev_byteorder=True)[:, :, :3].copy()


def _drawn(sheet: Any, dpi: int, **how: bool) -> "Colour":
    import numpy as np
    import pypdfium2

    width, height = sheet.get_size()
    scale = dpi / 72
    if width * height * scale * scale > _MOST_PIXELS:
        scale = (_MOST_PIXELS / (width * height)) ** 0.5
    try:
        bitmap = sheet.render(scale=scale, **how)
    except pypdfium2.PdfiumError:
        raise BrokenInputError("it cannot be drawn") from None
    return np.array(bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1), dtype=np.uint8)
