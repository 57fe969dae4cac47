"""From a `Document` to an `Agreement`: sections, then one module for each field.

`outline` cuts the document into lines, blocks, parts and action plans; every field module takes the outline
and gives its records; their patterns and words are the TOML files in `vocabulary/`.
"""

from collections.abc import Sequence
from typing import TypeVar

from avskrift.models.agreement import Agreement, DocumentHead, DocumentKind, Evidence, Period, Record
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.parsing.absence import reasons_of
from avskrift.parsing.annexes import annexes_of
from avskrift.parsing.consistency import remarks_on
from avskrift.parsing.contacts import contacts_of
from avskrift.parsing.diary_numbers import diary_numbers_of
from avskrift.parsing.document_kind import kind_of, title_of
from avskrift.parsing.focus_areas import focus_areas_of
from avskrift.parsing.groups import groups_of
from avskrift.parsing.mentions import mentions_of
from avskrift.parsing.outline import outline_of
from avskrift.parsing.parties import parties_of
from avskrift.parsing.period import period_of, with_signing
from avskrift.parsing.provenance import corrections_of, doubtful_readings_of, source_of
from avskrift.parsing.references import Named, references_of
from avskrift.parsing.sections import section_records
from avskrift.parsing.signatories import signatories_of
from avskrift.parsing.vocabulary import extended_by

__all__ = ["parse"]

_R = TypeVar("_R", bound=Record)


def parse(document: Document, options: ParsingOptions | None = None) -> Agreement:
    """The record of a read and mended document. Pure: the same document gives the same record.

    Raises `UsageError` for a vocabulary of the user's own that cannot be used.
    """
    with extended_by(None if options is None else options.vocabulary):
        return _record(document)


def _place(evidence: Evidence | None) -> tuple[int, int | None] | None:
    return None if evidence is None else (evidence.page, evidence.line)


def _record(document: Document) -> Agreement:
    outline = outline_of(document)
    title = title_of(outline)
    kind = kind_of(outline, title)
    period = Period() if kind is DocumentKind.OTHER else period_of(outline, title)
    head = title.evidence("title") if title is not None else None
    signatories = [] if kind is DocumentKind.OTHER else signatories_of(outline)
    contacts = contacts_of(outline, signatories)
    reached = [_place(c.evidence) for c in contacts if c.phone or c.email]
    signatories = [s for s in signatories if _place(s.evidence) not in reached]  # a list of contacts after them
    dates = mentions_of(outline, period)
    parties = _numbered("party", parties_of(outline, kind))
    groups = _numbered("group", groups_of(outline, kind))
    annexes = _numbered("annex", annexes_of(outline))
    sections = _numbered("section", section_records(outline.parts, title))
    agreement = Agreement(
        document=DocumentHead(
            kind=kind,
            title=None if title is None else title.text,
            diary_numbers=diary_numbers_of(outline, parties),
            evidence=head,
            evidence_by_field={} if head is None else {"title": head},
        ),
        source=source_of(document),
        parties=parties,
        period=with_signing(period, outline, dates),
        dates=dates,
        groups=groups,
        focus_areas=_numbered("area", focus_areas_of(outline, kind)),
        annexes=annexes,
        signatories=signatories,
        contacts=contacts,
        sections=sections,
        references=references_of(outline, Named(parties, groups, annexes, sections)),
        corrections=corrections_of(document),
        doubtful=doubtful_readings_of(document),
        warnings=[*document.warnings, *(w for page in document.pages for w in page.warnings)],
    )
    remarks = remarks_on(agreement, outline)
    return agreement.model_copy(
        update={
            "absent": reasons_of(agreement, outline),
            "remarks": remarks,
            "warnings": [*agreement.warnings, *(r.text for r in remarks)],
        }
    )


def _numbered(kind: str, records: Sequence[_R]) -> list[_R]:
    """The records with ids that other values point to: party-1, party-2."""
    return [r.model_copy(update={"id": f"{kind}-{n}"}) for n, r in enumerate(records, 1)]
