"""The cells of ruled tables: from the lines that a PDF draws, or from those in a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from avskrift.ingest.grouping import grouped
from avskrift.ingest.image.connected_components import components_of
from avskrift.ingest.image.picture import grown, halved, up_to
from avskrift.ingest.image.ruling import Ruling
from avskrift.ingest.layout.lines import Cell
from avskrift.models.document import CellReference
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What rules must enclose to be a cell, and cells to be a table. Pixels are at 200 dots an inch."""

    reach: int = 5  # pixels that rules may end before they meet
    narrowest: float = 30.0  # pixels
    lowest: float = 16.0  # pixels
    filled: float = 0.9  # share of its box that a cell fills
    widest: float = 0.97  # share of the page's width: a frame around the page is no cell
    highest: float = 0.9  # share of the page's height
    fewest_columns: int = 2
    fewest_rows: int = 2
    frame: float = 1.3  # times the area of a box that another one around it, which is no cell, has at least
    overlap: float = 1.0  # units that boxes touching each other share along their common side at least


SETTINGS = Settings()


def cells_in_picture(ruling: Ruling, dpi: int) -> list[BoundingBox]:
    """The boxes, in pixels, that horizontal and vertical rules enclose."""
    unit = dpi / 200
    if not ruling.across.any() or not ruling.down.any():
        return []
    reach = int(SETTINGS.reach * unit) | 1
    rows = np.flatnonzero(ruling.down.any(axis=1))  # no cell stands above or below all rules that run down
    near = slice(max(0, int(rows[0]) - 2 * reach), int(rows[-1]) + 2 * reach)
    rules = grown(ruling.both[near], reach)
    small = halved(rules) if unit >= 1 else rules  # cells are large
    times = rules.shape[0] // small.shape[0]
    white = components_of(up_to(small, 127), connectivity=4)
    unit /= times
    height, width = ruling.down.shape[0] / times, ruling.down.shape[1] / times
    is_cell = (
        (white.widths > SETTINGS.narrowest * unit)
        & (white.widths < SETTINGS.widest * width)
        & (white.heights > SETTINGS.lowest * unit)
        & (white.heights < SETTINGS.highest * height)
        & (white.areas > SETTINGS.filled * white.widths * white.heights)
    )
    return [cell.box.scaled(times).moved(0, near.start) for cell in white.chosen(is_cell)]


def cells_of(boxes: Sequence[BoundingBox], tolerance: float = 6.0) -> list[Cell]:
    """The boxes as cells of tables: touching boxes form one table, with rows and columns by their edges.

    Edges within `tolerance` are one. Single frames and tables of one column are none: their text is running text in a
    box.
    """
    tables = grouped(sorted(boxes, key=lambda b: (b.top, b.x0)), lambda a, b: _touch(a, b, tolerance))
    cells: list[Cell] = []
    for table in sorted(tables, key=lambda t: min(b.top for b in t)):
        cells += _cells_of_table(table, cells[-1].reference.table + 1 if cells else 0, tolerance)
    return cells


def _cells_of_table(boxes: Sequence[BoundingBox], number: int, tolerance: float) -> list[Cell]:
    """The cells of boxes that touch; none where they are no table."""
    inner = [b for b in boxes if not any(b != other and _frames(b, other, tolerance) for other in boxes)]
    rows, columns = _edges((b.top for b in inner), tolerance), _edges((b.x0 for b in inner), tolerance)
    if len(rows) < SETTINGS.fewest_rows or len(columns) < SETTINGS.fewest_columns:
        return []
    return [Cell(b, CellReference(number, _nearest(b.top, rows), _nearest(b.x0, columns))) for b in inner]


def _touch(one: BoundingBox, other: BoundingBox, tolerance: float) -> bool:
    apart = -one.shared_width(other), -one.shared_height(other)
    return max(apart) <= tolerance and min(apart) < -SETTINGS.overlap


def _frames(outer: BoundingBox, inner: BoundingBox, tolerance: float) -> bool:
    """Whether a box lies around another one, and is not about the same."""
    grown = outer.grown(tolerance, tolerance, tolerance, tolerance)
    held = grown.x0 <= inner.x0 and grown.top <= inner.top and grown.x1 >= inner.x1 and grown.bottom >= inner.bottom
    return held and outer.width * outer.height > SETTINGS.frame * inner.width * inner.height


def _edges(values: Iterable[float], tolerance: float) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > tolerance:
            edges.append(value)
    return edges


def _nearest(value: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))
