"""A party while it is gathered: values with their words, and what is one party by its name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from avskrift.language import organisation_number
from avskrift.language.fold import fold
from avskrift.models.agreement import Party, PartyKind
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value, record_of

_DETAILS = ("organisation_number", "defined_term")
"""Fields that only a party has, not every organisation that a text names."""
_SHARED = ("defined_term", "organisation_number", "address")
"""Fields that are taken from other places that name the same party."""


@dataclass(frozen=True, slots=True)
class PartyCandidate:
    """`clause` are the words from the party's name to where the next one begins; `values` are those of the record's
    fields, in the order in which they were found, `name` always."""

    kind: PartyKind
    clause: TextSpan
    values: Mapping[str, Value[str]]

    @property
    def name(self) -> str:
        """The name as it is written."""
        return self.values["name"].value

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return fold(self.name)

    @property
    def is_detailed(self) -> bool:
        """Whether more than a name is known, as only of parties."""
        return any(field in self.values for field in _DETAILS)

    def called(self, term: TextSpan, rule: str = "parties.defined_term") -> "PartyCandidate":
        """The party with its defined term."""
        return replace(self, values={**self.values, "defined_term": Value.of(term, rule)})

    def completed_from(self, others: Iterable["PartyCandidate"]) -> "PartyCandidate":
        """The party with what other places say of the same name and this one lacks."""
        values = dict(self.values)
        for other in others:
            if other.key == self.key:
                values |= {f: other.values[f] for f in _SHARED if f in other.values and f not in values}
        return replace(self, values=values)

    def record(self) -> Party:
        """The party as the JSON has it."""
        number = self.values.get("organisation_number")
        valid = None if number is None else organisation_number.is_valid(number.value)
        whole = Value.of(self.clause, "parties")
        return record_of(Party, self.values, whole=whole, kind=self.kind, organisation_number_valid=valid)


def detailed(parties: Iterable[PartyCandidate]) -> list[PartyCandidate]:
    """Those of whom more than a name is known."""
    return [p for p in parties if p.is_detailed]


def distinct(parties: Sequence[PartyCandidate]) -> list[PartyCandidate]:
    """One entry for each name, the fuller one; names that are another's defined term left out."""
    kept: dict[str, PartyCandidate] = {}
    for party in parties:
        old = kept.get(party.key)
        if old is None or len(party.values) > len(old.values):
            kept[party.key] = party
    for key in _general_police(kept):
        kept.pop(key)
    terms = {fold(p.values["defined_term"].value): p.key for p in kept.values() if "defined_term" in p.values}
    called = {term for term, key in terms.items() if term != key}
    return [p for key, p in kept.items() if key not in called]


def _general_police(parties: Mapping[str, PartyCandidate]) -> list[str]:
    """The keys of "Polisen" where the area of the police that signs is named too."""
    police = [key for key, party in parties.items() if party.kind is PartyKind.POLICE]
    if len(police) != 2:
        return []
    return [k for k in police if len(k.split()) == 1 and "organisation_number" not in parties[k].values]
