"""A timeline of versions as a table, and for a terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from avskrift.models.comparison import ObjectChangeType, Timeline, TimelineCell, VersionChain, VersionHead
from avskrift.output.sanitise import sanitised
from avskrift.output.table import Cell, PlainTable
from avskrift.output.terminal_table import terminal_table


def timeline_table(timeline: Timeline) -> PlainTable:
    """One column for each version, one row for each object."""
    return PlainTable(
        title="Versions over the years",
        caption=" ".join(_in_words(chain) for chain in timeline.lines),
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


def _in_words(chain: VersionChain) -> str:
    """A chain of versions in words: who, and where its versions leave gaps or overlap."""
    parties = " and ".join(chain.parties) or "(no parties found)"
    sentences = [f"{parties}: {', then '.join(chain.names)}."]
    for gap in chain.gaps:
        if gap.days < 0:
            sentences.append(f"{gap.after} and {gap.before} overlap by {-gap.days} days.")
        else:
            sentences.append(
                f"Between {gap.after} (to {gap.from_day}) and {gap.before} (from {gap.to_day}): {gap.days} days."
            )
    return " ".join([*sentences, *(f"{remark}." for remark in chain.remarks)])


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
    parts: list[RenderableType] = [Text(sanitised(_in_words(chain))) for chain in timeline.lines]
    plain = timeline_table(timeline)
    parts.append(terminal_table(plain.title, plain.columns, [[cell.text for cell in row] for row in plain.rows]))
    for step in timeline.steps:
        counts = step.counts.objects
        objects = ", ".join(f"{counts[f.value]} {f.value}" for f in ObjectChangeType if f.value in counts)
        clauses = ", ".join(f"{n} {kind}" for kind, n in step.counts.clauses.items())
        parts.append(Text(sanitised(f"{step.old.file} → {step.new.file}: objects {objects}; clauses {clauses}")))
    return Group(*parts)
