"""Decides which claims of the two witnesses the record holds, and how sure each is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from avskrift.parsing.judge.features import Around, Support, features_of
from avskrift.parsing.judge.weights import preference, probability, threshold
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
    field: str,
    ours: Sequence[Claim],
    others: Sequence[Claim],
    reading: LearnedReading,
    owner: float = 1.0,
    rich: tuple[Sequence[int], Sequence[int]] | None = None,
    *,
    binding: bool = True,
) -> list[Judged]:
    """All claims of a `field`, each once, with what the judge knows of them: `ours` are the rules', `others` the
    network's, whose `reading` it is. `owner` is how probable the object is whose values they are, `binding` tells that
    the document is an agreement or a plan.

    `rich` tells for each claim of either witness how many values it tells of the object besides.
    """
    pairs = list(paired(ours, others))
    around = Around(len(ours), len(others), sum(i is not None and j is not None for i, j in pairs), binding)
    found = []
    for i, j in pairs:
        own = [claims[n] for claims, n in ((ours, i), (others, j)) if n is not None]
        behind = Support(
            tuple(c.tokens for c in own),
            i is not None,
            j is not None,
            rich[0][i] if rich and i is not None else 0,
            rich[1][j] if rich and j is not None else 0,
        )
        found.append(Judged(field, own[0], i, j, features_of(own[0], behind, TAGS[field], reading, around, owner)))
    return found


def chosen(claims: Sequence[Judged]) -> Iterator[tuple[Judged, float]]:
    """The claims that are believed, with their probability, in the order of the document.

    Of claims that were read from the same words the likeliest is.
    """
    shares = [probability(c.field, c.features) for c in claims]
    kept: list[tuple[Judged, float]] = []
    for i in sorted(range(len(claims)), key=lambda i: -preference(shares[i], by_rules=claims[i].rule is not None)):
        one, share = claims[i], shares[i]
        least = threshold(one.field, by_learned=one.learned is not None)
        if share >= least and not any(one.claim.overlaps(other.claim) for other, _ in kept):
            kept.append((one, share))
    return iter(sorted(kept, key=lambda pair: pair[0].claim.tokens))


def judged_value(
    field: str, ours: Claim | None, theirs: Claim | None, reading: LearnedReading
) -> tuple[Judged, float] | None:
    """The likelier of two claims of a single value, with its probability; None where neither is believed.

    `ours` and `theirs` are the claims of `field` by the rules and by the network, whose `reading` it is.
    """
    mine, others = ([] if c is None else [c] for c in (ours, theirs))
    return best_of(chosen(judged_claims(field, mine, others, reading)))


def best_of(believed: Iterable[tuple[Judged, float]]) -> tuple[Judged, float] | None:
    """The one that is believed first of several; None where there is none."""
    return max(believed, key=lambda pair: preference(pair[1], by_rules=pair[0].rule is not None), default=None)


def judged(
    field: str, ours: Sequence[R], others: Sequence[R], reading: LearnedReading, *, binding: bool = True
) -> list[R]:
    """The objects of a list that the claims of both make, each with its attributes judged.

    `ours` are the objects of `field` by the rules, `others` by the network, whose `reading` it is. `binding` tells
    that the document is an agreement or a plan.
    """
    claims = object_claims(field, ours, others, reading, binding=binding)
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


def object_claims(
    field: str, ours: Sequence[Traced], others: Sequence[Traced], reading: LearnedReading, *, binding: bool = True
) -> list[Judged]:
    """The claims that something is an object of a list.

    `ours` are the objects of `field` by the rules, `others` by the network, whose `reading` it is. `binding` tells
    that the document is an agreement or a plan.
    """
    mine, theirs = ([object_claim(field, r, reading) for r in records] for records in (ours, others))
    rich = tuple([_richness(field, r) for r in records] for records in (ours, others))
    return judged_claims(field, mine, theirs, reading, rich=(rich[0], rich[1]), binding=binding)


def _richness(field: str, record: Traced) -> int:
    """How many values are told of an object besides its name."""
    values = (getattr(record, attribute) for attribute in ATTRIBUTES[field])
    return sum(len(v) if isinstance(v, list) else bool(v) for v in values)


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
    mine, theirs = ([] if r is None else attribute_claims(r, attribute, reading) for r in (ours, other))
    believed = list(chosen(judged_claims(f"{field}.{attribute}", mine, theirs, reading, owner)))
    if isinstance(getattr(ours or other, attribute), list):
        yield attribute, [one.claim.text for one, _ in believed], _evidence_of_items(attribute, believed, owner)
        return
    best = best_of(believed)
    if best is None:
        yield from ((name, None, {}) for name in (attribute, *_FOLLOWING.get(attribute, ())))
        return
    source, evidence = ours if best[0].rule is not None else other, best[0].claim.evidence
    yield attribute, getattr(source, attribute), _evidence_of(attribute, evidence, min(best[1], owner))
    yield from ((name, getattr(source, name), {}) for name in _FOLLOWING.get(attribute, ()))


def _evidence_of(attribute: str, evidence: Evidence | None, share: float) -> dict[str, Evidence]:
    return {} if evidence is None else {attribute: as_sure(evidence, share)}


RULES_RIGHT = 0.73
"""The share of the rules' values that were right on writers whose documents nobody had tuned them with."""


def unjudged(record: R) -> R:
    """A record of the rules where no judge could look at it: as sure as they are in general."""
    evidence = {name: as_sure(e, RULES_RIGHT) for name, e in record.evidence_by_field.items()}
    whole = None if record.evidence is None else as_sure(record.evidence, RULES_RIGHT)
    return record.model_copy(update={"evidence": whole, "evidence_by_field": evidence})


def _evidence_of_items(attribute: str, believed: Sequence[tuple[Judged, float]], owner: float) -> dict[str, Evidence]:
    return {
        f"{attribute}.{i}": as_sure(one.claim.evidence, min(share, owner))
        for i, (one, share) in enumerate(believed)
        if one.claim.evidence is not None
    }


def as_sure(evidence: Evidence, share: float) -> Evidence:
    """Evidence whose confidence is how probably its words are read right, times how probably they are the value."""
    return evidence.model_copy(update={"confidence": round(evidence.confidence * share, 3)})
