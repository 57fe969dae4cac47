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
    """A page that must be read as a picture: `render` gives it in grey at a resolution in dots an inch. `witness` is
    what its distrusted text layer says, line by line; `scanned_at` the dots an inch of its largest picture, 0 where
    there is none."""

    number: int
    width: float
    height: float
    render: "Callable[[int], Grey]"
    reason: str
    witness: tuple[str, ...] = ()
    scanned_at: float = 0.0


def pages_of(data: bytes, path: Path, password: str | None) -> Iterator["Page | Pending"]:
    """The pages in order: finished ones from text layers, pending ones for an engine.

    Raises `EncryptedInputError`, `BrokenInputError` or `EmptyInputError`.
    """
    import pypdfium2

    try:
        drawn = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            hint = "the password is wrong" if password else "it is encrypted; open it with --password"
            raise EncryptedInputError(f"{path}: {hint}") from None
        raise BrokenInputError(f"{path}: the PDF is damaged or cut off") from None
    if len(drawn) == 0:
        raise EmptyInputError(f"{path}: the PDF has no pages")
    layers = _Layers(data, password, len(drawn))
    try:
        for number in range(1, len(drawn) + 1):
            yield _page(number, drawn, layers)
    finally:
        layers.close()
        drawn.close()


class _Layers:
    """The PDF as pdfplumber sees it, opened when the first page that has text asks for it."""

    def __init__(self, data: bytes, password: str | None, pages: int) -> None:
        self._data, self._password, self._pages = data, password, pages
        self._opened = False
        self._pdf: pdfplumber.pdf.PDF | None = None

    def page(self, number: int) -> "pdfplumber.page.Page | None":
        """The page, None when pdfplumber cannot read the file."""
        if not self._opened:
            import pdfplumber

            self._opened = True
            logging.getLogger("pdfminer").setLevel(logging.ERROR)
            try:
                self._pdf = pdfplumber.open(io.BytesIO(self._data), password=self._password or "")
            except Exception:  # pdfminer raises many kinds for odd files; the picture can still be read
                self._pdf = None
        if self._pdf is None or len(self._pdf.pages) != self._pages:
            return None
        return self._pdf.pages[number - 1]

    def close(self) -> None:
        if self._pdf is not None:
            self._pdf.close()


def _page(number: int, drawn: Any, layers: _Layers) -> "Page | Pending":
    sheet = drawn[number - 1]
    width, height = sheet.get_size()
    verdict = Verdict(False, "no text layer")
    witness: tuple[str, ...] = ()
    page = layers.page(number) if _has_text(sheet) else None
    if page is not None:
        try:
            verdict = _judged(page, sheet)
            if verdict.trusted:
                return _from_layer(number, page, width, height)
            witness = tuple(line.raw for line in lines_of(words_of(page), []))
        except Exception:  # a page that pdfminer cannot lay out is read as a picture
            verdict = Verdict(False, "the text layer cannot be read")
        finally:
            page.close()
    return Pending(
        number, width, height, lambda dpi: _rendered(sheet, dpi), verdict.reason, witness, _scanned_at(sheet)
    )


def _scanned_at(sheet: Any) -> float:
    """The dots an inch of the largest picture on a page, 0 without one."""
    import pypdfium2.raw as pdfium

    largest, dpi = 0.0, 0.0
    for picture in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        wide, tall = abs(right - left), abs(top - bottom)
        pixels = max(picture.get_px_size())
        if wide * tall > largest:
            largest, dpi = wide * tall, pixels * 72 / max(wide, tall, 1.0)
    return dpi


def _has_text(sheet: Any) -> bool:
    text = sheet.get_textpage()
    try:
        return bool(text.count_chars() > 0)
    finally:
        text.close()


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
