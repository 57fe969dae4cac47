"""From a `Document` to an `Agreement`: the structure, then one field after the other, then the checks."""

import logging
from collections.abc import Mapping, Sequence

from avskrift.models.agreement import Agreement, Remark, SourceFile
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing.checks.missing_reasons import reasons_of, reasons_of_failed
from avskrift.parsing.checks.source_info import source_of
from avskrift.parsing.checks.validation import remarks_on
from avskrift.parsing.fields.period import signing_clause
from avskrift.parsing.fields.registry import draft_of
from avskrift.parsing.judge.ensemble import Ensemble, ensemble_of
from avskrift.parsing.parts import FilePart, main_part, parts_of
from avskrift.parsing.structure.document_structure import structure_of
from avskrift.parsing.structure.explanation import LineExplanation, explanations_of
from avskrift.parsing.structure.text_span import HeadingOdds
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

_LOG = logging.getLogger("avskrift.parsing")


def parse(document: Document, options: ParsingOptions | None = None) -> Agreement:
    """The record of a read and corrected document: the same document and vocabulary give the same record.

    What could not be read because its rules failed is named in `absent` and `warnings`; the traceback goes to the log
    `avskrift.parsing`. Raises `UsageError` for a vocabulary of the user's own that cannot be used.
    """
    return parse_with(document, _vocabulary_of(options), learned=options is None or options.learned)


def parse_parts(document: Document, options: ParsingOptions | None = None) -> list[Agreement]:
    """A record for each of the documents that lie in a file, in their order; one where it holds one.

    Raises `UsageError` for a vocabulary of the user's own that cannot be used.
    """
    vocabulary, learned = _vocabulary_of(options), options is None or options.learned
    failures = Failures(_LOG)
    parts = _parts(document, vocabulary, failures)
    if len(parts) < 2:
        return [_read(document, vocabulary, failures, learned=learned)]
    return [_read_part(document, part, parts, vocabulary, learned=learned) for part in parts]


def explain_lines(document: Document, options: ParsingOptions | None = None) -> list[LineExplanation]:
    """What each line of a document was taken to be (a heading, a list item, a page header), and why, in reading order.

    Raises `UsageError` for a vocabulary of the user's own that cannot be used.
    """
    vocabulary, failures = _vocabulary_of(options), Failures(_LOG)
    ensemble = _ensemble(document, vocabulary, failures) if options is None or options.learned else None
    return explanations_of(structure_of(document, vocabulary, failures, _odds(ensemble)))


def _vocabulary_of(options: ParsingOptions | None) -> Vocabulary:
    return Vocabulary.from_folder(None if options is None else options.vocabulary)


def _ensemble(document: Document, vocabulary: Vocabulary, failures: Failures) -> Ensemble | None:
    found: Ensemble | None = failures.attempt(
        "reading with the network",
        lambda: ensemble_of(document, vocabulary),
        None,
        "only the rules read the document",
    )
    return found


def _odds(ensemble: Ensemble | None) -> Mapping[tuple[int, int], HeadingOdds] | None:
    return None if ensemble is None else ensemble.reading.heading_odds()


def parse_with(document: Document, vocabulary: Vocabulary, *, learned: bool = True) -> Agreement:
    """The record of a document, read with a vocabulary, by the rules and, if `learned`, by the network too. Of a file
    with several documents it is the record of the main one. Pure."""
    failures = Failures(_LOG)
    parts = _parts(document, vocabulary, failures)
    if len(parts) < 2:
        return _read(document, vocabulary, failures, learned=learned)
    return _read_part(document, main_part(parts), parts, vocabulary, learned=learned)


def _parts(document: Document, vocabulary: Vocabulary, failures: Failures) -> tuple[FilePart, ...]:
    return failures.attempt(
        "looking for several documents in the file", lambda: parts_of(document, vocabulary), (), "it was read as one"
    )


def _read_part(
    document: Document, part: FilePart, parts: Sequence[FilePart], vocabulary: Vocabulary, *, learned: bool
) -> Agreement:
    """The record of one part of a file, with what is known of the whole."""
    failures = Failures(_LOG)
    found = part.in_file(_read(part.alone, vocabulary, failures, learned=learned))
    source = _source(document, failures).model_copy(update={"parts": [p.described() for p in parts]})
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


def _read(document: Document, vocabulary: Vocabulary, failures: Failures, *, learned: bool) -> Agreement:
    """The record of a document that is alone in its file."""
    ensemble = _ensemble(document, vocabulary, failures) if learned else None
    structure = structure_of(document, vocabulary, failures, _odds(ensemble))
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
