"""Several versions, one beside the other."""

from collections.abc import Callable

from avskrift.comparison.reports.timeline import timeline_of
from avskrift.comparison.reports.version_chain import Version
from avskrift.models.agreement import Annex, Group, GroupKind, PartyKind
from avskrift.models.comparison import ObjectName, TimelineRow

Make = Callable[..., Version]


def with_groups(one: Version, *groups: Group, annexes: tuple[Annex, ...] = ()) -> Version:
    return Version(one.name, one.record.model_copy(update={"groups": list(groups), "annexes": list(annexes)}))


def group(name: str, often: float | None = None) -> Group:
    return Group(name=name, kind=GroupKind.OTHER, meetings_per_year=often)


def rows(found: list[TimelineRow], what: ObjectName) -> dict[str, list[tuple[str | None, str | None]]]:
    return {row.name: [(cell.name, cell.value) for cell in row.cells] for row in found if row.object is what}


def test_objects_are_followed_under_their_newest_names(version: Make) -> None:
    first = with_groups(version("a", valid_from="2015-01-01"), group("Styrgrupp", 4.0), group("Skolråd"))
    second = with_groups(
        version("b", valid_from="2018-01-01"),
        group("Lokal styrgrupp", 6.0),
        annexes=(Annex(number="1", title="Karta"),),
    )
    timeline = timeline_of([second, first])
    assert [v.file for v in timeline.versions] == ["a", "b"] and len(timeline.steps) == 1
    assert rows(timeline.rows, ObjectName.GROUP) == {
        "Lokal styrgrupp": [("Styrgrupp", "4 a year"), ("Lokal styrgrupp", "6 a year")],
        "Skolråd": [("Skolråd", None), (None, None)],
    }
    assert rows(timeline.rows, ObjectName.ANNEX) == {"Karta": [(None, None), ("Karta", "1")]}
    assert rows(timeline.rows, ObjectName.PERIOD)["valid from"] == [
        ("valid_from", "2015-01-01"),
        ("valid_from", "2018-01-01"),
    ]


def test_chains_are_not_compared_with_each_other(version: Make) -> None:
    other = version("x", ("Alby kommun", PartyKind.MUNICIPALITY))
    timeline = timeline_of([version("a"), other])
    assert timeline.steps == [] and len(timeline.lines) == 2
