"""What was in force on a day, and the clause that says so."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from avskrift.comparison.reports.days import first_day, last_day
from avskrift.comparison.reports.version_chain import Version, begins, ends, is_known_to_the_day, version_chains
from avskrift.models.agreement import Agreement, DocumentKind, Evidence, Period
from avskrift.models.comparison import InForce, InForceStatus
from avskrift.parsing import completed

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"]|\d+(?:\.\d+)*\.?\s+[A-ZÅÄÖ])|\n")
"""Between sentences: inner full stops (7.1, t.o.m., 31.12) end none."""


@dataclass(frozen=True, slots=True)
class _Judgement:
    """Whether an agreement is in force, why, and the field of its period that says so."""

    in_force: InForce
    because: str
    field: str = "valid_to"


def in_force_on(day: date, versions: Sequence[Version]) -> list[InForceStatus]:
    """For each agreement whether it was in force on the day, chain by chain; other documents are left out."""
    agreements = [
        replace(v, record=completed(v.record)) for v in versions if v.record.document.kind is DocumentKind.AGREEMENT
    ]
    return [
        status for number, chain in enumerate(version_chains(agreements), 1) for status in _statuses(day, chain, number)
    ]


def _statuses(day: date, chain: Sequence[Version], number: int) -> Iterator[InForceStatus]:
    """What each version of a chain was on the day, in order of time."""
    judged = [_judgement(day, version.record) for version in chain]
    started = [
        (start, version, judgement)
        for version, judgement in zip(chain, judged, strict=True)
        if (start := begins(version.record)) and judgement.in_force is not InForce.NO
    ]
    starts = [start for start, _, _ in started]
    for version, judgement in zip(chain, judged, strict=True):
        own = begins(version.record)
        later = started[bisect_right(starts, own) :] if own is not None else []
        sha256 = version.record.source.sha256
        newer = next(((v, j) for _, v, j in later if v.record.source.sha256 != sha256), None)
        if newer is not None and judgement.in_force is not InForce.NO:
            judgement = _followed(judgement, version, *newer)
        yield _status(version, judgement, number)


def _followed(judgement: _Judgement, version: Version, newer: Version, of_newer: _Judgement) -> _Judgement:
    """The judgement on a version in force that `newer` follows, which began later and is in force too, or may be."""
    since = newer.record.period.valid_from or begins(newer.record)
    if version.record.period.valid_to is None and of_newer.in_force is InForce.YES:
        return _Judgement(InForce.NO, f"{newer.name} holds in its place from {since}", judgement.field)
    because = f"{judgement.because}; but {newer.name} holds from {since}"
    return _Judgement(InForce.PERHAPS, because, judgement.field)


def _status(version: Version, judgement: _Judgement, number: int) -> InForceStatus:
    """The judgement with the clause that says so; `number` is that of the chain, from 1."""
    evidence = _evidence(version.record.period, judgement.field)
    return InForceStatus(
        name=version.name,
        line=number,
        in_force=judgement.in_force,
        because=judgement.because,
        clause=_sentence_with(version.record, evidence) if evidence is not None else None,
        evidence=evidence,
        notice=version.record.period.notice,
    )


def _judgement(day: date, record: Agreement) -> _Judgement:
    """Whether the words of one agreement put it in force on a day, other versions aside."""
    period = record.period
    start, end = begins(record), ends(record)
    if start is None:
        if end is not None and day > end and period.extension is None:
            return _Judgement(InForce.NO, f"it held to {period.valid_to}")
        return _Judgement(InForce.PERHAPS, "it tells no day from which it holds")
    if end is not None and end < start:
        because = f"it names a last day, {period.valid_to}, before its first, {period.valid_from}"
        return _Judgement(InForce.PERHAPS, because)
    if day < start:
        return _Judgement(InForce.NO, f"it holds from {period.valid_from or start}", "valid_from")
    if day <= _end_of_beginning(period):
        because = f"it holds from {period.valid_from}, and the day is not told"
        return _Judgement(InForce.PERHAPS, because, "valid_from")
    return _of_open_end(period, start) if end is None else _of_last_day(day, period, start, end)


def _end_of_beginning(period: Period) -> date:
    """The last day on which an agreement may not have begun yet: known to the month, it may begin at its end."""
    if period.valid_from is None or is_known_to_the_day(period.valid_from):
        return date.min
    return last_day(period.valid_from)


def _of_last_day(day: date, period: Period, start: date, end: date) -> _Judgement:
    """The judgement on an agreement that has begun and names a last day."""
    if day > end:
        if period.extension is not None:
            return _Judgement(InForce.PERHAPS, f"it held to {period.valid_to}, and could be extended", "extension")
        return _Judgement(InForce.NO, f"it held to {period.valid_to}")
    last = period.valid_to or ""
    if not is_known_to_the_day(last) and day >= first_day(last):
        return _Judgement(InForce.PERHAPS, f"it holds to {last}, and the day is not told")
    in_force, signed = _by_first_day(period)
    return _Judgement(in_force, f"it holds from {start} to {end}{signed}")


def _of_open_end(period: Period, start: date) -> _Judgement:
    """The judgement on an agreement that has begun and names no last day."""
    in_force, signed = _by_first_day(period)
    if period.until_further_notice:
        return _Judgement(in_force, f"it holds from {start} until further notice{signed}", "until_further_notice")
    return _Judgement(InForce.PERHAPS, f"it holds from {start}, and tells no last day{signed}", "valid_from")


def _by_first_day(period: Period) -> tuple[InForce, str]:
    """What an agreement is that has begun, and what is said of its first day where it names none."""
    if period.valid_from is not None:
        return InForce.YES, ""
    return InForce.PERHAPS, "; the day is that of signing or deciding"


def _evidence(period: Period, field: str) -> Evidence | None:
    """Where the field of a period was read; another one's where that is not known."""
    names = (field, "valid_from", "valid_to", "until_further_notice")
    return next((found for name in names if (found := period.evidence_by_field.get(name))), period.evidence)


def _sentence_with(record: Agreement, evidence: Evidence) -> str:
    """The sentence of a clause that holds what was read, as near its page as it stands; the reading itself if none."""
    wanted = " ".join(evidence.text.split())
    near = sorted(record.sections, key=lambda s: ("period" not in s.roles, abs(s.page - evidence.page)))
    sentences = (" ".join(found.split()) for section in near for found in _SENTENCE_END.split(section.text))
    return next((sentence for sentence in sentences if wanted in sentence), evidence.text)
