"""The vocabularies as data: one readable TOML file for each field, rules with what they catch and leave.

Nothing but loading and matching stands here. Files are read once; what they hold is constant.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz, process

_FOLD = str.maketrans("åäöéüàáèÅÄÖÉÜ", "aaoeuaaeaaoeu")


@cache
def load(name: str) -> dict[str, Any]:
    """The contents of vocabulary/`name`.toml."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern with its name."""

    name: str
    pattern: re.Pattern[str]


@cache
def rules(name: str, table: str = "rule") -> tuple[Rule, ...]:
    """The patterns in [[`table`]] of vocabulary/`name`.toml, in their order.

    A pattern may use `{word}` for an alternative listed in [words] of the same file.
    """
    data = load(name)
    words = {key: "(?:" + "|".join(value) + ")" for key, value in data.get("words", {}).items()}
    found = []
    for entry in data[table]:
        pattern = entry["pattern"]
        for key, alternatives in words.items():
            pattern = pattern.replace("{" + key + "}", alternatives)
        flags = re.IGNORECASE if entry.get("ignore_case", True) else re.NOFLAG
        flags |= re.MULTILINE if entry.get("multiline") else re.NOFLAG
        found.append(Rule(entry["name"], re.compile(pattern, flags)))
    return tuple(found)


def pattern(file: str, name: str, table: str = "rule") -> re.Pattern[str]:
    """The pattern called `name` in [[`table`]] of vocabulary/`file`.toml; KeyError when there is none."""
    for rule in rules(file, table):
        if rule.name == name:
            return rule.pattern
    raise KeyError(f"{file}.toml has no [[{table}]] called {name!r}")


def fold(text: str) -> str:
    """`text` as it is compared: lower case, without marks, signs as single spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", text.lower().translate(_FOLD)).split())


def closest(text: str, terms: Sequence[str], at_least: float = 88.0) -> tuple[str, float] | None:
    """The term most like `text` and how like (0 to 100); None when none reaches `at_least`.

    The measure is rapidfuzz's normalised indel similarity of the folded strings.
    """
    if not text:
        return None
    found = process.extractOne(fold(text), _folded(tuple(terms)), scorer=fuzz.ratio, score_cutoff=at_least)
    return None if found is None else (terms[found[2]], found[1])


@cache
def _folded(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(t) for t in terms)
