"""What a page of a PDF shows apart from its text, by way of PDFium: pictures, other objects, and the page drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from avskrift.errors import BrokenInputError
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Colour, Grey

SMALLEST_SIDE = 9.0
"""In points: a page that is narrower, or lower, holds no word."""
_DEEPEST = 3
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

    pixels: int
    dpi: float
    toned: bool
    coloured: bool


def largest_picture(pdf_page: Any) -> LargestPicture:
    """What the pictures of a page are like, those inside its forms with them."""
    import pypdfium2.raw as pdfium

    most, largest, dpi, bits = 0, 0.0, 0.0, 0
    for picture in pdf_page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST):
        left, bottom, right, top = picture.get_bounds()
        wide, tall = abs(right - left), abs(top - bottom)
        across, down = picture.get_px_size()
        most = max(most, across * down)
        if wide * tall > largest:
            largest, dpi = wide * tall, max(across, down) * 72 / max(wide, tall, 1.0)
            bits = picture.get_metadata().bits_per_pixel
    return LargestPicture(most, dpi, toned=bits >= 8, coloured=bits >= 24)


def pictures_on(pdf_page: Any) -> list[BoundingBox]:
    """The boxes of a page's pictures, in points from the top left."""
    import pypdfium2.raw as pdfium

    left, _, _, top = pdf_page.get_cropbox()
    found = []
    for picture in pdf_page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST):
        x0, y0, x1, y1 = picture.get_bounds()
        found.append(BoundingBox(x0 - left, top - y1, x1 - left, top - y0))
    return found


def picture_share(pdf_page: Any) -> float:
    """How much of a page its pictures cover, 0 to 1; what two of them cover counts twice."""
    left, bottom, right, top = pdf_page.get_cropbox()  # as stored, before the page's own turn, as pictures' boxes are
    width, height = right - left, top - bottom
    covered = sum(
        max(0.0, min(box.x1, width) - max(box.x0, 0.0)) * max(0.0, min(box.bottom, height) - max(box.top, 0.0))
        for box in pictures_on(pdf_page)
    )
    return float(min(1.0, covered / (width * height or 1.0)))


def reads_a_picture(pdf_page: Any) -> bool:
    """Whether the text of a page is mostly drawn invisibly, over pictures: the reading of a scan."""
    import pypdfium2.raw as pdfium

    if picture_share(pdf_page) <= _PICTURED_SHARE:
        return False
    texts = pdf_page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST)
    drawn = [is_drawn(text) for text in texts]
    return sum(drawn) < _DRAWN_SHARE * len(drawn)


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
