"""Folding of marks, case and signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.language.fold import fold, fold_word, without_marks

SWEDISH = st.text(alphabet="abcxyzåäöéüÅÄÖÉ 0123456789.,-–:()'\n")


@given(SWEDISH)
def test_without_marks_keeps_places(text: str) -> None:
    plain = without_marks(text)
    assert len(plain) == len(text) and without_marks(plain) == plain
    assert not set(plain) & set("åäöéüÅÄÖÉ")


@given(SWEDISH)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_word(fold_word(text)) == fold_word(text)


@given(SWEDISH)
def test_case_and_marks_do_not_count(text: str) -> None:
    assert fold(text) == fold(text.upper()) == fold(without_marks(text))
    assert fold_word(text) == fold_word(text.upper())


@given(SWEDISH)
def test_a_folded_text_is_words_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(c.isalnum() or c == " " for c in folded)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("2–5", "2-5"),
        ("25", "25"),
        ("(1/3)", "1-3"),
        ("12.", "12"),
        ("-7", "7"),
        ("e.d.", "ed"),
    ],
)
def test_signs_between_digits_stay(word: str, key: str) -> None:
    assert fold_word(word) == key


def test_phrases() -> None:
    assert fold("  Åtgärder – och\n”mål”:") == "atgarder och mal"
    assert fold("…") == ""
