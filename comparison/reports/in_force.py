"""What was in force on a day, and the clause that says so."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from avskrift.comparison.objects.notice import notice_of, sentence_with
from avskrift.comparison.reports.days import first_day, last_day
from avskrift.comparison.reports.version_chain import Version, begins, ends, version_chains
from avskrift.models.agreement import Agreement, DocumentKind, Evidence
from avskrift.models.comparison import InForce, InForceStatus


def in_force_on(day: date, versions: Sequence[Version]) -> list[InForceStatus]:
    """For each agreement whether it was in force on the day, line by line; other documents are left out."""
    agreements = [v for v in versions if v.record.document.kind is DocumentKind.AGREEMENT]
    found = []
    for number, line in enumerate(version_chains(agreements), 1):
        holding = [v for v in line if begins(v.record) and _judged(day, v.record)[0] is not InForce.NO]
        starts = [begins(v.record) or date.max for v in holding]
        for version in line:
            own = begins(version.record)
            later = holding[bisect_right(starts, own) :] if own is not None else []
            found.append(_standing(day, version, later, number))
    return found


def _standing(day: date, version: Version, later: Sequence[Version], line: int) -> InForceStatus:
    """`later` are documents of the line that began later and are in force on the day, or may be."""
    in_force, because, field = _judged(day, version.record)
    if in_force is not InForce.NO:
        own = version.record.source.sha256
        newer = next((v for v in later if v.record.source.sha256 != own), None)
        if newer is not None:
            since = newer.record.period.valid_from or begins(newer.record)
            certain = version.record.period.valid_to is None and _judged(day, newer.record)[0] is InForce.YES
            if certain:
                in_force, because = InForce.NO, f"{newer.name} holds in its place from {since}"
            else:
                in_force, because = InForce.PERHAPS, f"{because}; but {newer.name} holds from {since}"
    evidence = _evidence(version.record, field)
    notice = notice_of(version.record)
    return InForceStatus(
        name=version.name,
        line=line,
        in_force=in_force,
        because=because,
        clause=sentence_with(version.record, evidence) if evidence is not None else None,
        evidence=evidence,
        notice=notice.text if notice is not None else None,
    )


def _judged(day: date, record: Agreement) -> tuple[InForce, str, str]:
    """Whether the words of one agreement put it in force on a day, why, and the field of the period that says so."""
    period = record.period
    start, end = begins(record), ends(record)
    if start is None:
        if end is not None and day > end and period.extension is None:
            return InForce.NO, f"it held to {period.valid_to}", "valid_to"
        return InForce.PERHAPS, "it tells no day from which it holds", "valid_to"
    if end is not None and end < start:
        return (
            InForce.PERHAPS,
            f"it names a last day, {period.valid_to}, before its first, {period.valid_from}",
            "valid_to",
        )
    if day < start:
        return InForce.NO, f"it holds from {period.valid_from or start}", "valid_from"
    if period.valid_from is not None and day <= last_day(period.valid_from) and len(period.valid_from) < 10:
        return InForce.PERHAPS, f"it holds from {period.valid_from}, and the day is not told", "valid_from"
    if end is not None and day > end:
        if period.extension is not None:
            return InForce.PERHAPS, f"it held to {period.valid_to}, and could be extended", "extension"
        return InForce.NO, f"it held to {period.valid_to}", "valid_to"
    if end is not None and len(period.valid_to or "") < 10 and day >= first_day(period.valid_to or ""):
        return InForce.PERHAPS, f"it holds to {period.valid_to}, and the day is not told", "valid_to"
    signed = "" if period.valid_from is not None else "; the day is that of signing or deciding"
    doubt = InForce.YES if period.valid_from is not None else InForce.PERHAPS
    if end is not None:
        return doubt, f"it holds from {start} to {end}{signed}", "valid_to"
    if period.until_further_notice:
        return doubt, f"it holds from {start} until further notice{signed}", "until_further_notice"
    return InForce.PERHAPS, f"it holds from {start}, and tells no last day{signed}", "valid_from"


def _evidence(record: Agreement, field: str) -> Evidence | None:
    by_field = record.period.evidence_by_field
    for name in (field, "valid_from", "valid_to", "until_further_notice"):
        if name in by_field:
            return by_field[name]
    return record.period.evidence
