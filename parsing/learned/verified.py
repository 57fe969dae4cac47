"""The values of a record that people verified, one by one: which tag their words bear, and where they were read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from avskrift.models.agreement import Agreement, Evidence, Traced

UNTIL_FURTHER_NOTICE = "tills vidare"

_OBJECTS: Mapping[str, Mapping[str, str]] = {
    "parties": {
        "name": "PARTY",
        "defined_term": "TERM",
        "organisation_number": "ORGNR",
        "address": "ADDRESS",
    },
    "groups": {
        "name": "GROUP",
        "members": "MEMBER",
        "chair": "CHAIR",
        "convener": "CHAIR",
        "meeting_frequency": "FREQ",
        "purpose": "TASK",
    },
    "focus_areas": {"name": "AREA", "goal": "GOAL", "purpose": "PURPOSE", "situation": "SITUATION"},
    "annexes": {"title": "ANNEX", "number": "ANNEXNO"},
    "signatories": {"name": "SIGNER", "title": "OFFICE"},
    "contacts": {"name": "CONTACT", "role": "ROLE", "phone": "PHONE", "email": "EMAIL"},
}
"""The lists of a record: the tag of each attribute of their objects, that which names them first."""
_ACTIVITY = {
    "name": "ACTIVITY",
    "goal": "GOAL",
    "purpose": "PURPOSE",
    "situation": "SITUATION",
    "duration": "WHEN",
    "follow_up": "FOLLOWUP",
}
_DIARY_NUMBER = {"number": "DNR", "holder": "HOLDER"}
_PERIOD = {
    "valid_from": "FROM",
    "valid_to": "TO",
    "until_further_notice": "UNTIL",
    "extension": "EXTENSION",
    "revision": "REVISION",
    "notice": "NOTICE",
}


@dataclass(frozen=True, slots=True)
class VerifiedValue:
    """A value of a record: the path of its `field` (`groups.members`), the `tag` of its words, the name of its `owner`
    (empty where it is the name itself), and `evidence` of where it was read, the best first."""

    field: str
    tag: str
    owner: str
    text: str
    evidence: tuple[Evidence, ...]


def values_of(record: Agreement) -> Iterator[VerifiedValue]:
    """The values of a record that the learned reader could have read."""
    yield from _values("document", {"title": "TITLE"}, record.document, owned=False)
    for number in record.document.diary_numbers:
        yield from _values("document.diary_numbers", _DIARY_NUMBER, number)
    yield from _values("period", _PERIOD, record.period, owned=False)
    for field, tags in _OBJECTS.items():
        for one in getattr(record, field):
            yield from _values(field, tags, one)
    for area in record.focus_areas:
        for activity in area.activities:
            yield from _values("focus_areas.activities", _ACTIVITY, activity)


def _values(field: str, tags: Mapping[str, str], record: Traced, *, owned: bool = True) -> Iterator[VerifiedValue]:
    """The values of one object; `owned` by its name, or its first value where it has none."""
    owner = ""
    naming = next(iter(tags))
    for attribute, tag in tags.items():
        for key, text in _texts(attribute, getattr(record, attribute)):
            evidence = _evidence(record, key, tag, whole=attribute == naming or tag == "ANNEXNO")
            yield VerifiedValue(f"{field}.{attribute}", tag, owner, text, evidence)
            owner = owner or (text if owned else "")


def _texts(attribute: str, value: object) -> list[tuple[str, str]]:
    """The keys of evidence and the words of what an attribute holds."""
    if isinstance(value, list):
        return [(f"{attribute}.{i}", str(item)) for i, item in enumerate(value) if item]
    if value is True:
        return [(attribute, UNTIL_FURTHER_NOTICE)]
    return [(attribute, str(value))] if value else []


def _evidence(record: Traced, key: str, tag: str, *, whole: bool) -> tuple[Evidence, ...]:
    """Where a value was read; what names an object may be told by the evidence of the `whole` too, and a party's name
    is told best by that: it may be printed with more than the record's name."""
    given = (record.evidence_by_field.get(key), record.evidence if whole else None)
    ordered = given[::-1] if tag == "PARTY" else given
    return tuple(e for e in ordered if e is not None)
