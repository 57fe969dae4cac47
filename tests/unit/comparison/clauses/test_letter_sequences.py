"""Texts as bags of letter sequences."""

import pytest

from avskrift.comparison.clauses.letter_sequences import cosines_of, likeness, sequences_of, shares_of
from avskrift.models.agreement import Section

_ONE = "Nattvandrarna går varje lördag från Ekudden till idrottshallen och talar med ungdomar på vägen."
_TWO = "Fastighetsägarna lagar trasiga lås inom en vecka och tar bort klotter inom två dygn från anmälan."


def test_broken_letters_hardly_move_a_text() -> None:
    assert likeness(_ONE, _ONE) == pytest.approx(1.0)
    assert likeness(_ONE, _ONE.replace("ö", "o").replace("rn", "m")) > 0.85
    assert likeness(_ONE, _TWO) < 0.3
    assert likeness("", _ONE) == 0.0


def test_shares_tell_which_text_holds_the_other() -> None:
    in_both, of_both = shares_of(_ONE, f"{_ONE} {_TWO}")
    assert in_both == 1.0 and 0.4 < of_both < 0.6
    assert shares_of("Mål", _ONE) == (0.0, 0.0)  # too short to tell


def test_cosines_are_of_rows_and_columns() -> None:
    sections = [Section(level=1, page=1, text=text) for text in (_ONE, _TWO)]
    grams = sequences_of(sections, [])
    cosines = cosines_of(grams, grams[::-1])
    assert cosines.shape == (2, 2)
    assert cosines[0, 1] == pytest.approx(1.0, abs=1e-5) and cosines[0, 0] < 0.3


def test_long_sections_are_compared_by_their_beginnings() -> None:
    remarks: list[str] = []
    sequences_of([Section(level=1, page=1, text="a" * 200_001)], remarks)
    assert remarks == ["long sections were told apart by their first 200,000 letters"]
