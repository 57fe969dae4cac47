"""The pages of its file that a record is of, and their numbers: in the file, and as if the document lay alone in it."""

from dataclasses import replace
from typing import TypeVar

from avskrift.models.agreement import Agreement, Record
from avskrift.models.document import Document

R = TypeVar("R", bound=Record)


def pages_of(record: Agreement) -> list[int]:
    """The pages of its file that a record is of; none where it is of the whole file."""
    return next((part.pages for part in record.source.parts if part.recorded), [])


def alone(document: Document, record: Agreement) -> tuple[Document, Agreement]:
    """What a record is of, as if it were the only document of its file, and the record with the numbers that its pages
    then have."""
    own = pages_of(record)
    if not own:
        return document, record
    pages = tuple(page for page in document.pages if page.number in own)
    renumbered = tuple(replace(page, number=n) for n, page in enumerate(pages, 1))
    source = record.source.model_copy(update={"parts": []})
    return replace(document, pages=renumbered), moved(record, 1 - own[0]).model_copy(update={"source": source})


def moved(record: R, pages: int) -> R:
    """A record whose every page is some `pages` farther on."""
    changes: dict[str, object] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        changes[name] = value + pages if name == "page" and isinstance(value, int) else _moved_value(value, pages)
    return record.model_copy(update=changes)


def _moved_value(value: object, pages: int) -> object:
    if isinstance(value, Record):
        return moved(value, pages)
    if isinstance(value, list):
        return [_moved_value(item, pages) for item in value]
    if isinstance(value, dict):
        return {key: _moved_value(item, pages) for key, item in value.items()}
    return value
