"""A value whose words stand unchanged in both documents has not changed."""

from avskrift.comparison.clauses.unchanged_text import UNCHANGED_TEXT, SideText, with_text_check
from avskrift.models.agreement import Evidence
from avskrift.models.comparison import (
    ClauseChange,
    ClauseChangeType,
    ClauseSide,
    ObjectChange,
    ObjectChangeType,
    ObjectName,
    RunKind,
    Side,
    ValueChange,
    ValueChangeType,
    WordRun,
)

_SIDE = ClauseSide(number="1", title="Tid", page=1, path="/sections/0")


def clause(*runs: tuple[RunKind, str, str]) -> ClauseChange:
    held = [WordRun(kind=kind, old=old, new=new) for kind, old, new in runs]
    return ClauseChange(fate=ClauseChangeType.REWORDED, old=[_SIDE], new=[_SIDE], runs=held)


_CLAUSES = [
    clause(
        (RunKind.EQUAL, "Avtalet gäller tills vidare från", "Avtalet gäller tills vidare från"),
        (RunKind.REPLACED, "maj 2019", "juni 2019"),
    )
]


def object_changed(change_type: ObjectChangeType, *values: ValueChange, name: str = "Tills vidare") -> ObjectChange:
    sides = [Side(name=name, path="/groups/0")]
    return ObjectChange(
        object=ObjectName.GROUP,
        fate=change_type,
        old=[] if change_type is ObjectChangeType.ADDED else sides,
        new=[] if change_type is ObjectChangeType.REMOVED else sides,
        values=list(values),
    )


def test_words_of_a_side() -> None:
    old = SideText.of(_CLAUSES, old=True)
    assert old.unchanged("tills vidare") and not old.unchanged("maj 2019") and not old.unchanged("april 2019")
    assert not old.unchanged("tid")  # too short to be looked for


def test_values_and_objects_that_stand_unchanged_are_in_doubt() -> None:
    value = ValueChange(field="extension", fate=ValueChangeType.REMOVED, old="tills vidare")
    other = ValueChange(field="extension", fate=ValueChangeType.CHANGED, old="maj 2019", new="juni 2019")
    changed, removed = with_text_check(
        [object_changed(ObjectChangeType.CHANGED, value, other), object_changed(ObjectChangeType.REMOVED)], _CLAUSES
    )
    assert [v.doubt for v in changed.values] == [[UNCHANGED_TEXT], []]
    assert changed.doubt == [] and removed.doubt == [UNCHANGED_TEXT]


def test_a_day_is_looked_for_by_the_words_it_was_read_from() -> None:
    place = Evidence(page=1, bbox=None, text="juni 2019", raw="juni 2019", confidence=1.0)
    day = ValueChange(field="valid_from", fate=ValueChangeType.ADDED, new="2019-06", new_evidence=place)
    (one,) = with_text_check([object_changed(ObjectChangeType.CHANGED, day)], _CLAUSES)
    assert one.values[0].doubt == []
    same = place.model_copy(update={"text": "gäller tills vidare"})
    flag = ValueChange(field="until_further_notice", fate=ValueChangeType.ADDED, new="yes", new_evidence=same)
    (one,) = with_text_check([object_changed(ObjectChangeType.CHANGED, flag)], _CLAUSES)
    assert one.values[0].doubt == [UNCHANGED_TEXT]
