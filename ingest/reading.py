"""One page read by an engine: rendered, set upright, made ready, recognised, laid out."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import cv2
import numpy as np

from avskrift.errors import EngineFailedError
from avskrift.ingest.engine import Engine, SeenWord
from avskrift.ingest.layout import PlacedWord, lines_of
from avskrift.ingest.pdf import Pending
from avskrift.ingest.picture import Grey, Prepared, State, ink_of, lies_on_its_side, prepared, state_of
from avskrift.ingest.ruled_cells import cells_in_picture, cells_of
from avskrift.ingest.second_look import seen_again
from avskrift.models.document import Page, PageSource, Region
from avskrift.models.geometry import BoundingBox

_BLANK = 0.0002
_DPI = 200
_BAD_DPI = 300
_DOUBTFUL = 0.62
"""Mean confidence below which a page is tried upside down."""
_RUBBISH = 0.3


@dataclass(frozen=True, slots=True)
class Upright:
    """A page's picture with its lines level, perhaps upside down. `grey` is None for a page without ink."""

    pending: Pending
    grey: Grey | None
    turn: int
    dpi: int
    state: State


def upright(pending: Pending) -> Upright:
    """The page rendered at the resolution that its state asks for, and turned so that its lines are level.

    Not safe in several threads at once: PDFium renders.
    """
    grey = pending.render(_DPI)
    if ink_of(grey) < _BLANK:
        return Upright(pending, None, 0, _DPI, State(0.0, 0.0))
    state = state_of(grey, _DPI)
    dpi = _DPI
    if state.bad:
        dpi = _BAD_DPI
        grey = pending.render(dpi)
    return Upright(pending, grey, 90 if lies_on_its_side(grey) else 0, dpi, state)


def read_page(page: Upright, engine: Engine, timeout_seconds: float) -> Page:
    """The page as the engine reads it. What goes wrong becomes a warning on an empty page."""
    pending = page.pending
    try:
        return _read(page, engine, timeout_seconds)
    except EngineFailedError as error:
        return Page(
            pending.number,
            PageSource.OCR,
            (),
            pending.width,
            pending.height,
            confidence=0.0,
            warnings=(f"page {pending.number} could not be read: {error}",),
        )


def _read(page: Upright, engine: Engine, timeout_seconds: float) -> Page:
    pending, grey, turn, dpi = page.pending, page.grey, page.turn, page.dpi
    if grey is None:
        return Page(pending.number, PageSource.OCR, (), pending.width, pending.height)
    best: tuple[float, int, Prepared, list[SeenWord]] | None = None
    for angle in (turn, turn + 180):
        ready = prepared(_turned(grey, angle), dpi, page.state)
        seen = _recognised(ready.picture, dpi, engine.recognise, timeout_seconds)
        sure = _sureness(seen)
        if best is None or sure > best[0]:
            best = (sure, angle, ready, seen)
        if sure >= _DOUBTFUL and (angle != turn or _looks_upright(seen)):
            break
    assert best is not None
    _, angle, ready, seen = best

    def look(sheet: Grey) -> list[SeenWord]:
        try:
            return _recognised(sheet, dpi, engine.recognise_signs, timeout_seconds)
        except EngineFailedError:
            return []  # the first reading stands

    seen = seen_again(ready.picture, seen, look)
    return _laid_out(pending, ready, seen, angle, dpi)


def _turned(grey: Grey, angle: int) -> Grey:
    return grey if angle == 0 else np.ascontiguousarray(np.rot90(grey, k=-(angle // 90)))


def _recognised(
    picture: Grey, dpi: int, recognise: Callable[[Path, int, float], list[SeenWord]], timeout_seconds: float
) -> list[SeenWord]:
    with tempfile.TemporaryDirectory(prefix="avskrift-") as folder:
        path = Path(folder) / "page.pgm"  # uncompressed: nothing to encode or decode
        cv2.imwrite(str(path), picture)
        return recognise(path, dpi, timeout_seconds)


def _sureness(seen: Sequence[SeenWord]) -> float:
    long = [w.confidence for w in seen if len(w.text) >= 3]
    return mean(long) if long else 0.0


def _looks_upright(seen: Sequence[SeenWord]) -> bool:
    """Whether enough words were read at all: text upside down gives few and short ones."""
    return len(seen) < 3 or sum(len(w.text) >= 3 for w in seen) >= 0.35 * len(seen)


def _laid_out(pending: Pending, ready: Prepared, seen: Sequence[SeenWord], angle: int, dpi: int) -> Page:
    scale = 72 / dpi
    sideways = angle % 180 == 90
    width, height = (pending.height, pending.width) if sideways else (pending.width, pending.height)
    cells = cells_of(cells_in_picture(ready.picture, dpi), tolerance=8 * dpi / 200)
    kept, dropped = _without_rubbish(seen)
    sizes = _sizes(kept, scale)
    words = [
        PlacedWord(w.text, _points(w, scale), w.confidence, size, printed=w.printed)
        for w, size in zip(kept, sizes, strict=True)
    ]
    scaled = [type(c)(BoundingBox(*(v * scale for v in c.bbox)), c.reference) for c in cells]
    lines = lines_of(words, scaled)
    sure = mean(w.confidence for w in kept) if kept else 0.0
    regions = tuple(Region("picture", box) for box in _regions(dropped, scale))
    return Page(
        pending.number,
        PageSource.OCR,
        lines,
        width,
        height,
        rotation=angle % 360,
        skew=round(ready.skew, 2),
        confidence=round(sure, 3),
        regions=regions,
        witness=pending.witness,
    )


def _points(word: SeenWord, scale: float) -> BoundingBox:
    return BoundingBox(
        round(word.x0 * scale, 2),
        round(word.top * scale, 2),
        round(word.x1 * scale, 2),
        round(word.bottom * scale, 2),
    )


def _sizes(words: Sequence[SeenWord], scale: float) -> list[float]:
    """The type size of each word in points, from the height of its box: letters without a stroke up or down
    show half of the size, those with one three quarters, those with both the whole."""
    sizes = []
    for word in words:
        up = any(c.isupper() or c.isdigit() or c in "bdfhkltåäöi!?()/" for c in word.text)
        down = any(c in "gjpqy,;()/" for c in word.text)
        share = 0.95 if up and down else 0.74 if up else 0.72 if down else 0.5
        sizes.append((word.bottom - word.top) * scale / share)
    return sizes


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
