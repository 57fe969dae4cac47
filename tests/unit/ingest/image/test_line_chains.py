"""Letters chained from left to right into lines: by height, by gap, and never across what parts them."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.image.line_chains import SETTINGS, chained_letters, widest_gap
from avskrift.models.geometry import BoundingBox

USUAL = 20.0


def letter(x: float, top: float = 100.0, height: float = 20.0, width: float = 12.0) -> BoundingBox:
    return BoundingBox(x, top, x + width, top + height)


def not_parted(x0: float, x1: float, y: float) -> bool:
    return False


def chained(*boxes: BoundingBox) -> list[list[int]]:
    order = sorted(enumerate(boxes), key=lambda item: item[1].x0)
    return sorted(chained_letters(order, USUAL, not_parted))


def test_letters_of_two_rows_are_two_lines() -> None:
    assert chained(letter(100), letter(118), letter(100, 140), letter(136), letter(118, 140)) == [[0, 1, 3], [2, 4]]


def test_a_wide_gap_ends_a_line() -> None:
    reach = widest_gap(20, 20, USUAL)
    assert chained(letter(100), letter(112 + reach - 1)) == [[0, 1]]
    assert chained(letter(100), letter(112 + reach + 1)) == [[0], [1]]


def test_what_parts_letters_ends_a_line() -> None:
    asked: list[tuple[float, float, float]] = []

    def parted(x0: float, x1: float, y: float) -> bool:
        asked.append((x0, x1, y))
        return x0 < 130 < x1

    letters = list(enumerate([letter(100), letter(114), letter(134), letter(150)]))
    assert chained_letters(letters, USUAL, parted) == [[0, 1], [2, 3]]
    assert asked == [(112, 114, 110), (126, 134, 110), (146, 150, 110)]


def test_a_letter_goes_on_the_line_whose_middle_is_nearest() -> None:
    assert chained(letter(100, 100, 24), letter(100, 120, 24), letter(116, 108, 24)) == [[0, 2], [1]]


def test_a_line_that_rises_is_followed() -> None:
    boxes = [letter(100 + 16 * n, 300 - n) for n in range(40)]
    assert chained(*boxes) == [list(range(40))]


def test_gaps_are_judged_by_the_lower_letters_within_bounds() -> None:
    assert widest_gap(20, 20, USUAL) == SETTINGS.gap * 20
    assert widest_gap(20, 4, USUAL) == SETTINGS.gap * SETTINGS.uneven * SETTINGS.small * USUAL
    assert widest_gap(400, 400, USUAL) == SETTINGS.gap * SETTINGS.large * USUAL


@given(
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 300), st.integers(4, 60), st.integers(2, 60)), max_size=30)
)
def test_every_letter_goes_on_one_line_and_lines_run_to_the_right(
    places: list[tuple[int, int, int, int]],
) -> None:
    boxes = [letter(*place) for place in places]
    order = sorted(enumerate(boxes), key=lambda item: item[1].x0)
    lines = chained_letters(order, USUAL, not_parted)
    assert sorted(number for line in lines for number in line) == list(range(len(boxes)))
    assert all(boxes[a].x0 <= boxes[b].x0 for line in lines for a, b in itertools.pairwise(line))
