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
    """The record of a document, read with a vocabulary, by the rules and, if `learned`, by the network too. Pure."""
    failures = Failures(_LOG)
    ensemble = _ensemble(document, vocabulary, failures) if learned else None
    structure = structure_of(document, vocabulary, failures, _odds(ensemble))
    draft, failed = draft_of(structure, failures, ensemble)
    plain_source = SourceFile(file=document.file, sha256=document.sha256, pages=len(document.pages), page_sources=[])
    source = failures.attempt(
        "telling how the pages were read", lambda: source_of(document), plain_source, "only the file is told"
    )
    agreement = draft.agreement(source)
    remarks: list[Remark] = failures.attempt(
        "looking for what a registrar should see", lambda: remarks_on(agreement, structure), [], "no remarks are made"
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
