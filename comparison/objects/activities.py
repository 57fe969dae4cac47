"""Activities of a focus area that is in both documents: those that came or went, and rows that changed."""

from dataclasses import dataclass
from typing import Any

from avskrift.comparison.candidates import MOST_PAIRS, too_many
from avskrift.comparison.name_similarity import likeness_of
from avskrift.comparison.objects.matching import Score, matched
from avskrift.comparison.objects.values import LocatedObject, Sides, compared
from avskrift.models.agreement import Activity, FocusArea
from avskrift.models.comparison import ValueChange, ValueChangeType


@dataclass(frozen=True, slots=True)
class Settings:
    """Of two activities of one focus area."""

    enough: float = 0.6
    """Likeness of names (0 to 1) from which they are one."""


SETTINGS = Settings()
_ROWS = tuple(name for name in Activity.model_fields if name not in ("evidence", "evidence_by_field", "name"))


def activities_compared(old: LocatedObject, new: LocatedObject, sides: Sides) -> list[ValueChange]:
    """What became of the activities; fields are named `activities` and `activities.goal`.

    `old` and `new` hold focus areas; `sides` takes the remark that there were too many to compare each with each.
    """
    before, after = _activities(old), _activities(new)
    if len(before) * len(after) > MOST_PAIRS:
        sides.remarks.append(too_many("activities of one area", len(before), len(after)))
    found: list[ValueChange] = []
    change: dict[str, Any]
    for match in matched([one for one, _ in before], [one for one, _ in after], _score, SETTINGS.enough):
        if match.old and match.new:
            found += _rows_compared(before[match.old[0]][1], after[match.new[0]][1], sides)
        elif match.new:
            one, held = after[match.new[0]]
            change = {"new": _name(one), "new_path": held.path, "new_evidence": held.evidence("name")}
            found.append(ValueChange(field="activities", fate=ValueChangeType.ADDED, **change))
        else:
            one, held = before[match.old[0]]
            change = {"old": _name(one), "old_path": held.path, "old_evidence": held.evidence("name")}
            found.append(ValueChange(field="activities", fate=ValueChangeType.REMOVED, **change))
    return found


def _activities(area: LocatedObject) -> list[tuple[Activity, LocatedObject]]:
    """The activities of a focus area, each by itself and as an object of its record."""
    assert isinstance(area.value, FocusArea)
    return [(one, LocatedObject(one, f"{area.path}/activities/{i}")) for i, one in enumerate(area.value.activities)]


def _rows_compared(old: LocatedObject, new: LocatedObject, sides: Sides) -> list[ValueChange]:
    """The rows of an activity that changed."""
    changes = [compared(row, old, new, sides) for row in _ROWS]
    return [c.model_copy(update={"field": f"activities.{c.field}"}) for c in changes if c is not None]


def _score(old: Activity, new: Activity) -> Score:
    return Score(likeness_of(_name(old), _name(new)).both)


def _name(activity: Activity) -> str:
    return activity.name or activity.description or activity.purpose or "activity"
