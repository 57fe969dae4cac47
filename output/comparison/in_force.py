"""What was in force on a day, as a table, as JSON, and for a terminal."""

from collections.abc import Sequence
from datetime import date

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from avskrift.models.comparison import InForce, InForceReport, InForceStatus
from avskrift.output.comparison.json_file import comparison_json
from avskrift.output.sanitise import sanitised
from avskrift.output.table import Cell, PlainTable

_SHADE = {InForce.YES: 3, InForce.PERHAPS: 1, InForce.NO: 0}


def in_force_table(day: date, standing: Sequence[InForceStatus]) -> PlainTable:
    """One row for each agreement: in force, perhaps, then not."""
    return PlainTable(
        title=f"In force on {day}",
        told=_told(standing),
        columns=("Document", "In force", "Why", "Its words", "Page", "Notice"),
        rows=tuple(
            (
                Cell(one.name),
                Cell(one.in_force.value, shade=_SHADE[one.in_force]),
                Cell(one.because),
                Cell(one.clause or ""),
                Cell(str(one.evidence.page) if one.evidence is not None else ""),
                Cell(one.notice or ""),
            )
            for one in _ordered(standing)
        ),
    )


def _ordered(standing: Sequence[InForceStatus]) -> list[InForceStatus]:
    order = list(InForce)
    return sorted(standing, key=lambda one: (order.index(one.in_force), one.line))


def _told(standing: Sequence[InForceStatus]) -> str:
    counts = {state: sum(one.in_force is state for one in standing) for state in InForce}
    return (
        f"Of {len(standing)} agreements {counts[InForce.YES]} in force, {counts[InForce.PERHAPS]} perhaps, "
        f"{counts[InForce.NO]} not."
    )


def in_force_json(day: date, standing: Sequence[InForceStatus]) -> str:
    """JSON text, agreements in the order of the table."""
    return comparison_json(InForceReport(day=str(day), agreements=_ordered(standing)))


def in_force_summary(day: date, standing: Sequence[InForceStatus]) -> RenderableType:
    """The table for a terminal; agreements that were not in force are told last."""
    plain = in_force_table(day, standing)
    title = f"{plain.title}: {plain.told}"
    table = Table(title=title, title_justify="left", title_style="bold cyan", expand=True)
    for name in plain.columns:
        table.add_column(sanitised(name), overflow="fold")
    for row in plain.rows:
        table.add_row(*(Text(sanitised(cell.text)) for cell in row))
    return table
