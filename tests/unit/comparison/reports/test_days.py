"""Days known to the month or the year."""

from datetime import date

import pytest

from avskrift.comparison.reports.days import first_day, last_day


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02-03", date(2023, 2, 3), date(2023, 2, 3)),
    ],
)
def test_first_and_last(partial: str, first: date, last: date) -> None:
    assert (first_day(partial), last_day(partial)) == (first, last)


def test_a_day_that_no_calendar_has() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        first_day("2023-02-30")
