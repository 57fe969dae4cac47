"""The vocabularies as data: one readable TOML file for each field, rules with what they catch and leave.

Nothing but loading and matching stands here. Files are read once; what they hold is constant. A user's own files
(`extended_by`) add to ours while a document is parsed.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from importlib.resources import files
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from rapidfuzz import fuzz, process

from avskrift.errors import EmptyInputError, InputError, MissingInputError, UsageError
from avskrift.language import data_files
from avskrift.language.dates import DateRules
from avskrift.language.frequency import FrequencyRules
from avskrift.language.numbers import Numbers
from avskrift.language.rules import Rule, compiled
from avskrift.runtime.input_files import read_file

_FOLD = str.maketrans("åäöéüàáèÅÄÖÉÜ", "aaoeuaaeaaoeu")
_OWN: ContextVar[Path | None] = ContextVar("own vocabulary", default=None)


_MOST_KEPT, _MOST_SIGNS_KEPT = 50_000, 4_000_000
"""Answers that are remembered at most, and signs of the texts that were asked about: a batch of documents, or one long
text, must not fill the memory."""

_OF_THE_LANGUAGE = frozenset({"dates", "frequency", "numbers"})
"""The files that lie with the language and that a user may extend as those of this folder."""

_MOST_BYTES = 16 << 20
"""Bytes of a vocabulary file of the user's own."""

P = ParamSpec("P")
T = TypeVar("T")


def remembered(told: Callable[P, T]) -> Callable[P, T]:
    """Like `functools.cache`, apart for each vocabulary in force."""
    kept: dict[object, T] = {}
    signs = 0

    @wraps(told)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        nonlocal signs
        key = (_OWN.get(), args, *kwargs.items())
        if key not in kept:
            if len(kept) >= _MOST_KEPT or signs >= _MOST_SIGNS_KEPT:
                kept.clear()
                signs = 0
            signs += sum(len(a) for a in args if isinstance(a, str))
            kept[key] = told(*args, **kwargs)
        return kept[key]

    return asked


@contextmanager
def extended_by(folder: Path | None) -> Iterator[None]:
    """While it lasts, the vocabulary is ours and what the files in `folder` add (None: ours alone).

    A file is named as ours. Lists of words and terms grow; a rule whose name is new is tried before ours, one whose
    name is ours replaces it. Raises `UsageError` for a folder, file, table or pattern that cannot be used.
    """
    if folder is not None:
        check_vocabulary(folder)
    token = _OWN.set(folder)
    try:
        yield
    finally:
        _OWN.reset(token)


def check_vocabulary(folder: Path) -> None:
    """Raises `UsageError` for a folder of vocabulary files that cannot be used."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder of vocabulary files")
    known = {p.name for p in files(__package__).iterdir() if p.name.endswith(".toml")}
    known |= {f"{name}.toml" for name in _OF_THE_LANGUAGE}
    own = sorted(folder.glob("*.toml"))
    if not own:
        raise UsageError(f"{folder}: there is no vocabulary file (*.toml) in it")
    for path in own:
        if path.name not in known:
            raise UsageError(f"{path}: no vocabulary is called so; there are {', '.join(sorted(known))}")
        added = _own_file(folder, path.stem)
        for table, entries in added.items():
            if table not in _ours(path.stem):
                raise UsageError(f"{path}: there is no table [{table}] in {path.name}")
            for entry in entries if isinstance(entries, list) else ():
                _check_pattern(path, entry)


def _check_pattern(path: Path, entry: dict[str, Any]) -> None:
    if "pattern" not in entry:
        return
    try:
        re.compile(re.sub(r"\{[A-Z]+\}", "x", entry["pattern"]))
    except (re.error, TypeError) as error:
        raise UsageError(f"{path}: the pattern of {_name(entry)!r} cannot be used ({error})") from None


@cache
def _ours(name: str) -> dict[str, Any]:
    if name in _OF_THE_LANGUAGE:
        return data_files.load(name)
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _own_file(folder: Path, name: str) -> dict[str, Any]:
    path = folder / f"{name}.toml"
    try:
        return tomllib.loads(read_file(path, _MOST_BYTES).decode("utf-8"))
    except (MissingInputError, EmptyInputError):
        return {}
    except InputError as error:
        raise UsageError(str(error)) from None
    except RecursionError:
        raise UsageError(f"{path}: its tables stand too deep in each other") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {str(error).splitlines()[0]}") from None


@remembered
def load(name: str) -> dict[str, Any]:
    """The contents of vocabulary/`name`.toml, with what the user's own file of that name adds."""
    folder = _OWN.get()
    ours = _ours(name)
    return ours if folder is None else _together(ours, _own_file(folder, name))


def _together(ours: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    whole = dict(ours)
    for key, value in own.items():
        old = whole.get(key)
        if isinstance(old, list) and isinstance(value, list) and any(isinstance(v, dict) for v in value):
            whole[key] = _tables_together(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            whole[key] = [*old, *value]
        elif isinstance(old, dict) and isinstance(value, dict):
            whole[key] = _together(old, value)
        else:
            whole[key] = value
    return whole


def _tables_together(ours: Sequence[dict[str, Any]], own: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    names = {_name(entry) for entry in ours}
    added = {_name(entry): entry for entry in own}
    new = [entry for entry in own if _name(entry) not in names]
    return [*new, *(_together(e, added[_name(e)]) if _name(e) in added else e for e in ours)]


def _name(entry: dict[str, Any]) -> str:
    return str(next((entry[key] for key in ("name", "key", "kind", "label") if key in entry), ""))


@remembered
def rules(name: str, table: str = "rule") -> tuple[Rule, ...]:
    """The patterns in [[`table`]] of vocabulary/`name`.toml, in their order."""
    return compiled(load(name), table)


@remembered
def date_rules() -> DateRules:
    """How dates are written, with what the user's own files add."""
    return DateRules.from_data(load("dates"))


@remembered
def numbers() -> Numbers:
    """Number words, with what the user's own files add."""
    return Numbers.from_data(load("numbers"))


@remembered
def frequency_rules() -> FrequencyRules:
    """How meeting frequencies are written, with what the user's own files add."""
    return FrequencyRules.from_data(load("frequency"), numbers(), date_rules())


@remembered
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
    found = process.extractOne(fold(text), folded(tuple(terms)), scorer=fuzz.ratio, score_cutoff=at_least)
    return None if found is None else (terms[found[2]], found[1])


@cache
def folded(terms: tuple[str, ...]) -> tuple[str, ...]:
    """Each of the terms as it is compared."""
    return tuple(fold(t) for t in terms)
