"""Dates in running text, in every spelling of vocabulary/dates.toml."""

import re
from dataclasses import dataclass
from datetime import date

from avskrift.parsing.vocabulary import load, rules


@dataclass(frozen=True, slots=True)
class FoundDate:
    """text[start:end] is a date: `iso` is YYYY-MM-DD, or YYYY-MM where no day is given."""

    start: int
    end: int
    iso: str


def writes_compactly(text: str) -> bool:
    """Whether a text writes dates as six figures, as only a range of them proves: 220101–231231."""
    return any(rule.pattern.search(text) for rule in rules("dates") if rule.name == "compact range")


def dates_in(text: str, *, compact: bool = False) -> list[FoundDate]:
    """Every date in `text`, in order; where two readings overlap the one with a day, then the longer.

    Six figures alone (221115) are a date only where the document is known to write so (`compact`).
    """
    found: list[FoundDate] = []
    for rule in rules("dates"):
        if rule.name == "compact alone" and not compact:
            continue
        for match in rule.pattern.finditer(text):
            iso = _iso(match)
            if iso is not None:
                found.append(FoundDate(match.start(), match.end(), iso))
    found.sort(key=lambda f: (-len(f.iso), f.start - f.end))
    kept: list[FoundDate] = []
    for one in found:
        if all(one.end <= k.start or one.start >= k.end for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: f.start)


def _iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    year = int(groups["y"])
    if year < 100:
        year += 2000 if year < 80 else 1900
    month_text = groups["m"].lower().rstrip(".")
    months: dict[str, int] = load("dates")["months"]
    month = int(month_text) if month_text.isdigit() else months[month_text]
    if groups.get("d") is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, int(groups["d"])).isoformat()
    except ValueError:  # 31 June: a misreading, not a date
        return None
