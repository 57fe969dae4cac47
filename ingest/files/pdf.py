"""PDF files: every page judged by itself, read from its text layer or as a picture."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avskrift.errors import BrokenInputError, InputError, LimitExceededError
from avskrift.ingest.failed_pages import unread
from avskrift.ingest.files.pdf_document import opened, pages_there
from avskrift.ingest.files.pdf_page import (
    SMALLEST_SIDE,
    is_blank,
    largest_picture,
    pictures_on,
    pieces_on,
    rendered,
    rendered_in_colour,
)
from avskrift.ingest.files.pdf_trial import MOST_PIECES, MOST_SIGNS, Trial, tried
from avskrift.ingest.files.pdf_weight import looks_heavy
from avskrift.ingest.layout.lines import lines_of
from avskrift.ingest.layout.table_cells import cells_of
from avskrift.ingest.text_layer.hidden_text import Hidden, hidden_on, told_of, without_hidden
from avskrift.ingest.text_layer.page_geometry import turn_of
from avskrift.ingest.text_layer.pdfium_words import has_rules, words_on
from avskrift.ingest.text_layer.pdfplumber_pages import PdfplumberPages
from avskrift.ingest.text_layer.quality import TextLayerQuality, verdict_on, words_of
from avskrift.ingest.words import OcrWord
from avskrift.models.document import HiddenText, Page, PageSource, Region
from avskrift.models.geometry import BoundingBox
from avskrift.models.options import ReadingOptions
from avskrift.runtime.failures import Failures

if TYPE_CHECKING:
    import pdfplumber.page

    from avskrift.ingest.image.picture import Colour, Grey

_LOG = logging.getLogger(__name__)

_LARGEST_PICTURE = 400_000_000
_LONGEST_SIDE = 200 * 72 + 1
"""In points: what the PDF format allows (ISO 32000-1, annex C)."""
_MOST_SIGNS_SLOWLY, _MOST_PIECES_SLOWLY = 50_000, 50_000
"""Signs and objects of a page that pdfplumber, which holds each of them as Python objects, is asked for at most."""


@dataclass(frozen=True, slots=True)
class PageToOcr:
    """A page that must be read as a picture: `render` gives it in grey at a resolution in dots an inch. `witness` is
    what its distrusted text layer says, line by line; `scanned_at` the dots an inch of its largest picture, 0 where
    there is none; `render_colour` gives it in colour where it was scanned so. `hidden_text`, `warnings` and
    `incomplete` go to the page that comes of it."""

    number: int
    width: float
    height: float
    render: "Callable[[int], Grey]"
    reason: str
    witness: tuple[str, ...] = ()
    scanned_at: float = 0.0
    render_colour: "Callable[[int], Colour] | None" = None
    hidden_text: tuple[HiddenText, ...] = ()
    warnings: tuple[str, ...] = ()
    incomplete: bool = False


def pages_of(
    data: bytes,
    path: Path,
    password: str | None,
    kept: Callable[[int], Page | None],
    only: range | None = None,
    most_pages: int = ReadingOptions().max_pages,
) -> Iterator["Page | PageToOcr | Unreadable"]:
    """The pages in order: finished ones from text layers, pending ones for an engine, those that cannot be read; those
    that `kept` has as they were read before. `only` are the numbers of the pages that are wanted (None: all).

    Raises `EncryptedInputError`, `BrokenInputError`, `EmptyInputError`, or `LimitExceededError` (more than `most_pages`
    pages).
    """
    drawn = opened(data, path, password)
    try:
        count = pages_there(drawn, path, most_pages)
        if count == 0:
            raise BrokenInputError(f"{path}: none of the PDF's pages can be opened")
        before = {n: kept(n) for n in range(1, count + 1) if only is None or n in only}
        trial = Trial({}, frozenset())
        if looks_heavy(data):
            trial = tried(data, password, [n for n, page in before.items() if page is None])
        layers = PdfplumberPages(data, password, count, trial.costly)
        try:
            for number, page in before.items():
                yield page if page is not None else _page_or_reason(number, drawn, layers, trial)
        finally:
            layers.close()
    finally:
        drawn.close()


def _page_or_reason(
    number: int, drawn: Any, layers: "PdfplumberPages", trial: Trial
) -> "Page | PageToOcr | Unreadable":
    import pypdfium2

    if number in trial.refused:
        return Unreadable(number, LimitExceededError(trial.refused[number]))
    try:
        return _page(number, drawn, layers)
    except InputError as error:
        return Unreadable(number, error)
    except pypdfium2.PdfiumError:
        return Unreadable(number, BrokenInputError("it is damaged"))
    except Exception as error:
        return unread(number, error)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A page that cannot be read, and why."""

    number: int
    error: InputError
    width: float | None = None
    height: float | None = None


def _page(number: int, drawn: Any, layers: PdfplumberPages) -> "Page | PageToOcr":
    sheet = drawn[number - 1]
    width, height = sheet.get_size()
    if not (1 <= width <= _LONGEST_SIDE and 1 <= height <= _LONGEST_SIDE):  # a box may hold what is no number
        raise BrokenInputError(f"it measures {width:.0f} by {height:.0f} points")
    if is_blank(sheet) or min(width, height) < SMALLEST_SIDE:
        return Page(number, PageSource.OCR, (), width, height)
    pieces = pieces_on(sheet)
    if pieces > MOST_PIECES:
        raise LimitExceededError(f"it shows more than {MOST_PIECES:,} objects, which is the limit")
    largest = largest_picture(sheet)
    if largest.pixels > _LARGEST_PICTURE:
        size = f"{largest.pixels:,} pixels; {_LARGEST_PICTURE:,} are the most"
        raise LimitExceededError(f"its picture is too large ({size})")
    failures = Failures(_LOG, f"page {number}: ", tolerated=(BrokenInputError,))  # what cannot be drawn may be read
    layer = _text_layer(sheet, failures)
    found = _from_text(number, sheet, layer, pieces, layers)
    hidden, warnings = told_of(number, layer.hidden)
    if isinstance(found, Page):
        told = (*warnings, *failures.told)
        return replace(found, warnings=told, hidden_text=hidden, incomplete=bool(failures.found))
    if found.witness:  # a layer that is not trusted: what of it is hidden says nothing of the page
        hidden, warnings = (), ()
    return PageToOcr(
        number,
        width,
        height,
        lambda dpi: rendered(sheet, dpi),
        found.reason,
        found.witness,
        largest.dpi,
        (lambda dpi: rendered_in_colour(sheet, dpi)) if largest.coloured else None,
        hidden,
        (*warnings, *failures.told),
        bool(failures.found),
    )


@dataclass(frozen=True, slots=True)
class _Distrusted:
    """Why a page is not read from its text layer, and what the layer says, line by line."""

    reason: str
    witness: tuple[str, ...] = ()


def _from_text(
    number: int, sheet: Any, layer: "_TextLayer", pieces: int, layers: PdfplumberPages
) -> Page | _Distrusted:
    """The page as its text layer has it. `pieces` is the number of objects on it."""
    width, height = sheet.get_size()
    quick = layer.words
    if quick and not _judged(quick, sheet).trusted:
        quick = []  # pdfplumber tells more of what may be wrong
    if quick and not has_rules(sheet):
        regions = tuple(Region("picture", box) for box in pictures_on(sheet) if box.width * box.height > 400)
        return Page(number, PageSource.TEXT_LAYER, lines_of(quick), width, height, regions=regions)
    slowly = 0 < layer.signs <= _MOST_SIGNS_SLOWLY and pieces <= _MOST_PIECES_SLOWLY
    page = layers.page(number, layer.turn) if slowly else None
    if page is None and quick:  # without the cells of its tables
        return Page(number, PageSource.TEXT_LAYER, lines_of(quick), width, height)
    if page is None:
        return _Distrusted("no text layer")
    try:
        words = quick or _visible(words_of(page), layer.hidden, sheet, layer.turn)
        verdict = TextLayerQuality(True) if quick else _judged(words, sheet)
        if not verdict.trusted:
            return _Distrusted(verdict.reason, tuple(line.text for line in lines_of(words)))
        wide, tall = (height, width) if layer.turn in (90, 270) else (width, height)
        return replace(_from_layer(page, words, number, layer.turn), width=wide, height=tall)
    except Exception:  # a page that pdfminer cannot lay out is read as a picture
        _LOG.info("the text layer of page %d cannot be read", number, exc_info=True)
        return _Distrusted("the text layer cannot be read")
    finally:
        page.close()


@dataclass(frozen=True, slots=True)
class _TextLayer:
    """What PDFium tells of a page's text: how many signs, by how much they must be turned, the words that can be seen
    (none where pdfplumber knows better) and those that cannot."""

    signs: int
    turn: int = 0
    words: Sequence[OcrWord] = ()
    hidden: tuple[Hidden, ...] = ()


def _text_layer(sheet: Any, failures: Failures) -> _TextLayer:
    layer = sheet.get_textpage()
    try:
        signs = layer.count_chars()
        if signs <= 0:
            return _TextLayer(0)
        if signs > MOST_SIGNS:
            raise LimitExceededError(f"it holds more than {MOST_SIGNS:,} signs, which is the limit")
        turn = failures.attempt(
            "telling how the letters stand", lambda: turn_of(sheet, layer), 0, "they were taken to stand upright"
        )
        nothing: tuple[Hidden, ...] = ()
        hidden = failures.attempt(
            "looking for words that cannot be seen",
            lambda: hidden_on(sheet, layer, lambda dpi: rendered(sheet, dpi)),
            nothing,
            "all words stand in the text",
        )
        words = [] if turn else without_hidden(words_on(sheet, layer), hidden, sheet.get_bbox(), 0)
        return _TextLayer(signs, turn, words, hidden)
    finally:
        layer.close()


def _visible(words: Sequence[OcrWord], hidden: Sequence[Hidden], sheet: Any, turn: int) -> list[OcrWord]:
    """Words of pdfplumber's, whose boxes are those of the whole sheet (/MediaBox), without the hidden ones."""
    return without_hidden(words, hidden, sheet.get_mediabox(), sheet.get_rotation() + turn)


def _judged(words: Sequence[OcrWord], sheet: Any) -> TextLayerQuality:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = sheet.get_cropbox()  # as stored, before the page's own turn, like the pictures' boxes
    page = BoundingBox(0.0, 0.0, right - left, top - bottom)
    pictures = sum(
        max(0.0, min(box.x1, page.x1) - max(box.x0, 0.0)) * max(0.0, min(box.bottom, page.bottom) - max(box.top, 0.0))
        for box in pictures_on(sheet)
    )
    share = min(1.0, pictures / (page.width * page.height or 1.0))
    invisible = False
    if share > 0.1:
        modes = [
            pdfium.FPDFTextObj_GetTextRenderMode(o.raw)
            for o in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3)
        ]
        invisible = sum(m == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for m in modes) > 0.5 * max(1, len(modes))
    return verdict_on(" ".join(w.final_text for w in words), invisible=invisible, picture_share=share)


def _from_layer(page: "pdfplumber.page.Page", words: Sequence[OcrWord], number: int, turn: int) -> Page:
    boxes = [BoundingBox(*(float(v) for v in cell)) for table in page.find_tables() for cell in table.cells]
    lines = lines_of(words, cells_of(boxes, tolerance=3.0))
    regions = tuple(
        Region("picture", BoundingBox(float(i["x0"]), float(i["top"]), float(i["x1"]), float(i["bottom"])))
        for i in page.images
        if (i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) > 400
    )
    return Page(number, PageSource.TEXT_LAYER, lines, rotation=turn, regions=regions)


def drawn_pages(
    data: bytes, path: Path, password: str | None, numbers: Sequence[int], dpi: int
) -> Iterator[tuple[int, "Grey", float, float]]:
    """Pages as pictures, as their flags turn them: number, grey picture, width and height in points. Pages that cannot
    be drawn are left out. Raises as `pages_of`."""
    import pypdfium2

    document = opened(data, path, password)
    try:
        for number in numbers:
            if number > len(document):
                continue
            try:
                sheet = document[number - 1]
            except pypdfium2.PdfiumError:
                continue
            try:
                yield number, rendered(sheet, dpi), *sheet.get_size()
            except BrokenInputError:
                continue
            finally:
                sheet.close()
    finally:
        document.close()
