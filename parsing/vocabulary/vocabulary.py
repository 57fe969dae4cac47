"""The vocabulary that a document is parsed with: our tables of words and patterns, and what a user's own add to them.

A `Vocabulary` is made once and passed to whatever needs it. It never changes, so several can be in use side by side.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

from avskrift.language.data_files import load
from avskrift.language.dates import DateRules
from avskrift.language.frequency import FrequencyRules
from avskrift.language.numbers import Numbers
from avskrift.language.rules import Rule, compiled
from avskrift.parsing.vocabulary.user_files import entry_name, files_in, parsed

T = TypeVar("T")

_OF_THE_LANGUAGE = ("dates", "frequency", "numbers")
"""Tables that lie with the language; a user may add to them as to those of this folder."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Tables of words and patterns by the name of their file. Equal to itself alone, so it can be a key of a cache."""

    tables: Mapping[str, Mapping[str, Any]]
    _derived: dict[object, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def shipped(cls) -> "Vocabulary":
        """Our own vocabulary, without additions."""
        return _shipped()

    @classmethod
    def from_folder(cls, folder: Path | None) -> "Vocabulary":
        """Our vocabulary with what the TOML files in `folder` add (None: ours alone).

        A file is named as ours. Lists of words and terms grow; a rule whose name is new is tried before ours, one whose
        name is ours replaces it. The files are read now, so what was edited since the last call counts. Raises
        `UsageError` for a folder, file, table or pattern that cannot be used.
        """
        return cls.shipped() if folder is None else _extended_by(files_in(folder, _shipped_tables()))

    def table(self, file: str) -> Mapping[str, Any]:
        """The contents of `file`.toml; KeyError when there is none."""
        return self.tables[file]

    def rules(self, file: str, table: str = "rule") -> tuple[Rule, ...]:
        """The patterns in [[`table`]] of `file`.toml, in their order."""
        return self._kept((file, table), lambda: compiled(self.tables[file], table))

    def pattern(self, file: str, name: str, table: str = "rule") -> re.Pattern[str]:
        """The pattern called `name` in [[`table`]] of `file`.toml; KeyError when there is none."""
        return self._kept((file, table, "by name"), lambda: _by_name(self.rules(file, table)))[name].pattern

    def derived(self, make: Callable[["Vocabulary"], T]) -> T:
        """What the function `make` builds of this vocabulary: built once and kept as long as the vocabulary.

        `make` must be a function of a module: each one has one place.
        """
        return self._kept(make, lambda: make(self))

    def date_rules(self) -> DateRules:
        """How dates are written."""
        return self._kept("dates", lambda: DateRules.from_data(self.tables["dates"]))

    def numbers(self) -> Numbers:
        """Number words and stretches of time."""
        return self._kept("numbers", lambda: Numbers.from_data(self.tables["numbers"]))

    def frequency_rules(self) -> FrequencyRules:
        """How meeting frequencies are written."""
        table = self.tables["frequency"]
        return self._kept("frequency", lambda: FrequencyRules.from_data(table, self.numbers(), self.date_rules()))

    def _kept(self, key: object, make: Callable[[], T]) -> T:
        if key not in self._derived:
            self._derived[key] = make()
        return cast("T", self._derived[key])


def _by_name(rules: Sequence[Rule]) -> dict[str, Rule]:
    """Rules by their names; of two with one name the first."""
    return {rule.name: rule for rule in reversed(rules)}


@cache
def _shipped() -> Vocabulary:
    return Vocabulary(_shipped_tables())


@cache
def _shipped_tables() -> Mapping[str, dict[str, Any]]:
    found = [entry for entry in files(__package__).iterdir() if entry.name.endswith(".toml")]
    ours = {e.name.removesuffix(".toml"): tomllib.loads(e.read_text(encoding="utf-8")) for e in found}
    return {**ours, **{name: load(name) for name in _OF_THE_LANGUAGE}}


@lru_cache(maxsize=4)
def _extended_by(added: tuple[tuple[Path, bytes], ...]) -> Vocabulary:
    """Our vocabulary with what the contents of some files add, made anew only for other contents."""
    tables = dict(_shipped_tables())
    for path, content in added:
        tables[path.stem] = _merged(tables[path.stem], parsed(path, content))
    return Vocabulary(tables)


def _merged(ours: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    return {**ours, **{key: _merged_value(ours.get(key), value) for key, value in own.items()}}


def _merged_value(ours: Any, own: Any) -> Any:
    if isinstance(ours, list) and isinstance(own, list):
        return _merged_entries(ours, own) if any(isinstance(v, dict) for v in own) else [*ours, *own]
    if isinstance(ours, dict) and isinstance(own, dict):
        return _merged(ours, own)
    return own


def _merged_entries(ours: Sequence[dict[str, Any]], own: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    names = {entry_name(entry) for entry in ours}
    added = {entry_name(entry): entry for entry in own}
    new = [entry for entry in own if entry_name(entry) not in names]
    return [*new, *(_merged(e, added.get(entry_name(e), {})) for e in ours)]
