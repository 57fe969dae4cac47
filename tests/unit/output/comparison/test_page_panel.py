"""The panel of a comparison's page: pages, and where on them something was read."""

from avskrift.comparison import compare
from avskrift.models.agreement import Agreement
from avskrift.models.page_view import PageView
from avskrift.output.comparison.page_panel import panel_side


def test_each_reading_has_one_id_and_a_line_where_it_is_known(record: Agreement) -> None:
    compared = compare(record, record)
    view = PageView(1, 595.0, 842.0, b"\xff\xd8", tuple("abcd"))
    side = panel_side("old", compared, [view, PageView(7, 595.0, 842.0)])
    assert [page.number for page in side.pages] == [1, 7]
    first = side.pages[0]
    assert first.picture.startswith("data:image/jpeg;base64,") and side.pages[1].picture == ""
    assert len({r.id for r in first.readings}) == len(first.readings) == len(side.ids)
    for reading in first.readings:
        line = reading.evidence.line
        assert reading.line_id == (f"old-p1-l{line}" if line is not None and line <= 4 else "")


def test_pages_that_were_read_are_there_without_a_view(record: Agreement) -> None:
    side = panel_side("new", compare(record, record), [])
    assert [(page.number, page.view) for page in side.pages] == [(1, None)]
