"""A user's own vocabulary files: read through `runtime.input_files` and checked against ours."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from avskrift.errors import EmptyInputError, InputError, MissingInputError, UsageError
from avskrift.runtime.input_files import read_file

_MOST_BYTES = 16 << 20
"""Bytes of one vocabulary file."""


def files_in(folder: Path, known: Mapping[str, Mapping[str, Any]]) -> tuple[tuple[Path, bytes], ...]:
    """The vocabulary files in `folder` with their contents, in the order of their names.

    `known` are the tables that may be added to, by file. Raises `UsageError` for a folder without such files, for a
    file or table that is not known, and for what is no TOML or no pattern.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder of vocabulary files")
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise UsageError(f"{folder}: there is no vocabulary file (*.toml) in it")
    return tuple((path, _checked(path, known)) for path in paths)


def parsed(path: Path, content: bytes) -> dict[str, Any]:
    """The tables in the content of the file at `path`. Raises `UsageError` for what is no TOML."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except RecursionError:
        raise UsageError(f"{path}: its tables stand too deep in each other") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {str(error).splitlines()[0]}") from None


def entry_name(entry: Mapping[str, Any]) -> str:
    """What an entry of a table is called: a user's entry replaces ours of the same name."""
    return str(next((entry[key] for key in ("name", "key", "kind", "label") if key in entry), ""))


def _checked(path: Path, known: Mapping[str, Mapping[str, Any]]) -> bytes:
    if path.stem not in known:
        raise UsageError(
            f"{path}: no vocabulary is called so; there are {', '.join(f'{k}.toml' for k in sorted(known))}"
        )
    content = _content(path)
    for table, entries in parsed(path, content).items():
        if table not in known[path.stem]:
            raise UsageError(f"{path}: there is no table [{table}] in {path.name}")
        for entry in entries if isinstance(entries, list) else ():
            _check_pattern(path, entry)
    return content


def _content(path: Path) -> bytes:
    try:
        return read_file(path, _MOST_BYTES)
    except (MissingInputError, EmptyInputError):
        return b""
    except InputError as error:
        raise UsageError(str(error)) from None


def _check_pattern(path: Path, entry: object) -> None:
    if not isinstance(entry, dict) or "pattern" not in entry:
        return
    try:
        re.compile(re.sub(r"\{[A-Z]+\}", "x", entry["pattern"]))
    except (re.error, TypeError) as error:
        raise UsageError(f"{path}: the pattern of {entry_name(entry)!r} cannot be used ({error})") from None
