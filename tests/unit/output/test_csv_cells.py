"""Cells of CSV: no formula, and numbers and telephone numbers as they were."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.output.csv_cells import csv_cell


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "+cmd|x", "-A1", "+A1+1", "-x"),
        *(" =1+1", "\u00a0=1+1", "\ufeff=1", "\u200b\u2060=1", "\x01=1", "\t=1", "\r=1", "\n=1", "\0=1"),
        *("＝1+1", "＋A1", "－A1", "＠SUM(1)", " ＝1", "﹦1", "−A1", "\ttext", "\rtext", "\ntext", "\t", "+46 8 abc"),
        *("+46 8 123 ext=1", "- punkt", "+1\n=2", "-1!A1", "=1", "@1", "+ + 1", "-+1", "=", "@"),
    ],
)
def test_what_a_spreadsheet_would_run(text: str) -> None:
    assert csv_cell(text) == "'" + text.replace("\0", "")


@pytest.mark.parametrize(
    "text",
    [
        *("+46 8 123 45 67", "+46 (0)8-123 45", "+46-8-123", "070-123 45 67", "08/123 45", "-", "+", "−", "-5", "−5,5"),
        *("+5", "-1.5", "-1.5e-3", "- 5", "+46812345", "-1 000,50", "+46 8 123", "-5 ", "1=1", "a=b", "Vikbo", ""),
        *("2018-09-01", "’citat’", "'=1", " 5", "– tankstreck", "å", "+46 8–123", "=".replace("=", "")),
    ],
)
def test_what_is_left(text: str) -> None:
    assert csv_cell(text) == text


@given(st.text())
def test_what_is_shown_begins_no_formula(text: str) -> None:
    shown = csv_cell(text)
    assert shown.removeprefix("'") == text.replace("\0", "") or shown == text.replace("\0", "")
    begin = shown.lstrip()
    assert not begin.startswith(("=", "@", "＝", "＠")) and not shown.startswith(("\t", "\r", "\n"))
    if begin.startswith(("+", "-", "＋", "－")):
        assert not re.search(r"[A-Za-z=@|!'\"]", re.sub(r"[eE][+-]?\d+$", "", begin.rstrip()))


@given(st.from_regex(r"\+?[0-9][0-9 ()/-]{0,14}", fullmatch=True))
def test_telephone_numbers_are_left(text: str) -> None:
    assert csv_cell(text) == text
