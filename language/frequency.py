"""Meeting frequencies: the words that promise meetings, and how many a year they promise at least."""

import math
import re
from dataclasses import dataclass

from avskrift.parsing.vocabulary import load, rules


@dataclass(frozen=True, slots=True)
class Frequency:
    """text[start:end] tells how often; `per_year` is the least it promises, None where it promises none."""

    start: int
    end: int
    per_year: float | None


def frequency_in(text: str) -> Frequency | None:
    """The first stretch of `text` that says how often something happens; a number before a mere need."""
    for rule in rules("frequency"):
        found = rule.pattern.search(text)
        if found is not None:
            return Frequency(found.start(), found.end(), _per_year(found, text))
    return None


def _per_year(found: re.Match[str], text: str) -> float | None:
    groups = found.groupdict()
    if groups.get("seasons"):
        number = 2.0
    elif groups.get("fortnight"):
        number = 26.0
    elif groups.get("adverb"):
        adverb = groups["adverb"].lower()
        unit = "år" if adverb == "årligen" else adverb.replace("atligen", "").replace("svis", "").replace("vis", "")
        number = _units(unit)
    elif groups.get("n") and not groups.get("unit"):
        number = float(number_of(groups["n"]))
    elif groups.get("n"):
        number = number_of(groups["n"]) * _units(groups["unit"]) / _step(groups["each"])
    elif groups.get("unit"):
        number = _units(groups["unit"]) / _step(groups["each"])
    else:
        return None
    free = _free_months(text[found.end() : found.end() + 60])
    if free:
        if number == 12:
            number -= free
        elif number < 12 and 12 % max(number, 1) == 0 and number > 4:
            return None
    return float(math.floor(number)) if number >= 1 else round(number, 2)


def number_of(word: str) -> int:
    """The number that a word or figures tell; KeyError for another word."""
    return int(word) if word.isdigit() else int(load("numbers")["cardinals"][word.lower()])


def _units(unit: str) -> float:
    units: dict[str, int] = load("numbers")["units"]
    plain = unit.lower().removeprefix("verksamhets").removeprefix("kalender")
    for name in sorted(units, key=len, reverse=True):
        if plain.startswith(name):
            return float(units[name])
    return float(units["vecka"]) if plain.startswith("vecko") else 1.0


def _step(each: str | None) -> int:
    """2 for every second, 3 for every third; 1 for every."""
    ordinals: dict[str, int] = load("numbers")["ordinals"]
    words = (each or "").lower().split()
    return int(ordinals.get(words[-1], 1)) if words else 1


def _free_months(rest: str) -> int:
    """How many months are left out in the words right after a frequency."""
    months: dict[str, int] = load("dates")["months"]
    told = (re.match(r"[\s,]*" + rule["pattern"], rest, re.IGNORECASE) for rule in load("frequency")["except"])
    found = next((match for match in told if match is not None), None)
    if found is None:
        return 0
    named = [months[name.lower()] for name in re.findall(r"[a-zåäö]+", found["months"], re.I) if name.lower() in months]
    if len(named) == 2 and re.search(r"[-–]", found["months"]):
        return named[1] - named[0] + 1
    return len(named)
