"""Dates in running text, in every spelling of data/dates.toml."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from avskrift.language.data_files import load
from avskrift.language.rules import Rule, compiled

_LAST_YEAR_2000S = 79
"""The greatest two-digit year that means 20xx; a greater one means 19xx (data/dates.toml)."""
_MONTH = len("2024-02")
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})\s$")
_REACH = 4
"""Signs before a month in which its day stands."""


@dataclass(frozen=True, slots=True, eq=False)
class DateRules:
    """How dates are written: patterns with the groups y, m and d, the numbers of months' names and those of days in
    words (0: the last of its month)."""

    rules: tuple[Rule, ...]
    months: Mapping[str, int]
    days: Mapping[str, int]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "DateRules":
        """The rules of a file that is built as dates.toml."""
        return cls(compiled(data), data["months"], data.get("days", {}))


MONTHS: tuple[str, ...] = tuple(load("words")["words"]["MONTH"])
"""The names of the months, from January on."""

DATES = DateRules.from_data(load("dates"))


@dataclass(frozen=True, slots=True)
class FoundDate:
    """text[start:end] is a date: `iso` is YYYY-MM-DD, or YYYY-MM where no day is given."""

    start: int
    end: int
    iso: str


def writes_compactly(text: str, rules: DateRules = DATES) -> bool:
    """Whether a text writes dates as six figures, as only a range of them proves: 220101–231231."""
    return any(rule.pattern.search(text) for rule in rules.rules if rule.name == "compact range")


def dates_in(text: str, rules: DateRules = DATES, *, compact: bool = False) -> list[FoundDate]:
    """Every date in `text`, in order; where two readings overlap the one with a day, then the longer.

    Six figures alone (221115) are a date only where the document is known to write so (`compact`). The month of a day
    that it does not have (31 juni 2020) is no date either: the day was misread.
    """
    used = [rule for rule in rules.rules if compact or rule.name != "compact alone"]
    read = [(match, _iso(match, rules)) for rule in used for match in rule.pattern.finditer(text)]
    found = [FoundDate(match.start(), match.end(), iso) for match, iso in read if iso is not None]
    found = [one for one in found if len(one.iso) > _MONTH or not _follows_impossible_day(one, text)]
    found.sort(key=lambda f: (-len(f.iso), f.start - f.end))
    kept: list[FoundDate] = []
    for one in found:
        if all(one.end <= k.start or one.start >= k.end for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def _follows_impossible_day(month: FoundDate, text: str) -> bool:
    """Whether a day stands before a month that the month does not have."""
    day = _DAY_BEFORE.search(text, max(0, month.start - _REACH), month.start)
    return day is not None and not 1 <= int(day[1]) <= monthrange(int(month.iso[:4]), int(month.iso[5:]))[1]


def _iso(match: re.Match[str], rules: DateRules) -> str | None:
    """The date of a match of a rule; None for a day that its month does not have."""
    groups = match.groupdict()
    year = int(groups["y"])
    if year < 100:
        year += 2000 if year <= _LAST_YEAR_2000S else 1900
    month_text = groups["m"].lower().rstrip(".")
    month = int(month_text) if month_text.isdigit() else rules.months[month_text]
    if groups.get("d") is None:
        return f"{year:04d}-{month:02d}"
    day_text = groups["d"].lower().split()[0]
    day = int(day_text) if day_text.isdigit() else rules.days[day_text] or monthrange(year, month)[1]
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # 31 June: a misreading, not a date
        return None
