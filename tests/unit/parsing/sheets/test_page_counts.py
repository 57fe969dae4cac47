"""What the printed numbers of pages tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.models.document import Line, Page, PageSource, Word
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.sheets.page_counts import findings_on_numbers, number_on

BODY = ("Parterna möts varje månad.", "Hamnen hålls öppen.", "Torget sopas.", "Gruppen ses.", "Skolan deltar.", "Slut.")


def page(number: int, foot: str, source: PageSource = PageSource.TEXT_LAYER, sure: float = 1.0) -> Page:
    texts = [*BODY, foot] if foot else BODY
    box = BoundingBox(0, 0, 1, 1)
    lines = (Line(i, t, t, (Word(t, 0, box, sure),)) for i, t in enumerate(texts, 1))
    return Page(number, source, tuple(lines))


def told(*feet: str, begins: frozenset[int] = frozenset(), source: PageSource = PageSource.TEXT_LAYER) -> list[str]:
    pages = [page(number, foot, source) for number, foot in enumerate(feet, 1)]
    found = findings_on_numbers(pages, set(), set(begins))
    return [finding.text.removeprefix("page numbers: ") for finding in found]


@pytest.mark.parametrize(
    "feet",
    [
        ("Sida 1 (3)", "Sida 2 (3)", "Sida 3 (3)"),
        ("", "2", "3", "4"),  # a cover
        ("1/2", "2/2", "1/2", "2/2"),  # two documents
        ("Sida 1 (2)", "Sida 2 (2)", "", "Sida 2 (2)"),  # the annex's first page bears none
        ("Sida 1 (3)", "", "Sida 3 (3)"),  # it may be page 2
        ("Blad 1", "", "Blad 2", ""),  # sheets are counted
        ("- 1 -", "- 2 -", "- 3 -"),
        ("145", "146", "147"),
        ("1", "2", "1", "2", "3"),
        ("Sida 1 (1)", "Sida 1 (2)", "Sida 2 (2)"),
        ("Bilaga 1 (3)", "", ""),
        ("12", "", "3", "", ""),  # numbers on few pages may be anything
        ("", ""),
    ],
)
def test_nothing_is_told_where_numbers_are_right_or_in_doubt(feet: tuple[str, ...]) -> None:
    assert told(*feet) == []


@pytest.mark.parametrize(
    ("feet", "text"),
    [
        (("Sida 1 (3)", "Sida 3 (3)"), "the page with number 2 of 3 is missing"),
        (("Sida 1 (3)", "Sida 2 (3)"), "the page with number 3 of 3 is missing"),
        (("Sid 2 av 3", "Sid 3 av 3"), "the page with number 1 of 3 is missing"),
        (("Sida 1 (5)", "Sida 2 (5)", "Sida 5 (5)"), "the pages with numbers 3 and 4 of 5 are missing"),
        (("- 1 -", "- 2 -", "- 4 -"), "the page with number 3 is missing"),
        (("1/3", "2/3", "2/3", "3/3"), "pages 2 and 3 both bear number 2"),
        (("1/3", "3/3", "2/3"), "the pages are not in the order of their numbers, but 1, 3, 2"),
        (("Sida 2 (2)", "Sida 1 (2)"), "the pages are not in the order of their numbers, but 2, 1"),
        (("3", "2", "1"), "the pages are not in the order of their numbers, but 3, 2, 1"),
        (("Sida 1 (2)", "Sida 2 (3)", "Sida 3 (3)"), "pages of one count say that there are 2 and 3 of them"),
        (("1/2", "2/2", "1/3", "3/3"), "the page with number 2 of 3 is missing"),
    ],
)
def test_what_is_not_right_is_told(feet: tuple[str, ...], text: str) -> None:
    assert told(*feet) == [text]


def test_a_count_begins_anew_with_another_document() -> None:
    assert told("Sida 1", "Sida 2", "Sida 2", begins=frozenset({3})) == []
    assert told("Sida 1", "Sida 2", "Sida 2") == ["pages 2 and 3 both bear number 2"]


def test_a_number_that_an_engine_misread_is_none() -> None:
    feet = ("Sida 1", "Sida 2", "Sida 8", "Sida 4")
    assert told(*feet, source=PageSource.OCR) == []
    assert told("Sida 1", "Sida 2", "Sida 5", source=PageSource.OCR) == ["the pages with numbers 3 and 4 are missing"]


def test_what_was_read_unsurely_or_said_twice_is_no_number() -> None:
    assert number_on(page(1, "Sida 2 (3)", sure=0.5)) is None
    several = Page(1, PageSource.TEXT_LAYER, tuple(Line(i, t, t) for i, t in enumerate(("Sida 2", *BODY, "Sida 3"), 1)))
    assert number_on(several) is None


def test_a_number_in_the_text_is_none() -> None:
    inner = (*BODY[:4], "Se sida 2", "2/5", *BODY)
    assert number_on(Page(1, PageSource.TEXT_LAYER, tuple(Line(i, t, t) for i, t in enumerate(inner, 1)))) is None


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_documents_one_behind_the_other_are_right(lengths: list[int]) -> None:
    feet = [f"Sida {n} ({length})" for length in lengths for n in range(1, length + 1)]
    assert told(*feet) == []


@given(st.integers(3, 9), st.data())
def test_a_page_that_is_taken_out_is_told(length: int, data: st.DataObject) -> None:
    lost = data.draw(st.integers(1, length))
    feet = [f"{n}/{length}" for n in range(1, length + 1) if n != lost]
    assert told(*feet) == [f"the page with number {lost} of {length} is missing"]
