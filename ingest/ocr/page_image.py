"""A page's picture made ready for an engine: straightened, cleaned, its rules, tables and drawings found."""

from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.image.figures import Drawn, Graphic, drawn_on
from avskrift.ingest.image.preprocessing import Grey, Prepared, State, paper_of, prepared
from avskrift.ingest.image.ruling import Ruling, faint_ruling_of, ruling_of, single_rules
from avskrift.ingest.layout.lines import Cell
from avskrift.ingest.layout.table_cells import cells_in_picture, cells_of
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.failures import Failures


@dataclass(frozen=True, slots=True)
class Sheet:
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


def sheet_of(grey: Grey, dpi: int, state: State, failures: Failures) -> Sheet:
    """The sheet of a picture of `dpi` dots an inch. A step that fails is left out."""
    ready = failures.attempt(
        "making the picture ready",
        lambda: prepared(grey, dpi, state),
        Prepared(grey, dpi, 0.0),
        "it was read as it came",
    )
    picture, dpi = ready.picture, ready.dpi
    level, dark = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    ink = np.asarray(dark, dtype=np.uint8)
    ruling = failures.attempt(
        "looking for rules",
        lambda: faint_ruling_of(picture, dpi) if state.bad else ruling_of(ink, dpi),
        Ruling(np.zeros_like(ink), np.zeros_like(ink)),
        "tables were read as running text",
    )
    cells: list[Cell] = failures.attempt(
        "looking for the cells of tables",
        lambda: cells_of(cells_in_picture(ruling, dpi), tolerance=12 * dpi / 200),
        [],
        "tables were read as running text",
    )
    paper = paper_of(picture)
    drawn = failures.attempt(
        "looking for drawings",
        lambda: drawn_on(picture, dpi, ink, ruling, [c.bbox for c in cells], paper, speckled=state.speckled),
        Drawn((), picture.copy()),
        "words may have been read into them",
    )
    if state.bad and not state.two_toned and cells:
        # An engine sees clean rules for what they are, and letters in faint ones.
        drawn.picture[cv2.dilate(ruling.both, np.ones((3, 3), np.uint8)) > 0] = paper
    _, left = cv2.threshold(drawn.picture, level, 255, cv2.THRESH_BINARY_INV)
    smoother = ready.smoother
    if smoother is not None:
        smoother = np.where(drawn.picture == picture, smoother, drawn.picture)
    rules: list[BoundingBox] = failures.attempt(
        "looking for single rules",
        lambda: single_rules(ruling, dpi),
        [],
        "what was written on them by hand stands among the words",
    )
    return Sheet(
        drawn.picture,
        smoother,
        np.asarray(left, dtype=np.uint8),
        ready.skew,
        dpi,
        drawn.graphics,
        tuple(rules),
        tuple(cells),
        ruling,
    )
