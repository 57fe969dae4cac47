"""One page of a PDF: from its text layer where that can be trusted, else as a picture to be read by an engine."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from avskrift.errors import BrokenInputError, LimitExceededError
from avskrift.ingest.files.pdf_annotations import NO_ANNOTATIONS, PageAnnotations
from avskrift.ingest.files.pdf_page import (
    SMALLEST_SIDE,
    PageObjects,
    is_blank,
    objects_of,
    objects_on,
    rendered,
    rendered_in_colour,
    rendered_without_text,
)
from avskrift.ingest.files.pdf_trial import MOST_CHARACTERS, MOST_OBJECTS
from avskrift.ingest.files.print_beside_text import LayerPage, with_print_beside
from avskrift.ingest.layout.facing_pages import lines_on_sheet
from avskrift.ingest.layout.lines import lines_of
from avskrift.ingest.layout.table_cells import cells_of
from avskrift.ingest.look_alikes import folded
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.ingest.text_layer.double_printing import PlacedLetter
from avskrift.ingest.text_layer.hidden_text import HiddenWord, hidden_text_of, hidden_words_on, without_hidden
from avskrift.ingest.text_layer.page_geometry import as_shown, turn_of
from avskrift.ingest.text_layer.page_marks import NO_MARKS, PageMarks, marks_on
from avskrift.ingest.text_layer.pdfium_words import words_on
from avskrift.ingest.text_layer.pdfplumber_pages import PdfplumberPage, PdfplumberPages, UnreadableLayerError
from avskrift.ingest.text_layer.quality import TextLayerQuality, quality_of_layer
from avskrift.ingest.text_layer.turned_text import NOTHING, SetAside, set_aside, with_turned
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Page, PageSource, Region
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_frame import PageFrame
from avskrift.runtime.failures import Failures

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Grey

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a page may be, and when pdfplumber is asked for it."""

    most_picture_pixels: int = 400_000_000
    """Of one picture."""
    longest_side: float = 200 * 72 + 1
    """Points; what the PDF format allows (ISO 32000-1, annex C), and one for rounding."""
    longest_picture: float = 1_000_000.0
    least_of_picture: float = 0.6
    """The same of a page of which so much is a picture, which may claim one dot an inch (`ocr/true_size.py`)."""
    most_characters_for_tables: int = 50_000
    most_objects_for_tables: int = 50_000
    """Of a page that pdfplumber, which holds each of them as Python objects, is asked for."""
    most_paths_without_table: int = 3
    """Paths and shadings of a page without a table: an underlined heading, a rule above the footer."""
    least_picture_area: float = 400.0
    """Square points; smaller pictures are signs and rules, no region of the page."""
    table_tolerance: float = 3.0
    """Points between the sides of neighbouring cells at most."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class _Distrusted:
    """Why a page is not read from its text layer, and what the layer says, line by line."""

    reason: str
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _TextLayer:
    """A page's text as PDFium gives it: how many characters, by how many degrees they must be turned, the visible words
    (none where pdfplumber knows better), the hidden ones, what stands apart, and the marks that were brought into the
    words."""

    characters: int
    turn: int = 0
    words: Sequence[OcrWord] = ()
    hidden: tuple[HiddenWord, ...] = ()
    aside: SetAside = NOTHING
    marks: PageMarks = NO_MARKS


def open_page(
    number: int, pdf_page: Any, tables: PdfplumberPages, annotations: PageAnnotations = NO_ANNOTATIONS
) -> Page | PageToOcr:
    """The page of that `number`; `pdf_page` is pypdfium2's, `tables` the same file as pdfplumber sees it,
    `annotations` what lies on the page.

    Raises `BrokenInputError` or `LimitExceededError` for a page that must not be read.
    """
    width, height = pdf_page.get_size()
    _check_size(width, height, SETTINGS.longest_picture)
    if is_blank(pdf_page) or min(width, height) < SMALLEST_SIDE:
        return Page(number, PageSource.OCR, (), width, height)
    count = objects_on(pdf_page)
    if count > MOST_OBJECTS:
        raise LimitExceededError(f"it shows more than {MOST_OBJECTS:,} objects, which is the limit")
    failures = Failures(_LOG, f"page {number}: ", tolerated=(BrokenInputError,))  # what cannot be drawn may be read
    objects = objects_of(pdf_page)
    if max(width, height) > SETTINGS.longest_side and objects.picture_share < SETTINGS.least_of_picture:
        _check_size(width, height, SETTINGS.longest_side)
    picture = objects.largest
    if picture.pixels > SETTINGS.most_picture_pixels:
        size = f"{picture.pixels:,} pixels; {SETTINGS.most_picture_pixels:,} are the most"
        raise LimitExceededError(f"its picture is too large ({size})")
    bare = lru_cache(maxsize=1)(lambda dpi: rendered_without_text(pdf_page, dpi))
    layer = _text_layer(pdf_page, None if objects.reads_a_picture else bare, annotations, failures)
    may_be_large = count > SETTINGS.most_objects_for_tables
    found = _from_text_layer(number, pdf_page, layer, objects, None if may_be_large else tables)
    to_ocr = PageToOcr(
        number,
        width,
        height,
        render=lambda dpi: rendered(pdf_page, dpi, toned=picture.toned),
        reason="",
        scanned_at=picture.dpi,
        render_colour=(lambda dpi: rendered_in_colour(pdf_page, dpi)) if picture.coloured else None,
        regions=_shown_watermarks(width, height, layer),
    )
    opened = _opened(pdf_page, found, objects, bare, to_ocr, failures)
    if not (isinstance(found, _Distrusted) and found.text):  # else what is hidden of it says nothing of the page
        opened = _with_marks(opened, pdf_page, layer)
    return replace(opened, warnings=(*opened.warnings, *failures.messages), incomplete=bool(failures.found))


def _opened(
    pdf_page: Any,
    found: LayerPage | _Distrusted,
    objects: PageObjects,
    bare: "Callable[[int], Grey]",
    to_ocr: PageToOcr,
    failures: Failures,
) -> Page | PageToOcr:
    """The page as what was `found` of its text layer makes it: as it stands, or to be read."""
    if isinstance(found, _Distrusted):
        return replace(to_ocr, reason=found.reason, distrusted_text=found.text)
    as_read: Page | PageToOcr = found.page
    return failures.attempt(
        "looking for print beside the text",
        lambda: with_print_beside(pdf_page, found, objects, bare, to_ocr),
        as_read,
        "what pictures say was not read",
    )


def _shown_watermarks(width: float, height: float, layer: _TextLayer) -> tuple[Region, ...]:
    """The watermarks of a text layer on the page as it is shown."""
    frame = PageFrame(width, height, layer.turn)
    return tuple(replace(mark, bbox=frame.box_in_file(mark.bbox)) for mark in layer.aside.watermarks)


def _with_marks(opened: Page | PageToOcr, pdf_page: Any, layer: _TextLayer) -> Page | PageToOcr:
    """A page with what is hidden and what is struck out of its text layer, and what is written on its blanks."""
    frame, rotation = pdf_page.get_bbox(), pdf_page.get_rotation()
    hidden, warnings = hidden_text_of(opened.number, layer.hidden, frame, rotation)
    turned = rotation + (opened.rotation if isinstance(opened, Page) else 0)
    written = layer.marks.writing(opened.lines, frame, turned) if isinstance(opened, Page) else ()
    return replace(
        opened,
        warnings=(*opened.warnings, *warnings, *layer.marks.warnings(opened.number)),
        regions=(*opened.regions, *layer.marks.regions(frame, turned), *written),
        hidden_text=hidden,
    )


def _check_size(width: float, height: float, longest: float) -> None:
    """Raises `BrokenInputError` for a page that is longer, or no size at all."""
    if not (1 <= width <= longest and 1 <= height <= longest):  # a box may hold what is no number
        raise BrokenInputError(f"it measures {width:.0f} by {height:.0f} points")


def _text_layer(
    pdf_page: Any, bare: "Callable[[int], Grey] | None", annotations: PageAnnotations, failures: Failures
) -> _TextLayer:
    """The text layer of a page; `bare` draws the page without its text, None where that is the reading of its
    picture."""
    layer = pdf_page.get_textpage()
    try:
        characters = layer.count_chars()
        if characters <= 0 or annotations.over_scan:
            return _TextLayer(0)
        if characters > MOST_CHARACTERS:
            raise LimitExceededError(f"it holds more than {MOST_CHARACTERS:,} signs, which is the limit")
        turn = failures.attempt(
            "telling how the letters stand", lambda: turn_of(pdf_page, layer), 0, "they were taken to stand upright"
        )
        nothing: tuple[HiddenWord, ...] = ()
        hidden = failures.attempt(
            "looking for words that cannot be seen",
            lambda: hidden_words_on(
                pdf_page,
                layer,
                lambda dpi: rendered(pdf_page, dpi),
                bare,
            ),
            nothing,
            "all words stand in the text",
        )
        marks = failures.attempt(
            "looking for struck-out words and tick boxes",
            lambda: marks_on(pdf_page, layer, annotations.marks, turn),
            NO_MARKS,
            "all words stand in the text",
        )
        aside = failures.attempt(
            "telling watermarks and turned text from the lines",
            lambda: set_aside(pdf_page, layer, turn),
            NOTHING,
            "they stand among the words",
        )
        frame = pdf_page.get_bbox()
        words = [] if turn else without_hidden(words_on(pdf_page, layer, aside.starts), hidden, frame, 0)
        return _TextLayer(characters, turn, marks.applied_to(words, frame, 0), hidden, aside, marks)
    finally:
        layer.close()


def _from_text_layer(
    number: int, pdf_page: Any, layer: _TextLayer, objects: PageObjects, tables: PdfplumberPages | None
) -> LayerPage | _Distrusted:
    """The page as its text layer has it: from PDFium's words where no table may be drawn on it, which is quick, else
    with pdfplumber, if the page may be given to it."""
    words = layer.words
    if words and not _quality_of(words, objects).trusted:
        words = ()  # pdfplumber knows more of what may be wrong
    if words and objects.paths <= SETTINGS.most_paths_without_table:
        return _page(number, pdf_page, layer, words, objects.pictures)
    small = 0 < layer.characters <= SETTINGS.most_characters_for_tables
    page = tables.page(number, layer.turn) if small and tables is not None else None
    if page is None:  # with words: without the cells of its tables
        return _page(number, pdf_page, layer, words, ()) if words else _Distrusted("no text layer")
    try:
        if not words:
            words = _pdfplumber_words(pdf_page, layer, page)
            quality = _quality_of(words, objects)
            if not quality.trusted:
                return _Distrusted(quality.reason, tuple(line.text for line in lines_of(words)))
        return _with_tables(number, pdf_page, layer, words, page)
    except UnreadableLayerError:
        return _Distrusted("the text layer cannot be read")
    finally:
        page.close()


def _page(
    number: int, pdf_page: Any, layer: _TextLayer, words: Sequence[OcrWord], pictures: Sequence[BoundingBox]
) -> LayerPage:
    width, height = pdf_page.get_size()
    lines = with_turned(lines_on_sheet(words, (), width, height), layer.aside.lines)
    regions = (*_regions(pictures), *layer.aside.watermarks)
    page = Page(number, PageSource.TEXT_LAYER, lines, width, height, regions=regions)
    return LayerPage(page, words, layer.aside.lines)


def _pdfplumber_words(pdf_page: Any, layer: _TextLayer, page: PdfplumberPage) -> list[OcrWord]:
    """The words that can be seen, as pdfplumber has them; raises `UnreadableLayerError`."""
    rotation, sheet = pdf_page.get_rotation() + layer.turn, pdf_page.get_mediabox()
    apart = [PlacedLetter(letter, as_shown(box, sheet, rotation)) for letter, box in layer.aside.letters]
    visible = without_hidden(page.words(apart), layer.hidden, sheet, rotation)
    words = layer.marks.applied_to(visible, sheet, rotation)
    place = _placed_on_page(pdf_page, layer)
    return [replace(word, box=place(word.box)) for word in words]


def _with_tables(
    number: int, pdf_page: Any, layer: _TextLayer, words: Sequence[OcrWord], page: PdfplumberPage
) -> LayerPage:
    """The page of these words with the cells of its tables. Raises `UnreadableLayerError`."""
    width, height = pdf_page.get_size()
    if layer.turn in (90, 270):
        width, height = height, width
    place = _placed_on_page(pdf_page, layer)
    cells = cells_of([place(cell) for cell in page.cells()], tolerance=SETTINGS.table_tolerance)
    lines = with_turned(lines_on_sheet(words, cells, width, height), layer.aside.lines)
    regions = (*_regions([place(picture) for picture in page.pictures()]), *layer.aside.watermarks)
    read = Page(number, PageSource.TEXT_LAYER, lines, width, height, rotation=layer.turn, regions=regions)
    return LayerPage(read, words, layer.aside.lines)


def _placed_on_page(pdf_page: Any, layer: _TextLayer) -> Callable[[BoundingBox], BoundingBox]:
    """Where pdfplumber's boxes, which are those of the whole sheet (/MediaBox), lie on the page that is shown."""
    rotation = pdf_page.get_rotation() + layer.turn
    shown = as_shown(pdf_page.get_bbox(), pdf_page.get_mediabox(), rotation)
    return lambda box: box.moved(-shown.x0, -shown.top)


def _regions(pictures: Sequence[BoundingBox]) -> tuple[Region, ...]:
    least = SETTINGS.least_picture_area
    return tuple(Region("picture", box) for box in pictures if box.width * box.height > least)


def _quality_of(words: Sequence[OcrWord], objects: PageObjects) -> TextLayerQuality:
    text = folded(" ".join(w.final_text for w in words))
    return quality_of_layer(text, invisible=objects.reads_a_picture, picture_share=objects.picture_share)
