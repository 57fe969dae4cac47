"""How parties, signatories and contacts of two documents are matched."""

from collections.abc import Callable
from dataclasses import dataclass

from avskrift.comparison.name_similarity import likeness_of, same_words, stems_in
from avskrift.comparison.objects.changes import ComparisonRules
from avskrift.comparison.objects.matching import Score
from avskrift.models.agreement import Contact, Party, Signatory
from avskrift.models.comparison import ObjectChangeType, ObjectName


@dataclass(frozen=True, slots=True)
class Settings:
    """Scores from 0 to 1; tuned on `benchmarks/comparing.py`."""

    same_name: float = 0.99
    """Likeness of names from which two parties are one, whatever else is said of them."""
    party_name: float = 0.6
    """Weight of the likeness of two parties' names."""
    most_unlike_named: float = 0.99
    """The highest score of parties whose names differ."""
    same_address: float = 0.9
    """Score of contacts with one e-mail address."""
    same_office: float = 0.7
    """Weight of the likeness of two titles."""
    both_police: float = 0.5
    """Likeness at least of two titles of the police: one may have been reorganised, if nothing is closer."""
    enough_party: float = 0.38
    """Score from which two parties may be one."""
    enough_signatory: float = 0.3
    """Score from which two signatories may hold one office."""
    enough_contact: float = 0.45
    """Score from which two contacts may be one."""


SETTINGS = Settings()

_PARTY_SIGNS: tuple[tuple[float, Callable[[Party, Party], bool], Callable[[Party], str]], ...] = (
    (
        0.25,
        lambda old, new: bool(old.organisation_number) and old.organisation_number == new.organisation_number,
        lambda new: "the same organisation number",
    ),
    (0.2, lambda old, new: old.kind is new.kind, lambda new: f"both are of the kind {new.kind.value}"),
    (
        0.2,
        lambda old, new: (
            bool(old.defined_term and new.defined_term) and same_words(old.defined_term or "", new.defined_term or "")
        ),
        lambda new: f"both are called {new.defined_term}",
    ),
)
"""What else than names says that two parties are one: its weight, whether it holds, and the reason to give."""


def _party(old: Party, new: Party) -> Score:
    name = likeness_of(old.name, new.name).both
    if name >= SETTINGS.same_name:
        return Score(1.0, ("the same name",))
    signs = [(weight, reason(new)) for weight, holds, reason in _PARTY_SIGNS if holds(old, new)]
    because = [reason for _, reason in signs] + ([f"names alike to {name:.2f}"] if name else [])
    value = sum((weight for weight, _ in signs), SETTINGS.party_name * name)
    return Score(min(value, SETTINGS.most_unlike_named), tuple(because))


def _renamed(old: Party, new: Party) -> ObjectChangeType:
    """Another party, where each name has a word that the other lacks: Vikbo / Lillbo stadsdelsförvaltning."""
    a, b = set(stems_in(old.name)), set(stems_in(new.name))
    return ObjectChangeType.REPLACED if a - b and b - a else ObjectChangeType.RENAMED


def replaced(old: object, new: object) -> ObjectChangeType:
    """What became of a pair whose names differ where names are all there is: another holds the place."""
    return ObjectChangeType.REPLACED


def _signatory(old: Signatory, new: Signatory) -> Score:
    if same_words(old.name, new.name):
        return Score(1.0, ("the same name",))
    return Score(SETTINGS.same_office * _office(old.title, new.title), ("the same office",))


def _contact(old: Contact, new: Contact) -> Score:
    if old.name and new.name and same_words(old.name, new.name):
        return Score(1.0, ("the same name",))
    if old.email and old.email == new.email:
        return Score(SETTINGS.same_address, ("the same address",))
    return Score(SETTINGS.same_office * _office(old.role, new.role), ("the same office",))


def _office(old: str | None, new: str | None) -> float:
    """How far two titles are one office, 0 to 1."""
    if not old or not new:
        return 0.0
    police = "polis" in old.lower() and "polis" in new.lower()
    return max(likeness_of(old, new).both, SETTINGS.both_police if police else 0.0)


def _contact_name(contact: Contact) -> str:
    return contact.name or contact.role or contact.email or contact.phone or "contact"


PARTIES: ComparisonRules[Party] = ComparisonRules(
    ObjectName.PARTY,
    lambda p: p.name,
    _party,
    SETTINGS.enough_party,
    ("organisation_number", "defined_term", "address"),
    renamed=_renamed,
)
SIGNATORIES: ComparisonRules[Signatory] = ComparisonRules(
    ObjectName.SIGNATORY, lambda s: s.name, _signatory, SETTINGS.enough_signatory, ("title",), renamed=replaced
)
CONTACTS: ComparisonRules[Contact] = ComparisonRules(
    ObjectName.CONTACT, _contact_name, _contact, SETTINGS.enough_contact, ("role", "phone", "email"), renamed=replaced
)
