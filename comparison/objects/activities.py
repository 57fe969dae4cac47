"""Activities of a focus area that is in both documents: those that came or went, and rows that changed."""

from avskrift.comparison.candidates import MOST_PAIRS, too_many
from avskrift.comparison.name_similarity import likeness_of
from avskrift.comparison.objects.matching import Score, matched
from avskrift.comparison.objects.values import Held, Sides, compared
from avskrift.models.agreement import Activity, Evidence, FocusArea
from avskrift.models.comparison import ValueChange, ValueChangeType

_ENOUGH = 0.6
_ROWS = tuple(name for name in Activity.model_fields if name not in ("evidence", "evidence_by_field", "name"))


def activities_compared(old: Held, new: Held, sides: Sides) -> list[ValueChange]:
    """What became of the activities; fields are named `activities` and `activities.goal`."""
    assert isinstance(old.value, FocusArea) and isinstance(new.value, FocusArea)
    before, after = old.value.activities, new.value.activities
    if len(before) * len(after) > MOST_PAIRS:
        sides.remarks.append(too_many("activities of one area", len(before), len(after)))
    found = []
    for match in matched(before, after, _score, _ENOUGH):
        if match.old and match.new:
            a = Held(before[match.old[0]], f"{old.path}/activities/{match.old[0]}")
            b = Held(after[match.new[0]], f"{new.path}/activities/{match.new[0]}")
            changes = [compared(row, a, b, sides) for row in _ROWS]
            found += [c.model_copy(update={"field": f"activities.{c.field}"}) for c in changes if c is not None]
        elif match.new:
            one = after[match.new[0]]
            path = f"{new.path}/activities/{match.new[0]}"
            fate = ValueChangeType.ADDED
            found.append(
                ValueChange(field="activities", fate=fate, new=_name(one), new_path=path, new_evidence=_evidence(one))
            )
        else:
            one = before[match.old[0]]
            path = f"{old.path}/activities/{match.old[0]}"
            fate = ValueChangeType.REMOVED
            found.append(
                ValueChange(field="activities", fate=fate, old=_name(one), old_path=path, old_evidence=_evidence(one))
            )
    return found


def _score(old: Activity, new: Activity) -> Score:
    return Score(likeness_of(_name(old), _name(new)).both)


def _name(activity: Activity) -> str:
    return activity.name or activity.description or activity.purpose or "activity"


def _evidence(activity: Activity) -> Evidence | None:
    return activity.evidence_by_field.get("name") or activity.evidence
