"""Check digits of organisation numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.language.organisation_number import PATTERN, is_valid, malformed_in, normal_form


def test_known_numbers() -> None:
    assert is_valid("202100-0076")  # the police authority's own
    assert not is_valid("202100-0077")
    assert not is_valid("12")


@given(st.integers(0, 10**9 - 1))
def test_one_check_digit_fits_every_number(first: int) -> None:
    assert sum(is_valid(f"{first:09d}{last}") for last in range(10)) == 1


def test_spellings() -> None:
    for text in ("212000-4516", "2120004516", "212000 4516", "212000–4516"):
        found = PATTERN.search(f"org.nr {text}, Box 3")
        assert found is not None and normal_form(found) == "212000-4516"
    assert PATTERN.search("08-123 45 67") is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Vikbo kommun, 21200-4516, 123 45 Vikbo", ["21200-4516"]),
        ("org.nr 21200045165", ["21200045165"]),
        ("org.nr 212000-4516", []),
        ("tel 0123-45678, mellan 2031-2034", []),
    ],
)
def test_what_has_other_digits_than_a_number(text: str, numbers: list[str]) -> None:
    assert malformed_in(text) == numbers
