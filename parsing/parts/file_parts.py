"""The documents that lie in one file: an excerpt of minutes before an agreement, a memo and what it proposes, one
agreement behind the other.

A document begins with a page that probably is a first one (first_pages). What belongs to an agreement (plans, situation
pictures, lists) stays with it.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.models.agreement import DocumentKind, DocumentPart, Record
from avskrift.models.document import Document, Page
from avskrift.parsing.fields.document_kind import kind_of, title_of
from avskrift.parsing.parts.first_pages import begins_document, likely, lines_of, names_itself
from avskrift.parsing.parts.own_pages import moved
from avskrift.parsing.structure.document_structure import structure_of
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

R = TypeVar("R", bound=Record)

_LOG = logging.getLogger("avskrift.parsing")
_ALIKE = 80.0
"""How alike (0 to 100, rapidfuzz's partial ratio) the titles of one document are at least."""
_SURE = 0.9
"""How probable a beginning is where a document begins that is called as the one before. Judged, not fitted."""
_BEHIND_SHEET = 0.95
"""How probable it is that a page begins a document where it names one and lies behind the sheet on which the one before
was signed. Judged, not fitted."""
ABOUT_OTHERS = frozenset({DocumentKind.PROTOCOL_EXCERPT, DocumentKind.MEMO})
"""Kinds that tell of agreements made elsewhere: they belong to none."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """One document of a file: the pages of `document` are its own, with the numbers that they have in the file.

    `share` is how probably (0 to 1) its first page begins a document, `joined` are the documents that belong to it and
    stand on its last pages: its plan, its lists.
    """

    document: Document
    kind: DocumentKind
    title: str | None
    share: float
    joined: tuple["FilePart", ...] = ()

    @property
    def pages(self) -> list[int]:
        """The numbers of its pages in the file."""
        return [page.number for page in self.document.pages]

    @property
    def alone(self) -> Document:
        """The document as if it were the only one of its file: its pages are numbered from 1."""
        pages = tuple(replace(page, number=n) for n, page in enumerate(self.document.pages, 1))
        return replace(self.document, pages=pages)

    def described(self, *, recorded: bool) -> DocumentPart:
        """The part as a record tells of it, which is of it where it is the one `recorded`."""
        return DocumentPart(pages=self.pages, kind=self.kind, title=self.title, recorded=recorded)

    def in_file(self, record: R) -> R:
        """What was read of the document `alone`, with the numbers that its pages have in the file."""
        return moved(record, self.pages[0] - 1)


def parts_of(document: Document, vocabulary: Vocabulary) -> tuple[FilePart, ...]:
    """The documents of a file in their order; none where nothing says that there are several."""
    found = documents_in(document, vocabulary)
    return found if len(found) > 1 else ()


def documents_in(
    document: Document, vocabulary: Vocabulary, signed: Collection[int] = frozenset()
) -> tuple[FilePart, ...]:
    """The documents of a file in their order, what belongs to one joined to it; none where no page begins another.

    `signed` are the numbers of the pages on which a service tells who signed: they end what was signed.
    """
    starts = [(0, 1.0)]
    for at in range(1, len(document.pages)):
        share = begins_document(document.pages, at, starts[-1][0], vocabulary)
        if _is_behind(document.pages, at, signed) and names_itself(document.pages[at], vocabulary):
            share = max(share, _BEHIND_SHEET)
        if share >= likely():
            starts.append((at, share))
    if len(starts) < 2:
        return ()
    ends = [*(at for at, _ in starts[1:]), len(document.pages)]
    parts = [
        _part(replace(document, pages=document.pages[at:end]), share, vocabulary)
        for (at, share), end in zip(starts, ends, strict=True)
    ]
    return tuple(_joined(parts))


def _is_behind(pages: Sequence[Page], at: int, signed: Collection[int]) -> bool:
    """Whether the last page before one that is no blank back is one of the `signed`, which are blank where nothing but
    a sheet stands on them."""
    before = (page for page in reversed(pages[:at]) if page.number in signed or lines_of(page))
    last = next(before, None)
    return last is not None and last.number in signed


def main_part(parts: Sequence[FilePart]) -> FilePart:
    """The part that a record of the file is of: the first agreement, else the first plan, else the longest."""
    for kind in (DocumentKind.AGREEMENT, DocumentKind.ACTION_PLAN):
        found = next((part for part in parts if part.kind is kind), None)
        if found is not None:
            return found
    return max(parts, key=lambda part: len(part.document.pages))


def _part(document: Document, share: float, vocabulary: Vocabulary) -> FilePart:
    structure = structure_of(document, vocabulary, Failures(_LOG))
    title = title_of(structure)
    return FilePart(document, kind_of(structure, title), None if title is None else title.text, share)


def _joined(parts: Sequence[FilePart]) -> Iterator[FilePart]:
    """The parts, with those that belong to the one before joined to it."""
    whole = parts[0]
    for part in parts[1:]:
        if _belongs(whole, part):
            document = replace(whole.document, pages=(*whole.document.pages, *part.document.pages))
            whole = replace(whole, document=document, joined=(*whole.joined, part))
        else:
            yield whole
            whole = part
    yield whole


def _belongs(whole: FilePart, part: FilePart) -> bool:
    """Whether a part belongs to the one before: a plan or a list to its agreement, not a memo or an excerpt."""
    if part.kind in ABOUT_OTHERS:
        return part.kind is whole.kind and part.share < _SURE
    if part.kind is not DocumentKind.AGREEMENT:
        return whole.kind not in ABOUT_OTHERS
    if part.title is None or _is_alike(whole.title or "", part.title):
        return part.share < _SURE
    return False


def _is_alike(one: str, other: str) -> bool:
    return fuzz.partial_ratio(fold(one), fold(other)) >= _ALIKE
