"""Numbers and stretches of time in words, from data/numbers.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from avskrift.language.data_files import load


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Number words and what they count; all keys are lower case."""

    cardinals: Mapping[str, int]
    ordinals: Mapping[str, int]
    """Words for every second, third …, with the number of steps."""
    units: Mapping[str, int]
    """Stretches of time, with how many of them a year holds."""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Numbers":
        """The words of a file that is built as numbers.toml."""
        return cls(data["cardinals"], data["ordinals"], data["units"])

    def value(self, word: str) -> int:
        """The number that a word or figures mean. Raises `KeyError` for another word."""
        return int(word) if word.isdigit() else self.cardinals[word.lower()]

    def per_year(self, unit: str) -> float:
        """How many of a stretch of time a year holds, in any form of its word; 1 for an unknown one."""
        plain = unit.lower().removeprefix("verksamhets").removeprefix("kalender")
        for name in sorted(self.units, key=len, reverse=True):
            if plain.startswith(name):
                return float(self.units[name])
        return float(self.units["vecka"]) if plain.startswith("vecko") else 1.0

    def step(self, each: str) -> int:
        """2 for every second, 3 for every third; 1 for every, and for no word at all."""
        words = each.lower().split()
        return self.ordinals.get(words[-1], 1) if words else 1


NUMBERS = Numbers.from_data(load("numbers"))
