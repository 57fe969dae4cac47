"""How parties, signatories and contacts of two documents are matched."""

from avskrift.comparison.objects.changes import Kind
from avskrift.comparison.objects.matching import Score
from avskrift.comparison.objects.name_similarity import likeness_of, same_words, stems_in
from avskrift.models.agreement import Contact, Party, Signatory
from avskrift.models.comparison import ObjectChangeType, ObjectName


def _party(old: Party, new: Party) -> Score:
    name = likeness_of(old.name, new.name).both
    if name >= 0.99:
        return Score(1.0, ("the same name",))
    because = []
    value = 0.6 * name
    if old.organisation_number and old.organisation_number == new.organisation_number:
        value += 0.25
        because.append("the same organisation number")
    if old.kind is new.kind:
        value += 0.2
        because.append(f"both are of the kind {old.kind.value}")
    if old.defined_term and new.defined_term and same_words(old.defined_term, new.defined_term):
        value += 0.2
        because.append(f"both are called {new.defined_term}")
    if name:
        because.append(f"names alike to {name:.2f}")
    return Score(min(value, 0.99), tuple(because))


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
    return Score(0.7 * _office(old.title, new.title), ("the same office",))


def _contact(old: Contact, new: Contact) -> Score:
    if old.name and new.name and same_words(old.name, new.name):
        return Score(1.0, ("the same name",))
    if old.email and old.email == new.email:
        return Score(0.9, ("the same address",))
    return Score(0.7 * _office(old.role, new.role), ("the same office",))


def _office(old: str | None, new: str | None) -> float:
    """How far two titles are one office; of two of the police one may have been reorganised, if nothing is closer."""
    if not old or not new:
        return 0.0
    police = "polis" in old.lower() and "polis" in new.lower()
    return max(likeness_of(old, new).both, 0.5 if police else 0.0)


def _contact_name(contact: Contact) -> str:
    return contact.name or contact.role or contact.email or contact.phone or "contact"


PARTIES: Kind[Party] = Kind(
    ObjectName.PARTY,
    lambda p: p.name,
    _party,
    0.38,
    ("organisation_number", "defined_term", "address"),
    renamed=_renamed,
)
SIGNATORIES: Kind[Signatory] = Kind(
    ObjectName.SIGNATORY, lambda s: s.name, _signatory, 0.3, ("title",), renamed=replaced
)
CONTACTS: Kind[Contact] = Kind(
    ObjectName.CONTACT, _contact_name, _contact, 0.45, ("role", "phone", "email"), renamed=replaced
)
