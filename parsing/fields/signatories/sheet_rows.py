"""The lines of a sheet for signing as rows of cells: what stands side by side there belongs together, whether a page
was read line by line or column by column."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from avskrift.parsing.structure.table_columns import starts_of_columns
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, columns_of

_SAME_ROW = 0.5
"""Share of the lower of two lines by which they stand beside each other at least."""
_STEP = 1000.0
"""How far apart, in points, columns are taken to stand of which only the order is known."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a row, and where it begins in points from the left."""

    words: TextSpan
    start: float

    @property
    def text(self) -> str:
        """Its words."""
        return self.words.text


def rows_of(lines: Iterable[LocatedLine]) -> Iterator[list[Cell]]:
    """The rows of a sheet, downwards and from left to right. A line without a place is a row by itself."""
    for _, page in groupby(lines, lambda line: line.page):
        own = list(page)
        if all(line.line.bbox is not None for line in own):
            yield from _placed_rows(own)
        else:
            yield from (_cells_of(line) for line in own)


def _placed_rows(lines: Sequence[LocatedLine]) -> Iterator[list[Cell]]:
    row: list[LocatedLine] = []
    for line in sorted(lines, key=_middle):
        if row and not _is_beside(row[0], line):
            yield _row(row)
            row = []
        row.append(line)
    if row:
        yield _row(row)


def _row(lines: Sequence[LocatedLine]) -> list[Cell]:
    return sorted((cell for line in lines for cell in _cells_of(line)), key=lambda cell: cell.start)


def _middle(located: LocatedLine) -> float:
    box = located.line.bbox
    assert box is not None
    return (box.top + box.bottom) / 2


def _is_beside(one: LocatedLine, other: LocatedLine) -> bool:
    first, second = one.line.bbox, other.line.bbox
    assert first is not None and second is not None
    apart = first.shared_width(second) <= 0
    return apart and first.shared_height(second) >= _SAME_ROW * min(first.height, second.height)


def _cells_of(located: LocatedLine) -> list[Cell]:
    line = located.line
    columns = columns_of(TextSpan.join([located]))
    starts = starts_of_columns(line) if line.bbox is not None and line.words else []
    known = len(starts) == len(columns) and all(a < b for a, b in pairwise(starts))
    first = line.bbox.x0 if line.bbox is not None else 0.0
    places = starts if known else [first + _STEP * place for place in range(len(columns))]
    return [Cell(words, start) for words, start in zip(columns, places, strict=True) if words]
