"""Rules as people write them in TOML: named patterns in tables, with words that patterns share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from avskrift.language.data_files import load


@dataclass(frozen=True, eq=False)
class Rule:
    """One pattern with its name. It is compiled when it is first asked for: most documents meet few of the rules."""

    name: str
    compile: Callable[[], re.Pattern[str]]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern. Raises `re.error` for one that is none."""
        return self.compile()


def compiled(data: Mapping[str, Any], table: str = "rule") -> tuple[Rule, ...]:
    """The patterns in [[`table`]] of `data`, the content of a file of rules, in their order.

    A pattern may use `{word}` for an alternative listed in [words] of the same file or of data/words.toml; so may the
    words below it there.
    """
    words = alternatives_of(data)
    return tuple(Rule(entry.get("name", ""), partial(compiled_entry, entry, words)) for entry in data[table])


def alternatives_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The lists of words in [words] of a file of rules, by name, each as a group of alternatives; and those that every
    file may use (data/words.toml)."""
    words = {} if data is load("words") else dict(shared_words())
    for key, alternatives in data.get("words", {}).items():
        words[key] = _filled("(?:" + "|".join(alternatives) + ")", words)
    return words


@cache
def shared_words() -> Mapping[str, str]:
    """The alternatives that patterns of every file may use, by name, each as a group."""
    return alternatives_of(load("words"))


def compiled_entry(entry: Mapping[str, Any], words: Mapping[str, str]) -> re.Pattern[str]:
    """The `pattern` of one entry with its `{word}` filled in; it ignores case unless `ignore_case` is false."""
    flags = re.IGNORECASE if entry.get("ignore_case", True) else re.NOFLAG
    flags |= re.MULTILINE if entry.get("multiline") else re.NOFLAG
    return re.compile(_filled(entry["pattern"], words), flags)


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    for key, alternatives in words.items():
        pattern = pattern.replace("{" + key + "}", alternatives)
    return pattern
