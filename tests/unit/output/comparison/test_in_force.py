"""What was in force on a day, as a table and as JSON."""

import json
from datetime import date

from avskrift.models.comparison import InForce, InForceStatus
from avskrift.output.comparison.in_force import in_force_json, in_force_table

_DAY = date(2020, 5, 1)


def status(name: str, in_force: InForce, line: int) -> InForceStatus:
    return InForceStatus(name=name, line=line, in_force=in_force, because="it holds", clause="Avtalet gäller.")


_STATUSES = [status("a", InForce.NO, 1), status("b", InForce.YES, 2), status("c", InForce.PERHAPS, 1)]


def test_those_in_force_first() -> None:
    table = in_force_table(_DAY, _STATUSES)
    assert [row[0].text for row in table.rows] == ["b", "c", "a"] and [row[1].shade for row in table.rows] == [3, 1, 0]
    assert table.title == "In force on 2020-05-01" and table.caption == "Of 3 agreements 1 in force, 1 perhaps, 1 not."


def test_json_in_the_same_order() -> None:
    written = json.loads(in_force_json(_DAY, _STATUSES))
    assert written["day"] == "2020-05-01" and [one["name"] for one in written["agreements"]] == ["b", "c", "a"]
