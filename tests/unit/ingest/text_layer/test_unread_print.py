"""Lines of print in a drawn page, and whether words stand for them."""

import numpy as np
from drawn_text import Sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from avskrift.ingest.text_layer.unread_print import printed_lines
from avskrift.models.geometry import BoundingBox

DPI = 200
POINTS = 72 / DPI
TEXT = "Styrgruppen leder samverkan"


def test_a_line_under_no_word_is_not_read() -> None:
    sheet = Sheet()
    drawn = sheet.write(100, 200, TEXT)
    (line,) = printed_lines(sheet.grey, DPI, [])
    assert not line.read and line.shapes >= 20
    assert line.box.shared_width(drawn.scaled(POINTS)) > 0.95 * drawn.width * POINTS


def test_a_line_under_its_words_is_read() -> None:
    sheet = Sheet()
    drawn = sheet.write(100, 200, TEXT).scaled(POINTS)
    half = BoundingBox(drawn.x0, drawn.top, (drawn.x0 + drawn.x1) / 2 + 5, drawn.bottom)
    below = drawn.moved(0, 3 * drawn.height)
    assert [line.read for line in printed_lines(sheet.grey, DPI, [drawn])] == [True]
    assert [line.read for line in printed_lines(sheet.grey, DPI, [half])] == [True]
    assert [line.read for line in printed_lines(sheet.grey, DPI, [below])] == [False]


def test_rules_specks_and_large_shapes_are_no_print() -> None:
    sheet = Sheet()
    sheet.rule(50, 100, 1500, 104)
    sheet.rule(300, 150, 700, 390)
    for x in range(800, 1000, 60):
        sheet.rule(x, 200, x + 2, 202)
    assert printed_lines(sheet.grey, DPI, []) == []


def test_a_page_of_one_grey_shows_none() -> None:
    assert printed_lines(np.full((300, 300), 200, np.uint8), DPI, []) == []
    assert printed_lines(np.zeros((0, 0), np.uint8), DPI, []) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 700), st.integers(60, 350), st.floats(-30, 30), st.floats(-30, 30))
def test_more_words_never_make_a_line_unread(x: int, baseline: int, right: float, down: float) -> None:
    sheet = Sheet()
    drawn = sheet.write(x, baseline, TEXT).scaled(POINTS)
    word = drawn.moved(right, down)
    first = [line.read for line in printed_lines(sheet.grey, DPI, [word])]
    both = [line.read for line in printed_lines(sheet.grey, DPI, [word, drawn])]
    assert all(after >= before for before, after in zip(first, both, strict=True)) and all(both)
