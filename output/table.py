"""Tables of text in the forms that people use: CSV, Markdown, a page of HTML, a picture."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.output.csv_cells import csv_cell
from avskrift.output.html import template
from avskrift.output.record.markdown import escaped
from avskrift.output.sanitise import sanitised


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text; `note` says more of it (where it was read), `shade` (0 to 4) how dark it is in a picture."""

    text: str
    note: str = ""
    shade: int = 0


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A title, the names of the columns, and rows of as many cells; the first `fixed` columns name a row."""

    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    fixed: int = 1


def _shown(table: PlainTable) -> PlainTable:
    """The table without signs that steer what shows it."""
    rows = tuple(tuple(Cell(sanitised(c.text), sanitised(c.note), c.shade) for c in row) for row in table.rows)
    columns = tuple(map(sanitised, table.columns))
    return PlainTable(sanitised(table.title), sanitised(table.caption), columns, rows, table.fixed)


def render_csv(table: PlainTable) -> str:
    """CSV (UTF-8 with a mark, so that spreadsheets see it); no cell begins a formula."""
    table = _shown(table)
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([csv_cell(name) for name in table.columns])
    writer.writerows([csv_cell(cell.text) for cell in row] for row in table.rows)
    return "\ufeff" + held.getvalue()


def render_markdown(table: PlainTable) -> str:
    """A Markdown table; signs that Markdown or HTML would read stand as text."""
    table = _shown(table)

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(escaped(cell) or ' ' for cell in cells)} |"

    rows = [line([cell.text for cell in row]) for row in table.rows]
    head = [
        f"# {escaped(table.title)}",
        "",
        escaped(table.caption),
        "",
        line(table.columns),
        "|" + " --- |" * len(table.columns),
    ]
    return "\n".join([*head, *rows]) + "\n"


def render_html(table: PlainTable) -> str:
    """A page of HTML that needs nothing but itself."""
    return template("plain_table.html.j2").render(table=_shown(table))


def render_svg(table: PlainTable) -> str:
    """A picture of the table: rows and columns named, cells shaded."""
    table = _shown(table)
    widths = [min(40, max((len(row[k].text) for row in table.rows), default=0)) for k in range(table.fixed)]
    return template("plain_table.svg.j2").render(table=table, widths=widths)
