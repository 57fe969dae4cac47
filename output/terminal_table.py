"""Tables for a terminal, all in one style."""

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from avskrift.output.sanitise import sanitised


def terminal_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Table:
    """A table of text without signs that steer a terminal; None is an empty cell.

    Without names in `columns` there is no head, and as many columns as the longest of the `rows` has cells.
    """
    held = list(rows)
    table = Table(title=title, title_justify="left", title_style="bold cyan", show_header=bool(columns), expand=True)
    for name in columns or [""] * max(map(len, held), default=1):
        table.add_column(sanitised(name), overflow="fold")
    for row in held:
        table.add_row(*(Text(sanitised(cell or "")) for cell in row))
    return table
