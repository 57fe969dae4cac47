"""Field by field: the document's head, parties, period, dates, groups, focus areas, annexes, people."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from avskrift.comparison.name_similarity import likeness_of
from avskrift.comparison.objects.changes import Kind, Records, changes_of, located, name_evidence
from avskrift.comparison.objects.groups import ANNEXES, AREAS, groups
from avskrift.comparison.objects.matching import Score
from avskrift.comparison.objects.people import CONTACTS, PARTIES, SIGNATORIES, replaced
from avskrift.comparison.objects.values import Held, compared
from avskrift.language.fold import fold_word
from avskrift.models.agreement import Agreement, DatedMention, DateRole, DiaryNumber, Group, GroupKind, Traced
from avskrift.models.comparison import ObjectChange, ObjectChangeType, ObjectName, Side
from avskrift.runtime.failures import Failures

T = TypeVar("T", bound=Traced)
_PERIOD = ("valid_from", "valid_to", "until_further_notice", "extension", "revision", "notice")
_TOLD_DAYS = (DateRole.SIGNED, DateRole.DECIDED)
"""Roles of dates that are compared by themselves: those of the period are told there, others by the clauses."""


def objects_of(old: Agreement, new: Agreement, failures: Failures, remarks: list[str]) -> list[ObjectChange]:
    """What became of every object of both records; objects that are as they were come too, as `kept`. Objects of a kind
    whose comparison fails are left out; `remarks` takes what could not be compared in full."""
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
    before, after = Held(old, path), Held(new, path)
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


def _lists(path: str, old: Sequence[T], new: Sequence[T]) -> tuple[list[tuple[str, T]], list[tuple[str, T]]]:
    return located(path, old), located(path, new)


def _numbers(old: Agreement, new: Agreement) -> tuple[Sequence[DiaryNumber], Sequence[DiaryNumber]]:
    return old.document.diary_numbers, new.document.diary_numbers


def _days(record: Agreement) -> list[tuple[str, DatedMention]]:
    return [(path, day) for path, day in located("/dates", record.dates) if day.role in _TOLD_DAYS]


def _alone(old: Sequence[Group], new: Sequence[Group]) -> frozenset[GroupKind]:
    def once(some: Sequence[Group]) -> set[GroupKind]:
        kinds = [g.kind for g in some]
        return {kind for kind in kinds if kinds.count(kind) == 1}

    return frozenset(once(old) & once(new))


def _same_number(old: DiaryNumber, new: DiaryNumber) -> Score:
    if fold_word(old.number) == fold_word(new.number):
        return Score(1.0, ("the same number",))
    same = old.holder and new.holder and likeness_of(old.holder, new.holder).both >= 0.8
    return Score(0.6 if same else 0.0, ("the same holder",))


def _same_day(old: DatedMention, new: DatedMention) -> Score:
    if old.role is not new.role:
        return Score(0.0)
    return Score(1.0, ("the same day",)) if old.date == new.date else Score(0.6, (f"both were {new.role.value}",))


_DIARY_NUMBERS: Kind[DiaryNumber] = Kind(
    ObjectName.DOCUMENT, lambda d: d.number, _same_number, 0.5, ("holder",), renamed=replaced
)
_DAYS: Kind[DatedMention] = Kind(
    ObjectName.DATE, lambda d: f"{d.role.value} {d.date}", _same_day, 0.5, renamed=replaced
)


def _diary_numbers(both: Records) -> list[ObjectChange]:
    return changes_of(_DIARY_NUMBERS, *_lists("/document/diary_numbers", *_numbers(both.old, both.new)), both)


def _parties(both: Records) -> list[ObjectChange]:
    return changes_of(PARTIES, *_lists("/parties", both.old.parties, both.new.parties), both)


def _dates(both: Records) -> list[ObjectChange]:
    return changes_of(_DAYS, _days(both.old), _days(both.new), both)


def _groups(both: Records) -> list[ObjectChange]:
    old, new = both.old.groups, both.new.groups
    return changes_of(groups(_alone(old, new)), *_lists("/groups", old, new), both)


def _areas(both: Records) -> list[ObjectChange]:
    return changes_of(AREAS, *_lists("/focus_areas", both.old.focus_areas, both.new.focus_areas), both)


def _annexes(both: Records) -> list[ObjectChange]:
    return changes_of(ANNEXES, *_lists("/annexes", both.old.annexes, both.new.annexes), both)


def _signatories(both: Records) -> list[ObjectChange]:
    return changes_of(SIGNATORIES, *_lists("/signatories", both.old.signatories, both.new.signatories), both)


def _contacts(both: Records) -> list[ObjectChange]:
    return changes_of(CONTACTS, *_lists("/contacts", both.old.contacts, both.new.contacts), both)


OBJECTS: tuple[tuple[str, Callable[[Records], list[ObjectChange]]], ...] = (
    ("title and kind", _head),
    ("the diary numbers", _diary_numbers),
    ("the parties", _parties),
    ("the period", _period),
    ("the days of signing and deciding", _dates),
    ("the groups", _groups),
    ("the focus areas", _areas),
    ("the annexes", _annexes),
    ("the signatories", _signatories),
    ("the contacts", _contacts),
)
"""What is compared, in the order of the record."""
