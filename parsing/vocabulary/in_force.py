"""For modules that are not yet given a `Vocabulary`: the one in force while a document is parsed."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from avskrift.language.dates import DateRules
from avskrift.language.frequency import FrequencyRules
from avskrift.language.numbers import Numbers
from avskrift.language.rules import Rule
from avskrift.parsing.vocabulary.vocabulary import Vocabulary

P = ParamSpec("P")
T = TypeVar("T")
_IN_FORCE: ContextVar[Vocabulary | None] = ContextVar("vocabulary in force", default=None)


def in_force() -> Vocabulary:
    """The vocabulary in force, ours if none was set."""
    return _IN_FORCE.get() or Vocabulary.shipped()


@contextmanager
def using(vocabulary: Vocabulary) -> Iterator[None]:
    """While it lasts, `vocabulary` is in force."""
    token = _IN_FORCE.set(vocabulary)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def remembered(told: Callable[P, T]) -> Callable[P, T]:
    """Like `functools.lru_cache`, apart for each vocabulary in force."""

    @lru_cache(maxsize=4096)
    def kept(vocabulary: Vocabulary, *args: P.args, **kwargs: P.kwargs) -> T:
        return told(*args, **kwargs)

    @wraps(told)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        return kept(in_force(), *args, **kwargs)  # type: ignore[arg-type]

    return asked


def load(name: str) -> Mapping[str, Any]:
    """The contents of `name`.toml."""
    return in_force().table(name)


def rules(name: str, table: str = "rule") -> tuple[Rule, ...]:
    """The patterns in [[`table`]] of `name`.toml, in their order."""
    return in_force().rules(name, table)


def pattern(file: str, name: str, table: str = "rule") -> re.Pattern[str]:
    """The pattern called `name` in [[`table`]] of `file`.toml; KeyError when there is none."""
    return in_force().pattern(file, name, table)


def date_rules() -> DateRules:
    """How dates are written."""
    return in_force().date_rules()


def numbers() -> Numbers:
    """Number words and stretches of time."""
    return in_force().numbers()


def frequency_rules() -> FrequencyRules:
    """How meeting frequencies are written."""
    return in_force().frequency_rules()
