"""Decides which claims of the two witnesses the record holds, and how sure each is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from avskrift.models.agreement import Evidence, Traced
from avskrift.parsing.judge.claims import (
    TAGS,
    Claim,
    attribute_claims,
    object_claim,
    paired,
)
from avskrift.parsing.judge.features import Around, features_of
from avskrift.parsing.judge.weights import probability, threshold
from avskrift.parsing.learned.spans import LearnedReading

R = TypeVar("R", bound=Traced)

ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "parties": ("defined_term", "organisation_number", "address"),
    "groups": ("members", "meeting_frequency", "purpose", "chair"),
    "focus_areas": ("goal", "purpose", "situation"),
    "signatories": ("title",),
    "contacts": ("role", "phone", "email"),
    "document.diary_numbers": ("holder",),
    "annexes": (),
}
"""The attributes of each list's objects that are judged by themselves."""

_FOLLOWING = {
    "organisation_number": ("organisation_number_valid",),
    "meeting_frequency": ("meetings_per_year",),
}
"""What follows from an attribute and goes with it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its features; `rule` and `learned` are the numbers of the objects (or items) that make it."""

    field: str
    claim: Claim
    rule: int | None
    learned: int | None
    features: tuple[float, ...]


def judged_claims(
    field: str, ours: Sequence[Claim], others: Sequence[Claim], reading: LearnedReading, owner: float = 1.0
) -> list[Judged]:
    """All claims of a field, each once, with what the judge knows of them."""
    pairs = list(paired(ours, others))
    around = Around(len(ours), len(others), sum(i is not None and j is not None for i, j in pairs))
    found = []
    for i, j in pairs:
        claim = ours[i] if i is not None else others[j or 0]
        witnesses = (i is not None, j is not None)
        found.append(Judged(field, claim, i, j, features_of(claim, witnesses, TAGS[field], reading, around, owner)))
    return found


def chosen(claims: Sequence[Judged]) -> Iterator[tuple[Judged, float]]:
    """The claims that are believed, with their probability, in the order of the document.

    Of claims that were read from the same words the likeliest is.
    """
    sure = sorted(((probability(c.field, c.features), i) for i, c in enumerate(claims)), reverse=True)
    kept: list[tuple[Judged, float]] = []
    for share, i in sure:
        one = claims[i]
        if share >= threshold(one.field) and not any(one.claim.overlaps(other.claim) for other, _ in kept):
            kept.append((one, share))
    return iter(sorted(kept, key=lambda pair: pair[0].claim.tokens))


def judged_value(
    field: str, ours: Claim | None, theirs: Claim | None, reading: LearnedReading
) -> tuple[Judged, float] | None:
    """The likelier of two claims of a single value, with its probability; None where neither is believed."""
    mine, others = ([] if c is None else [c] for c in (ours, theirs))
    return max(chosen(judged_claims(field, mine, others, reading)), key=lambda pair: pair[1], default=None)


def judged(field: str, ours: Sequence[R], others: Sequence[R], reading: LearnedReading) -> list[R]:
    """The objects of a list that both witnesses' claims make, each with its attributes judged."""
    claims = judged_claims(
        field,
        [object_claim(field, r, reading) for r in ours],
        [object_claim(field, r, reading) for r in others],
        reading,
    )
    return [
        _merged(
            field,
            None if one.rule is None else ours[one.rule],
            None if one.learned is None else others[one.learned],
            share,
            reading,
        )
        for one, share in chosen(claims)
    ]


def _merged(field: str, ours: R | None, other: R | None, share: float, reading: LearnedReading) -> R:
    base = ours if ours is not None else other
    if base is None:
        raise ValueError("an object that no witness claims")
    changes: dict[str, object] = {}
    evidence = {
        name: as_sure(e, share)
        for name, e in base.evidence_by_field.items()
        if name.split(".")[0] not in ATTRIBUTES[field]
    }
    for attribute in ATTRIBUTES[field]:
        for name, value, found in _attribute(field, attribute, ours, other, share, reading):
            changes[name] = value
            evidence.update(found)
    whole = None if base.evidence is None else as_sure(base.evidence, share)
    return base.model_copy(update={**changes, "evidence": whole, "evidence_by_field": evidence})


def _attribute(
    field: str, attribute: str, ours: R | None, other: R | None, owner: float, reading: LearnedReading
) -> Iterator[tuple[str, object, dict[str, Evidence]]]:
    """The value of an attribute, what follows from it, and the evidence."""
    path = f"{field}.{attribute}"
    records = [r for r in (ours, other) if r is not None]
    listed = isinstance(getattr(records[0], attribute), list)
    mine = [] if ours is None else attribute_claims(ours, attribute, reading)
    theirs = [] if other is None else attribute_claims(other, attribute, reading)
    believed = list(chosen(judged_claims(path, mine, theirs, reading, owner)))
    if listed:
        values = [one.claim.text for one, _ in believed]
        found = {
            f"{attribute}.{i}": as_sure(one.claim.evidence, min(share, owner))
            for i, (one, share) in enumerate(believed)
            if one.claim.evidence is not None
        }
        yield attribute, values, found
        return
    best = max(believed, key=lambda pair: pair[1], default=None)
    source = None if best is None else (ours if best[0].rule is not None else other)
    for name in (attribute, *_FOLLOWING.get(attribute, ())):
        value = None if source is None else getattr(source, name)
        evidence = None if best is None else best[0].claim.evidence
        known = evidence is not None and name == attribute and best is not None
        yield name, value, {name: as_sure(evidence, min(best[1], owner))} if known and evidence and best else {}


def as_sure(evidence: Evidence, share: float) -> Evidence:
    """Evidence whose confidence is how probably its words are read right, times how probably they are the value."""
    return evidence.model_copy(update={"confidence": round(evidence.confidence * share, 3)})
