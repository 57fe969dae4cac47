"""From a `Document` to an `Agreement`: the structure, then one field after the other, then the checks."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from avskrift.models.agreement import Agreement, Remark, SourceFile
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing.checks.missing_reasons import reasons_of, reasons_of_failed
from avskrift.parsing.checks.page_boxes import with_boxes_in_file
from avskrift.parsing.checks.source_info import source_of
from avskrift.parsing.checks.validation import remarks_on
from avskrift.parsing.fields.period import signing_clause
from avskrift.parsing.fields.registry import draft_of
from avskrift.parsing.judge.ensemble import Ensemble, ensemble_of
from avskrift.parsing.learned.adapter import Adapter
from avskrift.parsing.learned.network import adapted, adapter_in
from avskrift.parsing.parts.file_parts import FilePart, main_part, parts_of
from avskrift.parsing.structure.document_structure import structure_of
from avskrift.parsing.structure.explanation import LineExplanation, explanations_of
from avskrift.parsing.structure.text_span import HeadingOdds
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
    parts = _parts(document, readers.vocabulary, failures)
    if not parts:
        return [with_boxes_in_file(_read(document, readers, failures), document)]
    return [with_boxes_in_file(_read_part(document, part, parts, readers), document) for part in parts]


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
    parts = _parts(document, readers.vocabulary, failures)
    if not parts:
        return _read(document, readers, failures)
    return _read_part(document, main_part(parts), parts, readers)


def _parts(document: Document, vocabulary: Vocabulary, failures: Failures) -> tuple[FilePart, ...]:
    return failures.attempt(
        "looking for several documents in the file", lambda: parts_of(document, vocabulary), (), "it was read as one"
    )


def _read_part(document: Document, part: FilePart, parts: Sequence[FilePart], readers: _Readers) -> Agreement:
    """The record of one part of a file, with what is known of the whole."""
    failures = Failures(_LOG)
    found = part.in_file(_read(part.alone, readers, failures))
    source = _source(document, failures).model_copy(update={"parts": [p.described(recorded=p is part) for p in parts]})
    first, last = part.pages[0], part.pages[-1]
    where = f"page {first}" if first == last else f"pages {first}-{last}"
    remark = Remark(kind="parts", text=f"the file holds {len(parts)} documents; this record is of {where}")
    return found.model_copy(
        update={
            "source": source,
            "remarks": [remark, *found.remarks],
            "warnings": list(dict.fromkeys([*document.warnings, *found.warnings, remark.text])),
        }
    )


def _source(document: Document, failures: Failures) -> SourceFile:
    plain = SourceFile(file=document.file, sha256=document.sha256, pages=len(document.pages), page_sources=[])
    return failures.attempt(
        "telling how the pages were read", lambda: source_of(document), plain, "only the file is told"
    )


def _read(document: Document, readers: _Readers, failures: Failures) -> Agreement:
    """The record of a document that is alone in its file."""
    ensemble = readers.ensemble(document, failures)
    structure = structure_of(document, readers.vocabulary, failures, _odds(ensemble))
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
        lambda: reasons_of(agreement, signing_clause(structure)),
        {},
        "some have no reason",
    )
    return agreement.model_copy(
        update={
            "absent": {**absent, **reasons_of_failed(agreement, failed)},
            "remarks": remarks,
            "warnings": [*_warnings_of(document), *failures.messages, *(r.text for r in remarks)],
        }
    )


def _warnings_of(document: Document) -> Sequence[str]:
    return [*document.warnings, *(w for page in document.pages for w in page.warnings)]
