"""Bullets, and page numbers as headers and footers print them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from avskrift.language import bullets
from avskrift.language.data_files import load
from avskrift.language.page_numbers import (
    ends_in_page_number,
    holds_page_number,
    is_page_number,
    is_running_head,
    number_of_page,
)

ASKED: dict[str, Callable[[str], bool]] = {
    "alone": is_page_number,
    "at the end": ends_in_page_number,
    "running head": is_running_head,
    "within": holds_page_number,
    "of how many": lambda text: number_of_page(text) is not None,
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
