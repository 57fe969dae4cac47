"""Tables whose first row says what the columns hold, ruled or set in columns, as rows of cells.

Tables of a label and its content, as action plans are, are read in `action_plan`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from avskrift.models.document import WIDE_GAP, Line
from avskrift.parsing.structure.entities import is_member
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between, columns_of
from avskrift.parsing.vocabulary import fold, load, remembered
from avskrift.parsing.vocabulary.in_force import in_force

_RULE = re.compile(r"[-–—=]{6,}")
"""A line drawn with signs, as typed tables have them."""
_NEAR = 13.0
"""How far left of its head, in points, a cell may begin."""
_LONGEST_GAP = 2.5
"""White space, in line heights, that ends a table."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table's head, and its rows with a passage for each column (None where a cell is empty). `numbers` are the
    places of its lines in the document."""

    head: tuple[TextSpan, ...]
    rows: tuple[tuple[TextSpan | None, ...], ...]
    numbers: frozenset[int]

    def column(self, named: re.Pattern[str]) -> int | None:
        """The place of the first column whose head fits a pattern."""
        return next((i for i, cell in enumerate(self.head) if named.match(cell.text)), None)


def tables_of(lines: Sequence[LocatedLine]) -> list[Table]:
    """The tables among the lines of the running text."""
    found: list[Table] = []
    at = 0
    while at < len(lines):
        table = _ruled(lines, at) if lines[at].line.cell is not None else _in_columns(lines, at)
        if table is None:
            at += 1
        else:
            found.append(table)
            at = max(i for i, p in enumerate(lines) if p.number in table.numbers) + 1
    return found


@remembered
def _head_words() -> tuple[str, ...]:
    return tuple(fold(word) for word in load("tables")["head"]["words"])


def _is_head(cells: Sequence[TextSpan]) -> bool:
    """Whether every cell is a word that heads columns."""

    def heads(text: str) -> bool:
        plain = fold(text)
        return any(fuzz.ratio(plain, word) >= 88 for word in _head_words())

    return len(cells) >= 2 and all(cell and len(cell.text) < 40 and heads(cell.text) for cell in cells)


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


def _in_columns(lines: Sequence[LocatedLine], at: int) -> Table | None:
    head = columns_of(TextSpan.join([lines[at]]))
    if not _is_head(head):
        return None
    edges = starts_of_columns(lines[at].line)
    if len(edges) != len(head):
        return None
    rows: list[list[list[TextSpan]]] = []
    used = [lines[at].number]
    spaced = _rows_stand_apart(lines, at, edges)
    for place in range(at + 1, len(lines)):
        line = lines[place].line
        if _RULE.fullmatch(line.text.strip()):
            used.append(lines[place].number)
            continue
        if line.space_before > _LONGEST_GAP or line.cell is not None or lines[place].page != lines[at].page:
            break
        cells = columns_of(TextSpan.join([lines[place]]))
        starts = starts_of_columns(line)
        if len(starts) != len(cells) or re.match(r"[\s_.]*$", line.text):
            break
        columns = [max((i for i, x in enumerate(edges) if x <= start + _NEAR), default=0) for start in starts]
        if len(set(columns)) != len(columns) or (columns == [0] and _runs_on(line, edges)):
            break
        apart = line.space_before > 0.3
        if apart and rows and not spaced:
            break
        fresh = columns[0] == 0 and (apart or not rows or (len(columns) > 1 and not spaced))
        if fresh:
            rows.append([[] for _ in head])
        elif not rows:
            break
        for column, cell in zip(columns, cells, strict=True):
            rows[-1][column].append(cell)
        used.append(lines[place].number)
    return _table(head, rows, used)


def _rows_stand_apart(lines: Sequence[LocatedLine], at: int, edges: Sequence[float]) -> bool:
    """Whether white space parts the rows: the second row that fills several columns has some above it."""
    full = []
    for placed in lines[at + 1 : at + 12]:
        if _RULE.fullmatch(placed.text.strip()):
            continue
        starts = starts_of_columns(placed.line)
        alone = len(starts) == 1 and starts[0] < edges[1] - _NEAR
        if placed.line.cell is not None or (alone and _runs_on(placed.line, edges)):
            break
        if len(starts) > 1 and abs(starts[0] - edges[0]) < _NEAR:
            full.append(placed.line)
    return len(full) > 1 and any(line.space_before > 0.3 for line in full[1:3])


def _runs_on(line: Line, edges: Sequence[float]) -> bool:
    """Whether a line without columns reaches into the second column: running text after the table."""
    end = line.bbox.x1 if line.bbox is not None else line.indent + 6.0 * len(line.text.strip())
    return end > edges[1] - _NEAR


def _ruled(lines: Sequence[LocatedLine], at: int) -> Table | None:
    first = lines[at].line.cell
    assert first is not None
    if first.row != 0 or first.column != 0:
        return None
    cells: dict[tuple[int, int], list[TextSpan]] = {}
    used = []
    for placed in lines[at:]:
        cell = placed.line.cell
        if cell is None or cell.table != first.table or placed.page != lines[at].page:
            break
        cells.setdefault((cell.row, cell.column), []).append(TextSpan.join([placed]))
        used.append(placed.number)
    width = max(column for _, column in cells) + 1
    head = [between(cells.get((0, column), [])) for column in range(width)]
    if not _is_head(head):
        return None
    height = max(row for row, _ in cells) + 1
    rows = [[cells.get((row, column), []) for column in range(width)] for row in range(1, height)]
    return _table(head, rows, used)


def _table(head: Sequence[TextSpan], rows: Sequence[Sequence[Sequence[TextSpan]]], used: Sequence[int]) -> Table | None:
    if not rows:
        return None
    joined = tuple(tuple(joined_cell(cell) if cell else None for cell in row) for row in rows)
    return Table(tuple(head), joined, frozenset(used))


def joined_cell(parts: Sequence[TextSpan]) -> TextSpan:
    """The lines of one cell as one passage, words that were parted at a line's end made whole."""
    whole = parts[0]
    for part in parts[1:]:
        hyphened = re.search(r"[^\W\d_]-$", whole.text) is not None and part.text[:1].islower()
        if hyphened:
            whole = between([whole.cut(0, len(whole.text) - 1), part], "")
        else:
            open_end = re.search(r"(?:[,(–-]|\s(?:i|för|av|på|vid|och|samt|med|från|till|hos|eller|om))$", whole.text)
            listed = open_end is None and part.text[:1].isupper() and whole.text[:1].isupper() and not _prose(whole)
            whole = between([whole, part], ", " if listed else " ")
    return whole


def _prose(cell: TextSpan) -> bool:
    """Whether what stands in a cell so far is running text, that a capital in the next line may go on with."""
    words = cell.text.split(",")[-1].split()
    return len(words) >= 4 and not any(c.isdigit() for c in cell.text) and not is_member(cell.text, in_force())
