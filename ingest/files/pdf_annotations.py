"""What lies on a page of a PDF as annotations: filled fields, text and stamps set on it, comments, strike-outs.

What is seen of a field, a text or a stamp becomes part of the page, by PDFium's own flattening: the text page, the
drawn page and every search for what is drawn find it there. Buttons are told as boxes with or without a tick. Comments
are no text of the page, and neither they nor highlighters are drawn any more, which is well for whoever reads the
picture.
"""

import ctypes
import io
import logging
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from avskrift.ingest.files.pdf_page import objects_of
from avskrift.ingest.opened_pages import OpenedPage, PageToOcr
from avskrift.ingest.text_layer.page_geometry import StoredBox, as_shown
from avskrift.ingest.text_layer.page_marks import NOT_ANNOTATED, AnnotatedMarks, PlacedText
from avskrift.ingest.text_layer.tick_boxes import TickBox
from avskrift.models.document import Page, Region
from avskrift.runtime.failures import Failures

if TYPE_CHECKING:
    import pypdfium2

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What of a page's annotations is looked at."""

    most: int = 3_000
    """Annotations of a page; with more they stay as they are."""
    longest_comment: int = 4_000
    """Signs of a comment that are kept."""
    pictured_share: float = 0.4
    """Share of a page under pictures from which it may be read as one, and its buttons stay drawn."""
    letter_width: float = 0.45
    """Font sizes that the letters of a value are wide on the mean, at least."""
    most_slope: float = 2.5
    """Points by which the ends of a line that crosses words may differ in height."""
    fewest_characters: int = 40
    """Of a picture's page without its annotations: with fewer it is read as a picture, whatever its fields say."""


SETTINGS = Settings()

_HIDING_FLAGS = 2 | 32
"""The flags Hidden and NoView (ISO 32000-1, table 165)."""
_MULTILINE = 1 << 12
"""The flag of a text field of several lines (table 228)."""
_HALF_LINE = 0.5
"""Points from the middle of a line to its edge."""
_COMB = 1 << 24
"""The flag of a text field whose signs stand one in each of its parts (table 228)."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody noted at a place of a page; its box as stored."""

    box: StoredBox
    text: str


@dataclass(frozen=True, slots=True)
class PageAnnotations:
    """What lay on a page: what is to be brought into its words, and comments.

    `flattened` tells that something became part of the page, `over_scan` that the page is a picture without text of its
    own, and `warnings` that something failed.
    """

    marks: AnnotatedMarks = NOT_ANNOTATED
    comments: tuple[Comment, ...] = ()
    flattened: bool = False
    over_scan: bool = False
    warnings: tuple[str, ...] = ()


NO_ANNOTATIONS = PageAnnotations()


def with_annotations(document: "pypdfium2.PdfDocument", number: int) -> tuple[Any, PageAnnotations]:
    """The page of that number (from 1), what is seen of its annotations made part of it, and what else they say.

    The document's form must be open (`pypdfium2.PdfDocument.init_forms`) for fields to be drawn that were stored
    without a picture of themselves. Raises `pypdfium2.PdfiumError` for a page that cannot be opened.
    """
    import pypdfium2.raw as pdfium

    pdf_page = document[number - 1]
    count = pdfium.FPDFPage_GetAnnotCount(pdf_page.raw)
    if count <= 0:
        return pdf_page, NO_ANNOTATIONS
    if count > SETTINGS.most:
        warning = f"page {number}: it has more than {SETTINGS.most:,} annotations; none was looked at"
        return pdf_page, PageAnnotations(warnings=(warning,))
    failures = Failures(_LOG, f"page {number}: ")
    consequence = "filled fields and comments may be missing"
    found = failures.attempt("reading annotations", lambda: _read(pdf_page, count), NO_ANNOTATIONS, consequence)
    if found.flattened:
        fitted = failures.attempt("drawing annotations", lambda: _flatten(pdf_page), False, consequence)
        pdf_page.close()
        pdf_page = document[number - 1]
        found = replace(found, flattened=fitted)
    return pdf_page, replace(found, warnings=failures.messages)


def flattened_bytes(pdf_page: Any, number: int) -> bytes:
    """A PDF of one page alone, the one of that number, as it is held in memory: with what became part of it."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument.new()) as alone:
        alone.import_pages(pdf_page.pdf, [number - 1])
        out = io.BytesIO()
        alone.save(out)
    return out.getvalue()


def with_comments(page: OpenedPage, pdf_page: Any, found: PageAnnotations) -> OpenedPage:
    """A page with the comments that lay on it as regions, and one warning for all of them."""
    if not isinstance(page, Page | PageToOcr):
        return page
    warnings = found.warnings
    if found.comments:
        are = "comment lies on it and is" if len(found.comments) == 1 else "comments lie on it and are"
        warnings += (f"page {page.number}: {len(found.comments)} {are} no part of the text",)
    turn = page.rotation if isinstance(page, Page) else 0
    frame, rotation = pdf_page.get_bbox(), pdf_page.get_rotation() + turn
    regions = tuple(Region("comment", as_shown(c.box, frame, rotation), c.text) for c in found.comments)
    return replace(page, regions=(*page.regions, *regions), warnings=(*page.warnings, *warnings))


class _Annotation:
    """One annotation of a page."""

    def __init__(self, raw: Any, form: Any) -> None:
        import pypdfium2.raw as pdfium

        self.raw, self._form = raw, form
        self.kind = pdfium.FPDFAnnot_GetSubtype(raw)
        self.is_shown = not pdfium.FPDFAnnot_GetFlags(raw) & _HIDING_FLAGS

    @property
    def box(self) -> StoredBox | None:
        """Where it lies; None for one without a sound place."""
        import pypdfium2.raw as pdfium

        rect = pdfium.FS_RECTF()
        if not pdfium.FPDFAnnot_GetRect(self.raw, ctypes.byref(rect)):
            return None
        return _sound((rect.left, rect.bottom, rect.right, rect.top))

    def entry(self, key: bytes) -> str:
        """A string or a name of its dictionary, empty where there is none."""
        import pypdfium2.raw as pdfium

        length = pdfium.FPDFAnnot_GetStringValue(self.raw, key, None, 0)
        held = ctypes.create_string_buffer(max(2, length))
        pdfium.FPDFAnnot_GetStringValue(self.raw, key, ctypes.cast(held, ctypes.POINTER(pdfium.FPDF_WCHAR)), length)
        return held.raw[: max(0, length - 2)].decode("utf-16-le", "replace")

    def has(self, key: bytes) -> bool:
        """Whether its dictionary has an entry."""
        import pypdfium2.raw as pdfium

        return bool(pdfium.FPDFAnnot_HasKey(self.raw, key))

    @property
    def field(self) -> int:
        """What kind of field it shows; -1 where that is unknown."""
        import pypdfium2.raw as pdfium

        return int(pdfium.FPDFAnnot_GetFormFieldType(self._form, self.raw)) if self._form else -1

    @property
    def field_flags(self) -> int:
        """The flags of its field."""
        import pypdfium2.raw as pdfium

        return int(pdfium.FPDFAnnot_GetFormFieldFlags(self._form, self.raw)) if self._form else 0

    @property
    def value(self) -> str:
        """The value of its field."""
        import pypdfium2.raw as pdfium

        if not self._form:
            return self.entry(b"V")
        length = pdfium.FPDFAnnot_GetFormFieldValue(self._form, self.raw, None, 0)
        held = ctypes.create_string_buffer(max(2, length))
        pdfium.FPDFAnnot_GetFormFieldValue(
            self._form, self.raw, ctypes.cast(held, ctypes.POINTER(pdfium.FPDF_WCHAR)), length
        )
        return held.raw[: max(0, length - 2)].decode("utf-16-le", "replace")

    def is_set_anew(self, box: StoredBox) -> bool:
        """Whether the places of a text field's words are not those of its picture: its signs stand apart, or the value
        runs out of the field, where it is not seen and must not lie among the words beside it."""
        import pypdfium2.raw as pdfium

        size = ctypes.c_float()
        if self.field_flags & _COMB:
            return True
        if self.field_flags & _MULTILINE or not pdfium.FPDFAnnot_GetFontSize(self._form, self.raw, ctypes.byref(size)):
            return False
        return SETTINGS.letter_width * size.value * len(self.value) > box[2] - box[0]

    @property
    def ticked(self) -> bool:
        """Whether a button is drawn as ticked."""
        import pypdfium2.raw as pdfium

        state = self.entry(b"AS")
        if state:
            return state != "Off"
        return bool(self._form and pdfium.FPDFAnnot_IsChecked(self._form, self.raw))

    def crossed(self) -> Iterator[StoredBox]:
        """The boxes through the middle of which it runs: those that it marks, or that of a straight line."""
        import pypdfium2.raw as pdfium

        begin, end = pdfium.FS_POINTF(), pdfium.FS_POINTF()
        if pdfium.FPDFAnnot_GetLine(self.raw, ctypes.byref(begin), ctypes.byref(end)):
            across, up = sorted((begin.x, end.x)), sorted((begin.y, end.y))
            line = _sound((across[0] - _HALF_LINE, up[0] - _HALF_LINE, across[1] + _HALF_LINE, up[1] + _HALF_LINE))
            if line is not None and min(across[1] - across[0], up[1] - up[0]) <= SETTINGS.most_slope:
                yield line
        corners = pdfium.FS_QUADPOINTSF()
        for number in range(min(SETTINGS.most, pdfium.FPDFAnnot_CountAttachmentPoints(self.raw))):
            if pdfium.FPDFAnnot_GetAttachmentPoints(self.raw, number, ctypes.byref(corners)):
                x = (corners.x1, corners.x2, corners.x3, corners.x4)
                y = (corners.y1, corners.y2, corners.y3, corners.y4)
                if box := _sound((min(x), min(y), max(x), max(y))):
                    yield box

    def leave_out(self) -> None:
        """It is drawn no more."""
        import pypdfium2.raw as pdfium

        pdfium.FPDFAnnot_SetFlags(self.raw, pdfium.FPDFAnnot_GetFlags(self.raw) | _HIDING_FLAGS)


def _sound(box: StoredBox) -> StoredBox | None:
    """A box with its sides in order; None for one without an extent, or with sides that are no numbers."""
    left, bottom, right, top = box
    ordered = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    has_extent = ordered[0] < ordered[2] and ordered[1] < ordered[3]
    return ordered if has_extent and all(map(math.isfinite, ordered)) else None


class _Reading:
    """What the annotations of a page say, one after the other; on a page that is a picture (`pictured`) buttons stay
    drawn."""

    def __init__(self, *, pictured: bool) -> None:
        self._pictured = pictured
        self._buttons: list[TickBox] = []
        self._fields: list[StoredBox] = []
        self._texts: list[PlacedText] = []
        self._struck: list[StoredBox] = []
        self._comments: list[Comment] = []
        self._flattened = False

    @property
    def found(self) -> PageAnnotations:
        """All of it."""
        marks = AnnotatedMarks(tuple(self._buttons), tuple(self._fields), tuple(self._texts), tuple(self._struck))
        return PageAnnotations(marks, tuple(self._comments), self._flattened)

    def add(self, annotation: _Annotation) -> None:
        """Takes in one annotation, and marks it where it must not be drawn."""
        import pypdfium2.raw as pdfium

        box = annotation.box
        if box is None or annotation.kind in (pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_LINK):
            return
        if annotation.kind == pdfium.FPDF_ANNOT_WIDGET:
            self._add_field(annotation, box)
        elif annotation.kind == pdfium.FPDF_ANNOT_FREETEXT:
            if not annotation.has(b"AP"):
                self._texts.append(PlacedText(box, annotation.entry(b"Contents")))
            self._flattened = True
        else:
            self._add_note(annotation, box)

    def _add_field(self, annotation: _Annotation, box: StoredBox) -> None:
        import pypdfium2.raw as pdfium

        kind = annotation.field
        if kind == pdfium.FPDF_FORMFIELD_PUSHBUTTON:
            annotation.leave_out()
            return
        self._flattened = True
        is_button = kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
        if is_button or (kind < 0 and annotation.has(b"AS")):  # a form may list no fields; only buttons have states
            self._buttons.append(TickBox(box, annotation.ticked))
            if not self._pictured:
                annotation.leave_out()
            return
        self._fields.append(box)
        if kind == pdfium.FPDF_FORMFIELD_TEXTFIELD and not self._pictured and annotation.is_set_anew(box):
            annotation.leave_out()
            self._texts.append(PlacedText(box, annotation.value))

    def _add_note(self, annotation: _Annotation, box: StoredBox) -> None:
        import pypdfium2.raw as pdfium

        noted = annotation.entry(b"Contents").strip()
        if noted and annotation.kind != pdfium.FPDF_ANNOT_STAMP:
            self._comments.append(Comment(box, " ".join(noted[: SETTINGS.longest_comment].split())))
        if annotation.kind in (pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_LINE):
            self._struck.extend(annotation.crossed())
        if annotation.kind in _drawn_kinds():
            self._flattened = True
        else:
            annotation.leave_out()


def _read(pdf_page: Any, count: int) -> PageAnnotations:
    """What the annotations of a page say; those that must not be drawn are marked so."""
    import pypdfium2.raw as pdfium

    form = pdf_page.formenv.raw if pdf_page.formenv is not None else None
    pictured = objects_of(pdf_page).picture_share > SETTINGS.pictured_share
    reading = _Reading(pictured=pictured)
    for number in range(count):
        raw = pdfium.FPDFPage_GetAnnot(pdf_page.raw, number)
        if raw:
            try:
                annotation = _Annotation(raw, form)
                if annotation.is_shown:
                    reading.add(annotation)
            finally:
                pdfium.FPDFPage_CloseAnnot(raw)
    return replace(reading.found, over_scan=pictured and _count_own_characters(pdf_page) < SETTINGS.fewest_characters)


def _count_own_characters(pdf_page: Any) -> int:
    """How many characters stand on a page before its annotations become part of it."""
    layer = pdf_page.get_textpage()
    try:
        return int(layer.count_chars())
    finally:
        layer.close()


def _drawn_kinds() -> frozenset[int]:
    """Annotations that become part of the page beside fields and text: stamps, and what was drawn by hand."""
    import pypdfium2.raw as pdfium

    return frozenset(
        (
            pdfium.FPDF_ANNOT_STAMP,
            pdfium.FPDF_ANNOT_INK,
            pdfium.FPDF_ANNOT_LINE,
            pdfium.FPDF_ANNOT_SQUARE,
            pdfium.FPDF_ANNOT_CIRCLE,
            pdfium.FPDF_ANNOT_POLYGON,
            pdfium.FPDF_ANNOT_POLYLINE,
            pdfium.FPDF_ANNOT_STRIKEOUT,
        )
    )


def _flatten(pdf_page: Any) -> bool:
    """Makes what is drawn of a page's annotations part of it; its size stays, though PDFium forgets one that the page
    has from its parent."""
    import pypdfium2.raw as pdfium

    shown = pdf_page.get_bbox()
    sheet = pdf_page.get_mediabox(fallback_ok=False) or shown
    cropped = pdf_page.get_cropbox(fallback_ok=False) or sheet
    result = pdfium.FPDFPage_Flatten(pdf_page.raw, pdfium.FLAT_NORMALDISPLAY)
    pdf_page.set_mediabox(*sheet)
    pdf_page.set_cropbox(*cropped)
    return bool(result == pdfium.FLATTEN_SUCCESS)
