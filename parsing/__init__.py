"""From a `Document` to an `Agreement`: sections, then one module for each field.

`outline` cuts the document into lines, blocks, parts and action plans; every field module takes the outline
and gives its records (`fields`); their patterns and words are the TOML files in `vocabulary/`. A field, a step of the
outline or a check that fails costs only itself.
"""

import logging
from collections.abc import Sequence

from avskrift.models.agreement import Agreement, DocumentHead, DocumentKind, Remark, SourceFile
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing.checks.missing_reasons import reasons_of, reasons_of_failed
from avskrift.parsing.checks.source_info import source_of
from avskrift.parsing.checks.validation import remarks_on
from avskrift.parsing.fields.registry import Draft, draft_of
from avskrift.parsing.structure.outline import outline_of
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.parsing.vocabulary.in_force import using
from avskrift.runtime.failures import Failures

__all__ = ["parse"]

_LOG = logging.getLogger("avskrift.parsing")


def parse(document: Document, options: ParsingOptions | None = None) -> Agreement:
    """The record of a read and mended document. Pure: the same document gives the same record.

    What could not be read because its rules failed is told in `absent` and `warnings`; the traceback goes to the log
    `avskrift.parsing`. Raises `UsageError` for a vocabulary of the user's own that cannot be used.
    """
    vocabulary = Vocabulary.from_folder(None if options is None else options.vocabulary)
    with using(vocabulary):
        return _record(document, vocabulary)


def _record(document: Document, vocabulary: Vocabulary) -> Agreement:
    failures = Failures(_LOG)
    outline = outline_of(document, vocabulary, failures)
    draft, failed = draft_of(outline, failures)
    plain_source = SourceFile(file=document.file, sha256=document.sha256, pages=len(document.pages), page_sources=[])
    source = failures.attempt(
        "telling how the pages were read", lambda: source_of(document), plain_source, "only the file is told"
    )
    agreement = _agreement(draft, source)
    remarks: list[Remark] = failures.attempt(
        "looking for what a registrar should see", lambda: remarks_on(agreement, outline), [], "no remarks are made"
    )
    absent: dict[str, str] = failures.attempt(
        "telling why values are missing", lambda: reasons_of(agreement, outline), {}, "some have no reason"
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


def _agreement(draft: Draft, source: SourceFile) -> Agreement:
    return Agreement(
        document=DocumentHead(
            kind=draft.told_kind or DocumentKind.OTHER,
            title=None if draft.title is None else draft.title.text,
            diary_numbers=draft.diary_numbers,
            evidence=draft.head,
            evidence_by_field={} if draft.head is None else {"title": draft.head},
        ),
        source=source,
        parties=draft.parties,
        period=draft.period,
        dates=draft.dates,
        groups=draft.groups,
        focus_areas=draft.focus_areas,
        annexes=draft.annexes,
        signatories=draft.signatories,
        contacts=draft.contacts,
        sections=draft.sections,
        references=draft.references,
        corrections=draft.corrections,
        doubtful=draft.doubtful,
    )
