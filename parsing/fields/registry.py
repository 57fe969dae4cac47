"""The fields of a record, one after the other: each is read by its own module from the structure and the fields before.

A field whose module fails stays empty, with that as its reason; the others are read all the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from avskrift.models.agreement import (
    Agreement,
    Annex,
    Contact,
    Correction,
    DatedMention,
    DocumentHead,
    DocumentKind,
    DoubtfulReading,
    Evidence,
    FocusArea,
    Group,
    Party,
    Period,
    Reference,
    RegistryNumber,
    Section,
    Signatory,
    SourceFile,
    Traced,
)
from avskrift.models.minutes import Minutes
from avskrift.parsing.checks.missing_reasons import FailedField
from avskrift.parsing.checks.source_info import corrections_of, doubtful_readings_of
from avskrift.parsing.fields.annexes import annexes_of
from avskrift.parsing.fields.contacts import contacts_of
from avskrift.parsing.fields.dates import mentions_of
from avskrift.parsing.fields.document_kind import kind_of, title_of
from avskrift.parsing.fields.focus_areas.field import focus_areas_of
from avskrift.parsing.fields.focus_areas.surveys import answers_of_surveys
from avskrift.parsing.fields.groups.field import groups_of
from avskrift.parsing.fields.minutes.field import minutes_of
from avskrift.parsing.fields.parties.field import parties_of
from avskrift.parsing.fields.period import period_of, with_notice, with_signing
from avskrift.parsing.fields.references import Named, references_of
from avskrift.parsing.fields.registry_numbers import no_registry_numbers, registry_numbers_of
from avskrift.parsing.fields.signatories.field import signatories_of
from avskrift.parsing.fields.signatories.place import lists_of_others
from avskrift.parsing.fields.signatories.sheets import with_days_on_sheets, with_signers_on_sheets
from avskrift.parsing.judge.ensemble import BINDING, Ensemble
from avskrift.parsing.judge.judge import RULES_RIGHT, Disagreement, unjudged
from avskrift.parsing.judge.kind import judged_kind
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.sections import section_records
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value, record_of
from avskrift.runtime.failures import Failures

_R = TypeVar("_R", bound=Traced)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read of a record so far. `known_kind` is None where the kind of the document was not found, `ensemble`
    where the rules alone read; `disagreements` are the values that rules and network read differently."""

    title: Value[str] | None = None
    known_kind: DocumentKind | None = None
    period: Period = field(default_factory=Period)
    dates: list[DatedMention] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    focus_areas: list[FocusArea] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    signatories: list[Signatory] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    minutes: Minutes | None = None
    diary_numbers: list[RegistryNumber] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    ensemble: Ensemble | None = None
    disagreements: list[Disagreement] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    doubtful: list[DoubtfulReading] = field(default_factory=list)

    @property
    def title_span(self) -> TextSpan | None:
        """Where the title stands."""
        return None if self.title is None else self.title.span

    @property
    def kind(self) -> DocumentKind:
        """The kind by whose rules the fields are read: where none is known, those of an agreement."""
        return self.known_kind or DocumentKind.AGREEMENT

    @property
    def is_other(self) -> bool:
        """Whether the document is surely no agreement, plan, excerpt or memo."""
        return self.known_kind is DocumentKind.OTHER

    def agreement(self, source: SourceFile) -> Agreement:
        """The record of what was read, with the file that it was read from."""
        kind = self.known_kind or DocumentKind.OTHER
        head = record_of(DocumentHead, {"title": self.title}, kind=kind, diary_numbers=self.diary_numbers)
        fields = {name: getattr(self, name) for name in Agreement.model_fields if name in self.__dataclass_fields__}
        return Agreement(document=head, source=source, **fields)


@dataclass(frozen=True, slots=True)
class Field:
    """`name` tells people what is read; `paths` are the values of the record that are missing where `read` fails, which
    gives the values of a draft that it reads."""

    name: str
    paths: tuple[str, ...]
    read: Callable[[DocumentStructure, Draft], Mapping[str, object]]


def draft_of(
    structure: DocumentStructure, failures: Failures, ensemble: Ensemble | None = None
) -> tuple[Draft, list[FailedField]]:
    """All fields of the record, and those that could not be read. `ensemble` tells what the learned reader found."""
    draft, failed = Draft(ensemble=ensemble), []
    for entry in FIELDS:
        before = len(failures.found)
        draft = replace(draft, **_read(entry, structure, draft, failures))  # type: ignore[arg-type]
        failed += [
            FailedField(entry.paths, f"this field could not be read: its rules failed ({failure.reason})")
            for failure in failures.found[before:]
        ]
    return draft, failed


def _read(entry: Field, structure: DocumentStructure, draft: Draft, failures: Failures) -> Mapping[str, object]:
    return failures.attempt(f"reading {entry.name}", lambda: entry.read(structure, draft), {}, "it stays empty")


def _numbered(kind: str, records: Sequence[_R]) -> list[_R]:
    """The records with ids that other values point to: party-1, party-2."""
    return [r.model_copy(update={"id": f"{kind}-{n}"}) for n, r in enumerate(records, 1)]


def _title(structure: DocumentStructure, draft: Draft) -> Mapping[str, object]:
    if draft.ensemble is None:
        return {"title": _title_of_rules(structure)}
    title, disagreements = draft.ensemble.title(Value.of_any(title_of(structure), "title"))
    return {"title": title, "disagreements": disagreements}


def _title_of_rules(structure: DocumentStructure) -> Value[str] | None:
    """The title as the rules find it, where no judge looks at it."""
    title = Value.of_any(title_of(structure), "title")
    return None if title is None else replace(title, at_most=RULES_RIGHT)


def _kind(structure: DocumentStructure, draft: Draft) -> Mapping[str, object]:
    kind = kind_of(structure, draft.title_span)
    if draft.ensemble is None:
        return {"known_kind": kind}
    if kind is DocumentKind.OTHER:  # of a text that is none of ours the network knows nothing
        return {"known_kind": kind, "title": _title_of_rules(structure), "disagreements": []}
    return {"known_kind": judged_kind(draft.ensemble.reading, kind)}


def _notice(structure: DocumentStructure, draft: Draft) -> Mapping[str, object]:
    period = draft.period if draft.is_other else with_notice(draft.period, structure)
    if draft.ensemble is None or draft.is_other:
        return {"period": unjudged(period)}
    judged, disagreements = draft.ensemble.period(period)
    return {"period": judged, "disagreements": [*draft.disagreements, *disagreements]}


_OF_AGREEMENTS = ("groups", "focus_areas")
"""What minutes and memos only tell of: there the rules alone look for it."""


OBJECTIONS: Mapping[str, Callable[[DocumentStructure], Iterable[TextSpan]]] = {
    "signatories": lists_of_others,
    "focus_areas": answers_of_surveys,
    "document.diary_numbers": no_registry_numbers,
}
"""Passages in which, as the text itself says, no value of a field stands. What the network claims there is not
believed: it knows what names and numbers look like, the rules what introduces them."""


def _both(
    structure: DocumentStructure, draft: Draft, field: str, name: str, ours: Sequence[Traced]
) -> dict[str, list[Any]]:
    """What the judge believes of a list that the rules read, and the learned reader under `name`.

    Of a text that is surely none of ours only what the rules found is looked at: the network has learned from ours
    alone.
    """
    if draft.ensemble is None:
        return {name: [unjudged(record) for record in ours]}
    about_others = field in _OF_AGREEMENTS and draft.known_kind not in BINDING
    theirs = [] if draft.is_other or about_others else getattr(draft.ensemble.records, name)
    if theirs and field in OBJECTIONS:
        objected = list(OBJECTIONS[field](structure))
        theirs = [t for t in theirs if t.evidence is None or not any(span.holds(t.evidence) for span in objected)]
    records, disagreements = draft.ensemble.with_rules(field, ours, theirs, draft.known_kind)
    return {name: records, "disagreements": [*draft.disagreements, *disagreements]}


def _numbered_both(
    structure: DocumentStructure, draft: Draft, name: str, kind: str, ours: Sequence[Traced]
) -> Mapping[str, object]:
    """As `_both`, of a list whose records have ids."""
    found = _both(structure, draft, name, name, ours)
    return {**found, name: _numbered(kind, found[name])}


def _place(evidence: Evidence | None) -> tuple[int, int | None] | None:
    return None if evidence is None else (evidence.page, evidence.line)


def _signatories(structure: DocumentStructure, draft: Draft) -> Mapping[str, object]:
    ours = [] if draft.is_other else signatories_of(structure)
    found = _both(structure, draft, "signatories", "signatories", ours)
    if structure.joined_from is not None:  # who answers for the plan behind an agreement does not sign that
        joined = structure.joined_from
        own = [one for one in found["signatories"] if one.evidence is None or one.evidence.page < joined]
        found["signatories"] = own or found["signatories"]
    return {**found, "signatories": with_signers_on_sheets(found["signatories"], structure)}


def _dates(structure: DocumentStructure, draft: Draft) -> Mapping[str, object]:
    mentioned = mentions_of(structure, draft.period, draft.signatories, draft.known_kind)
    return {"dates": with_days_on_sheets(mentioned, structure)}


def _focus_areas(structure: DocumentStructure, draft: Draft) -> Mapping[str, object]:
    return _numbered_both(structure, draft, "focus_areas", "area", focus_areas_of(structure, draft.kind))


def _contacts(structure: DocumentStructure, draft: Draft) -> Mapping[str, object]:
    """The contacts, and the signatories without those of a list of contacts that stands after them."""
    contacts = contacts_of(structure, draft.signatories)
    reached = [_place(c.evidence) for c in contacts if c.phone or c.email]
    both = _both(structure, draft, "contacts", "contacts", contacts)
    return {**both, "signatories": [s for s in draft.signatories if _place(s.evidence) not in reached]}


def _minutes(structure: DocumentStructure, draft: Draft) -> Mapping[str, object]:
    learned = () if draft.ensemble is None else draft.ensemble.reading.values
    return {"minutes": minutes_of(structure, draft.known_kind, draft.signatories, learned)}


def _references(structure: DocumentStructure, draft: Draft) -> Mapping[str, object]:
    named = Named(draft.parties, draft.groups, draft.annexes, draft.sections)
    return {"references": references_of(structure, named)}


def _if_agreement(
    read: Callable[[DocumentStructure, Draft], Mapping[str, object]],
) -> Callable[..., Mapping[str, object]]:
    """Reads nothing of a document that is surely none that this program knows."""
    return lambda structure, draft: {} if draft.is_other else read(structure, draft)


_PERIOD = ("period.valid_from", "period.valid_to")

FIELDS = (
    Field("the title", ("document.title",), _title),
    Field("the kind of document", ("document.kind",), _kind),
    Field("the period", _PERIOD, _if_agreement(lambda o, d: {"period": period_of(o, d.title_span)})),
    Field("the signatories", ("signatories",), _signatories),
    Field("the contacts", ("contacts",), _contacts),
    Field("the dates", ("dates",), _dates),
    Field(
        "the parties",
        ("parties",),
        lambda o, d: _numbered_both(o, d, "parties", "party", parties_of(o, d.kind)),
    ),
    Field(
        "the groups",
        ("groups",),
        lambda o, d: _numbered_both(o, d, "groups", "group", groups_of(o, d.kind)),
    ),
    Field(
        "the annexes",
        ("annexes",),
        lambda o, d: _numbered_both(o, d, "annexes", "annex", annexes_of(o)),
    ),
    Field(
        "the sections",
        ("sections",),
        lambda o, d: {"sections": _numbered("section", section_records(o.sections, d.title_span, o.written))},
    ),
    Field(
        "the diary numbers",
        ("document.diary_numbers",),
        lambda o, d: _both(o, d, "document.diary_numbers", "diary_numbers", registry_numbers_of(o, d.parties)),
    ),
    Field(
        "the period as the signing tells it",
        _PERIOD,
        lambda o, d: {"period": with_signing(d.period, o, d.dates)},
    ),
    Field(
        "how the agreement is ended by notice",
        ("period.notice",),
        _notice,
    ),
    Field("the focus areas", ("focus_areas",), _focus_areas),
    Field("the minutes", ("minutes",), _minutes),
    Field("the references", ("references",), _references),
    Field("the corrections", ("corrections",), lambda o, d: {"corrections": corrections_of(o.document)}),
    Field("the doubtful readings", ("doubtful",), lambda o, d: {"doubtful": doubtful_readings_of(o.document)}),
)
"""In the order in which they are read: some need those before them."""
