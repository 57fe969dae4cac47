"""Dates: every rule with its examples, and dates that are printed in any of several ways."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.language.data_files import load
from avskrift.language.dates import DATES, DateRules, dates_in, writes_compactly


@pytest.mark.parametrize("rule", load("dates")["rule"], ids=lambda r: str(r["name"]))
def test_every_rule_catches_and_leaves(rule: dict[str, Any]) -> None:
    for text, iso in rule["catches"].items():
        assert iso in [d.iso for d in dates_in(text, compact=True)]
    pattern = next(r.pattern for r in DATES.rules if r.name == rule["name"])
    for text in rule["leaves"]:
        assert pattern.search(text) is None, text


@given(st.dates(date(1980, 1, 1), date(2079, 12, 31)), st.sampled_from(("words", "slash", "iso", "figures")))
def test_a_printed_date_is_found_where_it_stands(day: date, form: str) -> None:
    name = next(name for name, number in DATES.months.items() if number == day.month)
    printed = {
        "words": f"{day.day} {name} {day.year}",
        "slash": f"{day.day}/{day.month} {day.year}",
        "iso": day.isoformat(),
        "figures": f"{day:%Y%m%d}",
    }[form]
    text = f"Avtalet gäller från {printed} och tills vidare"
    (found,) = dates_in(text)
    assert (found.iso, text[found.start : found.end]) == (day.isoformat(), printed)


def test_two_readings_of_one_place_give_the_one_with_a_day() -> None:
    assert [d.iso for d in dates_in("den 3 maj 2021")] == ["2021-05-03"]


def test_an_impossible_day_is_no_date() -> None:
    assert dates_in("2021-02-30") == []


@pytest.mark.parametrize("text", ["den 0 maj 2020", "31 juni 2020", "29 februari 2021", "1-31 juni 2020"])
def test_the_month_of_an_impossible_day_is_no_date_either(text: str) -> None:
    assert dates_in(text) == []


def test_a_month_after_other_figures_is_a_date() -> None:
    assert [d.iso for d in dates_in("för 12 maj 2020")] == ["2020-05-12"]
    assert [d.iso for d in dates_in("punkt 2.1 i maj 2020, § 40 juni 2021 och 140 juli 2022")] == ["2020-05", "2022-07"]


def test_six_figures_are_a_date_only_where_a_range_proves_it() -> None:
    assert writes_compactly("gäller 220101–231231") and not writes_compactly("ärende 220101")
    assert dates_in("senast 240229") == []
    assert [d.iso for d in dates_in("senast 240229", compact=True)] == ["2024-02-29"]


def test_two_figures_of_a_year_turn_at_80() -> None:
    rules = DateRules.from_data(
        {"rule": [{"name": "short", "pattern": r"(?P<d>\d\d)\.(?P<m>\d\d)\.(?P<y>\d\d)"}], "months": {}}
    )
    assert [d.iso for d in dates_in("31.12.79 och 01.01.80", rules)] == ["2079-12-31", "1980-01-01"]
