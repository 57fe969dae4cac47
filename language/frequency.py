"""Meeting frequencies: the words that promise meetings, and how many a year they promise at least."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from avskrift.language.data_files import load
from avskrift.language.dates import DATES, DateRules
from avskrift.language.numbers import NUMBERS, Numbers
from avskrift.language.rules import Rule, compiled

_EXCEPTION_REACH = 60
"""Characters after a frequency in which the months without meetings are looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class FrequencyRules:
    """How frequencies are written (data/frequency.toml), with the numbers and months that they use."""

    rules: tuple[Rule, ...]
    exceptions: tuple[Rule, ...]
    """Months left out, as written right after a frequency; the group `months` holds their names."""
    numbers: Numbers
    months: Mapping[str, int]

    @classmethod
    def from_data(cls, data: Mapping[str, Any], numbers: Numbers, dates: DateRules) -> "FrequencyRules":
        """The rules of a file that is built as frequency.toml."""
        return cls(compiled(data), compiled(data, "except"), numbers, dates.months)


FREQUENCIES = FrequencyRules.from_data(load("frequency"), NUMBERS, DATES)


@dataclass(frozen=True, slots=True)
class Frequency:
    """text[start:end] says how often; `per_year` is the least it promises, None where it promises none."""

    start: int
    end: int
    per_year: float | None


def frequency_in(text: str, rules: FrequencyRules = FREQUENCIES) -> Frequency | None:
    """The first stretch of `text` that says how often something happens; a number before a mere need."""
    for rule in rules.rules:
        found = rule.pattern.search(text)
        if found is not None:
            rest = text[found.end() : found.end() + _EXCEPTION_REACH]
            return Frequency(found.start(), found.end(), _least(_promised(found, rules.numbers), rest, rules))
    return None


def _promised(found: re.Match[str], numbers: Numbers) -> float | None:
    """How often a year the match of a rule promises; None where it names no number."""
    groups = {key: value for key, value in found.groupdict().items() if value}
    if "seasons" in groups:
        return 2.0
    if "fortnight" in groups:
        return 26.0
    if "adverb" in groups:
        adverb = groups["adverb"].lower()
        unit = "år" if adverb == "årligen" else adverb.replace("atligen", "").replace("svis", "").replace("vis", "")
        return numbers.per_year(unit)
    if not groups.keys() & {"n", "unit"}:
        return None
    number = float(numbers.value(groups.get("n", "1")))
    if "unit" not in groups:
        return number
    return number * numbers.per_year(groups["unit"]) / numbers.step(groups.get("each", ""))


def _least(number: float | None, rest: str, rules: FrequencyRules) -> float | None:
    """The number of meetings without those of the months that `rest` leaves out.

    None where it cannot be told which of the meetings fall away.
    """
    if number is None:
        return None
    free = _free_months(rest, rules)
    if free:
        if number == 12:
            number -= free
        elif number < 12 and 12 % max(number, 1) == 0 and number > 4:
            return None
    return float(math.floor(number)) if number >= 1 else round(number, 2)


def _free_months(rest: str, rules: FrequencyRules) -> int:
    """How many months are left out in the words right after a frequency."""
    start = re.match(r"[\s,]*", rest)
    at = start.end() if start is not None else 0
    found = next(filter(None, (rule.pattern.match(rest, at) for rule in rules.exceptions)), None)
    if found is None:
        return 0
    names = [name.lower() for name in re.findall(r"[a-zåäö]+", found["months"], re.IGNORECASE)]
    months = [rules.months[name] for name in names if name in rules.months]
    if len(months) == 2 and re.search(r"[-–]", found["months"]):
        return months[1] - months[0] + 1
    return len(months)
