"""Field by field: every part of a record is compared."""

import logging

from avskrift.comparison.objects.record import OBJECTS, objects_of
from avskrift.models.agreement import (
    Agreement,
    Contact,
    DatedMention,
    DateRole,
    DocumentHead,
    DocumentKind,
    FocusArea,
    Group,
    GroupKind,
    Party,
    PartyKind,
    Period,
    RegistryNumber,
    Signatory,
    SourceFile,
)
from avskrift.models.comparison import ObjectChangeType, ObjectName
from avskrift.runtime.failures import Failures

_FULL = Agreement(
    document=DocumentHead(kind=DocumentKind.AGREEMENT, diary_numbers=[RegistryNumber(number="EKB 2021/14")]),
    source=SourceFile(file="a.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"]),
    period=Period(valid_from="2021-01-01"),
    parties=[Party(name="Ekby kommun", kind=PartyKind.MUNICIPALITY)],
    dates=[DatedMention(role=DateRole.SIGNED, date="2021-01-01", text="1 januari 2021")],
    groups=[Group(name="Styrgrupp", kind=GroupKind.STEERING)],
    focus_areas=[FocusArea(name="Skolan")],
    signatories=[Signatory(name="Rut Ek")],
    contacts=[Contact(name="Bo Al")],
)
_BARE = Agreement(
    document=DocumentHead(kind=DocumentKind.AGREEMENT),
    source=_FULL.source,
    period=Period(notice="Avtalet kan sägas upp skriftligen."),
)


def types(old: Agreement, new: Agreement) -> dict[ObjectName, ObjectChangeType]:
    remarks: list[str] = []
    failures = Failures(logging.getLogger("test"))
    found = objects_of(old, new, failures, remarks)
    assert not remarks and not failures.found
    return {one.object: one.fate for one in found if one.old != [] or one.new != []}


def test_every_part_is_kept_with_itself() -> None:
    assert set(types(_FULL, _FULL).values()) == {ObjectChangeType.KEPT}
    assert len(OBJECTS) == 10


def test_every_part_that_came() -> None:
    found = types(_BARE, _FULL)
    assert found.pop(ObjectName.PERIOD) is ObjectChangeType.CHANGED
    assert set(found.values()) <= {ObjectChangeType.ADDED, ObjectChangeType.KEPT}
    added = {what for what, change in found.items() if change is ObjectChangeType.ADDED}
    assert added >= {ObjectName.PARTY, ObjectName.DATE, ObjectName.GROUP, ObjectName.FOCUS_AREA, ObjectName.CONTACT}
