"""Lines of descent, what was in force on a day, timelines and matrices."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from avskrift.comparison.reports.days import first_day, last_day
from avskrift.comparison.reports.in_force import in_force_on
from avskrift.comparison.reports.matrix import matrix_of
from avskrift.comparison.reports.timeline import timeline_of
from avskrift.comparison.reports.version_chain import Version, described_chain, version_chains
from avskrift.models.agreement import Agreement
from avskrift.models.comparison import InForce, ObjectName
from avskrift.output.comparison.in_force import in_force_table
from avskrift.output.comparison.matrix import matrix_picture, matrix_table
from avskrift.output.comparison.timeline import timeline_table
from avskrift.output.table import render_csv, render_html, render_markdown

Reader = Callable[[str], Agreement]
AGREEMENT = (Path(__file__).parent / "nasudden-2018.txt").read_text(encoding="utf-8")

LATER = (
    AGREEMENT.replace(
        "2018-02-01 till och med 2020-01-31. Den kan\nförlängas", "2020-06-01 tills vidare. Den kan\nändras"
    )
    .replace("med ett (1) år i taget ", "")
    .replace("träffas två gånger", "träffas fyra gånger")
    .replace("2018-01-15", "2020-05-20")
)
OTHER = (
    AGREEMENT.replace("Näsudden", "Holmviken")
    .replace("Styrgruppen", "Chefsrådet")
    .replace("4. Styrgrupp", "4. Chefsråd")
)


@pytest.fixture
def versions(record_of: Reader) -> list[Version]:
    return [
        Version("later.txt", record_of(LATER)),
        Version("other.txt", record_of(OTHER)),
        Version("first.txt", record_of(AGREEMENT)),
    ]


def test_days_known_to_the_month_or_the_year() -> None:
    assert (first_day("2020"), last_day("2020")) == (date(2020, 1, 1), date(2020, 12, 31))
    assert (first_day("2020-02"), last_day("2020-02")) == (date(2020, 2, 1), date(2020, 2, 29))
    assert first_day("2019-11-04") == last_day("2019-11-04") == date(2019, 11, 4)


def test_versions_of_the_same_parties_are_one_line_in_order_of_time(versions: list[Version]) -> None:
    lines = version_chains(versions)
    assert [[v.name for v in line] for line in lines] == [["first.txt", "later.txt"], ["other.txt"]]
    told = described_chain(lines[0])
    (gap,) = told.gaps
    assert (gap.after, gap.before, gap.from_day, gap.to_day) == ("first.txt", "later.txt", "2020-01-31", "2020-06-01")
    assert gap.days == 121  # February to May of 2020


@pytest.mark.parametrize(
    ("day", "first", "later"),
    [
        ("2018-01-31", InForce.NO, InForce.NO),
        ("2018-02-01", InForce.YES, InForce.NO),
        ("2020-01-31", InForce.YES, InForce.NO),
        ("2020-02-01", InForce.PERHAPS, InForce.NO),  # it could be extended
        ("2020-06-01", InForce.PERHAPS, InForce.YES),
        ("2030-01-01", InForce.PERHAPS, InForce.YES),
    ],
)
def test_what_was_in_force(versions: list[Version], day: str, first: InForce, later: InForce) -> None:
    found = {one.name: one for one in in_force_on(date.fromisoformat(day), versions)}
    assert (found["first.txt"].in_force, found["later.txt"].in_force) == (first, later)


def test_the_clause_that_says_so(versions: list[Version]) -> None:
    one = next(s for s in in_force_on(date(2019, 5, 1), versions) if s.name == "first.txt")
    assert one.clause == "Överenskommelsen gäller från och med 2018-02-01 till och med 2020-01-31."
    assert one.because == "it holds from 2018-02-01 to 2020-01-31"
    assert one.evidence is not None and one.evidence.page == 1
    assert one.notice is not None and one.notice.endswith("tre månaders uppsägningstid.")


def test_until_further_notice_ends_with_the_next_version(record_of: Reader) -> None:
    endless = LATER
    newest = LATER.replace("2020-06-01", "2023-01-01").replace("2020-05-20", "2022-12-01")
    versions = [Version("a", record_of(endless)), Version("b", record_of(newest))]
    found = {s.name: s for s in in_force_on(date(2023, 5, 1), versions)}
    assert found["a"].in_force is InForce.NO and found["a"].because == "b holds in its place from 2023-01-01"
    assert found["b"].in_force is InForce.YES
    assert {s.name: s.in_force for s in in_force_on(date(2022, 12, 31), versions)}["a"] is InForce.YES


def test_a_timeline_follows_each_object(versions: list[Version]) -> None:
    timeline = timeline_of([versions[0], versions[2]])
    assert [head.file for head in timeline.versions] == ["first.txt", "later.txt"]
    rows = {(row.object, row.name): row for row in timeline.rows}
    meets = [cell.value for cell in rows[ObjectName.GROUP, "Styrgrupp"].cells]
    assert meets == ["2 a year", "4 a year"]
    assert [cell.value for cell in rows[ObjectName.PERIOD, "valid to"].cells] == ["2020-01-31", None]
    assert len(timeline.steps) == 1
    table = timeline_table(timeline)
    assert "Between first.txt (to 2020-01-31) and later.txt (from 2020-06-01): 121 days." in table.caption
    assert render_csv(table).startswith("\ufeffWhat,Name,first.txt")


def test_a_matrix_has_a_column_for_each_group_and_area(versions: list[Version]) -> None:
    matrix = matrix_of(versions)
    names = {column.name: k for k, column in enumerate(matrix.columns)}
    assert {"Styrgrupp", "Chefsråd", "Arbetsgrupp", "Bostadsinbrott"} <= set(names)
    assert [
        row.cells[names["Styrgrupp"]].meetings_per_year if names["Styrgrupp"] in row.cells else None
        for row in matrix.rows
    ] == [4, None, 2]
    assert matrix.columns[names["Bostadsinbrott"]].documents == 3
    assert matrix.rows[1].district == "Holmvikens stadsdelsförvaltning"


def test_tables_hold_no_markup_of_documents(record_of: Reader) -> None:
    import csv
    import io
    import xml.etree.ElementTree as ElementTree

    record = record_of(AGREEMENT)
    hostile = "=1+1<script>alert(1)</script>|[x](javascript:alert(1))"
    group = record.groups[0].model_copy(update={"name": hostile})
    versions = [Version("a|b.txt", record.model_copy(update={"groups": [group]}))]
    matrix = matrix_of(versions)
    table = matrix_table(matrix)
    assert "<script>" not in render_html(table) and "&lt;script&gt;" in render_html(table)
    assert "<script>" not in render_markdown(table) and all(
        line.replace("\\|", "").count("|") == 4 + len(matrix.columns)
        for line in render_markdown(table).splitlines()[4:]
    )
    rows = list(csv.reader(io.StringIO(render_csv(table).removeprefix("\ufeff"))))
    assert {len(row) for row in rows} == {3 + len(matrix.columns)}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    picture = ElementTree.fromstring(matrix_picture(matrix))
    assert not [e for e in picture.iter() if e.tag.endswith("script")]


def test_the_table_of_a_day_tells_those_in_force_first(versions: list[Version]) -> None:
    table = in_force_table(date(2021, 1, 1), in_force_on(date(2021, 1, 1), versions))
    assert [row[1].text for row in table.rows] == ["yes", "perhaps", "perhaps"]
    assert table.caption == "Of 3 agreements 1 in force, 2 perhaps, 0 not."
