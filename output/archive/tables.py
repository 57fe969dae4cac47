"""Records as rows of tables that join: each row names its document, and the objects of a document are numbered.

`members` and `activities` join `groups` and `focus_areas` on document and number. Where a value was read stands in
`page`, `line` and `raw`, how sure it is in `confidence`.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from avskrift.models.agreement import Activity, Traced
from avskrift.models.finished import FinishedDocument

Value = str | int | float | bool | None
Row = dict[str, Value]
_READ = {"page": "integer", "line": "integer", "raw": "text", "confidence": "real"}
_PLAN = tuple(name for name in Activity.model_fields if name not in Traced.model_fields)

TABLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "documents": {
            "document": "text",
            "status": "text",
            "same_as": "text",
            "kind": "text",
            "title": "text",
            "valid_from": "text",
            "valid_to": "text",
            "until_further_notice": "boolean",
            "extension": "text",
            "revision": "text",
            "pages": "integer",
            "ocr_pages": "integer",
            "poor_pages": "integer",
            "warnings": "integer",
            "sha256": "text",
        },
        "diary_numbers": {"document": "text", "number": "integer", "holder": "text", "diary_number": "text", **_READ},
        "parties": {
            "document": "text",
            "number": "integer",
            "name": "text",
            "kind": "text",
            "defined_term": "text",
            "organisation_number": "text",
            "organisation_number_valid": "boolean",
            "address": "text",
            **_READ,
        },
        "groups": {
            "document": "text",
            "number": "integer",
            "name": "text",
            "kind": "text",
            "meeting_frequency": "text",
            "meetings_per_year": "real",
            "purpose": "text",
            "chair": "text",
            "convener": "text",
            "reports_to": "text",
            **_READ,
        },
        "members": {"document": "text", "group_number": "integer", "number": "integer", "member": "text", **_READ},
        "focus_areas": {
            "document": "text",
            "number": "integer",
            "name": "text",
            "goal": "text",
            "purpose": "text",
            "situation": "text",
            **_READ,
        },
        "activities": {
            "document": "text",
            "area_number": "integer",
            "number": "integer",
            **dict.fromkeys(_PLAN, "text"),
            **_READ,
        },
        "dates": {"document": "text", "number": "integer", "date": "text", "role": "text", "text": "text", **_READ},
        "annexes": {"document": "text", "number": "integer", "annex": "text", "title": "text", **_READ},
        "signatories": {"document": "text", "number": "integer", "name": "text", "title": "text", **_READ},
        "contacts": {
            "document": "text",
            "number": "integer",
            "name": "text",
            "role": "text",
            "phone": "text",
            "email": "text",
            **_READ,
        },
        "sections": {
            "document": "text",
            "number": "integer",
            "printed_number": "text",
            "title": "text",
            "level": "integer",
            "text": "text",
            **_READ,
        },
        "remarks": {"document": "text", "number": "integer", "kind": "text", "text": "text", **_READ},
        "corrections": {
            "document": "text",
            "number": "integer",
            "page": "integer",
            "line": "integer",
            "raw": "text",
            "corrected": "text",
            "rule": "text",
            "confidence": "real",
        },
    }
)
"""Each table's columns, in their order, with the type of their values."""


def key_of(table: str) -> tuple[str, ...]:
    """The columns that tell a table's rows apart."""
    return tuple(c for c in TABLES[table] if c in ("document", "group_number", "area_number", "number"))


def rows_of(document: FinishedDocument) -> Iterator[tuple[str, Row]]:
    """Every row that a document's record gives, with its table."""
    for table, row in _rows(document):
        yield table, {column: row.get(column) for column in TABLES[table]}


def _read(traced: Traced, key: str | None = None) -> Row:
    evidence = traced.evidence_by_field.get(key) if key is not None else traced.evidence
    if evidence is None:
        return {}
    return {
        "page": evidence.page,
        "line": evidence.line,
        "raw": evidence.raw,
        "confidence": evidence.confidence,
    }


def _rows(document: FinishedDocument) -> Iterator[tuple[str, Row]]:
    record, name = document.agreement, document.name
    source = record.source
    yield (
        "documents",
        {
            "document": name,
            "status": document.status,
            "same_as": document.same_as,
            "kind": record.document.kind.value,
            "title": record.document.title,
            "valid_from": record.period.valid_from,
            "valid_to": record.period.valid_to,
            "until_further_notice": record.period.until_further_notice,
            "extension": record.period.extension,
            "revision": record.period.revision,
            "pages": source.pages,
            "ocr_pages": source.page_sources.count("ocr"),
            "poor_pages": sum(q in ("poor", "unreadable") for q in source.page_qualities),
            "warnings": len(record.warnings),
            "sha256": source.sha256,
        },
    )
    for n, found in enumerate(record.document.diary_numbers, 1):
        row: Row = {"document": name, "number": n, "holder": found.holder, "diary_number": found.number}
        yield "diary_numbers", row | _read(found)
    plain: dict[str, Sequence[Traced]] = {
        "parties": record.parties,
        "groups": record.groups,
        "focus_areas": record.focus_areas,
        "dates": record.dates,
        "signatories": record.signatories,
        "contacts": record.contacts,
        "remarks": record.remarks,
    }
    for table, entries in plain.items():
        for n, entry in enumerate(entries, 1):
            values = {c: getattr(entry, c) for c in TABLES[table] if c not in ("document", "number", *_READ)}
            yield table, {"document": name, "number": n, **_plain(values), **_read(entry)}
    for n, group in enumerate(record.groups, 1):
        for m, member in enumerate(group.members, 1):
            row = {"document": name, "group_number": n, "number": m, "member": member}
            yield "members", row | _read(group, f"members.{m - 1}")
    for n, area in enumerate(record.focus_areas, 1):
        for m, activity in enumerate(area.activities, 1):
            told: Row = {column: getattr(activity, column) for column in _PLAN}
            yield "activities", {"document": name, "area_number": n, "number": m, **told, **_read(activity)}
    for n, annex in enumerate(record.annexes, 1):
        row = {"document": name, "number": n, "annex": annex.number, "title": annex.title}
        yield "annexes", row | _read(annex)
    for n, section in enumerate(record.sections, 1):
        row = {"document": name, "number": n, "printed_number": section.number, "title": section.title}
        yield "sections", row | {"level": section.level, "text": section.text} | _read(section)
    for n, correction in enumerate(record.corrections, 1):
        yield "corrections", {"document": name, "number": n, **correction.model_dump()}


def _plain(values: dict[str, Any]) -> Row:
    return {key: value.value if isinstance(value, StrEnum) else value for key, value in values.items()}
