"""Values that differ between two objects."""

from typing import Any

import pytest

from avskrift.comparison.clauses.material_change import Actors
from avskrift.comparison.objects.values import LocatedObject, Sides, compared, items_compared
from avskrift.models.agreement import Contact, Evidence, Group, GroupKind, Period
from avskrift.models.comparison import ValueChange, ValueChangeType


def sides(old: str = "", new: str = "") -> Sides:
    return Sides(Actors(frozenset()), old, new)


def group(**values: Any) -> Group:
    return Group(name="Styrgrupp", kind=GroupKind.STEERING, **values)


def change(
    name: str, old: Group | Period | Contact, new: Group | Period | Contact, both: Sides | None = None
) -> ValueChange | None:
    return compared(name, LocatedObject(old, "/groups/0"), LocatedObject(new, "/groups/1"), both or sides())


def change_type(
    name: str, old: object, new: object, model: type[Group | Period | Contact] = Group
) -> ValueChangeType | None:
    make: Any = group if model is Group else model
    found = change(name, make(**{name: old}), make(**{name: new}))
    return None if found is None else found.fate


def test_values_that_came_went_or_are_the_same() -> None:
    assert change_type("chair", None, "Kommunchefen") is ValueChangeType.ADDED
    assert change_type("chair", "Kommunchefen", None) is ValueChangeType.REMOVED
    assert change_type("chair", "Kommunchefen", "kommunchefen.") is None
    assert change_type("chair", None, None) is None


def test_texts_are_changed_where_something_material_differs() -> None:
    assert change_type("purpose", "Gruppen ska leda arbetet", "Gruppen kan leda arbetet") is ValueChangeType.CHANGED
    assert (
        change_type("purpose", "Gruppen leder allt arbete", "Gruppen leder hela samarbetet") is ValueChangeType.REWORDED
    )


def test_days_and_flags_are_exact() -> None:
    assert change_type("valid_to", "2024-12-31", "2025-12-31", Period) is ValueChangeType.CHANGED
    assert change_type("until_further_notice", True, False, Period) is ValueChangeType.CHANGED


def test_every_sign_of_an_address_counts() -> None:
    assert change_type("email", "eva.ask@exempel.se", "evaask@exempel.se", Contact) is ValueChangeType.CHANGED
    assert change_type("phone", "0123-456 78", "0123 45678", Contact) is None


@pytest.mark.parametrize(("old", "new", "direction"), [(4.0, 6.0, "up"), (6.0, 4.0, "down")])
def test_frequencies_have_a_direction(old: float, new: float, direction: str) -> None:
    found = change("meetings_per_year", group(meetings_per_year=old), group(meetings_per_year=new))
    assert found is not None and found.direction == direction and (found.old, found.new) == (f"{old:g}", f"{new:g}")


def test_a_change_says_where_it_was_read_and_what_is_in_doubt() -> None:
    weak = Evidence(page=2, line=7, bbox=None, text="Rektorn", raw="Rcktorn", confidence=0.4)
    old = group(chair="Rektorn", evidence_by_field={"chair": weak})
    found = change("chair", old, group(), sides(new="heltannantext"))
    assert (
        found is not None
        and found.old_evidence == weak
        and found.old_path == "/groups/0/chair"
        and found.new_path is None
    )
    assert found.doubt == ["“Rektorn” has a confidence of 0.40, read as “Rcktorn”"]


def test_a_value_that_stands_in_the_other_text_is_in_doubt() -> None:
    found = change("chair", group(chair="Kommunchefen"), group(), sides(new="darkommunchefenleder"))
    assert found is not None and found.doubt == ["its words stand in the text of the new document too"]


def test_members_came_went_or_were_reworded() -> None:
    before, after = group(members=["Kommunchef", "Rektor"]), group(members=["Fritidschef", "Ekdals kommunchef"])
    found = items_compared("members", LocatedObject(before, "/groups/0"), LocatedObject(after, "/groups/0"), sides())
    assert [(c.fate, c.old, c.new, c.old_path, c.new_path) for c in found] == [
        (ValueChangeType.REWORDED, "Kommunchef", "Ekdals kommunchef", "/groups/0/members/0", "/groups/0/members/1"),
        (ValueChangeType.REMOVED, "Rektor", None, "/groups/0/members/1", None),
        (ValueChangeType.ADDED, None, "Fritidschef", None, "/groups/0/members/0"),
    ]


def test_an_item_cut_in_another_way_is_in_doubt() -> None:
    before, after = group(members=["Samordnare"]), group(members=["Samordnare och controller från skolan"])
    found = items_compared("members", LocatedObject(before, ""), LocatedObject(after, ""), sides())
    assert any("it may stand in" in reason for c in found for reason in c.doubt)
