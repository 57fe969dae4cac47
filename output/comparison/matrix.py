"""A matrix of many districts as a table, in CSV, Markdown and HTML, as a picture, and for a terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from avskrift.models.comparison import Matrix, MatrixCell, MatrixRow, ObjectName
from avskrift.output.table import Cell, PlainTable, render_svg
from avskrift.output.terminal_table import terminal_table

_MOST_COLUMNS = 14
"""Columns that a terminal shows; the commonest."""
_MOST_HOLDERS = 12
"""Documents of a column that a terminal names."""
_MOST_DRAWN = 60
_DARKER = (2, 4, 10)
"""Meetings a year from which a cell is drawn a step darker."""


def matrix_table(matrix: Matrix, most: int | None = None) -> PlainTable:
    """One row for each document: its district, since when it holds, and what it has; a group by its meetings a year."""
    columns = matrix.columns[:most]
    return PlainTable(
        title="Groups and focus areas",
        caption=f"{len(matrix.rows)} documents, {len(matrix.columns)} groups and areas. A number is the meetings a "
        "year that the words promise at least; “yes”: there is one, and no number is promised.",
        columns=("District", "From", "Document", *(_column(matrix, k) for k in range(len(columns)))),
        rows=tuple(_row(row, len(columns)) for row in matrix.rows),
        fixed=3,
    )


def _column(matrix: Matrix, at: int) -> str:
    column = matrix.columns[at]
    return f"{'Group' if column.object is ObjectName.GROUP else 'Area'}: {column.name}"


def _row(row: MatrixRow, columns: int) -> tuple[Cell, ...]:
    cells = (Cell(row.district), Cell(row.valid_from or ""), Cell(row.document))
    return (*cells, *(_cell(row.cells.get(k)) for k in range(columns)))


def _cell(cell: MatrixCell | None) -> Cell:
    if cell is None:
        return Cell("")
    often = cell.meetings_per_year
    page = f", page {cell.evidence.page}" if cell.evidence is not None else ""
    shade = 0 if often is None else 1 + sum(often > limit for limit in _DARKER)
    return Cell("yes" if often is None else f"{often:g}", f"{cell.name}{page}", shade)


def matrix_picture(matrix: Matrix) -> str:
    """An SVG of the commonest columns: the darker a cell, the oftener the group meets."""
    return render_svg(matrix_table(matrix, _MOST_DRAWN))


def matrix_summary(matrix: Matrix) -> RenderableType:
    """The commonest groups and areas, and who has them."""
    rows = []
    for k, column in enumerate(matrix.columns[: _MOST_COLUMNS * 2]):
        rows.append((_column(matrix, k), str(column.documents), _holders(matrix, k)))
    table = terminal_table("Groups and focus areas", ("Group or area", "Documents", "Has it (meetings a year)"), rows)
    left = len(matrix.columns) - len(matrix.columns[: _MOST_COLUMNS * 2])
    rest = [Text(f"{left} more groups and areas; -o FILE.csv writes them all.", style="dim")] if left else []
    return Group(table, *rest)


def _holders(matrix: Matrix, at: int) -> str:
    """Who has the column `at`."""
    has = [(row, row.cells[at]) for row in matrix.rows if at in row.cells]
    more = f" and {len(has) - _MOST_HOLDERS} more" if len(has) > _MOST_HOLDERS else ""
    return ", ".join(_holder(row, cell) for row, cell in has[:_MOST_HOLDERS]) + more


def _holder(row: MatrixRow, cell: MatrixCell) -> str:
    often = cell.meetings_per_year
    return row.district if often is None else f"{row.district} ({often:g})"
