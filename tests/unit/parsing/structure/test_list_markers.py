"""Markers of lists: which comes after which, and where a list begins."""

import pytest

from avskrift.models.document import Line
from avskrift.parsing.structure.list_markers import BULLET, NUMBERED, begins_list, follows, is_next, roman_marker
from avskrift.parsing.structure.text_span import LocatedLine


def located(*texts: str) -> list[LocatedLine]:
    return [LocatedLine(1, Line(i, text, text), i) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("old", "new", "next_"), [("3", "4", True), ("3", "5", False), ("D", "E", True), ("a", "1", False)]
)
def test_which_comes_after_which(old: str, new: str, next_: bool) -> None:
    assert is_next(old, new) is next_


def test_a_line_follows_an_item() -> None:
    assert follows("1.", "2. Lugna kvällar")
    assert follows("a)", "b) Lugna kvällar")
    assert not follows("", "1. Trygga torg")


@pytest.mark.parametrize("text", ["• Trygga torg", "– Trygga torg", "o Trygga torg"])
def test_bullets(text: str) -> None:
    assert BULLET.match(text) is not None


@pytest.mark.parametrize("text", ["-talet", "och så vidare", "2 gånger"])
def test_what_is_no_marker(text: str) -> None:
    assert BULLET.match(text) is None and NUMBERED.match(text) is None


def test_a_list_begins_where_its_second_item_is_near() -> None:
    assert begins_list(located("1. Trygga torg", "2. Lugna kvällar"), 0)
    assert begins_list(located("1. Trygga torg", "och gator", "2. Lugna kvällar"), 0)
    assert not begins_list(located("1. Trygga torg", "och gator"), 0)
    assert not begins_list(located("1. torg 2. gator", "2. kvällar"), 0)


def test_a_roman_numeral_needs_its_neighbour() -> None:
    lines = located("I Almvik möts vi", "varje vecka")
    assert roman_marker(lines, 0) is None
    listed = located("I Parter", "II Syfte", "III Tid")
    assert [m["marker"] for i in range(3) if (m := roman_marker(listed, i)) is not None] == ["I", "II", "III"]
