"""Which claims are of one value."""

import pytest

from avskrift.parsing.judge.claims import ALIKE, Claim, alikeness, paired


def claim(text: str, start: int = 0) -> Claim:
    return Claim(text, None, (start, start + 2))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Vikbo kommun", "VIKBO KOMMUN", True),
        ("Polismyndigheten", "Polismyndighetcn", True),
        ("2019-03-01", "2019-03-02", False),  # a day apart is another day
        ("212000-4516", "212000 4516", True),
        ("Vikbo kommun", "Vikbolands kommun", False),
    ],
)
def test_values_are_the_same_but_for_letters_misread_and_numbers_to_the_digit(one: str, other: str, same: bool) -> None:
    assert (alikeness(one, other) >= ALIKE) is same


def test_claims_of_one_value_are_paired_and_the_others_stand_alone() -> None:
    found = set(paired([claim("Viken"), claim("Polisen")], [claim("polisen"), claim("Regionen")]))
    assert found == {(1, 0), (0, None), (None, 1)}
