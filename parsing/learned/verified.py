"""The values of a record that people verified, one by one: which tag their words bear, and where they were read."""

from collections.abc import Iterator
from dataclasses import dataclass

from avskrift.models.agreement import Agreement, Evidence, Traced
from avskrift.parsing.learned.tags import FIELD_TAGS

UNTIL_FURTHER_NOTICE = "tills vidare"

_LISTS = ("parties", "groups", "focus_areas", "annexes", "signatories", "contacts")


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
    yield from _values("document", record.document, owned=False)
    for number in record.document.diary_numbers:
        yield from _values("document.diary_numbers", number)
    yield from _values("period", record.period, owned=False)
    for field in _LISTS:
        for one in getattr(record, field):
            yield from _values(field, one)
    for area in record.focus_areas:
        for activity in area.activities:
            yield from _values("focus_areas.activities", activity)


def _values(field: str, record: Traced, *, owned: bool = True) -> Iterator[VerifiedValue]:
    """The values of one object; `owned` by its name, or its first value where it has none."""
    owner, tags = "", FIELD_TAGS[field]
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
