"""Numbers and stretches of time in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.language.numbers import NUMBERS


@given(st.integers(0, 10_000))
def test_figures_are_their_number(number: int) -> None:
    assert NUMBERS.value(str(number)) == number


@given(st.sampled_from(sorted(NUMBERS.cardinals)), st.sampled_from((str.lower, str.upper, str.title)))
def test_a_number_word_counts_the_same_in_any_case(word: str, case: object) -> None:
    assert callable(case)
    assert NUMBERS.value(case(word)) == NUMBERS.cardinals[word]


def test_another_word_is_no_number() -> None:
    with pytest.raises(KeyError):
        NUMBERS.value("flera")


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        ("månader", 12),
        ("Kvartalet", 4),
        ("halvår", 2),
        ("verksamhetsår", 1),
        ("veckor", 52),
        ("veckors", 52),
        ("sekel", 1),
    ],
)
def test_units_are_known_in_any_form(unit: str, times: float) -> None:
    assert NUMBERS.per_year(unit) == times


@pytest.mark.parametrize(("each", "step"), [("varannan", 2), ("var tredje", 3), ("per", 1), ("", 1), ("Varje", 1)])
def test_steps(each: str, step: int) -> None:
    assert NUMBERS.step(each) == step
