"""What the correction stage changed or only suggested, for people and for programs."""

import json

from avskrift.models.edits import CorrectedLine, Edit
from avskrift.output.record.corrections_report import doubt_lines, render_findings

_LINES = (
    CorrectedLine("Mötet hålls varje år."),
    CorrectedLine("for bada parter", (Edit(4, 8, "båda", "marks", 0.9),), (Edit(0, 3, "för", "marks", 0.4),)),
)


def test_each_change_and_suggestion_with_its_place() -> None:
    rows = [json.loads(row) for row in render_findings(_LINES).splitlines()]
    assert [(row["line"], row["column"], row["raw"], row["corrected"], row["made"]) for row in rows] == [
        (2, 1, "for", "för", False),
        (2, 5, "bada", "båda", True),
    ]
    assert render_findings(_LINES[:1]) == ""


def test_suggestions_for_people() -> None:
    assert list(doubt_lines(_LINES)) == ["line 2: 'for' is doubtful; it may be 'för' (marks, 40%)"]
    many = list(doubt_lines([CorrectedLine("for", (), (Edit(0, 3, "för", "marks", 0.4),))] * 25))
    assert len(many) == 21 and many[-1] == "5 more doubtful readings; --report lists them all"
