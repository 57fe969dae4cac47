"""The parties that one passage names: each with what stands beside its name."""

import re
from collections.abc import Sequence
from functools import partial

from avskrift.language import organisation_number
from avskrift.models.agreement import Evidence, Party, PartyKind
from avskrift.parsing.fields.entities import Entity, organisations_in
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import pattern, rules

_rule = partial(pattern, "parties", table="around")
_REACH = 200
"""Signs before a name that tell what it is."""
_MOST_NAMES = 200
"""Of one passage that are looked at: each is seen together with all that stands before it."""


def parties_in(passage: TextSpan) -> list[Party]:
    """The parties in one passage: each from its name to where the next begins."""
    text = passage.text
    organisations = organisations_in(text)[:_MOST_NAMES]
    starts: list[Entity] = []
    for entity in organisations:
        if _is_term(text, entity):
            continue
        if not starts:
            starts.append(entity)
            continue
        since = text[starts[-1].start : entity.start]
        complete = (
            organisation_number.PATTERN.search(since)
            or _term(since) is not None
            or re.search(r"\d{3} ?\d{2} [A-ZÅÄÖ]", since)
        )
        link = text[starts[-1].end : entity.start]
        if _narrows(starts[-1], entity, text):
            continue  # "Polismyndigheten, Lokalpolisområde Viken": the area signs
        if complete or (_rule("joins").search(text[: entity.start]) and not re.search(r"\bgenom\b", link)):
            if not complete and re.search(r",\s*$", link) and entity.label == starts[-1].label and not _lists(text):
                continue  # "Lokalpolisområde Viken, Polisområde Kust": one party and where it belongs
            starts.append(entity)
    found = []
    for i, entity in enumerate(starts):
        end = starts[i + 1].start if i + 1 < len(starts) else len(text)
        party = _party(passage, entity, end, organisations)
        if party is not None:
            found.append(party)
    return found


def _is_term(text: str, entity: Entity) -> bool:
    """Whether the words are what a party is called from then on, not a party: ”Polisen”, nedan kallad Polisen."""
    return (
        re.search(
            r"""["”“„'’(]$|\b(?:kalla[dts]|benämn[dts]|nedan|härefter)(?:\s*:)?\s+(?:för\s+)?$""",
            text[max(0, entity.start - _REACH) : entity.start],
            re.I,
        )
        is not None
    )


def is_general(entity: Entity) -> bool:
    """Whether an organisation is the police as such, not one of its areas."""
    return entity.label == "police" and len(entity.text.split()) == 1


_AREAS = ("polismyndighet", "polisregion", "polisområde", "lokalpolisområde")
"""The police from the whole to its smallest areas, as organised since 2015."""


def _narrows(whole: Entity, area: Entity, text: str) -> bool:
    """Whether an area of the police stands right after the police as such or a larger area: "Polismyndigheten,
    Polisregion Kust, Lokalpolisområde Viken"."""
    link = text[whole.end : area.start]
    if area.label != "police" or whole.label != "police" or not re.fullmatch(r"(?:\s[a-zåäö]{3,})?[\s,(]*", link):
        return False
    wide, narrow = (next((i for i, a in enumerate(_AREAS) if e.text.lower().startswith(a)), -1) for e in (whole, area))
    return is_general(whole) or 0 <= wide < narrow


def _lists(text: str) -> bool:
    """Whether the text is a list of names joined by commas and one "och"."""
    return re.search(r"\b(?:och|samt)\b", text) is not None and organisation_number.PATTERN.search(text) is None


def _party(passage: TextSpan, entity: Entity, end: int, organisations: Sequence[Entity]) -> Party | None:
    text = passage.text
    named = entity
    for other in organisations:
        link = text[named.end : other.start] if other.start > named.end else ""
        if link and _narrows(named, other, text):
            named = other
        if (
            link
            and other.start < end
            and re.fullmatch(r"[,\s]*(?:genom|via|representerad av|företrädd av)(?: dess| sin)?\s*", link, re.I)
        ):
            named = other
    clause = text[named.start : end]
    name = passage.cut(named.start, named.end)
    if not name:
        return None
    evidence: dict[str, Evidence] = {"name": name.evidence("parties.name")}
    number = None
    found_number = organisation_number.PATTERN.search(clause)
    if found_number is not None:
        number = organisation_number.normal_form(found_number)
        evidence["organisation_number"] = passage.cut(
            named.start + found_number.start(), named.start + found_number.end()
        ).evidence("parties.organisation_number")
    term = _term(clause)
    if term is not None:
        called = passage.cut(named.start + term[0], named.start + term[1])
        evidence["defined_term"] = called.evidence("parties.defined_term")
    address = _address(clause)
    if address is not None:
        reached = passage.cut(named.start + address[0], named.start + address[1])
        evidence["address"] = reached.evidence("parties.address")
    value = name.text[0].upper() + name.text[1:] if entity.label == "police" else name.text
    return Party(
        name=value,
        kind=PartyKind(named.label),
        defined_term=None if term is None else clause[term[0] : term[1]],
        organisation_number=number,
        organisation_number_valid=None if number is None else organisation_number.is_valid(number),
        address=None if address is None else clause[address[0] : address[1]],
        evidence=passage.cut(named.start, end).evidence("parties"),
        evidence_by_field=evidence,
    )


def _term(clause: str) -> tuple[int, int] | None:
    """Where the clause gives the party's defined term."""
    for rule in rules("parties", "term"):
        for found in rule.pattern.finditer(clause):
            if not _rule("no party").match(found["term"]):
                return found.span("term")
    return None


def _address(clause: str) -> tuple[int, int] | None:
    for rule in rules("parties", "address"):
        found = rule.pattern.search(clause)
        if found is not None:
            return found.span("address")
    return None
