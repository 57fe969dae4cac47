"""A record as a page of Markdown, for people."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from avskrift.models.agreement import Agreement
from avskrift.models.finished import FinishedDocument
from avskrift.output.record.signatures_line import signatures_line
from avskrift.output.sanitise import sanitised

_SIGNS = re.compile(r"([\\`*_\[\]|#~])")


def markdown_of(document: FinishedDocument) -> str:
    """The main values of a record; signs that Markdown or HTML would take for their own are escaped."""
    return "\n".join(_lines(document)) + "\n"


def escaped(text: object) -> str:
    """Text on one line in which Markdown and HTML find nothing of their own."""
    if text is None:
        return ""
    line = " ".join(sanitised(str(text)).split())
    # < and > become references: where Markdown is not understood, and so shown as HTML, a backslash keeps no tag away
    return html.escape(_SIGNS.sub(r"\\\1", line), quote=False)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(escaped(cell) for cell in row)} |"
    yield ""


def _lines(document: FinishedDocument) -> Iterator[str]:
    record = document.agreement
    head = record.document
    yield f"# {escaped(head.title or document.name)}"
    yield ""
    yield f"Document: {escaped(document.name)}  "
    signed = signatures_line(record.source.digital_signatures)
    yield f"Kind: {head.kind.value}, {record.source.pages} pages" + ("  " if signed else "")
    if signed:
        yield escaped(signed)
    yield ""
    if head.diary_numbers:
        yield from _table(("Diary number", "Holder"), [(d.number, d.holder) for d in head.diary_numbers])
    for title, names, rows_of in _TABLES:
        rows = rows_of(record)
        if rows:
            yield f"## {title}"
            yield ""
            yield from _table(names, rows)
    if record.warnings:
        yield "## To look at"
        yield ""
        yield from (f"- {escaped(warning)}" for warning in record.warnings)
        yield ""


def _validity(record: Agreement) -> list[tuple[object, ...]]:
    period = record.period
    return [(period.valid_from, period.valid_to, "yes" if period.until_further_notice else "no")]


def _minutes(record: Agreement) -> list[tuple[object, ...]]:
    found = record.minutes
    return [] if found is None else [(found.body, found.date, found.place, "; ".join(found.adjusters))]


def _present(record: Agreement) -> list[tuple[object, ...]]:
    return [] if record.minutes is None else [(p.name, p.role, p.political_party) for p in record.minutes.present]


def _items(record: Agreement) -> list[tuple[object, ...]]:
    items = [] if record.minutes is None else record.minutes.items
    return [(item.paragraph, item.title, item.diary_number, item.decision) for item in items]


_TABLES: tuple[tuple[str, tuple[str, ...], Callable[[Agreement], list[tuple[object, ...]]]], ...] = (
    (
        "Parties",
        ("Name", "Called", "Organisation number", "Address"),
        lambda record: [(p.name, p.defined_term, p.organisation_number, p.address) for p in record.parties],
    ),
    ("Period", ("From", "To", "Until further notice"), _validity),
    (
        "Groups",
        ("Name", "Meets", "Members", "Purpose"),
        lambda record: [(g.name, g.meeting_frequency, "; ".join(g.members), g.purpose) for g in record.groups],
    ),
    (
        "Focus areas",
        ("Name", "Goal", "Activities"),
        lambda record: [(a.name, a.goal, "; ".join(x.name or "" for x in a.activities)) for a in record.focus_areas],
    ),
    ("Signed by", ("Name", "Title"), lambda record: [(s.name, s.title) for s in record.signatories]),
    ("Minutes", ("Body", "Date", "Place", "Adjusted by"), _minutes),
    ("Present", ("Name", "Role", "Party"), _present),
    ("Items", ("Paragraph", "Title", "Diary number", "Decision"), _items),
)
"""The tables of a record, in this order: title, names of columns, rows; one without rows is left out."""
