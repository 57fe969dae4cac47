"""A timeline of versions as a table, and for a terminal."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from avskrift.models.comparison import ObjectChangeType, Timeline, TimelineCell, VersionChain, VersionHead
from avskrift.output.sanitise import sanitised
from avskrift.output.table import Cell, PlainTable


def timeline_table(timeline: Timeline) -> PlainTable:
    """One column for each version, one row for each object."""
    return PlainTable(
        title="Versions over the years",
        told=" ".join(_told(line) for line in timeline.lines),
        columns=("What", "Name", *(_head(version) for version in timeline.versions)),
        rows=tuple(
            (Cell(row.object.value.replace("_", " ")), Cell(row.name), *(_cell(cell) for cell in row.cells))
            for row in timeline.rows
        ),
        fixed=2,
    )


def _head(version: VersionHead) -> str:
    period = f"{version.valid_from or '?'} – {version.valid_to or ('…' if version.until_further_notice else '?')}"
    return f"{version.file} ({period})"


def _told(line: VersionChain) -> str:
    """A line of descent in words: who, and where its versions leave gaps or overlap."""
    parties = " and ".join(line.parties) or "(no parties found)"
    told = [f"{parties}: {', then '.join(line.names)}."]
    for gap in line.gaps:
        if gap.days < 0:
            told.append(f"{gap.after} and {gap.before} overlap by {-gap.days} days.")
        else:
            told.append(
                f"Between {gap.after} (to {gap.from_day}) and {gap.before} (from {gap.to_day}): {gap.days} days."
            )
    return " ".join([*told, *(f"{remark}." for remark in line.remarks)])


def _cell(cell: TimelineCell) -> Cell:
    if cell.name is None:
        return Cell("")
    page = f"page {cell.evidence.page}" if cell.evidence is not None else ""
    if cell.value is None:
        return Cell(cell.name, page, 2)
    return Cell(cell.value if cell.name in _FIELDS else f"{cell.name}: {cell.value}", page, 2)


_FIELDS = frozenset({"valid_from", "valid_to", "until_further_notice", "extension", "revision"})


def timeline_summary(timeline: Timeline) -> RenderableType:
    """The table of versions, and what each brought in short."""
    parts: list[RenderableType] = [Text(sanitised(_told(line))) for line in timeline.lines]
    plain = timeline_table(timeline)
    table = Table(title=plain.title, title_justify="left", title_style="bold cyan", expand=True)
    for name in plain.columns:
        table.add_column(sanitised(name), overflow="fold")
    for row in plain.rows:
        table.add_row(*(Text(sanitised(cell.text)) for cell in row))
    parts.append(table)
    for step in timeline.steps:
        counts = step.counts.objects
        told = ", ".join(f"{counts[f.value]} {f.value}" for f in ObjectChangeType if f.value in counts)
        clauses = ", ".join(f"{n} {fate}" for fate, n in step.counts.clauses.items())
        parts.append(Text(sanitised(f"{step.old.file} → {step.new.file}: objects {told}; clauses {clauses}")))
    return Group(*parts)
