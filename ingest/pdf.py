"""PDF files: every page judged by itself, read from its text layer or as a picture."""

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avskrift.errors import BrokenInputError, EmptyInputError, EncryptedInputError
from avskrift.ingest.layout import PlacedWord, lines_of
from avskrift.ingest.pdfium_words import has_rules, words_on
from avskrift.ingest.ruled_cells import cells_of
from avskrift.ingest.text_layer import Verdict, verdict_on, words_of
from avskrift.models.document import Page, PageSource, Quality, Region
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    import pdfplumber.page
    import pdfplumber.pdf
    import pypdfium2

    from avskrift.ingest.coloured_ink import Colour
    from avskrift.ingest.picture import Grey

_MOST_PIXELS = 30_000_000
"""A page is rendered with so many at most: A3 at 300 dots an inch has 17 million."""
_LARGEST_PICTURE = 400_000_000
_LONGEST_SIDE = 200 * 72 + 1
"""In points: what the PDF format allows (ISO 32000-1, annex C)."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A page that must be read as a picture: `render` gives it in grey at a resolution in dots an inch. `witness` is
    what its distrusted text layer says, line by line; `scanned_at` the dots an inch of its largest picture, 0 where
    there is none; `render_colour` gives it in colour where it was scanned so."""

    number: int
    width: float
    height: float
    render: "Callable[[int], Grey]"
    reason: str
    witness: tuple[str, ...] = ()
    scanned_at: float = 0.0
    render_colour: "Callable[[int], Colour] | None" = None


def count_pages(data: bytes, path: Path) -> int:
    """How many pages a PDF without a password has. Raises as `pages_of`."""
    drawn = _document(data, path, None)
    try:
        return len(drawn)
    finally:
        drawn.close()


def _document(data: bytes, path: Path, password: str | None) -> "pypdfium2.PdfDocument":
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
    return drawn


def pages_of(
    data: bytes, path: Path, password: str | None, kept: Callable[[int], Page | None], only: range | None = None
) -> Iterator["Page | Pending"]:
    """The pages in order: finished ones from text layers, pending ones for an engine; those that `kept` has as they
    were read before. A broken page of a document is finished, without a line and with a warning. `only` are the
    numbers of the pages that are wanted (None: all).

    Raises `EncryptedInputError`, `BrokenInputError` or `EmptyInputError`.
    """
    import pypdfium2

    drawn = _document(data, path, password)
    layers = _Layers(data, password, len(drawn))
    try:
        for number in range(1, len(drawn) + 1):
            if only is not None and number not in only:
                continue
            page = kept(number)
            if page is not None:
                yield page
                continue
            try:
                yield _page(number, drawn, layers)
            except (pypdfium2.PdfiumError, BrokenInputError) as error:
                reason = str(error) if isinstance(error, BrokenInputError) else "it is damaged"
                yield given_up(number, reason)
            except Exception as error:
                from avskrift.ingest.unread_pages import unread

                yield unread(number, error)
    finally:
        layers.close()
        drawn.close()


def attached_files(data: bytes, password: str | None) -> tuple[str, ...]:
    """The names of files that a PDF carries inside it, as portfolios do; they are not read. None of a broken one."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data, password=password) as pdf:
            return tuple(pdf.get_attachment(n).get_name() for n in range(pdf.count_attachments()))
    except pypdfium2.PdfiumError:
        return ()


def given_up(number: int, reason: str, width: float | None = None, height: float | None = None) -> Page:
    """A page that could not be read, with a warning that says why."""
    return Page(
        number,
        PageSource.OCR,
        (),
        width,
        height,
        confidence=0.0,
        warnings=(f"page {number} could not be read: {reason}",),
        quality=Quality.UNREADABLE,
        given_up=True,
    )


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
    if not (1 <= width <= _LONGEST_SIDE and 1 <= height <= _LONGEST_SIDE):
        raise BrokenInputError(f"it measures {width:.0f} by {height:.0f} points")
    dots, scanned_at, coloured = _largest_picture(sheet)
    if dots > _LARGEST_PICTURE:
        raise BrokenInputError(f"its picture is too large ({dots:,} pixels; {_LARGEST_PICTURE:,} are the most)")
    verdict = Verdict(False, "no text layer")
    witness: tuple[str, ...] = ()
    has_text = _has_text(sheet)
    quick = words_on(sheet) if has_text else []
    if quick and not _judged(quick, sheet).trusted:
        quick = []  # pdfplumber tells more of what may be wrong
    if quick and not has_rules(sheet):
        regions = tuple(Region("picture", box) for box in _pictures(sheet) if box.width * box.height > 400)
        return Page(number, PageSource.TEXT_LAYER, lines_of(quick), width, height, regions=regions)
    page = layers.page(number) if has_text else None
    if page is not None:
        try:
            words = quick or words_of(page)
            verdict = Verdict(True) if quick else _judged(words, sheet)
            if verdict.trusted:
                return _from_layer(number, page, words, width, height)
            witness = tuple(line.text for line in lines_of(words))
        except Exception:  # a page that pdfminer cannot lay out is read as a picture
            verdict = Verdict(False, "the text layer cannot be read")
        finally:
            page.close()
    return Pending(
        number,
        width,
        height,
        lambda dpi: _rendered(sheet, dpi),
        verdict.reason,
        witness,
        scanned_at,
        (lambda dpi: _rendered_in_colour(sheet, dpi)) if coloured else None,
    )


def _largest_picture(sheet: Any) -> tuple[int, float, bool]:
    """The pixels of the picture of a page that has most; of the one that covers most the dots an inch, and whether it
    has colours. 0 and False without any."""
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
    return most, dpi, coloured


def _has_text(sheet: Any) -> bool:
    text = sheet.get_textpage()
    try:
        return bool(text.count_chars() > 0)
    finally:
        text.close()


def _judged(words: Sequence[PlacedWord], sheet: Any) -> Verdict:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = sheet.get_cropbox()  # as stored, before the page's own turn, like the pictures' boxes
    page = BoundingBox(0.0, 0.0, right - left, top - bottom)
    pictures = sum(
        max(0.0, min(box.x1, page.x1) - max(box.x0, 0.0)) * max(0.0, min(box.bottom, page.bottom) - max(box.top, 0.0))
        for box in _pictures(sheet)
    )
    share = min(1.0, pictures / (page.width * page.height or 1.0))
    invisible = False
    if share > 0.1:
        modes = [
            pdfium.FPDFTextObj_GetTextRenderMode(o.raw)
            for o in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3)
        ]
        invisible = sum(m == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for m in modes) > 0.5 * max(1, len(modes))
    return verdict_on(" ".join(w.printed or w.text for w in words), invisible=invisible, picture_share=share)


def _pictures(sheet: Any) -> list[BoundingBox]:
    """The boxes of a page's pictures, in points from the top left."""
    import pypdfium2.raw as pdfium

    left, _, _, top = sheet.get_cropbox()
    found = []
    for picture in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        x0, y0, x1, y1 = picture.get_bounds()
        found.append(BoundingBox(x0 - left, top - y1, x1 - left, top - y0))
    return found


def _from_layer(
    number: int, page: "pdfplumber.page.Page", words: Sequence[PlacedWord], width: float, height: float
) -> Page:
    boxes = [BoundingBox(*(float(v) for v in cell)) for table in page.find_tables() for cell in table.cells]
    lines = lines_of(words, cells_of(boxes, tolerance=3.0))
    regions = tuple(
        Region("picture", BoundingBox(float(i["x0"]), float(i["top"]), float(i["x1"]), float(i["bottom"])))
        for i in page.images
        if (i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) > 400
    )
    return Page(number, PageSource.TEXT_LAYER, lines, float(width), float(height), regions=regions)


def drawn_pages(
    data: bytes, path: Path, password: str | None, numbers: Sequence[int], dpi: int
) -> Iterator[tuple[int, "Grey", float, float]]:
    """Pages as pictures, as their flags turn them: number, grey picture, width and height in points. Pages that cannot
    be drawn are left out. Raises as `pages_of`."""
    document = _document(data, path, password)
    try:
        for number in numbers:
            if number > len(document):
                continue
            sheet = document[number - 1]
            try:
                yield number, _rendered(sheet, dpi), *sheet.get_size()
            except BrokenInputError:
                continue
            finally:
                sheet.close()
    finally:
        document.close()


def _rendered(sheet: Any, dpi: int) -> "Grey":
    return _drawn(sheet, dpi, grayscale=True)[:, :, 0].copy()


def _rendered_in_colour(sheet: Any, dpi: int) -> "Colour":
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
