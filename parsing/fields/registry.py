"""The fields of a record, one after the other: each is read by its own module from the structure and the fields before.

A field whose module fails stays empty, with that as its reason; the others are read all the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from avskrift.models.agreement import (
    Annex,
    Contact,
    Correction,
    DatedMention,
    DiaryNumber,
    DocumentKind,
    DoubtfulReading,
    Evidence,
    FocusArea,
    Group,
    Party,
    Period,
    Record,
    Reference,
    Section,
    Signatory,
)
from avskrift.parsing.checks.source_info import corrections_of, doubtful_readings_of
from avskrift.parsing.fields.annexes import annexes_of
from avskrift.parsing.fields.contacts import contacts_of
from avskrift.parsing.fields.dates import mentions_of
from avskrift.parsing.fields.document_kind import kind_of, title_of
from avskrift.parsing.fields.focus_areas.field import focus_areas_of
from avskrift.parsing.fields.groups.field import groups_of
from avskrift.parsing.fields.parties.field import parties_of
from avskrift.parsing.fields.period import period_of, with_notice, with_signing
from avskrift.parsing.fields.references import Named, references_of
from avskrift.parsing.fields.registry_numbers import registry_numbers_of
from avskrift.parsing.fields.signatories import signatories_of
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.sections import section_records
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.runtime.failures import Failures

_R = TypeVar("_R", bound=Record)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read of a record so far. `told_kind` is None where no kind could be told."""

    title: TextSpan | None = None
    head: Evidence | None = None
    told_kind: DocumentKind | None = None
    period: Period = field(default_factory=Period)
    dates: list[DatedMention] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    focus_areas: list[FocusArea] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    signatories: list[Signatory] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    diary_numbers: list[DiaryNumber] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    doubtful: list[DoubtfulReading] = field(default_factory=list)

    @property
    def kind(self) -> DocumentKind:
        """The kind by whose rules the fields are read: where none could be told, those of an agreement."""
        return self.told_kind or DocumentKind.AGREEMENT

    @property
    def is_other(self) -> bool:
        return self.told_kind is DocumentKind.OTHER


@dataclass(frozen=True, slots=True)
class Field:
    """`name` tells people what is read; `paths` are the values of the record that are missing where `read` fails."""

    name: str
    paths: tuple[str, ...]
    read: Callable[[DocumentStructure, Draft], Draft]


@dataclass(frozen=True, slots=True)
class FailedField:
    """Values of the record that could not be read, and why."""

    paths: tuple[str, ...]
    reason: str


def draft_of(structure: DocumentStructure, failures: Failures) -> tuple[Draft, list[FailedField]]:
    """All fields of the record, and those that could not be read."""
    draft, failed = Draft(), []
    for entry in FIELDS:
        before = len(failures.found)
        draft = _read(entry, structure, draft, failures)
        failed += [
            FailedField(entry.paths, f"this field could not be read: its rules failed ({failure.reason})")
            for failure in failures.found[before:]
        ]
    return draft, failed


def _read(entry: Field, structure: DocumentStructure, draft: Draft, failures: Failures) -> Draft:
    return failures.attempt(f"reading {entry.name}", lambda: entry.read(structure, draft), draft, "it stays empty")


def _numbered(kind: str, records: Sequence[_R]) -> list[_R]:
    """The records with ids that other values point to: party-1, party-2."""
    return [r.model_copy(update={"id": f"{kind}-{n}"}) for n, r in enumerate(records, 1)]


def _place(evidence: Evidence | None) -> tuple[int, int | None] | None:
    return None if evidence is None else (evidence.page, evidence.line)


def _title(structure: DocumentStructure, draft: Draft) -> Draft:
    title = title_of(structure)
    return replace(draft, title=title, head=None if title is None else title.evidence("title"))


def _kind(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, told_kind=kind_of(structure, draft.title))


def _period(structure: DocumentStructure, draft: Draft) -> Draft:
    return draft if draft.is_other else replace(draft, period=period_of(structure, draft.title))


def _signatories(structure: DocumentStructure, draft: Draft) -> Draft:
    return draft if draft.is_other else replace(draft, signatories=signatories_of(structure))


def _contacts(structure: DocumentStructure, draft: Draft) -> Draft:
    contacts = contacts_of(structure, draft.signatories)
    reached = [_place(c.evidence) for c in contacts if c.phone or c.email]
    signatories = [s for s in draft.signatories if _place(s.evidence) not in reached]  # a list of contacts after them
    return replace(draft, contacts=contacts, signatories=signatories)


def _dates(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, dates=mentions_of(structure, draft.period))


def _parties(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, parties=_numbered("party", parties_of(structure, draft.kind)))


def _groups(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, groups=_numbered("group", groups_of(structure, draft.kind)))


def _annexes(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, annexes=_numbered("annex", annexes_of(structure)))


def _sections(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, sections=_numbered("section", section_records(structure.sections, draft.title)))


def _registry_numbers(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, diary_numbers=registry_numbers_of(structure, draft.parties))


def _signing(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, period=with_signing(draft.period, structure, draft.dates))


def _notice(structure: DocumentStructure, draft: Draft) -> Draft:
    return draft if draft.is_other else replace(draft, period=with_notice(draft.period, structure))


def _focus_areas(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, focus_areas=_numbered("area", focus_areas_of(structure, draft.kind)))


def _references(structure: DocumentStructure, draft: Draft) -> Draft:
    named = Named(draft.parties, draft.groups, draft.annexes, draft.sections)
    return replace(draft, references=references_of(structure, named))


def _corrections(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, corrections=corrections_of(structure.document))


def _doubtful(structure: DocumentStructure, draft: Draft) -> Draft:
    return replace(draft, doubtful=doubtful_readings_of(structure.document))


_PERIOD = ("period.valid_from", "period.valid_to")

FIELDS = (
    Field("the title", ("document.title",), _title),
    Field("the kind of document", ("document.kind",), _kind),
    Field("the period", _PERIOD, _period),
    Field("the signatories", ("signatories",), _signatories),
    Field("the contacts", ("contacts",), _contacts),
    Field("the dates", ("dates",), _dates),
    Field("the parties", ("parties",), _parties),
    Field("the groups", ("groups",), _groups),
    Field("the annexes", ("annexes",), _annexes),
    Field("the sections", ("sections",), _sections),
    Field("the diary numbers", ("document.diary_numbers",), _registry_numbers),
    Field("the period as the signing tells it", _PERIOD, _signing),
    Field("how the agreement is ended by notice", ("period.notice",), _notice),
    Field("the focus areas", ("focus_areas",), _focus_areas),
    Field("the references", ("references",), _references),
    Field("the corrections", ("corrections",), _corrections),
    Field("the doubtful readings", ("doubtful",), _doubtful),
)
"""In the order in which they are read: some need those before them."""
