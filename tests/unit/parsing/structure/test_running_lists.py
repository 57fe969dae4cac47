"""Lists within running text."""

from collections.abc import Callable

import pytest

from avskrift.parsing.structure.running_lists import split_list
from avskrift.parsing.structure.text_span import TextSpan


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("unga, narkotika och våld.", ["unga", "narkotika", "våld"]),
        ("a) lugna torg, b) trygga hamnar och c) ljusa parker", ["lugna torg", "trygga hamnar", "ljusa parker"]),
        ("buller och bus, samt narkotika", ["buller och bus", "narkotika"]),
        ("dels unga, dels narkotika", ["unga", "narkotika"]),
        ("Torg, hamn och park; Karta; samt Budget", ["Torg, hamn och park", "Karta", "Budget"]),
        ("barn- och ungdomsbrott", ["barn- och ungdomsbrott"]),
    ],
)
def test_where_items_part(span: Callable[[str], TextSpan], text: str, items: list[str]) -> None:
    assert [a.text for a in split_list(span(text))] == items
