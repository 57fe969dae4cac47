"""A record as a page of Markdown, for people."""

import html
import re
from collections.abc import Iterator, Sequence

from avskrift.models.finished import FinishedDocument
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


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(escaped(cell) for cell in row)} |"
    yield ""


def _lines(document: FinishedDocument) -> Iterator[str]:
    record = document.agreement
    head, period = record.document, record.period
    yield f"# {escaped(head.title or document.name)}"
    yield ""
    yield f"Document: {escaped(document.name)}  "
    yield f"Kind: {head.kind.value}, {record.source.pages} pages"
    yield ""
    if head.diary_numbers:
        yield from _table(("Diary number", "Holder"), [(d.number, d.holder) for d in head.diary_numbers])
    if record.parties:
        yield "## Parties"
        yield ""
        rows = [(p.name, p.defined_term, p.organisation_number, p.address) for p in record.parties]
        yield from _table(("Name", "Called", "Organisation number", "Address"), rows)
    yield "## Period"
    yield ""
    validity = (period.valid_from, period.valid_to, "yes" if period.until_further_notice else "no")
    yield from _table(("From", "To", "Until further notice"), [validity])
    if record.groups:
        yield "## Groups"
        yield ""
        rows2 = [(g.name, g.meeting_frequency, "; ".join(g.members), g.purpose) for g in record.groups]
        yield from _table(("Name", "Meets", "Members", "Purpose"), rows2)
    if record.focus_areas:
        yield "## Focus areas"
        yield ""
        rows3 = [(a.name, a.goal, "; ".join(x.name or "" for x in a.activities)) for a in record.focus_areas]
        yield from _table(("Name", "Goal", "Activities"), rows3)
    if record.signatories:
        yield "## Signed by"
        yield ""
        yield from _table(("Name", "Title"), [(s.name, s.title) for s in record.signatories])
    if record.warnings:
        yield "## To look at"
        yield ""
        yield from (f"- {escaped(warning)}" for warning in record.warnings)
        yield ""
