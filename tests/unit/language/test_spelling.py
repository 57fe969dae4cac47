"""How likely strings are to be printed: words before strings that are none, numbers and signs in between."""

import pytest

from avskrift.language.lexicon import UNKNOWN
from avskrift.language.spelling import is_known, spelling_cost


@pytest.mark.parametrize(
    ("word", "misread"),
    [
        ("kommunen", "komrnunen"),
        ("och", "ocn"),
        ("för", "fôr"),
        ("Överenskommelse", "0verenskommelse"),
        ("sommarområde", "sornmarområde"),
        ("kommun", "kOmmun"),
        ("AVTAL", "AVTaL"),
    ],
)
def test_a_word_is_likelier_than_its_misreading(word: str, misread: str) -> None:
    assert spelling_cost(word) < spelling_cost(misread) == UNKNOWN
    assert is_known(word) and not is_known(misread)


def test_common_words_are_likelier_than_rare_ones() -> None:
    assert spelling_cost("och") < spelling_cost("polisen") < spelling_cost("lokalpolisområde")


@pytest.mark.parametrize("text", ["(kommunen)", "kommunen,", "”kommunen”", "•kommunen", "kommunen."])
def test_signs_around_a_word_cost_nothing(text: str) -> None:
    assert spelling_cost(text) == spelling_cost("kommunen")


@pytest.mark.parametrize("text", ["2021", "14.30", "212000-4516", "25%", "1 234", "§5", "2021–2023", "(17)"])
def test_numbers_are_known(text: str) -> None:
    assert is_known(text) and spelling_cost(text) == spelling_cost("17")


@pytest.mark.parametrize("text", ["2O21", "l7", "1a2b"])
def test_numbers_with_letters_are_not(text: str) -> None:
    assert not is_known(text)


def test_signs_alone_are_known() -> None:
    assert is_known("–") and is_known("...") and spelling_cost("") == spelling_cost("•")


def test_a_hyphen_joins_words_that_must_all_be_known() -> None:
    assert spelling_cost("kommun-och") == max(spelling_cost("kommun"), spelling_cost("och"))
    assert not is_known("kommun-xqz")


@pytest.mark.parametrize("text", ["12a", "3b", "A4", "B12"])
def test_a_number_with_a_letter_is_as_likely_as_one_without(text: str) -> None:
    assert spelling_cost(text) == spelling_cost("12")
