"""One page read by an engine: rendered, set upright, made ready, recognised, laid out.

What fails on the way is left out and told in the page's warnings; only a page that cannot be rendered, or that the
engine fails on, is lost.
"""

import errno
import logging
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median

import cv2
import numpy as np

from avskrift.errors import EngineFailedError
from avskrift.ingest.image.preprocessing import Grey, State, cut, ink_of, lies_on_its_side, state_of
from avskrift.ingest.image.stamps import CrossedPrint, moved, without_ink_over_print
from avskrift.ingest.layout.lines import Cell, lines_as_read, lines_of
from avskrift.ingest.ocr.engine import Engine
from avskrift.ingest.ocr.page_image import Sheet, sheet_of
from avskrift.ingest.ocr.refine.figure_text import Depicted
from avskrift.ingest.ocr.refine.steps import PageContext, refined
from avskrift.ingest.ocr.scan_quality import quality_of, told
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.ingest.words import OcrWord
from avskrift.ingest.words import estimated_font_size as type_size
from avskrift.models.document import Page, PageSource, Region
from avskrift.models.geometry import BoundingBox
from avskrift.runtime import temporary_folder
from avskrift.runtime.failures import Failures

_LOG = logging.getLogger("avskrift.ingest")
_BLANK = 0.0002
_DPI = 200
_BAD_DPI, _LEAST_OWN = 300, 100
_DOUBTFUL = 0.62
"""Mean confidence below which a page is tried upside down."""
_RUBBISH = 0.3
_AS_SEEN = "they stand in the order in which the engine saw them"


@dataclass(frozen=True, slots=True)
class OrientedPage:
    """A page's picture with its lines level, perhaps upside down. `grey` is None for a page without ink.

    `taken` is the coloured ink that lay over print and was taken out of the picture: its kind and box in pixels.
    `failures` is what failed so far, and takes in what fails after.
    """

    pending: PageToOcr
    grey: Grey | None
    turn: int
    dpi: int
    state: State
    failures: Failures
    taken: tuple[tuple[str, BoundingBox], ...] = ()


def upright(pending: PageToOcr) -> OrientedPage:
    """The page rendered at the resolution that its state asks for, and turned so that its lines are level.

    Not safe in several threads at once: PDFium renders. Raises `BrokenInputError` for what cannot be rendered.
    """
    failures = Failures(_LOG, f"page {pending.number}: ", tolerated=(EngineFailedError,))
    print_, dpi = _print_of(pending, _DPI, failures), _DPI
    grey = print_.grey
    plain = State(0.0, 0.0)
    if ink_of(grey) < _BLANK:
        return OrientedPage(pending, None, 0, _DPI, plain, failures)
    state = failures.attempt(
        "judging the state of the picture", lambda: state_of(grey, _DPI), plain, "it was read as a clean one"
    )
    if state.bad:
        own = round(pending.scanned_at)
        dpi = own if _LEAST_OWN <= own <= _BAD_DPI and not state.two_toned else _BAD_DPI
        print_ = _print_of(pending, dpi, failures)
    on_its_side = failures.attempt(
        "looking whether the page lies on its side",
        lambda: lies_on_its_side(print_.grey),
        False,
        "it was read as it came",
    )
    return OrientedPage(pending, print_.grey, 90 if on_its_side else 0, dpi, state, failures, print_.taken)


def _print_of(pending: PageToOcr, dpi: int, failures: Failures) -> CrossedPrint:
    if pending.render_colour is None:
        return CrossedPrint(pending.render(dpi), ())
    colour = pending.render_colour(dpi)
    found = failures.attempt(
        "looking for coloured ink over print",
        lambda: without_ink_over_print(colour, dpi),
        None,
        "it stays in the picture",
    )
    return found if found is not None else CrossedPrint(pending.render(dpi), ())


@dataclass(frozen=True, slots=True)
class _FirstReading:
    """What an engine read of a page that was turned by `angle`, and how sure it was."""

    sure: float
    angle: int
    sheet: Sheet
    seen: list[OcrWord]


def read_page(page: OrientedPage, engine: Engine, timeout_seconds: float) -> Page:
    """The page as the engine reads it. Raises `EngineFailedError` when the first reading fails."""
    pending, failures = page.pending, page.failures
    if page.grey is None:
        blank = Page(pending.number, PageSource.OCR, (), pending.width, pending.height)
        return _with_failures(blank, failures)
    best = _read_upright(page, page.grey, engine, timeout_seconds)
    sheet = best.sheet

    def look(recognise: Callable[[Path, int, float], list[OcrWord]]) -> Callable[[Grey], list[OcrWord]]:
        return lambda part: _recognised(part, sheet.dpi, recognise, timeout_seconds)

    context = PageContext(
        sheet, page.state.bad, look(engine.recognise), look(engine.recognise_lines), look(engine.recognise_signs)
    )
    seen = refined(context, best.seen, failures)
    shape, scale = page.grey.shape, sheet.dpi / page.dpi
    taken = [Depicted(kind, moved(box, shape, best.angle, sheet.skew, scale), ()) for kind, box in page.taken]
    return _with_failures(_laid_out(page, sheet, seen, [*context.depicted, *taken], best.angle), failures)


def _with_failures(page: Page, failures: Failures) -> Page:
    return replace(page, warnings=(*page.warnings, *failures.messages), incomplete=bool(failures.found))


def _read_upright(page: OrientedPage, grey: Grey, engine: Engine, timeout_seconds: float) -> _FirstReading:
    """The surer of the readings of the page as it stands and upside down; the second only where the first is unsure."""

    def reading(angle: int) -> _FirstReading:
        sheet = sheet_of(_turned(grey, angle), page.dpi, page.state, page.failures)
        seen = _recognised(sheet.picture, sheet.dpi, engine.recognise, timeout_seconds)
        return _FirstReading(_sureness(seen), angle, sheet, seen)

    first = reading(page.turn)
    if first.sure >= _DOUBTFUL and _looks_upright(first.seen):
        return first
    turned = page.failures.attempt(
        "reading the page upside down", lambda: reading(page.turn + 180), first, "it was read as it stands"
    )
    return turned if turned.sure > first.sure else first


def _turned(grey: Grey, angle: int) -> Grey:
    return grey if angle == 0 else np.ascontiguousarray(np.rot90(grey, k=-(angle // 90)))


def _recognised(
    picture: Grey, dpi: int, recognise: Callable[[Path, int, float], list[OcrWord]], timeout_seconds: float
) -> list[OcrWord]:
    with tempfile.TemporaryDirectory(dir=temporary_folder.current()) as folder:
        path = Path(folder) / "page.pgm"  # uncompressed: nothing to encode or decode
        if not cv2.imwrite(str(path), picture):
            raise OSError(errno.EIO, "the page's picture cannot be written to the temporary folder")
        return recognise(path, dpi, timeout_seconds)


def _sureness(seen: Sequence[OcrWord]) -> float:
    long = [w.confidence for w in seen if len(w.text) >= 3]
    return mean(long) if long else 0.0


def _looks_upright(seen: Sequence[OcrWord]) -> bool:
    """Whether enough words were read at all: text upside down gives few and short ones."""
    return len(seen) < 3 or sum(len(w.text) >= 3 for w in seen) >= 0.35 * len(seen)


def _laid_out(
    page: OrientedPage, sheet: Sheet, seen: Sequence[OcrWord], depicted: Sequence[Depicted], angle: int
) -> Page:
    pending, failures = page.pending, page.failures
    scale = 72 / sheet.dpi
    sideways = angle % 180 == 90
    width, height = (pending.height, pending.width) if sideways else (pending.width, pending.height)
    no_words: list[OcrWord] = []
    kept, dropped = failures.attempt(
        "telling words from rubbish",
        lambda: _without_rubbish([w for w in seen if _has_ink(sheet.picture, w)]),
        (list(seen), no_words),
        "all that was read stands among the words",
    )
    words = [replace(w, box=_points(w, scale), stated_size=type_size(w.text, (w.bottom - w.top) * scale)) for w in kept]
    scaled = [Cell(BoundingBox(*(v * scale for v in c.bbox)), c.reference) for c in sheet.cells]
    lines = failures.attempt("setting the words in order", lambda: lines_of(words, scaled), None, _AS_SEEN)
    if lines is None:
        lines = lines_as_read(words)
    sure = mean(w.confidence for w in kept) if kept else 0.0
    quality = failures.attempt("grading the page", lambda: quality_of(lines), None, "the page has no grade")
    regions = (
        *(Region(d.kind, _scaled(d.box, scale), " ".join(w.text for w in d.words)) for d in depicted),
        *(Region("picture", box) for box in _regions(dropped, scale)),
    )
    return Page(
        pending.number,
        PageSource.OCR,
        lines,
        width,
        height,
        rotation=angle % 360,
        skew=round(sheet.skew, 2),
        confidence=round(sure, 3),
        regions=regions,
        warnings=() if quality is None else told(pending.number, quality),
        witness=pending.witness,
        quality=quality,
    )


def _points(word: OcrWord, scale: float) -> BoundingBox:
    return _scaled(BoundingBox(word.x0, word.top, word.x1, word.bottom), scale)


def _scaled(box: BoundingBox, scale: float) -> BoundingBox:
    return BoundingBox(*(round(v * scale, 2) for v in box))


def _has_ink(picture: Grey, word: OcrWord) -> bool:
    """Whether anything is printed where an engine saw a sign: it sees some in the white between two columns."""
    if any(c.isalnum() for c in word.text):
        return True
    part = cut(picture, word.x0, word.top, word.x1, word.bottom)
    return part.size > 0 and int(part.min()) < 160


def _without_rubbish(seen: Sequence[OcrWord]) -> tuple[list[OcrWord], list[OcrWord]]:
    """Words kept, and shapes that are no words: unsure ones without letters, boxes as large as pictures."""
    usual = median([w.bottom - w.top for w in seen]) if seen else 1.0
    kept: list[OcrWord] = []
    dropped: list[OcrWord] = []
    for word in seen:
        letters = sum(c.isalnum() for c in word.text)
        huge = word.bottom - word.top > 5 * usual
        signs = letters == 0 and (
            word.confidence < 0.5 or (word.text.strip("|_—–-=~.,'‘’`´\\/ ") == "" and len(word.text) != 1)
        )
        doubtful = word.confidence < _RUBBISH and letters < 0.6 * len(word.text)
        rule = word.text.strip("|_[]{}\\") == ""
        (dropped if huge or signs or doubtful or rule else kept).append(word)
    return kept, dropped


def _regions(dropped: Sequence[OcrWord], scale: float) -> list[BoundingBox]:
    return [_points(w, scale) for w in dropped if (w.x1 - w.x0) * (w.bottom - w.top) * scale * scale > 2000]
