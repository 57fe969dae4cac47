"""A timeline of versions as a table."""

from avskrift.models.agreement import DocumentKind
from avskrift.models.comparison import (
    Gap,
    ObjectName,
    Timeline,
    TimelineCell,
    TimelineRow,
    VersionChain,
    VersionHead,
)
from avskrift.output.comparison.timeline import timeline_table


def head(file: str, until: str | None) -> VersionHead:
    return VersionHead(
        file=file,
        sha256="0" * 64,
        kind=DocumentKind.AGREEMENT,
        title=None,
        pages=1,
        parties=["Ekby kommun"],
        valid_from="2019",
        valid_to=until,
        until_further_notice=until is None,
    )


def test_versions_side_by_side() -> None:
    gap = Gap(after="a", before="b", from_day="2019-12-31", to_day="2020-03-01", days=60)
    overlap = Gap(after="b", before="c", from_day="2021-12-31", to_day="2021-12-01", days=-31)
    chain = VersionChain(parties=["Ekby kommun"], names=["a", "b", "c"], gaps=[gap, overlap], remarks=["c is new"])
    cells = [TimelineCell(), TimelineCell(name="Styrgrupp", value="4 a year"), TimelineCell(name="Styrgrupp")]
    period = [TimelineCell(name="valid_from", value="2019")] * 3
    rows = [
        TimelineRow(object=ObjectName.PERIOD, name="valid from", cells=period),
        TimelineRow(object=ObjectName.GROUP, name="Styrgrupp", cells=cells),
    ]
    versions = [head("a", "2019-12-31"), head("b", "2021-12-31"), head("c", None)]
    table = timeline_table(Timeline(versions=versions, lines=[chain], rows=rows, steps=[]))
    assert table.caption == (
        "Ekby kommun: a, then b, then c. Between a (to 2019-12-31) and b (from 2020-03-01): 60 days. "
        "b and c overlap by 31 days. c is new."
    )
    assert table.columns == ("What", "Name", "a (2019 – 2019-12-31)", "b (2019 – 2021-12-31)", "c (2019 – …)")
    assert [cell.text for cell in table.rows[0]] == ["period", "valid from", "2019", "2019", "2019"]
    assert [cell.text for cell in table.rows[1]] == ["group", "Styrgrupp", "", "Styrgrupp: 4 a year", "Styrgrupp"]
