"""The documents that lie in one file: an excerpt of minutes before an agreement, a memo and what it proposes.

A document begins with a page that says so at its head: a title, the name of its kind, the number 1 of its pages. What
belongs to an agreement (plans, situation pictures, lists) stays with it.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.language.page_numbers import number_of_page
from avskrift.models.agreement import Agreement, DocumentKind, DocumentPart, Record
from avskrift.models.document import Document, Page
from avskrift.parsing.fields.document_kind import kind_of, names_document, title_of
from avskrift.parsing.fields.period import signing_clause
from avskrift.parsing.learned.verified import values_of
from avskrift.parsing.structure.document_structure import structure_of
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

R = TypeVar("R", bound=Record)

_LOG = logging.getLogger("avskrift.parsing")
_HEAD_LINES = 8
"""Lines with text at the top of a page among which a document's name stands."""
_FOOT_LINES = 2
_LONGEST = 90
"""Signs of a line that names a document."""
_ALIKE = 80.0
"""How alike (0 to 100, rapidfuzz's partial ratio) the titles of one document are at least."""
_ABOUT_OTHERS = frozenset({DocumentKind.PROTOCOL_EXCERPT, DocumentKind.MEMO})
"""Kinds that tell of agreements made elsewhere: they belong to none."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """One document of a file: the pages of `document` are its own, with the numbers that they have in the file.

    `signed` tells that it says where and when it was signed, `first` that its first page bears the number 1.
    """

    document: Document
    kind: DocumentKind
    title: str | None
    signed: bool
    first: bool

    @property
    def pages(self) -> list[int]:
        """The numbers of its pages in the file."""
        return [page.number for page in self.document.pages]

    @property
    def alone(self) -> Document:
        """The document as if it were the only one of its file: its pages are numbered from 1."""
        pages = tuple(replace(page, number=n) for n, page in enumerate(self.document.pages, 1))
        return replace(self.document, pages=pages)

    def described(self) -> DocumentPart:
        """The part as the record tells of it."""
        return DocumentPart(pages=self.pages, kind=self.kind, title=self.title)

    def in_file(self, record: R) -> R:
        """What was read of the document `alone`, with the numbers that its pages have in the file."""
        return _moved(record, self.pages[0] - 1)


def parts_of(document: Document, vocabulary: Vocabulary) -> tuple[FilePart, ...]:
    """The documents of a file in their order; none where nothing says that there are several."""
    starts = [0, *(i for i in range(1, len(document.pages)) if _begins(document.pages, i, vocabulary))]
    if len(starts) < 2:
        return ()
    ends = [*starts[1:], len(document.pages)]
    parts = [_part(replace(document, pages=document.pages[i:j]), vocabulary) for i, j in zip(starts, ends, strict=True)]
    joined = tuple(_joined(parts))
    return joined if len(joined) > 1 else ()


def main_part(parts: Sequence[FilePart]) -> FilePart:
    """The part that a record of the file is of: the first agreement, else the first plan, else the longest."""
    for kind in (DocumentKind.AGREEMENT, DocumentKind.ACTION_PLAN):
        found = next((part for part in parts if part.kind is kind), None)
        if found is not None:
            return found
    return max(parts, key=lambda part: len(part.document.pages))


def pages_of(record: Agreement) -> list[int]:
    """The pages of its file that a record is of, by where its values and sections stand; none where it is of the whole
    file."""
    parts = record.source.parts
    if len(parts) < 2:
        return []
    stand = [evidence.page for value in values_of(record) for evidence in value.evidence]
    stand += [section.page for section in record.sections]
    return max((part.pages for part in parts), key=lambda pages: sum(page in pages for page in stand))


def alone(document: Document, record: Agreement) -> tuple[Document, Agreement]:
    """What a record is of, as if it were the only document of its file, and the record with the numbers that its pages
    then have."""
    own = pages_of(record)
    if not own:
        return document, record
    pages = tuple(page for page in document.pages if page.number in own)
    renumbered = tuple(replace(page, number=n) for n, page in enumerate(pages, 1))
    source = record.source.model_copy(update={"parts": []})
    return replace(document, pages=renumbered), _moved(record, 1 - own[0]).model_copy(update={"source": source})


def _moved(record: R, pages: int) -> R:
    """A record whose every page is some `pages` farther on."""
    changes: dict[str, object] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        changes[name] = value + pages if name == "page" and isinstance(value, int) else _moved_value(value, pages)
    return record.model_copy(update=changes)


def _moved_value(value: object, pages: int) -> object:
    if isinstance(value, Record):
        return _moved(value, pages)
    if isinstance(value, list):
        return [_moved_value(item, pages) for item in value]
    if isinstance(value, dict):
        return {key: _moved_value(item, pages) for key, item in value.items()}
    return value


def _begins(pages: Sequence[Page], at: int, vocabulary: Vocabulary) -> bool:
    """Whether a page's head names a document, and does not only repeat the head of the page before."""
    number = _number_of(pages[at])
    if number is not None and number > 1:
        return False
    before = {fold(text) for text in _head(pages[at - 1])}
    names = [text for text in _head(pages[at]) if _names_a_document(text, vocabulary)]
    return any(fold(text) not in before for text in names) or (number == 1 and bool(names))


def _head(page: Page) -> list[str]:
    return [text for line in page.lines if (text := line.text.strip())][:_HEAD_LINES]


def _number_of(page: Page) -> int | None:
    texts = [text for line in page.lines if (text := line.text.strip())]
    lines = [*texts[:_HEAD_LINES], *texts[-_FOOT_LINES:]]
    return next((n for text in lines if (n := number_of_page(text)) is not None), None)


def _names_a_document(text: str, vocabulary: Vocabulary) -> bool:
    if vocabulary.pattern("document_kind", "begins a document", "around").match(text):
        return True
    annex = vocabulary.pattern("document_kind", "of a form", "around").match(text)
    return not annex and len(text) <= _LONGEST and names_document(text, vocabulary)


def _part(document: Document, vocabulary: Vocabulary) -> FilePart:
    structure = structure_of(document, vocabulary, Failures(_LOG))
    title = title_of(structure)
    signed = signing_clause(structure) is not None
    first = _number_of(document.pages[0]) == 1
    return FilePart(document, kind_of(structure, title), None if title is None else title.text, signed, first)


def _joined(parts: Sequence[FilePart]) -> Iterator[FilePart]:
    """The parts, with those that belong to the one before joined to it."""
    whole = parts[0]
    for part in parts[1:]:
        if _belongs(whole, part):
            document = replace(whole.document, pages=(*whole.document.pages, *part.document.pages))
            whole = replace(whole, document=document, signed=whole.signed or part.signed)
        else:
            yield whole
            whole = part
    yield whole


def _belongs(whole: FilePart, part: FilePart) -> bool:
    """Whether a part belongs to the one before: a plan or a list to its agreement, not a memo or an excerpt."""
    if part.kind in _ABOUT_OTHERS:
        return part.kind is whole.kind and not part.first
    if part.kind is not DocumentKind.AGREEMENT:
        return whole.kind not in _ABOUT_OTHERS
    if part.title is None or _is_alike(whole.title or "", part.title):
        return whole.kind is not DocumentKind.OTHER and not (whole.kind in _ABOUT_OTHERS and part.title)
    return whole.kind is DocumentKind.AGREEMENT and not (part.first or whole.signed)


def _is_alike(one: str, other: str) -> bool:
    return fuzz.partial_ratio(fold(one), fold(other)) >= _ALIKE
