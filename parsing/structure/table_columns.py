"""What stands in which column of a table that is set in columns: where the parts of its lines begin."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avskrift.models.document import WIDE_GAP, Line
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, columns_of


@dataclass(frozen=True, slots=True)
class Settings:
    """Judged on invented tables; none was tuned."""

    near: float = 13.0
    """How far from where its column begins, in points, a cell may begin."""
    at_edge: float = 4.0
    """How far from there a word may begin that no wide gap parts from the one before,"""
    gap: float = 0.6
    """and how far from that at least, in type sizes: words of a sentence stand closer."""


SETTINGS = Settings()


def starts_of_columns(line: Line) -> list[float]:
    """Where the columns of a line begin, in points from the left."""
    if line.cell_starts:
        return list(line.cell_starts)
    starts, offset = [], 0
    for cell in line.text.split(WIDE_GAP):
        words = line.words_of(offset, offset + len(cell))
        box = words[0].bbox if words else None
        starts.append(line.indent if box is None else box.x0)
        offset += len(cell) + len(WIDE_GAP)
    return starts


def cells_at(located: LocatedLine, edges: Sequence[float]) -> tuple[list[TextSpan], list[float]]:
    """The cells of a line of a table whose columns begin at `edges`, and where each begins, in points.

    Wide gaps part them, and narrow ones where the word behind begins right at an edge.
    """
    passage, line = TextSpan.join([located]), located.line
    if line.bbox is None or not line.words or line.edits:
        return columns_of(passage), starts_of_columns(line)
    begins = list(_begins(line, edges))
    left = len(line.text) - len(line.text.lstrip())
    ends = [*(offset - left for offset, _ in begins[1:]), len(passage.text)]
    cells = [passage.cut(offset - left, end) for (offset, _), end in zip(begins, ends, strict=True)]
    return cells, [start for _, start in begins]


def _begins(line: Line, edges: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Where each cell begins: its offset in the text, and points from the left."""
    size = line.font_size or 0.0
    before = None
    for word in line.words:
        if word.bbox is None:
            continue
        if before is None or before.bbox is None:
            yield word.start, word.bbox.x0
        else:
            wide = word.start - before.end >= len(WIDE_GAP)
            at_edge = min((abs(word.bbox.x0 - edge) for edge in edges), default=SETTINGS.near) <= SETTINGS.at_edge
            if wide or (at_edge and word.bbox.x0 - before.bbox.x1 >= SETTINGS.gap * size > 0):
                yield word.start, word.bbox.x0
        before = word


def placed_at(located: LocatedLine, edges: Sequence[float]) -> dict[int, TextSpan]:
    """What a line holds of each column of a table whose columns begin at `edges`, if each part begins where a column
    does; else nothing."""
    found: dict[int, TextSpan] = {}
    cells, starts = cells_at(located, edges)
    for cell, start in zip(cells, starts, strict=False):
        column = max(0, bisect_right(edges, start + SETTINGS.at_edge) - 1)
        if abs(start - edges[column]) > SETTINGS.near or column <= max(found, default=-1):
            return {}
        found[column] = cell
    return found
