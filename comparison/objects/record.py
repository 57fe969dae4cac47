"""Field by field: the document's head, parties, period, dates, groups, focus areas, annexes, people."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from avskrift.comparison.objects.changes import ComparisonRules, Records, changes_of, located, name_evidence
from avskrift.comparison.objects.groups import ANNEXES, AREAS, groups
from avskrift.comparison.objects.numbers_and_days import DAYS, DIARY_NUMBERS
from avskrift.comparison.objects.people import CONTACTS, PARTIES, SIGNATORIES
from avskrift.comparison.objects.values import LocatedObject, compared
from avskrift.models.agreement import Agreement, DateRole, Group, GroupKind, Traced
from avskrift.models.comparison import ObjectChange, ObjectChangeType, ObjectName, Side
from avskrift.runtime.failures import Failures

T = TypeVar("T", bound=Traced)
_PERIOD = ("valid_from", "valid_to", "until_further_notice", "extension", "revision", "notice")
_COMPARED_DAYS = (DateRole.SIGNED, DateRole.DECIDED)
"""Roles of dates that are compared by themselves: those of the period are fields of it, others stand in clauses."""


def objects_of(old: Agreement, new: Agreement, failures: Failures, remarks: list[str]) -> list[ObjectChange]:
    """What became of every object of `old` and `new`; objects that are as they were come too, as `kept`.

    Objects of a kind whose comparison fails are left out, which goes to `failures`; `remarks` takes what could not be
    compared in full.
    """
    both = failures.attempt(
        "looking at both records", lambda: Records.of(old, new, remarks), None, "no object was compared"
    )
    if both is None:
        return []
    found: list[ObjectChange] = []
    for name, changes in OBJECTS:
        found += failures.attempt(f"comparing {name}", partial(changes, both), [], "none of them was compared")
    return found


def _head(both: Records) -> list[ObjectChange]:
    return [_one(ObjectName.DOCUMENT, "/document", both.old.document, both.new.document, ("title", "kind"), both)]


def _one(what: ObjectName, path: str, old: Traced, new: Traced, names: Sequence[str], both: Records) -> ObjectChange:
    """What became of something that every document has once."""
    before, after = LocatedObject(old, path), LocatedObject(new, path)
    values = [c for name in names if (c := compared(name, before, after, both.sides)) is not None]
    return ObjectChange(
        object=what,
        fate=ObjectChangeType.CHANGED if values else ObjectChangeType.KEPT,
        old=[Side(name=what.value, path=path, evidence=name_evidence(old))],
        new=[Side(name=what.value, path=path, evidence=name_evidence(new))],
        score=1.0,
        values=values,
    )


def _period(both: Records) -> list[ObjectChange]:
    return [_one(ObjectName.PERIOD, "/period", both.old.period, both.new.period, _PERIOD, both)]


def _diary_numbers(both: Records) -> list[ObjectChange]:
    old, new = (located("/document/diary_numbers", r.document.diary_numbers) for r in (both.old, both.new))
    return changes_of(DIARY_NUMBERS, old, new, both)


def _dates(both: Records) -> list[ObjectChange]:
    old, new = (
        [(path, day) for path, day in located("/dates", record.dates) if day.role in _COMPARED_DAYS]
        for record in (both.old, both.new)
    )
    return changes_of(DAYS, old, new, both)


def _groups(both: Records) -> list[ObjectChange]:
    return _of_list("groups", groups(_single_kinds(both.old.groups) & _single_kinds(both.new.groups)), both)


def _single_kinds(some: Sequence[Group]) -> frozenset[GroupKind]:
    """The kinds of which a document has one group."""
    often = Counter(group.kind for group in some)
    return frozenset(kind for kind, n in often.items() if n == 1)


def _of_list(name: str, kind: ComparisonRules[T], both: Records) -> list[ObjectChange]:
    """What became of the objects of a list, which is called `name` in a record."""
    old, new = (located(f"/{name}", getattr(record, name)) for record in (both.old, both.new))
    return changes_of(kind, old, new, both)


OBJECTS: tuple[tuple[str, Callable[[Records], list[ObjectChange]]], ...] = (
    ("title and kind", _head),
    ("the diary numbers", _diary_numbers),
    ("the parties", partial(_of_list, "parties", PARTIES)),
    ("the period", _period),
    ("the days of signing and deciding", _dates),
    ("the groups", _groups),
    ("the focus areas", partial(_of_list, "focus_areas", AREAS)),
    ("the annexes", partial(_of_list, "annexes", ANNEXES)),
    ("the signatories", partial(_of_list, "signatories", SIGNATORIES)),
    ("the contacts", partial(_of_list, "contacts", CONTACTS)),
)
"""What is compared, in the order of the record."""
