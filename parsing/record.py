"""From a `Document` to an `Agreement`: the structure, then one field after the other, then the checks."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from avskrift.models.agreement import Agreement, RegistryNumber, Remark, SourceFile
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing.checks.missing_reasons import reasons_of, reasons_of_failed
from avskrift.parsing.checks.page_boxes import with_boxes_in_file
from avskrift.parsing.checks.source_info import source_of
from avskrift.parsing.checks.validation import remarks_on
from avskrift.parsing.fields.period import signing_clause, unread_clause
from avskrift.parsing.fields.registry import draft_of
from avskrift.parsing.fields.registry_numbers import registry_numbers_of
from avskrift.parsing.judge.ensemble import BINDING, Ensemble, ensemble_of
from avskrift.parsing.judge.judge import unjudged
from avskrift.parsing.learned.adapter import Adapter
from avskrift.parsing.learned.network import adapted, adapter_in
from avskrift.parsing.parts.file_parts import ABOUT_OTHERS, FilePart, documents_in, main_part
from avskrift.parsing.sheets.sorted_pages import SortedPages, remarks_on_pages, sorted_pages
from avskrift.parsing.structure.choices import Choices, choices_of, may_hold_choices
from avskrift.parsing.structure.document_structure import structure_of
from avskrift.parsing.structure.explanation import LineExplanation, explanations_of
from avskrift.parsing.structure.text_span import HeadingOdds, LocatedLine
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

_LOG = logging.getLogger("avskrift.parsing")


@dataclass(frozen=True, slots=True)
class _Readers:
    """What reads a document: the rules with a vocabulary and, if `learned`, the network with what an archive has
    taught it."""

    vocabulary: Vocabulary
    learned: bool = True
    adapter: Adapter | None = None

    @staticmethod
    def of(options: ParsingOptions | None) -> "_Readers":
        chosen = options or ParsingOptions()
        adapter = adapter_in(chosen.reader) if chosen.reader is not None and chosen.learned else None
        return _Readers(Vocabulary.from_folder(chosen.vocabulary), chosen.learned, adapter)

    def ensemble(self, document: Document, failures: Failures) -> Ensemble | None:
        """What the network says; None where it is not asked, or fails."""
        if not self.learned:
            return None
        return failures.attempt(
            "reading with the network",
            lambda: ensemble_of(document, self.vocabulary, None if self.adapter is None else adapted(self.adapter)),
            None,
            "only the rules read the document",
        )


def parse(document: Document, options: ParsingOptions | None = None) -> Agreement:
    """The record of a read and corrected document: the same document, vocabulary and reader give the same record.

    What could not be read because its rules failed is named in `absent` and `warnings`; the traceback goes to the log
    `avskrift.parsing`. Raises `UsageError` for a vocabulary or a reader of the user's own that cannot be used.
    """
    return with_boxes_in_file(_parsed(document, _Readers.of(options)), document)


def parse_parts(document: Document, options: ParsingOptions | None = None) -> list[Agreement]:
    """A record for each of the documents that lie in a file, in their order; one where it holds one.

    Raises `UsageError` for a vocabulary or a reader of the user's own that cannot be used.
    """
    readers, failures = _Readers.of(options), Failures(_LOG)
    pages, parts = _pages_and_parts(document, readers.vocabulary, failures)
    if len(parts) < 2:
        found = [_read(_whole(document, pages, parts, failures), readers, failures)]
    else:
        found = [_read_part(document, pages, part, parts, readers, failures.messages) for part in parts]
    return [with_boxes_in_file(record, document) for record in found]


def explain_lines(document: Document, options: ParsingOptions | None = None) -> list[LineExplanation]:
    """What each line of a document was taken to be (a heading, a list item, a page header), and why, in reading order.

    Raises `UsageError` for a vocabulary or a reader of the user's own that cannot be used.
    """
    readers, failures = _Readers.of(options), Failures(_LOG)
    odds = _odds(readers.ensemble(document, failures))
    return explanations_of(structure_of(document, readers.vocabulary, failures, odds))


def _odds(ensemble: Ensemble | None) -> Mapping[tuple[int, int], HeadingOdds] | None:
    return None if ensemble is None else ensemble.reading.heading_odds()


def parse_with(
    document: Document, vocabulary: Vocabulary, *, learned: bool = True, adapter: Adapter | None = None
) -> Agreement:
    """The record of a `document`, read with a `vocabulary` by the rules and, if `learned`, by the network too, with
    what an archive has taught it by an `adapter`. Of a file with several documents it is the record of the main one.
    Pure."""
    return with_boxes_in_file(_parsed(document, _Readers(vocabulary, learned, adapter)), document)


def _parsed(document: Document, readers: _Readers) -> Agreement:
    failures = Failures(_LOG)
    pages, parts = _pages_and_parts(document, readers.vocabulary, failures)
    if len(parts) < 2:
        return _read(_whole(document, pages, parts, failures), readers, failures)
    return _read_part(document, pages, main_part(parts), parts, readers, failures.messages)


def _pages_and_parts(
    document: Document, vocabulary: Vocabulary, failures: Failures
) -> tuple[SortedPages, tuple[FilePart, ...]]:
    """The pages by what they are for, and the documents that those which are text make; none where no page begins
    another."""
    pages = failures.attempt(
        "telling what the pages are for",
        lambda: sorted_pages(document, vocabulary),
        SortedPages(document),
        "all were read as text",
    )
    parts: tuple[FilePart, ...] = failures.attempt(
        "looking for several documents in the file",
        lambda: documents_in(pages.text, vocabulary, {page.number for page in pages.signing}),
        (),
        "it was read as one",
    )
    return pages, parts


@dataclass(frozen=True, slots=True)
class _OwnPages:
    """A document with all its pages, its `text` without those that are not read, the lines of the sheets on which a
    service tells who signed, what the pages themselves call for, and the page on which a plan or a list begins that
    belongs to it."""

    document: Document
    text: Document
    signing: tuple[LocatedLine, ...]
    remarks: Sequence[Remark]
    joined_from: int | None = None


def _whole(document: Document, pages: SortedPages, parts: Sequence[FilePart], failures: Failures) -> _OwnPages:
    own = [page.number for page in document.pages]
    joined = [one for part in parts for one in part.joined if one.title is not None]
    begins = [one.pages[0] for one in joined]
    remarks = [*_remarks_on_joined(joined), *_remarks_on_pages(document, pages, begins, own, failures)]
    return _OwnPages(document, pages.text, pages.signing_lines(own), remarks, min(begins, default=None))


def _remarks_on_joined(joined: Sequence[FilePart]) -> Iterator[Remark]:
    for one in joined:
        text = f"page {one.pages[0]} begins another document ({one.title}), which is read as a part of this one"
        yield Remark(kind="parts", text=text)


def _of_part(
    document: Document, pages: SortedPages, part: FilePart, parts: Sequence[FilePart], failures: Failures
) -> _OwnPages:
    """What a part of a file is read from, numbered as if it lay alone."""
    own = [page for page in document.pages if page.number in part.pages]
    alone = replace(document, pages=tuple(replace(page, number=n) for n, page in enumerate(own, 1)))
    begins = [one.pages[0] for p in parts for one in (p, *p.joined)]
    joined = [one for one in part.joined if one.title is not None]
    on_pages = _remarks_on_pages(document, pages, begins, part.pages, failures)
    joined_from = min((part.pages.index(one.pages[0]) + 1 for one in joined), default=None)
    remarks = [*_remarks_on_joined(joined), *on_pages]
    return _OwnPages(alone, part.alone, pages.signing_lines(part.pages), remarks, joined_from)


def _remarks_on_pages(
    document: Document, pages: SortedPages, begins: Sequence[int], own: Sequence[int], failures: Failures
) -> list[Remark]:
    return failures.attempt(
        "looking at the numbers of pages",
        lambda: remarks_on_pages(document, pages, begins, own),
        [],
        "nothing is told of them",
    )


def _read_part(
    document: Document,
    pages: SortedPages,
    part: FilePart,
    parts: Sequence[FilePart],
    readers: _Readers,
    failed: Sequence[str],
) -> Agreement:
    """The record of one part of a file, with what is known of the whole, and what `failed` on it."""
    failures = Failures(_LOG)
    found = part.in_file(_read(_of_part(document, pages, part, parts, failures), readers, failures))
    if part.kind in BINDING and not found.document.diary_numbers:
        numbers: list[RegistryNumber] = failures.attempt(
            "looking for registry numbers on what lies beside it",
            lambda: _numbers_beside(part, parts, readers.vocabulary),
            [],
            "none was taken from there",
        )
        found = found.model_copy(update={"document": found.document.model_copy(update={"diary_numbers": numbers})})
    source = _source(document, failures).model_copy(update={"parts": [p.described(recorded=p is part) for p in parts]})
    first, last = part.pages[0], part.pages[-1]
    where = f"page {first}" if first == last else f"pages {first}-{last}"
    remark = Remark(
        kind="parts", text=f"the file holds several documents, {len(parts)} in all; this record is of {where}"
    )
    return found.model_copy(
        update={
            "source": source,
            "remarks": [remark, *found.remarks],
            "warnings": list(
                dict.fromkeys([*document.warnings, *failed, *found.warnings, *failures.messages, remark.text])
            ),
        }
    )


def _numbers_beside(part: FilePart, parts: Sequence[FilePart], vocabulary: Vocabulary) -> list[RegistryNumber]:
    """The registry number of the matter that an excerpt or a memo right before or behind an agreement bears, which
    bears none itself; none where there are several."""
    at = parts.index(part)
    found: dict[str, RegistryNumber] = {}
    for other in (*parts[max(0, at - 1) : at], *parts[at + 1 : at + 2]):
        if other.kind in ABOUT_OTHERS:
            structure = structure_of(other.alone, vocabulary, Failures(_LOG))
            for number in registry_numbers_of(structure):
                found.setdefault(number.number, other.in_file(unjudged(number)))
    return list(found.values()) if len(found) == 1 else []


def _source(document: Document, failures: Failures) -> SourceFile:
    plain = SourceFile(file=document.file, sha256=document.sha256, pages=len(document.pages), page_sources=[])
    return failures.attempt(
        "telling how the pages were read", lambda: source_of(document), plain, "only the file is told"
    )


def _read(own: _OwnPages, readers: _Readers, failures: Failures) -> Agreement:
    """The record of a document that is alone in its file."""
    document = own.document
    choices = _choices(own.text, readers.vocabulary, failures)
    ensemble = readers.ensemble(choices.document, failures)
    structure = structure_of(choices.document, readers.vocabulary, failures, _odds(ensemble))
    written = structure_of(own.text, readers.vocabulary, failures, _odds(ensemble)).sections if choices.made else ()
    structure = replace(
        structure, document=document, signing_sheets=own.signing, written=written, joined_from=own.joined_from
    )
    draft, failed = draft_of(structure, failures, ensemble)
    agreement = draft.agreement(_source(document, failures))
    remarks: list[Remark] = failures.attempt(
        "looking for what a registrar should see",
        lambda: remarks_on(agreement, structure, draft.disagreements),
        [],
        "no remarks are made",
    )
    absent: dict[str, str] = failures.attempt(
        "telling why values are missing",
        lambda: reasons_of(agreement, signing_clause(structure), unread_clause(structure, agreement.period)),
        {},
        "some have no reason",
    )
    all_remarks = [*own.remarks, *choices.remarks, *remarks]
    return agreement.model_copy(
        update={
            "absent": {**absent, **reasons_of_failed(agreement, failed)},
            "remarks": all_remarks,
            "warnings": [*_warnings_of(document), *failures.messages, *(r.text for r in all_remarks)],
        }
    )


def _choices(text: Document, vocabulary: Vocabulary, failures: Failures) -> Choices:
    """The text without what is not ticked."""
    return failures.attempt(
        "looking for what is ticked",
        lambda: choices_of(text, structure_of(text, vocabulary, failures)) if may_hold_choices(text) else Choices(text),
        Choices(text),
        "alternatives were read whether they are ticked or not",
    )


def _warnings_of(document: Document) -> Sequence[str]:
    return [*document.warnings, *(w for page in document.pages for w in page.warnings)]
