"""Action plans: runs of labels, what belongs to each, and the titles above them."""

import pytest

from avskrift.models.document import CellReference, Line
from avskrift.parsing.structure.action_plan_labels import fit_one_table, joined_label, label_at
from avskrift.parsing.structure.action_plans import Plan, plan_lines, plans_of
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.vocabulary import Vocabulary

VOCABULARY = Vocabulary.shipped()
PLAN = (
    "Handlingsplan för torget",
    "Mål: Färre bränder",
    "Aktivitet: Vandringar",
    "på torget varje fredag",
    "Polisens kontakt: Kommunpolis",
    "Kommunens kontakt: Samordnare",
    "Mötesfrekvens: Varje vecka",
)


def located(*texts: str) -> list[LocatedLine]:
    return [LocatedLine(1, Line(i + 1, text, text), i) for i, text in enumerate(texts)]


def plans(lines: list[LocatedLine]) -> list[Plan]:
    return plans_of(lines, plan_lines(lines, VOCABULARY), VOCABULARY)


def rows(plan: Plan) -> dict[str, str]:
    return {row.key: row.passage.text for row in plan.rows}


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("Mål Minska brotten", "goal", " Minska brotten"),
        ("Mål: minska brotten", "goal", " minska brotten"),
        ("Aktivitet 2", "activity", ""),
        ("Polisens kontaktperson: Nils Alm", "police_contact", " Nils Alm"),
        ("Finansierinq Egna medel", "funding", " Egna medel"),  # misread
    ],
)
def test_labels(text: str, key: str, rest: str) -> None:
    found = label_at(text, VOCABULARY)
    assert found is not None
    assert (found[0], text[found[1] :]) == (key, rest)


@pytest.mark.parametrize("text", ["Mål och medel", "Målet är att minska brotten", "", "Kommunen"])
def test_lines_that_only_begin_alike(text: str) -> None:
    assert label_at(text, VOCABULARY) is None


def test_a_label_broken_over_the_line_end() -> None:
    lines = located("Polisens", "kontakt Kommunpolis")
    assert joined_label(lines, 0) == "Polisens kontakt Kommunpolis"
    assert joined_label(lines, 1) == "kontakt Kommunpolis"


def test_labels_of_one_table_are_set_alike() -> None:
    goal, funding, capitals = located("Mål: Färre brott", "Finansiering Egna medel", "FINANSIERING: Egna medel")
    assert not fit_one_table(goal, funding, VOCABULARY)
    assert not fit_one_table(goal, capitals, VOCABULARY)


def test_a_run_of_labels_is_a_plan() -> None:
    (plan,) = plans(located(*PLAN))
    assert plan.title is not None and plan.title.text == "Handlingsplan för torget"
    assert rows(plan) == {
        "goal": "Färre bränder",
        "activity": "Vandringar på torget varje fredag",
        "police_contact": "Kommunpolis",
        "district_contact": "Samordnare",
        "meeting_frequency": "Varje vecka",
    }


def test_labels_that_sections_have_too_make_no_plan() -> None:
    lines = located("Mål: Färre brott", "Syfte: Trygghet", "Finansiering: Egna medel", "Uppföljning: Varje år")
    assert plan_lines(lines, VOCABULARY) == set()


def test_few_labels_make_no_plan() -> None:
    assert plan_lines(located(*PLAN[:4]), VOCABULARY) == set()


def test_a_title_between_plans_begins_another() -> None:
    second = ("Handlingsplan för parken", *PLAN[1:])
    lines = located(*PLAN)
    lines += [
        LocatedLine(1, Line(20 + i, text, text, space_before=1.0 if i == 0 else 0.0), 20 + i)
        for i, text in enumerate(second)
    ]
    assert [p.title.text for p in plans(lines) if p.title] == ["Handlingsplan för torget", "Handlingsplan för parken"]


def test_rows_of_a_ruled_table() -> None:
    pairs = [line.split(": ") for line in PLAN[1:3] + PLAN[4:]]
    lines: list[LocatedLine] = []
    for row, (label, content) in enumerate(pairs):
        for column, text in enumerate((label, content)):
            line = Line(len(lines) + 1, text, text, cell=CellReference(0, row, column))
            lines.append(LocatedLine(1, line, len(lines)))
    (plan,) = plans(lines)
    assert plan.title is None
    assert rows(plan)["activity"] == "Vandringar"
    assert rows(plan)["district_contact"] == "Samordnare"
