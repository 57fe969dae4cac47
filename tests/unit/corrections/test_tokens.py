"""Lines cut into tokens: what is a word, what is never touched, what stands beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.corrections.tokens import SETTINGS, Token, tokenize


def token(line: str, text: str) -> Token:
    (found,) = [t for t in tokenize(line) if t.text == text]
    return found


@pytest.mark.parametrize(
    ("line", "fixed"),
    [
        ("Se www.vikbo.example och mejla anna@vikbo.example nu", {"www", "vikbo", "example", "anna"}),
        ("Dnr KS 2021/12 gäller", {"Dnr", "2021", "12"}),
        ("den 3 maj 2021", {"3", "2021"}),
        ("Vägen E4 och kl 13:30", {"E4", "kl", "13", "30"}),
        ("f6ljs upp 6ver tid", set()),
    ],
)
def test_addresses_and_numbers_are_fixed(line: str, fixed: set[str]) -> None:
    assert {t.text for t in tokenize(line) if t.fixed} == fixed


def test_a_word_without_end_is_no_word() -> None:
    assert token("a " + "x" * (SETTINGS.longest_word + 1), "x" * (SETTINGS.longest_word + 1)).fixed
    assert not token("a " + "x" * SETTINGS.longest_word, "x" * SETTINGS.longest_word).fixed


def test_a_stretch_without_white_space_that_is_too_long_is_left_alone() -> None:
    assert all(t.fixed for t in tokenize("ord," * SETTINGS.longest_run))


def test_signs_beside_a_word() -> None:
    line = "Avtalet, som gäller. Och polis/skola; alltså"
    assert (token(line, "Avtalet").before, token(line, "Avtalet").after) == (None, ",")
    assert (token(line, "som").before, token(line, "gäller").after) == (",", ".")
    assert (token(line, "Och").before, token(line, "skola").before) == (".", "per")


@pytest.mark.parametrize("line", ["Parterna", "• Parterna", "a) Parterna", "Slut. Parterna", "3.1 Parterna"])
def test_a_sentence_may_begin_here(line: str) -> None:
    assert token(line, "Parterna").fresh


def test_inside_a_sentence_nothing_begins() -> None:
    assert not token("mellan Parterna", "Parterna").fresh


def test_a_single_space_joins_and_a_hyphen_at_the_end_parts() -> None:
    line = "en  bred samverkans-"
    assert (token(line, "bred").joined, token(line, "samverkans").joined) == (False, True)
    assert token(line, "samverkans").parted and not token(line, "bred").parted


@given(st.text(max_size=60))
def test_tokens_stand_where_they_say_in_order(line: str) -> None:
    at = 0
    for t in tokenize(line):
        assert at <= t.start < t.end and line[t.start : t.end] == t.text
        at = t.end
