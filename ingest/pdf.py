"""PDF files: every page judged by itself, read from its text layer or as a picture."""

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avskrift.errors import BrokenInputError, EmptyInputError, EncryptedInputError
from avskrift.ingest.layout import lines_of
from avskrift.ingest.ruled_cells import cells_of
from avskrift.ingest.text_layer import Verdict, verdict_on, words_of
from avskrift.models.document import Page, PageSource, Region
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    import pdfplumber.page
    import pdfplumber.pdf

    from avskrift.ingest.picture import Grey

_MOST_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class Pending:
    """A page that must be read as a picture: `render` gives it in grey at a resolution in dots an inch."""

    number: int
    width: float
    height: float
    render: "Callable[[int], Grey]"
    reason: str


def pages_of(data: bytes, path: Path, password: str | None) -> Iterator["Page | Pending"]:
    """The pages in order: finished ones from text layers, pending ones for an engine.

    Raises `EncryptedInputError`, `BrokenInputError` or `EmptyInputError`.
    """
    import pdfplumber
    import pypdfium2

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        drawn = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            hint = "the password is wrong" if password else "it is encrypted; open it with --password"
            raise EncryptedInputError(f"{path}: {hint}") from None
        raise BrokenInputError(f"{path}: the PDF is damaged or cut off") from None
    if len(drawn) == 0:
        raise EmptyInputError(f"{path}: the PDF has no pages")
    try:
        layered: pdfplumber.pdf.PDF | None = pdfplumber.open(io.BytesIO(data), password=password or "")
        if layered is not None and len(layered.pages) != len(drawn):
            layered = None
    except Exception:  # pdfminer raises many kinds for odd files; the picture can still be read
        layered = None
    try:
        for number in range(1, len(drawn) + 1):
            yield _page(number, drawn, layered)
    finally:
        if layered is not None:
            layered.close()
        drawn.close()


def _page(number: int, drawn: Any, layered: "pdfplumber.pdf.PDF | None") -> "Page | Pending":
    sheet = drawn[number - 1]
    width, height = sheet.get_size()
    verdict = Verdict(False, "no text layer")
    if layered is not None:
        page = layered.pages[number - 1]
        try:
            verdict = _judged(page, sheet)
            if verdict.trusted:
                return _from_layer(number, page, width, height)
        except Exception:  # a page that pdfminer cannot lay out is read as a picture
            verdict = Verdict(False, "the text layer cannot be read")
        finally:
            page.close()
    return Pending(number, width, height, lambda dpi: _rendered(sheet, dpi), verdict.reason)


def _judged(page: "pdfplumber.page.Page", sheet: Any) -> Verdict:
    import pypdfium2.raw as pdfium

    area = float(page.width * page.height) or 1.0
    pictures = sum(
        max(0.0, min(i["x1"], page.width) - max(i["x0"], 0))
        * max(0.0, min(i["bottom"], page.height) - max(i["top"], 0))
        for i in page.images
    )
    modes = [
        pdfium.FPDFTextObj_GetTextRenderMode(o.raw)
        for o in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3)
    ]
    invisible = sum(m == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for m in modes) > 0.5 * max(1, len(modes))
    text = " ".join(w.text for w in words_of(page))
    return verdict_on(text, invisible=invisible, picture_share=min(1.0, pictures / area))


def _from_layer(number: int, page: "pdfplumber.page.Page", width: float, height: float) -> Page:
    boxes = [BoundingBox(*(float(v) for v in cell)) for table in page.find_tables() for cell in table.cells]
    lines = lines_of(words_of(page), cells_of(boxes, tolerance=3.0))
    regions = tuple(
        Region("picture", BoundingBox(float(i["x0"]), float(i["top"]), float(i["x1"]), float(i["bottom"])))
        for i in page.images
        if (i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) > 400
    )
    return Page(number, PageSource.TEXT_LAYER, lines, float(width), float(height), regions=regions)


def _rendered(sheet: Any, dpi: int) -> "Grey":
    import numpy as np

    width, height = sheet.get_size()
    scale = dpi / 72
    if width * height * scale * scale > _MOST_PIXELS:
        scale = (_MOST_PIXELS / (width * height)) ** 0.5
    bitmap = sheet.render(scale=scale, grayscale=True)
    return np.array(bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0], dtype=np.uint8)
