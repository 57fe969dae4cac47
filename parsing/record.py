"""From a `Document` to an `Agreement`: the structure, then one field after the other, then the checks."""

import logging
from collections.abc import Sequence

from avskrift.models.agreement import Agreement, Remark, SourceFile
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing.checks.missing_reasons import reasons_of, reasons_of_failed
from avskrift.parsing.checks.source_info import source_of
from avskrift.parsing.checks.validation import remarks_on
from avskrift.parsing.fields.period import signing_clause
from avskrift.parsing.fields.registry import draft_of
from avskrift.parsing.judge.witnesses import LearnedWitness, learned_witness
from avskrift.parsing.learned.network import Network
from avskrift.parsing.structure.document_structure import structure_of
from avskrift.parsing.structure.explanation import LineExplanation, explanations_of
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

_LOG = logging.getLogger("avskrift.parsing")


def parse(document: Document, options: ParsingOptions | None = None) -> Agreement:
    """The record of a read and corrected document: the same document and vocabulary give the same record.

    What could not be read because its rules failed is named in `absent` and `warnings`; the traceback goes to the log
    `avskrift.parsing`. Raises `UsageError` for a vocabulary of the user's own that cannot be used.
    """
    return parse_with(document, _vocabulary_of(options))


def explain_lines(document: Document, options: ParsingOptions | None = None) -> list[LineExplanation]:
    """What each line of a document was taken to be (a heading, a list item, a page header), and why, in reading order.

    Raises `UsageError` for a vocabulary of the user's own that cannot be used.
    """
    vocabulary = _vocabulary_of(options)
    return explanations_of(structure_of(document, vocabulary, Failures(_LOG)))


def _vocabulary_of(options: ParsingOptions | None) -> Vocabulary:
    return Vocabulary.from_folder(None if options is None else options.vocabulary)


def parse_with(document: Document, vocabulary: Vocabulary, network: Network | None = None) -> Agreement:
    """The record of a document, read with a vocabulary and a network, by default the shipped one. Pure."""
    failures = Failures(_LOG)
    witness: LearnedWitness | None = failures.attempt(
        "reading with the network",
        lambda: learned_witness(document, vocabulary, network),
        None,
        "only the rules read the document",
    )
    odds = None if witness is None else witness.reading.heading_odds()
    structure = structure_of(document, vocabulary, failures, odds)
    draft, failed = draft_of(structure, failures, witness)
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
