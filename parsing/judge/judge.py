"""Decides which claims of the two witnesses the record holds, and how sure each is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from avskrift.models.agreement import Evidence, Traced
from avskrift.parsing.judge.claims import (
    TAGS,
    Claim,
    attribute_claims,
    object_claim,
    paired,
    with_own_members,
    with_owners_of_rules,
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
    pairs = list(paired(field, ours, others))
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


@dataclass(frozen=True, slots=True)
class Believed:
    """A claim that is believed, how probable it is, and the likeliest claim of the other witness that it was preferred
    to: another reading of the same words or of the same single value."""

    judged: Judged
    share: float
    rival: Judged | None = None
    rival_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two readings of a value of `field`: the one that the record holds and the one of the other witness, each with its
    probability; `by_rules` tells that the rules made the first."""

    field: str
    text: str
    share: float
    other: str
    other_share: float
    by_rules: bool
    evidence: Evidence | None


WORTH_TELLING = 0.2
"""How probable another reading is at least that people are told of. Judged, not fitted."""


def chosen(claims: Sequence[Judged]) -> list[Believed]:
    """The claims that are believed, in the order of the document. Of claims that were read from the same words the
    likeliest is."""
    shares = [probability(c.field, c.features) for c in claims]
    kept: list[Believed] = []
    for i in sorted(range(len(claims)), key=lambda i: -preference(shares[i], by_rules=claims[i].rule is not None)):
        one, share = claims[i], shares[i]
        before = next((k for k, other in enumerate(kept) if one.claim.overlaps(other.judged.claim)), None)
        if before is not None:
            kept[before] = _with_rival(kept[before], one, share)
        elif share >= threshold(one.field, by_learned=one.learned is not None):
            kept.append(Believed(one, share))
    return sorted(kept, key=lambda b: b.judged.claim.tokens)


def _with_rival(believed: Believed, other: Judged, share: float) -> Believed:
    """What is believed, beside another reading of it, if nobody knows of a likelier one."""
    of_one = (believed.judged.rule is None) == (other.rule is None)
    if of_one or share < max(WORTH_TELLING, believed.rival_share):
        return believed
    return replace(believed, rival=other, rival_share=share)


def judged_value(field: str, ours: Claim | None, theirs: Claim | None, reading: LearnedReading) -> Believed | None:
    """The likelier of two claims of a single value; None where neither is believed.

    `ours` and `theirs` are the claims of `field` by the rules and by the network, whose `reading` it is.
    """
    mine, others = ([] if c is None else [c] for c in (ours, theirs))
    return best_of(chosen(judged_claims(field, mine, others, reading)))


def best_of(believed: Sequence[Believed]) -> Believed | None:
    """The one that is believed first of several, with the next as its rival; None where there is none."""
    ordered = sorted(believed, key=lambda b: -preference(b.share, by_rules=b.judged.rule is not None))
    if len(ordered) < 2:
        return ordered[0] if ordered else None
    return _with_rival(ordered[0], ordered[1].judged, ordered[1].share)


def disagreement_of(believed: Believed) -> list[Disagreement]:
    """The two readings, where there are two: none or one."""
    one, rival = believed.judged, believed.rival
    if rival is None:
        return []
    words, share, evidence = one.claim.text, believed.share, one.claim.evidence
    return [
        Disagreement(one.field, words, share, rival.claim.text, believed.rival_share, one.rule is not None, evidence)
    ]


def judged(
    field: str, ours: Sequence[R], others: Sequence[R], reading: LearnedReading, *, binding: bool = True
) -> tuple[list[R], list[Disagreement]]:
    """The objects of a list that the claims of both make, each with its attributes judged, and where they disagree.

    `ours` are the objects of `field` by the rules, `others` by the network, whose `reading` it is. `binding` tells
    that the document is an agreement or a plan.
    """
    others = with_owners_of_rules(field, ours, others)
    records: list[R] = []
    disagreements: list[Disagreement] = []
    for believed in chosen(object_claims(field, ours, others, reading, binding=binding)):
        one = believed.judged
        mine = None if one.rule is None else ours[one.rule]
        theirs = None if one.learned is None else others[one.learned]
        record, of_attributes = _merged(field, mine, theirs, believed.share, reading)
        records.append(record)
        disagreements += [*disagreement_of(believed), *of_attributes]
    if field == "groups":
        records = [with_own_members(record, ours) for record in records]
    return records, disagreements


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


def _merged(
    field: str, ours: R | None, other: R | None, share: float, reading: LearnedReading
) -> tuple[R, list[Disagreement]]:
    base = ours if ours is not None else other
    if base is None:
        raise ValueError("an object that no witness claims")
    changes: dict[str, object] = {}
    disagreements: list[Disagreement] = []
    evidence = {
        name: as_sure(e, share)
        for name, e in base.evidence_by_field.items()
        if name.split(".")[0] not in ATTRIBUTES[field]
    }
    for attribute in ATTRIBUTES[field]:
        mine, theirs = ([] if r is None else attribute_claims(r, attribute, reading) for r in (ours, other))
        believed = chosen(judged_claims(f"{field}.{attribute}", mine, theirs, reading, share))
        if not isinstance(getattr(base, attribute), list):
            best = best_of(believed)
            believed = [] if best is None else [best]
        disagreements += [d for one in believed for d in disagreement_of(one)]
        for name, value, found in _attribute(attribute, ours, other, believed, share):
            changes[name] = value
            evidence.update(found)
    whole = None if base.evidence is None else as_sure(base.evidence, share)
    return base.model_copy(update={**changes, "evidence": whole, "evidence_by_field": evidence}), disagreements


def _attribute(
    attribute: str, ours: R | None, other: R | None, believed: Sequence[Believed], owner: float
) -> Iterator[tuple[str, object, dict[str, Evidence]]]:
    """The value of an attribute, what follows from it, and the evidence."""
    if isinstance(getattr(ours or other, attribute), list):
        words = [one.judged.claim.text for one in believed]
        yield attribute, words, _evidence_of_items(attribute, believed, owner)
        return
    if not believed:
        yield from ((name, None, {}) for name in (attribute, *_FOLLOWING.get(attribute, ())))
        return
    best = believed[0]
    source, evidence = ours if best.judged.rule is not None else other, best.judged.claim.evidence
    yield attribute, getattr(source, attribute), _evidence_of(attribute, evidence, min(best.share, owner))
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


def _evidence_of_items(attribute: str, believed: Sequence[Believed], owner: float) -> dict[str, Evidence]:
    return {
        f"{attribute}.{i}": as_sure(one.judged.claim.evidence, min(one.share, owner))
        for i, one in enumerate(believed)
        if one.judged.claim.evidence is not None
    }


def as_sure(evidence: Evidence, share: float) -> Evidence:
    """Evidence whose confidence is how probably its words are read right, times how probably they are the value."""
    return evidence.model_copy(update={"confidence": round(evidence.confidence * share, 3)})
