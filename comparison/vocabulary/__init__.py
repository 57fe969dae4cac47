"""What the comparison knows of words, as data: one TOML file for each matter, with examples. Only loading is here."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


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
    entry = next(e for e in load(name)["rule"] if e["name"] == rule)
    return re.compile(entry["pattern"], re.IGNORECASE if entry.get("ignore_case", True) else re.NOFLAG)
