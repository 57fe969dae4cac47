"""Records of earlier versions, which do not tell the roles and annexes of sections, the notice nor what minutes say:
filled from titles, places and words."""

from avskrift.language.sentences import sentences_in
from avskrift.models.agreement import Agreement, DateRole, DocumentKind, Evidence, Period, Section
from avskrift.models.minutes import Minutes, MinutesItem
from avskrift.parsing.structure.title_roles import roles_of
from avskrift.parsing.vocabulary import Vocabulary


def completed(record: Agreement, vocabulary: Vocabulary | None = None) -> Agreement:
    """The record with `roles` and `annex` of its sections and the `notice` of its period, where no section has any, and
    with the `minutes` of an excerpt that has none.

    Roles are what the titles mean in `vocabulary` (None: ours). Sections that stand below the last signature are taken
    to be those of an annex without a number. A record whose sections tell their roles, and that is no
    excerpt without minutes, is given back as it is.
    """
    record = _with_minutes(record)
    if any(section.roles or section.annex is not None for section in record.sections):
        return record
    words = vocabulary or Vocabulary.shipped()
    end = _last_signature(record)
    sections = [_with_roles(section, end, words) for section in record.sections]
    return record.model_copy(update={"sections": sections, "period": _with_notice(record, words)})


def _with_minutes(record: Agreement) -> Agreement:
    """An excerpt of minutes with what its dates and numbered sections tell: the day of the meeting and the items. What
    earlier versions did not read (who was there, what was decided) stays empty."""
    excerpt = record.document.kind is DocumentKind.PROTOCOL_EXCERPT
    if not excerpt or record.minutes is not None or "minutes" in record.absent:
        return record
    day = next((one for one in record.dates if one.role is DateRole.MEETING), None)
    items = [_item(section) for section in record.sections if (section.number or "").isdigit() and not section.annex]
    if day is None and not items:
        return record
    evidence = None if day is None else day.evidence
    by_field = {} if evidence is None else {"date": evidence}
    date = None if day is None else day.date
    minutes = Minutes(date=date, items=items, evidence=evidence, evidence_by_field=by_field)
    return record.model_copy(update={"minutes": minutes})


def _item(section: Section) -> MinutesItem:
    """An item of minutes as a numbered section tells it."""
    evidence = {} if section.evidence is None or section.title is None else {"title": section.evidence}
    return MinutesItem(
        paragraph=section.number, title=section.title, evidence=section.evidence, evidence_by_field=evidence
    )


def _with_roles(section: Section, end: tuple[int, int] | None, vocabulary: Vocabulary) -> Section:
    """The section with its roles, and as one of an annex where it stands below the last signature, at `end`."""
    annex = "" if end is not None and _place_of(section) > end else None
    return section.model_copy(update={"roles": list(roles_of(section.title or "", vocabulary)), "annex": annex})


def _with_notice(record: Agreement, vocabulary: Vocabulary) -> Period:
    """The period with the sentences on notice of the first section that has any."""
    pattern = vocabulary.pattern("period", "notice")
    for section in record.sections:
        notice = " ".join(filter(pattern.search, sentences_in(section.text, clauses=True)))
        if notice:
            known = record.period.evidence_by_field
            evidence = {"notice": section.evidence} if section.evidence is not None else {}
            return record.period.model_copy(update={"notice": notice, "evidence_by_field": {**known, **evidence}})
    return record.period


def _last_signature(record: Agreement) -> tuple[int, int] | None:
    """Page and line of the last of the signatures; None where none was read."""
    read = [e for s in record.signatories for e in (s.evidence, *s.evidence_by_field.values()) if e is not None]
    return max(map(_place, read), default=None)


def _place_of(section: Section) -> tuple[int, int]:
    return (section.page, 0) if section.evidence is None else _place(section.evidence)


def _place(evidence: Evidence) -> tuple[int, int]:
    return evidence.page, evidence.line or 0
