"""What was found, for people at a terminal."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from avskrift.models.agreement import Agreement, Evidence, Traced
from avskrift.output.sanitise import sanitised

_DOUBTFUL = 0.6
_MOST_DOUBTFUL = 8


def summary_of(agreement: Agreement) -> RenderableType:
    """The record's main values as tables, then what to check."""
    head = agreement.document
    title = Text(sanitised(head.title or "(no printed title)"), style="bold")
    source = agreement.source
    read = ", ".join(
        f"{source.page_sources.count(kind)} {_SOURCES[kind]}" for kind in dict.fromkeys(source.page_sources)
    )
    lines = [title, Text(sanitised(f"{head.kind.value} · {source.file} · {source.pages} pages ({read})"), style="dim")]
    again = [str(n) for n, grade in enumerate(source.page_qualities, 1) if grade in ("poor", "unreadable")]
    if again:
        lines.append(Text(f"Worth scanning again: page {', '.join(again)}", style="yellow"))
    parts: list[RenderableType] = [Panel(Group(*lines), expand=True)]
    parts.extend(_tables(agreement))
    return Group(*parts)


_SOURCES = {"ocr": "by OCR", "text_layer": "from the text layer", "plain_text": "of plain text"}


def _tables(agreement: Agreement) -> Iterator[RenderableType]:
    if agreement.document.diary_numbers:
        yield _table("Diary numbers", [(d.number, d.holder or "") for d in agreement.document.diary_numbers])
    if agreement.parties:
        rows = [
            (
                p.name,
                p.defined_term or "",
                f"{p.organisation_number or ''}{_check(p.organisation_number_valid)}",
                p.address or "",
            )
            for p in agreement.parties
        ]
        yield _table("Parties", rows)
    yield _table("Period", list(_period(agreement)))
    if agreement.groups:
        yield _table(
            "Groups",
            [
                (g.name, g.meeting_frequency or "", _meetings(g.meetings_per_year), "; ".join(g.members))
                for g in agreement.groups
            ],
        )
    if agreement.focus_areas:
        rows2 = [(f.name, f.goal or "", ", ".join(a.name or "" for a in f.activities)) for f in agreement.focus_areas]
        yield _table("Focus areas", rows2)
    if agreement.annexes:
        yield _table("Annexes", [(a.number or "", a.title or "") for a in agreement.annexes])
    if agreement.signatories:
        yield _table("Signed by", [(s.name, s.title or "") for s in agreement.signatories])
    if agreement.contacts:
        yield _table(
            "Contacts", [(c.name or "", c.role or "", c.phone or "", c.email or "") for c in agreement.contacts]
        )
    doubtful = sorted(_doubtful(agreement), key=lambda pair: pair[1].confidence)[:_MOST_DOUBTFUL]
    if doubtful:
        yield _table(
            "Check these readings",
            [(what, e.text[:60], f"page {e.page}", f"{e.confidence:.0%}") for what, e in doubtful],
        )
    if agreement.warnings:
        yield _table("Warnings", [(w,) for w in agreement.warnings])


def _table(title: str, rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold cyan", show_header=False, expand=True)
    for _ in range(max((len(r) for r in rows), default=1)):
        table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*(Text(sanitised(cell)) for cell in row))
    return table


def _check(valid: bool | None) -> str:
    return "" if valid is None else " ✓" if valid else " (check digit wrong)"


def _meetings(number: float | None) -> str:
    return "" if number is None else f"{number:g} a year"


def _period(agreement: Agreement) -> Iterator[tuple[str, str]]:
    period = agreement.period
    yield "from", period.valid_from or "not found"
    yield "to", period.valid_to or ("until further notice" if period.until_further_notice else "not found")
    if period.valid_to and period.until_further_notice:
        yield "until further notice", "yes, at the longest to the day above"
    if period.extension:
        yield "extension", period.extension
    if period.revision:
        yield "revision", period.revision


def _doubtful(agreement: Agreement) -> Iterator[tuple[str, Evidence]]:
    lists: list[tuple[str, Sequence[Traced]]] = [
        ("diary number", agreement.document.diary_numbers),
        ("party", agreement.parties),
        ("period", [agreement.period]),
        ("group", agreement.groups),
        ("focus area", agreement.focus_areas),
        ("signatory", agreement.signatories),
        ("contact", agreement.contacts),
    ]
    for name, objects in lists:
        for one in objects:
            for key, evidence in one.evidence_by_field.items():
                if evidence.confidence < _DOUBTFUL and key != "purpose":
                    yield f"{name}: {key.replace('_', ' ')}", evidence
