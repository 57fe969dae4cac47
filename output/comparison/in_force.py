"""What was in force on a day, as a table, as JSON, and for a terminal."""

from collections.abc import Sequence
from datetime import date

from rich.console import RenderableType

from avskrift.models.comparison import InForce, InForceReport, InForceStatus
from avskrift.output.comparison.json_file import comparison_json
from avskrift.output.table import Cell, PlainTable
from avskrift.output.terminal_table import terminal_table

_SHADE = {InForce.YES: 3, InForce.PERHAPS: 1, InForce.NO: 0}


def in_force_table(day: date, statuses: Sequence[InForceStatus]) -> PlainTable:
    """One row for each agreement: in force, perhaps, then not."""
    return PlainTable(
        title=f"In force on {day}",
        caption=_counted(statuses),
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
            for one in _ordered(statuses)
        ),
    )


def _ordered(statuses: Sequence[InForceStatus]) -> list[InForceStatus]:
    order = list(InForce)
    return sorted(statuses, key=lambda one: (order.index(one.in_force), one.line))


def _counted(statuses: Sequence[InForceStatus]) -> str:
    counts = {state: sum(one.in_force is state for one in statuses) for state in InForce}
    return (
        f"Of {len(statuses)} agreements {counts[InForce.YES]} in force, {counts[InForce.PERHAPS]} perhaps, "
        f"{counts[InForce.NO]} not."
    )


def in_force_json(day: date, statuses: Sequence[InForceStatus]) -> str:
    """JSON text, agreements in the order of the table."""
    return comparison_json(InForceReport(day=str(day), agreements=_ordered(statuses)))


def in_force_summary(day: date, statuses: Sequence[InForceStatus]) -> RenderableType:
    """The table for a terminal; agreements that were not in force come last."""
    plain = in_force_table(day, statuses)
    rows = [[cell.text for cell in row] for row in plain.rows]
    return terminal_table(f"{plain.title}: {plain.caption}", plain.columns, rows)
