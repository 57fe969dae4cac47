"""Areas that a sentence lists."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.focus_areas.lists import can_be_area, split_areas
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("unga, narkotika och våld.", ["unga", "narkotika", "våld"]),
        ("a) lugna torg, b) trygga hamnar och c) ljusa parker", ["lugna torg", "trygga hamnar", "ljusa parker"]),
        ("buller och bus, samt narkotika", ["buller och bus", "narkotika"]),
        ("dels unga, dels narkotika", ["unga", "narkotika"]),
        ("barn- och ungdomsbrott", ["barn- och ungdomsbrott"]),
    ],
)
def test_where_areas_part(span: Callable[[str], TextSpan], text: str, areas: list[str]) -> None:
    assert [a.text for a in split_areas(span(text))] == areas


def test_what_can_be_an_area(vocabulary: Vocabulary) -> None:
    assert can_be_area("Lugna torg", vocabulary)
    assert not can_be_area("Ja", vocabulary) and not can_be_area("ord " * 30, vocabulary)
