"""Activities of a focus area that is in both documents."""

from avskrift.comparison.clauses.material_change import Actors
from avskrift.comparison.objects.activities import activities_compared
from avskrift.comparison.objects.values import LocatedObject, Sides
from avskrift.models.agreement import Activity, FocusArea
from avskrift.models.comparison import ValueChangeType


def area(*activities: Activity) -> LocatedObject:
    return LocatedObject(FocusArea(name="Skolan", activities=list(activities)), "/focus_areas/0")


def test_rows_that_came_went_or_changed() -> None:
    old = area(Activity(name="Vuxenvandring", convener="Rektor"), Activity(name="Föreläsning om nätet"))
    new = area(Activity(name="Belysningsrond"), Activity(name="Vuxenvandring", convener="Fritidschef"))
    found = activities_compared(old, new, Sides(Actors(frozenset()), "", ""))
    assert [(c.field, c.fate, c.old, c.new) for c in found] == [
        ("activities.convener", ValueChangeType.CHANGED, "Rektor", "Fritidschef"),
        ("activities", ValueChangeType.ADDED, None, "Belysningsrond"),
        ("activities", ValueChangeType.REMOVED, "Föreläsning om nätet", None),
    ]
    assert found[0].old_path == "/focus_areas/0/activities/0/convener"
    assert found[0].new_path == "/focus_areas/0/activities/1/convener"
