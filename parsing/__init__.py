"""From a `Document` to an `Agreement`: sections, then one module for each field.

`outline` cuts the document into lines, blocks, parts and action plans; every field module takes the outline
and gives its records; their patterns and words are the TOML files in `vocabulary/`.
"""

from avskrift.models.agreement import Agreement, DocumentHead, DocumentKind, Period
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
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
from avskrift.parsing.sections import section_records
from avskrift.parsing.signatories import signatories_of

__all__ = ["parse"]


def parse(document: Document, options: ParsingOptions | None = None) -> Agreement:
    """The record of a read and mended document. Pure: the same document gives the same record."""
    outline = outline_of(document)
    title = title_of(outline)
    kind = kind_of(outline, title)
    period = Period() if kind is DocumentKind.OTHER else period_of(outline, title)
    head = title.evidence(0.9) if title is not None else None
    signatories = [] if kind is DocumentKind.OTHER else signatories_of(outline)
    dates = mentions_of(outline, period)
    parties = parties_of(outline, kind)
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
        groups=groups_of(outline, kind),
        focus_areas=focus_areas_of(outline, kind),
        annexes=annexes_of(outline),
        signatories=signatories,
        contacts=contacts_of(outline, signatories),
        sections=section_records(outline.parts, title),
        corrections=corrections_of(document),
        doubtful=doubtful_readings_of(document),
        warnings=[*document.warnings, *(w for page in document.pages for w in page.warnings)],
    )
    return agreement.model_copy(update={"warnings": [*agreement.warnings, *remarks_on(agreement)]})
