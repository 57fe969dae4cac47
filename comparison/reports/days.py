"""Days that are known to the month or the year: their first and their last day."""

import calendar
from datetime import date


def first_day(partial: str) -> date:
    """The first day that a date may mean: 2020-01-01 of 2020."""
    year, month, day = _parts(partial)
    return date(year, month or 1, day or 1)


def last_day(partial: str) -> date:
    """The last day that a date may mean: 2020-12-31 of 2020."""
    year, month, day = _parts(partial)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(partial: str) -> tuple[int, int, int]:
    numbers = [int(part) for part in partial.split("-")]
    return numbers[0], numbers[1] if len(numbers) > 1 else 0, numbers[2] if len(numbers) > 2 else 0
