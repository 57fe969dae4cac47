"""Bullets, and page numbers as headers and footers print them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from avskrift.language import bullets
from avskrift.language.data_files import load
from avskrift.language.page_numbers import (
    PrintedNumber,
    ends_in_page_number,
    holds_page_number,
    is_page_number,
    is_running_head,
    number_of_page,
    printed_number,
)

ASKED: dict[str, Callable[[str], bool]] = {
    "alone": is_page_number,
    "at the end": ends_in_page_number,
    "running head": is_running_head,
    "within": holds_page_number,
    "of how many": lambda text: number_of_page(text) is not None,
    "counts of how many": lambda text: getattr(printed_number(text), "total", None) is not None,
    "counts": lambda text: (found := printed_number(text)) is not None and not (found.total or found.bare),
    "bare count": lambda text: getattr(printed_number(text), "bare", False),
}


@pytest.mark.parametrize("rule", load("page_numbers")["rule"], ids=lambda r: str(r["name"]))
def test_every_rule_catches_and_leaves(rule: dict[str, Any]) -> None:
    asked = ASKED[rule["name"]]
    assert all(asked(text) for text in rule["catches"])
    assert not any(asked(text) for text in rule["leaves"])


def test_dashes_are_no_bullets() -> None:
    assert all(re.fullmatch(bullets.BULLET, sign) for sign in bullets.SIGNS)
    assert not re.fullmatch(bullets.BULLET, "–") and re.fullmatch(bullets.BULLET_OR_DASH, "–")


def test_signs_of_symbol_fonts_show_bullets_and_dashes() -> None:
    assert all(re.fullmatch(bullets.BULLET_OR_DASH, shown) for shown in bullets.FROM_SYMBOL_FONTS.values())
    assert re.fullmatch(bullets.BULLET, "\uf0b7")


def test_letters_that_bullets_are_read_as() -> None:
    assert set(bullets.LETTERS) == set("eo")


def test_the_number_of_a_page_is_told() -> None:
    assert [number_of_page(text) for text in ("Sida 3 av 12", "Vikbo kommun 1 (7)", "Sida 3")] == [3, 1, None]


@pytest.mark.parametrize(
    ("text", "number", "total", "bare"),
    [
        ("Sida 1 (3)", 1, 3, False),
        ("2/5", 2, 5, False),
        ("Sid 4 av 6", 4, 6, False),
        ("Vikbo kommun 3 (7)", 3, 7, False),
        ("Blad 2", 2, None, False),
        ("- 3 -", 3, None, True),
        ("12", 12, None, True),
    ],
)
def test_what_a_page_says_of_its_number(text: str, number: int, total: int | None, bare: bool) -> None:
    assert printed_number(text) == PrintedNumber(number, total, bare)


@pytest.mark.parametrize(
    "text", ["Bilaga 1 (3)", "Vikbo den 1/4", "2031", "5 (3)", "0", "KS 2031/44", "3 gånger per år"]
)
def test_what_is_no_number_of_a_page(text: str) -> None:
    assert printed_number(text) is None
