"""One page read by an engine: rendered, set upright, made ready, recognised, laid out."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import cv2
import numpy as np

from avskrift.errors import EngineFailedError
from avskrift.ingest.coloured_ink import CrossedPrint, moved, without_ink_over_print
from avskrift.ingest.drawn_words import Depicted, told_apart
from avskrift.ingest.engine import Engine, SeenWord
from avskrift.ingest.graphics import Graphic, drawn_on
from avskrift.ingest.layout import Cell, PlacedWord, lines_of
from avskrift.ingest.letter_case import with_capitals
from avskrift.ingest.line_end_hyphens import with_hyphens
from avskrift.ingest.list_marks import marks_on, with_marks
from avskrift.ingest.pdf import Pending, given_up
from avskrift.ingest.picture import Grey, State, ink_of, lies_on_its_side, paper_of, prepared, state_of
from avskrift.ingest.quality import quality_of, told
from avskrift.ingest.raised_marks import raised_on, with_raised
from avskrift.ingest.ruled_cells import cells_in_picture, cells_of
from avskrift.ingest.ruled_lines import Ruling, faint_ruling_of, ruling_of, single_rules
from avskrift.ingest.second_look import seen_again
from avskrift.ingest.second_reading import merged, wanted
from avskrift.ingest.strips import read_strips
from avskrift.ingest.type_size import type_size
from avskrift.ingest.unread_ink import with_unread
from avskrift.ingest.word_spaces import with_spaces
from avskrift.models.document import Page, PageSource, Region
from avskrift.models.geometry import BoundingBox
from avskrift.processes import run_folder

_BLANK = 0.0002
_DPI = 200
_BAD_DPI, _LEAST_OWN = 300, 100
_DOUBTFUL = 0.62
"""Mean confidence below which a page is tried upside down."""
_RUBBISH = 0.3


@dataclass(frozen=True, slots=True)
class Upright:
    """A page's picture with its lines level, perhaps upside down. `grey` is None for a page without ink.

    `taken` is the coloured ink that lay over print and was taken out of the picture: its kind and box in pixels.
    """

    pending: Pending
    grey: Grey | None
    turn: int
    dpi: int
    state: State
    taken: tuple[tuple[str, BoundingBox], ...] = ()


def upright(pending: Pending) -> Upright:
    """The page rendered at the resolution that its state asks for, and turned so that its lines are level.

    Not safe in several threads at once: PDFium renders.
    """
    print_, dpi = _print_of(pending, _DPI), _DPI
    grey = print_.grey
    if ink_of(grey) < _BLANK:
        return Upright(pending, None, 0, _DPI, State(0.0, 0.0))
    state = state_of(grey, _DPI)
    if state.bad:
        own = round(pending.scanned_at)
        dpi = own if _LEAST_OWN <= own <= _BAD_DPI and not state.two_toned else _BAD_DPI
        print_ = _print_of(pending, dpi)
    turn = 90 if lies_on_its_side(print_.grey) else 0
    return Upright(pending, print_.grey, turn, dpi, state, print_.taken)


def _print_of(pending: Pending, dpi: int) -> CrossedPrint:
    if pending.render_colour is None:
        return CrossedPrint(pending.render(dpi), ())
    return without_ink_over_print(pending.render_colour(dpi), dpi)


def read_page(page: Upright, engine: Engine, timeout_seconds: float) -> Page:
    """The page as the engine reads it. What goes wrong becomes a warning on an empty page."""
    pending = page.pending
    try:
        return _read(page, engine, timeout_seconds)
    except EngineFailedError as error:
        return given_up(pending.number, str(error), pending.width, pending.height)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page's picture as the engine gets it, without drawings, and its ink, white on black; with what was found on
    it, boxes in pixels. `smoother` is the picture for a second reading, None where one is enough."""

    picture: Grey
    smoother: Grey | None
    ink: Grey
    skew: float
    dpi: int
    graphics: tuple[Graphic, ...]
    rules: tuple[BoundingBox, ...]
    cells: tuple[Cell, ...]
    ruling: Ruling


def _sheet(grey: Grey, dpi: int, state: State) -> _Sheet:
    ready = prepared(grey, dpi, state)
    picture, dpi = ready.picture, ready.dpi
    level, dark = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    ink = np.asarray(dark, dtype=np.uint8)
    ruling = faint_ruling_of(picture, dpi) if state.bad else ruling_of(ink, dpi)
    cells = cells_of(cells_in_picture(ruling, dpi), tolerance=12 * dpi / 200)
    paper = paper_of(picture)
    drawn = drawn_on(picture, dpi, ink, ruling, [c.bbox for c in cells], paper, speckled=state.speckled)
    if state.bad and not state.two_toned and cells:
        # An engine sees clean rules for what they are, and letters in faint ones.
        drawn.picture[cv2.dilate(ruling.both, np.ones((3, 3), np.uint8)) > 0] = paper
    _, left = cv2.threshold(drawn.picture, level, 255, cv2.THRESH_BINARY_INV)
    smoother = ready.smoother
    if smoother is not None:
        smoother = np.where(drawn.picture == picture, smoother, drawn.picture)
    return _Sheet(
        drawn.picture,
        smoother,
        np.asarray(left, dtype=np.uint8),
        ready.skew,
        ready.dpi,
        drawn.graphics,
        tuple(single_rules(ruling, dpi)),
        tuple(cells),
        ruling,
    )


def _read(page: Upright, engine: Engine, timeout_seconds: float) -> Page:
    pending, grey, turn, dpi = page.pending, page.grey, page.turn, page.dpi
    if grey is None:
        return Page(pending.number, PageSource.OCR, (), pending.width, pending.height)
    best: tuple[float, int, _Sheet, list[SeenWord]] | None = None
    for angle in (turn, turn + 180):
        sheet = _sheet(_turned(grey, angle), dpi, page.state)
        seen = _recognised(sheet.picture, sheet.dpi, engine.recognise, timeout_seconds)
        sure = _sureness(seen)
        if best is None or sure > best[0]:
            best = (sure, angle, sheet, seen)
        if sure >= _DOUBTFUL and (angle != turn or _looks_upright(seen)):
            break
    assert best is not None
    _, angle, sheet, seen = best

    def look(recognise: Callable[[Path, int, float], list[SeenWord]]) -> Callable[[Grey], list[SeenWord]]:
        def looked(part: Grey) -> list[SeenWord]:
            try:
                return _recognised(part, sheet.dpi, recognise, timeout_seconds)
            except EngineFailedError:
                return []  # the first reading stands

        return looked

    if sheet.smoother is not None and wanted(seen):
        seen = merged(seen, look(engine.recognise)(sheet.smoother))
    seen = with_unread(sheet.picture, sheet.ink, sheet.ruling, seen, look(engine.recognise_lines), many=page.state.bad)
    seen, depicted = told_apart(seen, sheet.graphics, sheet.rules, sheet.picture)
    seen = seen_again(sheet.picture, seen, look(engine.recognise_signs))
    marks = marks_on(sheet.picture, sheet.ink, seen)
    raised = raised_on(sheet.picture, marks.seen)
    readings = read_strips([*marks.strips, *raised.strips], look(engine.recognise_lines))
    seen = with_marks(marks, readings[: len(marks.strips)])
    seen = with_raised(raised, seen, readings[len(marks.strips) :])
    seen = with_hyphens(sheet.picture, with_spaces(sheet.picture, with_capitals(sheet.picture, seen)))
    taken = [Depicted(kind, moved(box, grey.shape, angle, sheet.skew, sheet.dpi / dpi), ()) for kind, box in page.taken]
    return _laid_out(pending, sheet, seen, [*depicted, *taken], angle)


def _turned(grey: Grey, angle: int) -> Grey:
    return grey if angle == 0 else np.ascontiguousarray(np.rot90(grey, k=-(angle // 90)))


def _recognised(
    picture: Grey, dpi: int, recognise: Callable[[Path, int, float], list[SeenWord]], timeout_seconds: float
) -> list[SeenWord]:
    with tempfile.TemporaryDirectory(dir=run_folder.place()) as folder:
        path = Path(folder) / "page.pgm"  # uncompressed: nothing to encode or decode
        cv2.imwrite(str(path), picture)
        return recognise(path, dpi, timeout_seconds)


def _sureness(seen: Sequence[SeenWord]) -> float:
    long = [w.confidence for w in seen if len(w.text) >= 3]
    return mean(long) if long else 0.0


def _looks_upright(seen: Sequence[SeenWord]) -> bool:
    """Whether enough words were read at all: text upside down gives few and short ones."""
    return len(seen) < 3 or sum(len(w.text) >= 3 for w in seen) >= 0.35 * len(seen)


def _laid_out(
    pending: Pending, sheet: _Sheet, seen: Sequence[SeenWord], depicted: Sequence[Depicted], angle: int
) -> Page:
    dpi = sheet.dpi
    scale = 72 / dpi
    sideways = angle % 180 == 90
    width, height = (pending.height, pending.width) if sideways else (pending.width, pending.height)
    kept, dropped = _without_rubbish([w for w in seen if _has_ink(sheet.picture, w)])
    words = [
        PlacedWord(
            w.text,
            _points(w, scale),
            w.confidence,
            type_size(w.text, (w.bottom - w.top) * scale),
            line=w.line,
            printed=w.printed,
            printed_by=w.printed_by,
        )
        for w in kept
    ]
    scaled = [Cell(BoundingBox(*(v * scale for v in c.bbox)), c.reference) for c in sheet.cells]
    lines = lines_of(words, scaled)
    sure = mean(w.confidence for w in kept) if kept else 0.0
    quality = quality_of(lines)
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
        warnings=told(pending.number, quality),
        witness=pending.witness,
        quality=quality,
    )


def _points(word: SeenWord, scale: float) -> BoundingBox:
    return _scaled(BoundingBox(word.x0, word.top, word.x1, word.bottom), scale)


def _scaled(box: BoundingBox, scale: float) -> BoundingBox:
    return BoundingBox(*(round(v * scale, 2) for v in box))


def _has_ink(picture: Grey, word: SeenWord) -> bool:
    """Whether anything is printed where an engine saw a sign: it sees some in the white between two columns."""
    if any(c.isalnum() for c in word.text):
        return True
    part = picture[max(0, int(word.top)) : int(word.bottom), max(0, int(word.x0)) : int(word.x1)]
    return part.size > 0 and int(part.min()) < 160


def _without_rubbish(seen: Sequence[SeenWord]) -> tuple[list[SeenWord], list[SeenWord]]:
    """Words kept, and shapes that are no words: unsure ones without letters, boxes as large as pictures."""
    usual = median([w.bottom - w.top for w in seen]) if seen else 1.0
    kept: list[SeenWord] = []
    dropped: list[SeenWord] = []
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


def _regions(dropped: Sequence[SeenWord], scale: float) -> list[BoundingBox]:
    return [_points(w, scale) for w in dropped if (w.x1 - w.x0) * (w.bottom - w.top) * scale * scale > 2000]
