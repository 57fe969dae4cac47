"""Tables whose first row says what the columns hold, ruled or set in columns, as rows of cells.

Tables of a label and its content, as action plans are, are read in `action_plans`.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice, takewhile

from rapidfuzz import fuzz, process

from avskrift.language.fold import fold
from avskrift.models.document import Line
from avskrift.parsing.structure.entities import is_member
from avskrift.parsing.structure.table_columns import cells_at, placed_at, starts_of_columns
from avskrift.parsing.structure.text_span import LocatedLine, TextSpan, between, columns_of
from avskrift.parsing.structure.title_roles import line_rule
from avskrift.parsing.vocabulary import Vocabulary

_RULE = re.compile(r"[-–—=]{6,}")
"""A line drawn with signs, as typed tables have them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Found by trial on the invented agreements, as text and as office scans of 200 dots an inch."""

    near: float = 13.0
    """How far left of its head, in points, a cell may begin."""
    longest_gap: float = 2.5
    """White space, in line heights, that ends a table."""
    apart: float = 0.3
    """White space, in line heights, that parts rows."""
    farther: float = 2.0
    """How many times that of its rows the white space is above a line in the first column that ends a table."""
    longest_cell: int = 4
    """Lines at the top of a page within which a row begins below what goes on from the page before."""
    head_likeness: int = 88
    """How like a word of the vocabulary (0 to 100) the head of a column is."""
    longest_head: int = 39
    """Signs of the head of a column."""
    rows_looked_at: int = 11
    """Lines below the head that tell whether white space parts the rows."""
    width_of_sign: float = 6.0
    """Points that a sign of plain text is taken to be wide."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Table:
    """A table's head, and its rows with a passage for each column (None where a cell is empty).

    `numbers` are the places of its lines in the document.
    """

    head: tuple[TextSpan, ...]
    rows: tuple[tuple[TextSpan | None, ...], ...]
    numbers: frozenset[int]

    def column(self, named: re.Pattern[str]) -> int | None:
        """The place of the first column whose head fits a pattern."""
        return next((i for i, cell in enumerate(self.head) if named.match(cell.text)), None)


def tables_of(lines: Sequence[LocatedLine], vocabulary: Vocabulary) -> list[Table]:
    """The tables among the lines of the running text."""
    found: list[Table] = []
    at = 0
    while at < len(lines):
        read = _ruled if lines[at].line.cell is not None else _in_columns
        table = read(lines, at, vocabulary)
        if table is None:
            at += 1
        else:
            found.append(table)
            at = max(i for i, p in enumerate(lines) if p.number in table.numbers) + 1
    return found


def _head_words(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(fold(word) for word in vocabulary.table("tables")["head"]["words"])


def _is_head(cells: Sequence[TextSpan], vocabulary: Vocabulary) -> bool:
    """Whether every cell is a word that heads columns."""
    words = vocabulary.derived(_head_words)

    def heads(text: str) -> bool:
        return process.extractOne(fold(text), words, scorer=fuzz.ratio, score_cutoff=SETTINGS.head_likeness) is not None

    return len(cells) >= 2 and all(
        cell and len(cell.text) <= SETTINGS.longest_head and heads(cell.text) for cell in cells
    )


def _in_columns(lines: Sequence[LocatedLine], at: int, vocabulary: Vocabulary) -> Table | None:
    head = columns_of(TextSpan.join([lines[at]]))
    if not _is_head(head, vocabulary):
        return None
    edges = starts_of_columns(lines[at].line)
    if len(edges) != len(head):
        return None
    spaced = _rows_stand_apart(lines, at + 1, edges)
    rows = _Rows(lines[at].page, edges, spaced, [lines[at].number], vocabulary)
    for located in islice(lines, at + 1, None):
        if not rows.take(located):
            break
    found = _Part(rows.rows, rows.numbers)
    _go_on(found, lines, at + len(rows.numbers), _Columns(head, edges, spaced, False, vocabulary))
    return _table(head, found.rows, found.numbers, vocabulary)


@dataclass(slots=True)
class _Rows:
    """The rows of a table set in columns so far, below a head on `page` whose columns begin at `edges` (points).

    `spaced` tells whether white space parts the rows, `numbers` are the places of the lines, the head's among them;
    `widest` is the most white space above a row so far, in line heights, `filled` whether the last line fills the first
    column.
    """

    page: int
    edges: Sequence[float]
    spaced: bool
    numbers: list[int]
    vocabulary: Vocabulary
    rows: list[list[list[TextSpan]]] = field(default_factory=list)
    widest: float = 0.0
    filled: bool = True

    def take(self, located: LocatedLine) -> bool:
        """Takes in the next line, if it is one of the table's."""
        if not _RULE.fullmatch(located.text.strip()):
            line = located.line
            if line.space_before > SETTINGS.longest_gap or line.cell is not None or located.page != self.page:
                return False
            cells, columns = self._placed(located)
            if columns == [0] and self._is_heading(located):
                return False
            if not columns or not self._add(cells, columns, apart=line.space_before > SETTINGS.apart):
                return False
            if len(columns) > 1:
                self.widest = max(self.widest, line.space_before)
        self.numbers.append(located.number)
        return True

    def _placed(self, located: LocatedLine) -> tuple[list[TextSpan], list[int]]:
        """The cells of a line and their columns; no columns where it is no line of the table."""
        cells, starts = cells_at(located, self.edges)
        if len(starts) != len(cells) or re.match(r"[\s_.]*$", located.text):
            return cells, []
        columns = [max(0, bisect_right(self.edges, start + SETTINGS.near) - 1) for start in starts]
        twice = len(set(columns)) != len(columns)
        return cells, [] if twice or (columns == [0] and _runs_on(located.line, self.edges)) else columns

    def _add(self, cells: Sequence[TextSpan], columns: Sequence[int], *, apart: bool) -> bool:
        """Adds a line's cells to the last row, or to a new one; False where white space ends the table."""
        if apart and self.rows and not self.spaced:
            return False
        if columns[0] == 0 and (apart or self._row_may_begin(columns)):
            self.rows.append([[] for _ in self.edges])
        elif not self.rows:
            return False
        self.filled = columns[0] == 0
        for column, cell in zip(columns, cells, strict=True):
            self.rows[-1][column].append(cell)
        return True

    def _row_may_begin(self, columns: Sequence[int]) -> bool:
        """Whether a line that follows closely and fills the first column begins a row: the first, where rows do, or
        where that column holds words again (a cell's lines follow one another)."""
        return not self.rows or (len(columns) > 1 and (not self.spaced or not self.filled))

    def _is_heading(self, located: LocatedLine) -> bool:
        """Whether a line that fills the first column alone heads what follows: numbered as no row is, or farther below
        than rows stand apart."""
        line = located.line
        if not self.rows:
            return False
        numbered = line_rule("numbered", self.vocabulary).match
        rows_too = any(cell and numbered(cell[0].text) for cell, *_ in self.rows)
        far = line.space_before > SETTINGS.apart + SETTINGS.farther * max(self.widest, SETTINGS.apart)
        return far or line.heading_level is not None or (numbered(located.text.strip()) is not None and not rows_too)


def _rows_stand_apart(lines: Sequence[LocatedLine], at: int, edges: Sequence[float]) -> bool:
    """Whether white space parts the rows from line `at` on: the second row that fills several columns has some above
    it."""
    full = list(_full_rows(lines[at : at + SETTINGS.rows_looked_at], edges))
    return len(full) > 1 and any(line.space_before > SETTINGS.apart for line in full[1:3])


def _full_rows(lines: Sequence[LocatedLine], edges: Sequence[float]) -> Iterator[Line]:
    """The lines of a table that fill several columns from the first on, up to where the table must end."""
    for located in lines:
        _, starts = cells_at(located, edges)
        if _RULE.fullmatch(located.text.strip()):
            continue
        alone = len(starts) == 1 and starts[0] < edges[1] - SETTINGS.near
        if located.line.cell is not None or (alone and _runs_on(located.line, edges)):
            return
        if len(starts) > 1 and abs(starts[0] - edges[0]) < SETTINGS.near:
            yield located.line


def _runs_on(line: Line, edges: Sequence[float]) -> bool:
    """Whether a line without columns reaches into the second column: running text after the table."""
    end = line.bbox.x1 if line.bbox is not None else line.indent + SETTINGS.width_of_sign * len(line.text.strip())
    return end > edges[1] - SETTINGS.near


def _ruled(lines: Sequence[LocatedLine], at: int, vocabulary: Vocabulary) -> Table | None:
    """The ruled table that begins at a line of its first cell, if its first row is a head."""
    first = lines[at].line.cell
    if first is None or (first.row, first.column) != (0, 0):
        return None
    used = list(takewhile(partial(_is_of_table, lines[at]), islice(lines, at, None)))
    cells = _cells_of(used)
    height, width = max(row for row, _ in cells) + 1, max(column for _, column in cells) + 1
    head = [between(cells.get((0, column), [])) for column in range(width)]
    if not _is_head(head, vocabulary):
        return None
    rows = [[cells.get((row, column), []) for column in range(width)] for row in range(1, height)]
    found = _Part(rows, [located.number for located in used])
    starts = _starts_of(used)
    edges = [starts.get(column, math.inf) for column in range(width)]
    _go_on(found, lines, at + len(used), _Columns(head, edges, False, True, vocabulary))
    return _table(head, found.rows, found.numbers, vocabulary)


@dataclass(slots=True)
class _Part:
    """The rows of a table so far, or of what stands of it on one page, and the places of its lines."""

    rows: list[list[list[TextSpan]]]
    numbers: list[int]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table: their heads, where they begin in points (infinitely far where that is not known), and
    whether white space parts the rows, or rules do."""

    head: Sequence[TextSpan]
    edges: Sequence[float]
    spaced: bool
    ruled: bool
    vocabulary: Vocabulary


def _go_on(table: _Part, lines: Sequence[LocatedLine], at: int, columns: _Columns) -> None:
    """Adds to a table what stands of it on the pages behind: from the first line of each on, in the same columns.

    A head that is repeated there is left out; where the first column is empty, the last row goes on.
    """
    while at < len(lines) and lines[at].page > lines[at - 1].page and lines[at].number == lines[at - 1].number + 1:
        read = _ruled_part if lines[at].line.cell is not None else _part_in_columns
        part = read(lines, at, columns)
        if part is None:
            return
        first = [between(cell) for cell in part.rows[0]]
        repeated = _repeats(columns.head, first)
        if not repeated and _is_head(first, columns.vocabulary):
            return
        table.numbers += part.numbers
        at += len(part.numbers)
        rows = part.rows[1:] if repeated else part.rows
        if rows and not rows[0][0] and table.rows:
            table.rows[-1] = [[*above, *below] for above, below in zip(table.rows[-1], rows[0], strict=True)]
            rows = rows[1:]
        table.rows += rows


def _ruled_part(lines: Sequence[LocatedLine], at: int, columns: _Columns) -> _Part | None:
    """What a ruled table at the top of a page holds, if it has the same columns: one of three may be centred."""
    used = list(takewhile(partial(_is_of_table, lines[at]), islice(lines, at, None)))
    cells, width = _cells_of(used), len(columns.edges)
    starts = _starts_of(used)
    if max(starts) >= width:
        return None
    apart = [column for column, start in starts.items() if abs(start - columns.edges[column]) > SETTINGS.near]
    if 0 in apart or len(apart) > width // 3:
        return None
    height = max(row for row, _ in cells) + 1
    rows = [[cells.get((row, column), []) for column in range(width)] for row in range(height)]
    return _Part(rows, [located.number for located in used])


def _part_in_columns(lines: Sequence[LocatedLine], at: int, columns: _Columns) -> _Part | None:
    """The lines at the top of a page that stand in the same columns: the first of them fills several, or goes on with
    a cell of the row that the page parts, above a line that does."""
    placed = placed_at(lines[at], columns.edges)
    below = takewhile(lambda line: line.page == lines[at].page, islice(lines, at + 1, at + 1 + SETTINGS.longest_cell))
    goes_on = len(placed) == 1 and 0 not in placed and not columns.ruled
    if len(placed) < 2 and not (goes_on and any(_is_row(placed_at(line, columns.edges)) for line in below)):
        return None
    first: list[list[TextSpan]] = [[] for _ in columns.edges]
    spaced = columns.spaced or _rows_stand_apart(lines, at, columns.edges)
    rows = _Rows(lines[at].page, columns.edges, spaced, [lines[at].number], columns.vocabulary, [first])
    rows.filled = 0 in placed
    for column, cell in placed.items():
        first[column].append(cell)
    for located in islice(lines, at + 1, None):
        if not (_take_into_row(rows, located) if columns.ruled else rows.take(located)):
            break
    return _Part(rows.rows, rows.numbers)


def _is_row(placed: Mapping[int, TextSpan]) -> bool:
    return 0 in placed and len(placed) > 1


def _take_into_row(rows: _Rows, located: LocatedLine) -> bool:
    """Takes a line into the one row of a ruled table that stands at the top of a page: one row alone is not known for a
    table there."""
    placed = placed_at(located, rows.edges)
    if located.page != rows.page or located.line.space_before > SETTINGS.apart or not placed:
        return False
    for column, cell in placed.items():
        rows.rows[-1][column].append(cell)
    rows.numbers.append(located.number)
    return True


def _starts_of(lines: Sequence[LocatedLine]) -> dict[int, float]:
    """Where the words of each column of a ruled table begin, in points."""
    found: dict[int, float] = {}
    for located in lines:
        line = located.line
        if line.cell is not None:
            start = line.indent if line.bbox is None else line.bbox.x0
            found[line.cell.column] = min(found.get(line.cell.column, math.inf), start)
    return found


def _repeats(head: Sequence[TextSpan], row: Sequence[TextSpan]) -> bool:
    """Whether a row says what the head does."""
    alike = (fuzz.ratio(fold(one.text), fold(cell.text)) for one, cell in zip(head, row, strict=True))
    return min(alike) >= SETTINGS.head_likeness


def _cells_of(lines: Sequence[LocatedLine]) -> dict[tuple[int, int], list[TextSpan]]:
    """The lines of each cell of a ruled table, by row and column."""
    cells: dict[tuple[int, int], list[TextSpan]] = {}
    for located in lines:
        if located.line.cell is not None:
            place = (located.line.cell.row, located.line.cell.column)
            cells.setdefault(place, []).append(TextSpan.join([located]))
    return cells


def _is_of_table(first: LocatedLine, located: LocatedLine) -> bool:
    """Whether a line stands in the ruled table of another one's cell."""
    one, other = first.line.cell, located.line.cell
    return one is not None and other is not None and one.table == other.table and located.page == first.page


def _table(
    head: Sequence[TextSpan], rows: Sequence[Sequence[Sequence[TextSpan]]], used: Sequence[int], vocabulary: Vocabulary
) -> Table | None:
    if not rows:
        return None
    joined = tuple(tuple(joined_cell(cell, vocabulary) if cell else None for cell in row) for row in rows)
    return Table(tuple(head), joined, frozenset(used))


def joined_cell(parts: Sequence[TextSpan], vocabulary: Vocabulary) -> TextSpan:
    """The lines of one cell as one passage, words that were parted at a line's end joined."""
    open_end = vocabulary.pattern("tables", "open end")
    joined = parts[0]
    for part in parts[1:]:
        if re.search(r"[^\W\d_]-$", joined.text) is not None and part.text[:1].islower():
            joined = between([joined.cut(0, len(joined.text) - 1), part], "")
            continue
        capitals = part.text[:1].isupper() and joined.text[:1].isupper()
        listed = capitals and open_end.search(joined.text) is None and not _is_prose(joined, vocabulary)
        joined = between([joined, part], ", " if listed else " ")
    return joined


def _is_prose(cell: TextSpan, vocabulary: Vocabulary) -> bool:
    """Whether what stands in a cell so far is running text, that a capital in the next line may go on with."""
    words = cell.text.split(",")[-1].split()
    return len(words) >= 4 and not any(c.isdigit() for c in cell.text) and not is_member(cell.text, vocabulary)
