"""What was found, for people at a terminal."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from avskrift.models.agreement import Agreement, Evidence, Traced
from avskrift.models.limits import LEAST_INK_READ
from avskrift.output.sanitise import sanitised
from avskrift.output.terminal_table import terminal_table

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
    shares = enumerate(source.page_ink_read, 1)
    unread = [str(page) for page, share in shares if share is not None and share < LEAST_INK_READ]
    if unread:
        lines.append(Text(f"Print that was not read: page {', '.join(unread)}", style="yellow"))
    parts: list[RenderableType] = [Panel(Group(*lines), expand=True)]
    parts.extend(_tables(agreement))
    return Group(*parts)


_SOURCES = {"ocr": "by OCR", "text_layer": "from the text layer", "plain_text": "of plain text"}


_Row = tuple[str | None, ...]


def _tables(agreement: Agreement) -> Iterator[RenderableType]:
    for title, rows_of in _TABLES:
        rows = list(rows_of(agreement))
        if rows:
            yield terminal_table(title, (), rows)


def _parties(agreement: Agreement) -> Iterator[_Row]:
    for p in agreement.parties:
        yield p.name, p.defined_term, f"{p.organisation_number or ''}{_check(p.organisation_number_valid)}", p.address


def _groups(agreement: Agreement) -> Iterator[_Row]:
    for g in agreement.groups:
        yield g.name, g.meeting_frequency, _meetings(g.meetings_per_year), "; ".join(g.members)


def _areas(agreement: Agreement) -> Iterator[_Row]:
    for area in agreement.focus_areas:
        yield area.name, area.goal, ", ".join(a.name or "" for a in area.activities)


def _doubtful_readings(agreement: Agreement) -> Iterator[_Row]:
    for what, e in sorted(_doubtful(agreement), key=lambda pair: pair[1].confidence)[:_MOST_DOUBTFUL]:
        yield what, e.text[:60], f"page {e.page}", f"{e.confidence:.0%}"


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


def _minutes(agreement: Agreement) -> Iterator[_Row]:
    if agreement.minutes is not None:
        found = agreement.minutes
        meeting = ", ".join(filter(None, (found.body, found.date, found.place)))
        board = " to ".join(filter(None, (found.posted, found.taken_down)))
        rows = (("meeting", meeting), ("adjusted by", ", ".join(found.adjusters)), ("on the notice board", board))
        yield from (row for row in rows if row[1])


def _present(agreement: Agreement) -> Iterator[_Row]:
    for person in [] if agreement.minutes is None else agreement.minutes.present:
        yield person.name, person.role, person.political_party


def _items(agreement: Agreement) -> Iterator[_Row]:
    for item in [] if agreement.minutes is None else agreement.minutes.items:
        yield item.paragraph, item.title, item.diary_number, item.decision


def _doubtful(agreement: Agreement) -> Iterator[tuple[str, Evidence]]:
    lists: list[tuple[str, Sequence[Traced]]] = [
        ("diary number", agreement.document.diary_numbers),
        ("party", agreement.parties),
        ("period", [agreement.period]),
        ("group", agreement.groups),
        ("focus area", agreement.focus_areas),
        ("signatory", agreement.signatories),
        ("contact", agreement.contacts),
        ("minutes", [] if agreement.minutes is None else [agreement.minutes]),
        ("present", [] if agreement.minutes is None else agreement.minutes.present),
        ("item", [] if agreement.minutes is None else agreement.minutes.items),
    ]
    for name, objects in lists:
        for one in objects:
            for key, evidence in one.evidence_by_field.items():
                if evidence.confidence < _DOUBTFUL and key != "purpose":
                    yield f"{name}: {key.replace('_', ' ')}", evidence


_TABLES: tuple[tuple[str, Callable[[Agreement], Iterable[_Row]]], ...] = (
    ("Diary numbers", lambda agreement: [(d.number, d.holder) for d in agreement.document.diary_numbers]),
    ("Parties", _parties),
    ("Period", _period),
    ("Groups", _groups),
    ("Focus areas", _areas),
    ("Annexes", lambda agreement: [(a.number, a.title) for a in agreement.annexes]),
    ("Signed by", lambda agreement: [(s.name, s.title) for s in agreement.signatories]),
    ("Contacts", lambda agreement: [(c.name, c.role, c.phone, c.email) for c in agreement.contacts]),
    ("Minutes", _minutes),
    ("Present", _present),
    ("Items", _items),
    ("Check these readings", _doubtful_readings),
    ("Warnings", lambda agreement: [(warning,) for warning in agreement.warnings]),
)
"""What is shown of a record, in this order; a table without rows is left out."""
