"""Records as rows of tables that join: each row names its document, and the objects of a document are numbered.

The columns are the fields of the record types, so that a new field of a type is a new column unless it is left out
here. `members` and `activities` join `groups` and `focus_areas` on document and number. Where a value was read stands
in `page`, `line` and `raw`, how sure it is in `confidence`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_origin

from avskrift.models.agreement import (
    Activity,
    Agreement,
    Annex,
    Contact,
    Correction,
    DatedMention,
    DocumentHead,
    Evidence,
    FocusArea,
    Group,
    Party,
    Period,
    Record,
    RegistryNumber,
    Remark,
    Section,
    Signatory,
    Traced,
)
from avskrift.models.finished import FinishedDocument
from avskrift.models.minutes import Attendee, Minutes, MinutesItem

Cell = str | int | float | bool | None
Row = dict[str, Cell]

_TYPES = ((bool, "boolean"), (int, "integer"), (float, "real"), (str, "text"))
"""Python's types with those of columns; the first that a field's type is a subclass of."""
_EVIDENCE = {"page": "integer", "line": "integer", "raw": "text", "confidence": "real"}
_NOT_COLUMNS = frozenset({*Traced.model_fields, "id", "language"})
"""Numbers join the tables, not ids; the language is the same in every row."""

_Numbered = Iterator[tuple[tuple[int, ...], Record, Evidence | None]]
"""Objects with their numbers, and where each was read."""


@dataclass(frozen=True, slots=True)
class _Table:
    """How the rows of a table are made.

    `record` is the type whose fields are its columns; `keys` number a row within its document; `objects` finds the
    objects of a record, each with its numbers and evidence. `renamed` gives columns that are not called as their
    field; fields in `left_out` are no columns.
    """

    record: type[Record]
    objects: Callable[[Agreement], _Numbered]
    keys: tuple[str, ...] = ("number",)
    renamed: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def fields(self) -> dict[str, str]:
        """The fields that are columns, with what those are called."""
        return {name: self.renamed.get(name, name) for name in _single_fields(self.record) if name not in self.left_out}

    def columns(self) -> dict[str, str]:
        """The columns in their order, with their types."""
        types = _single_fields(self.record)
        own = {column: types[name] for name, column in self.fields().items()}
        evidence = _EVIDENCE if issubclass(self.record, Traced) else {}
        return {"document": "text", **dict.fromkeys(self.keys, "integer"), **own, **evidence}

    def rows(self, document: FinishedDocument) -> Iterator[Row]:
        """A row for each object of the document's record."""
        for numbers, entry, evidence in self.objects(document.agreement):
            own = {column: _cell(getattr(entry, name)) for name, column in self.fields().items()}
            keys = dict(zip(self.keys, numbers, strict=True))
            yield {"document": document.name, **keys, **own, **_place(evidence)}


def _single_fields(record: type[Record]) -> dict[str, str]:
    """The fields of a type that hold one value, with the type of a column that holds it."""
    found = {}
    for name, info in record.model_fields.items():
        if name in _NOT_COLUMNS or get_origin(info.annotation) in (list, dict):
            continue
        options = get_args(info.annotation) or (info.annotation,)
        plain = next((o for o in options if isinstance(o, type) and o is not NoneType), str)
        found[name] = next(kind for python, kind in _TYPES if issubclass(plain, python))
    return found


def _cell(value: Any) -> Cell:
    held: Cell = value.value if isinstance(value, StrEnum) else value
    return held


def _place(evidence: Evidence | None) -> Row:
    return {} if evidence is None else {name: getattr(evidence, name) for name in _EVIDENCE}


def _all(path: str) -> Callable[[Agreement], _Numbered]:
    """The objects of the list at a path of the record, numbered from 1."""

    def objects(agreement: Agreement) -> _Numbered:
        for number, entry in enumerate(attrgetter(path)(agreement), 1):
            yield (number,), entry, getattr(entry, "evidence", None)

    return objects


def _members(agreement: Agreement) -> _Numbered:
    for n, group in enumerate(agreement.groups, 1):
        for m, member in enumerate(group.members, 1):
            yield (n, m), _Member(member=member), group.evidence_by_field.get(f"members.{m - 1}")


def _activities(agreement: Agreement) -> _Numbered:
    for n, area in enumerate(agreement.focus_areas, 1):
        for m, activity in enumerate(area.activities, 1):
            yield (n, m), activity, activity.evidence


def _minutes(agreement: Agreement) -> _Numbered:
    if agreement.minutes is not None:
        yield (), agreement.minutes, agreement.minutes.evidence


def _of_minutes(name: str) -> Callable[[Agreement], _Numbered]:
    """The objects of a list of the minutes, numbered from 1."""

    def objects(agreement: Agreement) -> _Numbered:
        for number, entry in enumerate(getattr(agreement.minutes, name, ()), 1):
            yield (number,), entry, entry.evidence

    return objects


def _adjusters(agreement: Agreement) -> _Numbered:
    if agreement.minutes is not None:
        for n, name in enumerate(agreement.minutes.adjusters, 1):
            yield (n,), _Adjuster(name=name), agreement.minutes.evidence_by_field.get(f"adjusters.{n - 1}")


class _Member(Traced):
    """A member of a group as an object of its own."""

    member: str


class _Adjuster(Traced):
    """Who adjusts minutes as an object of its own."""

    name: str


_OBJECTS: Mapping[str, _Table] = {
    "diary_numbers": _Table(RegistryNumber, _all("document.diary_numbers"), renamed={"number": "diary_number"}),
    "parties": _Table(Party, _all("parties")),
    "groups": _Table(Group, _all("groups")),
    "members": _Table(_Member, _members, keys=("group_number", "number")),
    "focus_areas": _Table(FocusArea, _all("focus_areas")),
    "activities": _Table(Activity, _activities, keys=("area_number", "number")),
    "dates": _Table(DatedMention, _all("dates")),
    "annexes": _Table(Annex, _all("annexes"), renamed={"number": "annex"}),
    "signatories": _Table(Signatory, _all("signatories")),
    "contacts": _Table(Contact, _all("contacts")),
    "minutes": _Table(Minutes, _minutes, keys=()),
    "attendees": _Table(Attendee, _of_minutes("present")),
    "adjusters": _Table(_Adjuster, _adjusters),
    "minutes_items": _Table(MinutesItem, _of_minutes("items")),
    # `annex` came after the columns, which stay as programs know them; the page is the evidence's.
    "sections": _Table(
        Section, _all("sections"), renamed={"number": "printed_number"}, left_out=frozenset({"page", "annex"})
    ),
    "remarks": _Table(Remark, _all("remarks")),
    "corrections": _Table(Correction, _all("corrections")),
}
_HEAD, _PERIOD = (
    {name: kind for name, kind in _single_fields(record).items() if name != "notice"}
    for record in (DocumentHead, Period)  # `notice` came after the columns, as `annex`
)
_DOCUMENT: Mapping[str, tuple[str, Callable[[FinishedDocument], Cell]]] = {
    "document": ("text", attrgetter("name")),
    "status": ("text", attrgetter("status")),
    "same_as": ("text", attrgetter("same_as")),
    **{name: (kind, attrgetter(f"agreement.document.{name}")) for name, kind in _HEAD.items()},
    **{name: (kind, attrgetter(f"agreement.period.{name}")) for name, kind in _PERIOD.items()},
    "pages": ("integer", attrgetter("agreement.source.pages")),
    "ocr_pages": ("integer", lambda d: d.agreement.source.page_sources.count("ocr")),
    "poor_pages": ("integer", lambda d: sum(q in ("poor", "unreadable") for q in d.agreement.source.page_qualities)),
    "warnings": ("integer", lambda d: len(d.agreement.warnings)),
    "sha256": ("text", attrgetter("agreement.source.sha256")),
}
"""The columns of `documents`, each with its type and how it is found."""

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "documents": {column: kind for column, (kind, _) in _DOCUMENT.items()},
        **{name: table.columns() for name, table in _OBJECTS.items()},
    }
)
"""Each table's columns, in their order, with the type of their values."""


def key_of(table: str) -> tuple[str, ...]:
    """The columns that tell a table's rows apart."""
    return ("document",) if table == "documents" else ("document", *_OBJECTS[table].keys)


def rows_of(document: FinishedDocument) -> Iterator[tuple[str, Row]]:
    """Every row that a document's record gives, with its table."""
    yield "documents", {column: _cell(found(document)) for column, (_, found) in _DOCUMENT.items()}
    for name, table in _OBJECTS.items():
        for row in table.rows(document):
            yield name, {column: row.get(column) for column in TABLES[name]}
