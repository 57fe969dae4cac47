"""Tables of text in the forms that people use."""

import csv
import io

import pytest

from avskrift.output.table import Cell, PlainTable, render_csv, render_html, render_markdown, render_svg

_TABLE = PlainTable(
    title="Grupper <b>",
    caption="2 dokument.",
    columns=("District", "Styrgrupp | råd"),
    rows=((Cell("Ekby"), Cell("=1+1", "page 3", 2)), (Cell("Alby\x07"), Cell(""))),
)


def test_csv_for_spreadsheets() -> None:
    text = render_csv(_TABLE)
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [
        ["District", "Styrgrupp | råd"],
        ["Ekby", "'=1+1"],
        ["Alby\N{REPLACEMENT CHARACTER}", ""],
    ]


def test_markdown_keeps_its_columns() -> None:
    lines = render_markdown(_TABLE).splitlines()
    assert lines[0] == "# Grupper &lt;b&gt;" and lines[2] == "2 dokument."
    assert lines[4] == "| District | Styrgrupp \\| råd |" and lines[5] == "| --- | --- |"


@pytest.mark.parametrize("render", [render_html, render_svg])
def test_no_text_is_markup(render: object) -> None:
    page = render(_TABLE)  # type: ignore[operator]
    assert "<b>" not in page and "Grupper &lt;b&gt;" in page and "\x07" not in page
    assert "page 3" in page
