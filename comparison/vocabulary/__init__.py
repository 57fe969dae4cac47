"""What the comparison knows of words, as data: one TOML file for each matter, with examples. Only loading is here."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from avskrift.language.dates import MONTHS
from avskrift.language.fold import fold
from avskrift.language.numbers import NUMBERS
from avskrift.language.rules import compiled


@cache
def load(name: str) -> dict[str, Any]:
    """What stands in `name`.toml."""
    return tomllib.loads(files("avskrift.comparison.vocabulary").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, table: str) -> frozenset[str]:
    """The words of a list [`table`] in `name`.toml."""
    return frozenset(load(name)[table]["words"])


@cache
def pattern(name: str, rule: str) -> re.Pattern[str]:
    """The pattern of the [[rule]] called `rule` in `name`.toml."""
    return next(found.pattern for found in compiled(load(name)) if found.name == rule)


@cache
def number_values() -> dict[str, int]:
    """Number words, folded, with what they count; those that are sooner articles are none."""
    articles = load("clauses")["number"]["articles"]
    return {fold(word): value for word, value in NUMBERS.cardinals.items() if word not in articles}


@cache
def time_words() -> frozenset[str]:
    """The words that name a time as months do, folded."""
    return words("clauses", "month") | {fold(month) for month in MONTHS}
