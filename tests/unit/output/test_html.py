"""Templates: what is put into them is escaped, and free of control signs."""

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from avskrift.output.html import template, template_text
from avskrift.output.table import Cell, PlainTable


def test_one_environment_for_all_templates() -> None:
    page, picture = template("plain_table.html.j2"), template("plain_table.svg.j2")
    assert page.environment is picture.environment
    assert template("plain_table.html.j2") is page


def test_what_is_put_in_is_escaped() -> None:
    table = PlainTable("a < b \x00", "", ("x",), ((Cell("<script>"),),))
    page = template("plain_table.html.j2").render(table=table)
    assert "<script>" not in page and "a &lt; b \N{REPLACEMENT CHARACTER}" in page
    assert template("plain_table.html.j2").environment.from_string("{{ x }}").render(x=Markup("<b>")) == "<b>"


def test_a_name_that_is_not_given() -> None:
    with pytest.raises(UndefinedError):
        template("plain_table.html.j2").render()
    assert "{{ table.title }}" in template_text("plain_table.html.j2")
