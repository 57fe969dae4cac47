"""What a witness claims: a value of a record, with its words, as the judge compares it with what the other claims."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.models.agreement import Evidence, Traced
from avskrift.parsing.learned.spans import LearnedReading
from avskrift.parsing.learned.tags import FIELD_TAGS

ALIKE = 90.0
"""How alike (0 to 100, rapidfuzz's ratio of the folded words) two claims of one value are at least."""

_MORE_TAGS: Mapping[str, tuple[str, ...]] = {
    "groups.members": ("CHAIR",),
    "groups.chair": ("MEMBER",),
    "groups.convener": ("MEMBER",),
    "annexes": ("ANNEXNO",),
    "period.valid_from": ("TITLE",),
    "period.valid_to": ("FROM", "TITLE"),
}
"""Tags that the words of some fields may bear as well."""


def _tags() -> Iterator[tuple[str, tuple[str, ...]]]:
    single = ("document", "period")
    for path, tags in FIELD_TAGS.items():
        for i, (attribute, tag) in enumerate(tags.items()):
            field = path if i == 0 and path not in single else f"{path}.{attribute}"
            yield field, (tag, *_MORE_TAGS.get(field, ()))


TAGS: Mapping[str, tuple[str, ...]] = dict(_tags())
"""The tags that a value of each judged field may bear; a list's own name is of what names its objects."""

_NUMBERS = re.compile(r"[\d\W_]{4,}")
"""A value of digits and signs: a date, a number of an organisation, of a phone."""
_DIGITS = re.compile(r"\D")

R = TypeVar("R", bound=Traced)
_KINDS_OF_PARTIES = frozenset({"kommun", "s kommun", "stad", "s stad"})
"""What a party's name may lack where others with it are of one kind."""

NAMES = {"annexes": ("title", "number"), "document.diary_numbers": ("number",)}
"""The field that names an object, where it is not `name`."""


def alikeness(one: str, other: str) -> float:
    """How alike two values are, 0 to 100; numbers and dates are the same or not at all."""
    a, b = fold(one), fold(other)
    if _NUMBERS.fullmatch(a) or _NUMBERS.fullmatch(b):
        return 100.0 * (_DIGITS.sub("", a) == _DIGITS.sub("", b))
    return fuzz.ratio(a, b)


OF_ONE_OWNER: Mapping[str, tuple[str, ...]] = {
    "signatories": ("title",),
    "contacts": ("role", "phone", "email"),
    "parties": ("defined_term", "organisation_number", "address"),
}
"""Attributes whose words belong to one object: whose they are the rules tell by the layout, the network by what is
near."""


def with_owners_of_rules(field: str, ours: Sequence[R], others: Sequence[R]) -> list[R]:
    """The objects of the network, each attribute with the object that the rules read its words as an attribute of.

    `ours` are the objects of `field` by the rules, `others` by the network; which are one is told by their names. Whom
    the network did not name, but of whom it read a number, a term or an address, it half names.
    """
    attributes = OF_ONE_OWNER.get(field, ())
    owners: dict[tuple[str, _Place], list[R]] = defaultdict(list)
    for o in ours:
        for a in (a for a in attributes if a in o.evidence_by_field):
            owners[a, _place(o.evidence_by_field[a])].append(o)
    found = list(others)
    given: list[tuple[R, str, R]] = []
    for number, one in enumerate(others):
        moved = {a: named[0] for a in attributes if (named := _others_of(field, one, a, owners))}
        if moved and any(_is_one(field, o, one) for o in ours):
            found[number] = _without(one, list(moved))
            given += [(owner, a, one) for a, owner in moved.items()]
    for owner, attribute, source in given:
        _give(field, found, owner, attribute, source)
    return found


def with_own_members(one: R, ours: Sequence[R]) -> R:
    """A group without the members that the groups of the rules, `ours`, read in the same words as those of others."""
    own: set[_Place] = set()
    others: set[_Place] = set()
    for record in ours:
        places = {_place(e) for name, e in record.evidence_by_field.items() if name.startswith("members.")}
        (own if _is_one("groups", record, one) else others).update(places)
    kept: list[str] = []
    evidence = {name: e for name, e in one.evidence_by_field.items() if not name.startswith("members.")}
    for i, member in enumerate(getattr(one, "members", ())):
        found = one.evidence_by_field.get(f"members.{i}")
        if found is not None and _is_among(_place(found), others) and not _is_among(_place(found), own):
            continue
        if found is not None:
            evidence[f"members.{len(kept)}"] = found
        kept.append(member)
    return one.model_copy(update={"members": kept, "evidence_by_field": evidence})


def _is_among(place: "_Place", others: Iterable["_Place"]) -> bool:
    """Whether the words of a place hold those of another on the same line, or are among them."""
    return any(place[:2] == other[:2] and (other[2] in place[2] or place[2] in other[2]) for other in others)


def _others_of(field: str, one: R, attribute: str, owners: Mapping[tuple[str, "_Place"], list[R]]) -> list[R]:
    """The objects that own the words of an attribute of `one` by the rules; none where it owns them itself."""
    evidence = one.evidence_by_field.get(attribute)
    named = [] if evidence is None else owners.get((attribute, _place(evidence)), [])
    return [] if any(_is_one(field, owner, one) for owner in named) else named


def _give(field: str, found: list[R], owner: R, attribute: str, source: R) -> None:
    """Adds an attribute of `source` to the object that is its `owner`, if it has none, or adds the owner with it."""
    at = next((i for i, one in enumerate(found) if _is_one(field, one, owner)), None)
    if at is None:
        found.append(_without(owner, [a for a in OF_ONE_OWNER[field] if a != attribute]))
    elif attribute not in found[at].evidence_by_field:
        evidence = {**found[at].evidence_by_field, attribute: source.evidence_by_field[attribute]}
        changes = {attribute: getattr(source, attribute), "evidence_by_field": evidence}
        found[at] = found[at].model_copy(update=changes)


def _is_one(field: str, one: Traced, other: Traced) -> bool:
    return is_alike(field, name_of(field, one), name_of(field, other))


def _without(record: R, attributes: Sequence[str]) -> R:
    evidence = {k: e for k, e in record.evidence_by_field.items() if k not in attributes}
    return record.model_copy(update={"evidence_by_field": evidence, **dict.fromkeys(attributes)})


_Place = tuple[int, int | None, str]
"""The page, the line and the words of a value: two of the same words on one line have one place."""


def _place(evidence: Evidence) -> _Place:
    return evidence.page, evidence.line, evidence.text


def is_alike(field: str, one: str, other: str) -> bool:
    """Whether two values of a field are one; a party's name may lack its kind ("Viken" for "Vikens kommun")."""
    if alikeness(one, other) >= ALIKE:
        return True
    if field != "parties":
        return False
    short, long = sorted((fold(one), fold(other)), key=len)
    return bool(short) and long.startswith(short) and long.removeprefix(short).strip() in _KINDS_OF_PARTIES


@dataclass(frozen=True, slots=True)
class Claim:
    """One value: `text` as it is compared, where it was read, and the tokens of the document (from, behind) that say
    it."""

    text: str
    evidence: Evidence | None
    tokens: tuple[int, int]

    def overlaps(self, other: "Claim") -> bool:
        """Whether both were read from some of the same words."""
        return max(self.tokens[0], other.tokens[0]) < min(self.tokens[1], other.tokens[1])


def claim_of(text: str, evidence: Evidence | None, reading: LearnedReading) -> Claim:
    """A claim with the tokens that its evidence stands in."""
    return Claim(text, evidence, (0, 0) if evidence is None else reading.locate(evidence))


def name_of(field: str, record: Traced) -> str:
    """What an object is called; empty where it has no name."""
    for attribute in NAMES.get(field, ("name",)):
        found = getattr(record, attribute)
        if found:
            return str(found)
    return ""


def object_claim(field: str, record: Traced, reading: LearnedReading) -> Claim:
    """The claim that an object is one of `field`."""
    evidence = next(
        (record.evidence_by_field[a] for a in NAMES.get(field, ("name",)) if a in record.evidence_by_field),
        record.evidence,
    )
    return claim_of(name_of(field, record), evidence, reading)


def attribute_claims(record: Traced, attribute: str, reading: LearnedReading) -> list[Claim]:
    """The claims of an attribute of an object: one, or one for each item of a list."""
    value = getattr(record, attribute, None)
    if isinstance(value, list):
        evidences = [record.evidence_by_field.get(f"{attribute}.{i}") for i in range(len(value))]
        return [claim_of(str(v), e, reading) for v, e in zip(value, evidences, strict=True)]
    return [] if not value else [claim_of(str(value), record.evidence_by_field.get(attribute), reading)]


def paired(field: str, ours: Sequence[Claim], others: Sequence[Claim]) -> Iterator[tuple[int | None, int | None]]:
    """The numbers of claims of two witnesses that are of one value of `field`, most alike first; then those that one
    alone makes."""
    scored = sorted(
        (
            (-alikeness(a.text, b.text), abs(a.tokens[0] - b.tokens[0]), i, j)
            for i, a in enumerate(ours)
            for j, b in enumerate(others)
        ),
    )
    left, right = set(range(len(ours))), set(range(len(others)))
    for _, _, i, j in scored:
        if i in left and j in right and is_alike(field, ours[i].text, others[j].text):
            left.discard(i)
            right.discard(j)
            yield i, j
    yield from ((i, None) for i in sorted(left))
    yield from ((None, j) for j in sorted(right))
