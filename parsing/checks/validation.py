"""What a careful registrar would remark on, each with where it was read."""

from collections import Counter
from collections.abc import Iterator, Sequence

from avskrift.language import organisation_number
from avskrift.language.fold import fold
from avskrift.models.agreement import (
    Agreement,
    DocumentKind,
    Evidence,
    Party,
    PartyKind,
    Remark,
)
from avskrift.parsing.checks.blanks import remarks_on_blanks
from avskrift.parsing.checks.watermarks import remarks_on_watermarks
from avskrift.parsing.judge.judge import Disagreement
from avskrift.parsing.structure.contents_list import contents_of, not_found
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.title_roles import line_rule
from avskrift.parsing.structure.values import Value, record_of

_PREFIXES = {
    "212000": PartyKind.MUNICIPALITY,
    "232100": PartyKind.REGION,
    "202100": PartyKind.POLICE,
}
"""The first six figures of organisation numbers of municipalities, regions and state authorities (Skatteverket,
Organisationsnummer i Sverige, SKV 709)."""
_HARD_TO_READ = 0.7
_LONGEST = 80
"""Signs of a reading that a remark shows at most."""


def remarks_on(
    agreement: Agreement, structure: DocumentStructure, disagreements: Sequence[Disagreement] = ()
) -> list[Remark]:
    """The remarks that an agreement's own values call for, in the order of the record, and those on values that rules
    and learned reader read differently."""
    checks = (_of_numbers, _of_period, _of_groups, _of_areas, _of_annexes, _of_diary_numbers, _of_signing)
    found = [remark for check in checks for remark in check(agreement)]
    found += [*_of_plans(agreement, structure), *_of_missing_annexes(agreement, structure)]
    if agreement.document.kind is DocumentKind.AGREEMENT:
        found += _of_core(agreement)
    found += map(_of_two_readings, disagreements)
    titles = [s.title or "" for s in agreement.sections] + [a.title or "" for a in agreement.annexes]
    for entry in not_found(contents_of(structure.lines), titles):
        text = f"the table of contents lists {entry.title!r}, which was not found as a heading"
        found.append(record_of(Remark, {}, whole=Value.of(entry.passage, "contents"), kind="contents", text=text))
    found += remarks_on_watermarks(agreement)
    for page, sure in enumerate(agreement.source.page_confidences, 1):
        if sure < _HARD_TO_READ:
            text = f"page {page} was hard to read (confidence {sure:.2f}); check its values against the picture"
            found.append(Remark(kind="reading", text=text))
    return [*found, *remarks_on_blanks(structure.document, structure.vocabulary)]


def _of_two_readings(one: Disagreement) -> Remark:
    readers = ("the rules", "the learned reader")
    first, second = readers if one.by_rules else readers[::-1]
    text = (
        f"{one.field}: {first} read {_shortened(one.text)!r} (probability {one.share:.2f}), "
        f"{second} {_shortened(one.other)!r} ({one.other_share:.2f})"
    )
    return Remark(kind="two_readings", text=text, evidence=one.evidence)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _of_core(agreement: Agreement) -> Iterator[Remark]:
    period = agreement.period
    if not agreement.parties:
        yield Remark(kind="parties", text="no parties were found")
    if not (period.valid_from or period.valid_to or period.until_further_notice):
        yield Remark(kind="period", text="no period of validity was found")


def _of_numbers(agreement: Agreement) -> Iterator[Remark]:
    for party in agreement.parties:
        number = party.organisation_number
        evidence = party.evidence_by_field.get("organisation_number")
        if party.organisation_number_valid is False:
            text = f"the organisation number {number} of {party.name} fails its check digit"
            yield Remark(kind="organisation_number", text=text, evidence=evidence)
        elif number is not None and _of_another_kind(party):
            text = f"the organisation number {number} is not one that a {party.kind.value} like {party.name} has"
            yield Remark(kind="organisation_number", text=text, evidence=evidence)
        for malformed in organisation_number.malformed_in(party.evidence.text if party.evidence else ""):
            digits = sum(c.isdigit() for c in malformed)
            text = f"the organisation number {malformed} of {party.name} has {digits} digits, not six and four"
            yield Remark(kind="organisation_number", text=text, evidence=party.evidence)
    numbers = [p.organisation_number for p in agreement.parties if p.organisation_number]
    for number in sorted({n for n in numbers if numbers.count(n) > 1}):
        names = " and ".join(p.name for p in agreement.parties if p.organisation_number == number)
        yield Remark(kind="organisation_number", text=f"{names} bear the same organisation number {number}")


def _of_another_kind(party: Party) -> bool:
    kind = _PREFIXES.get((party.organisation_number or "")[:6])
    return kind is not None and party.kind in _PREFIXES.values() and kind is not party.kind


def _of_period(agreement: Agreement) -> Iterator[Remark]:
    period = agreement.period
    if period.valid_from and period.valid_to and period.valid_to < period.valid_from[: len(period.valid_to)]:
        text = f"the validity ends ({period.valid_to}) before it begins ({period.valid_from})"
        yield Remark(kind="period", text=text, evidence=period.evidence_by_field.get("valid_to"))
    if period.valid_to and period.until_further_notice:
        text = f"the validity ends ({period.valid_to}), and it is said to hold until further notice"
        yield Remark(kind="period", text=text, evidence=period.evidence_by_field.get("until_further_notice"))


def _of_groups(agreement: Agreement) -> Iterator[Remark]:
    for group in agreement.groups:
        if not group.members:
            yield Remark(kind="groups", text=f"no members of {group.name} were found", evidence=group.evidence)


def _of_areas(agreement: Agreement) -> Iterator[Remark]:
    """An area without a plan where others have one."""
    planned = [a for a in agreement.focus_areas if a.activities]
    if planned and len(planned) < len(agreement.focus_areas):
        for area in agreement.focus_areas:
            if not area.activities:
                text = f"the area {area.name!r} has no activities, though others have"
                yield Remark(kind="focus_areas", text=text, evidence=area.evidence)


def _of_plans(agreement: Agreement, structure: DocumentStructure) -> Iterator[Remark]:
    """An area that only an annex plans, where the agreement itself names others."""
    begins = [p.heading.lines[0] for p in structure.sections if p.annex is not None and p.heading is not None]
    if not begins:
        return
    annexed = min((p.page, p.line.number) for p in begins)
    read = [(a.evidence.page, a.evidence.line or 0) if a.evidence else (0, 0) for a in agreement.focus_areas]
    within = [place >= annexed for place in read]
    if any(within) and not all(within):
        for area, only_there in zip(agreement.focus_areas, within, strict=True):
            if only_there:
                text = f"an annex plans the area {area.name!r}, which the agreement does not name"
                yield Remark(kind="focus_areas", text=text, evidence=area.evidence)


def _of_missing_annexes(agreement: Agreement, structure: DocumentStructure) -> Iterator[Remark]:
    """Annexes that are listed and do not stand in the file, where others do."""
    present = {part.annex for part in structure.sections if part.annex}
    begun = [
        line_rule("annex", structure.vocabulary).match(p.text.strip()) for p in (*structure.lines, *structure.margins)
    ]
    named = Counter(fold(m["number"]) for m in begun if m is not None and m["number"])
    for annex in agreement.annexes:
        # Its place in the list is one line that begins so; its own first page would be another.
        if present and annex.number and annex.number not in present and named[fold(annex.number)] == 1:
            text = f"annex {annex.number} is listed, but the file does not hold it"
            yield Remark(kind="annexes", text=text, evidence=annex.evidence)


def _of_annexes(agreement: Agreement) -> Iterator[Remark]:
    """Annexes that the text points to and the list lacks."""
    listed = {fold(a.number) for a in agreement.annexes if a.number}
    known: set[str] = set()
    for reference in agreement.references:
        word, _, number = reference.text.partition(" ")
        if reference.targets or not word.lower().startswith(("bilag", "bihang")) or number in known:
            continue
        known.add(number)
        if listed:
            text = f"the text points to {reference.text}, which is not among the annexes"
            yield Remark(kind="annexes", text=text, evidence=reference.evidence)


def _of_diary_numbers(agreement: Agreement) -> Iterator[Remark]:
    by_holder: dict[str, list[tuple[str, Evidence | None]]] = {}
    for found in agreement.document.diary_numbers:
        if found.holder:
            by_holder.setdefault(found.holder, []).append((found.number, found.evidence))
    for holder, numbers in by_holder.items():
        if len(numbers) > 1:
            text = f"{holder} has several diary numbers: {', '.join(n for n, _ in numbers)}"
            yield Remark(kind="diary_numbers", text=text, evidence=numbers[1][1])


def _of_signing(agreement: Agreement) -> Iterator[Remark]:
    """Fewer signatories than parties tell that a signature may lack."""
    if agreement.document.kind is not DocumentKind.AGREEMENT or len(agreement.parties) < 2:
        return
    if not agreement.signatories:
        yield Remark(kind="signatories", text="no signatories were found")
    elif len(agreement.signatories) < len(agreement.parties):
        names = ", ".join(s.name for s in agreement.signatories)
        text = f"{len(agreement.parties)} parties, but signatures only of {names}"
        yield Remark(kind="signatories", text=text, evidence=agreement.signatories[0].evidence)
