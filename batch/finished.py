"""The finished documents of a batch, one at a time; and the search over their text."""

import math
import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from pydantic import ValidationError

from avskrift.batch.manifest import MADE, Manifest, Row, manifests_in
from avskrift.batch.results import result_path
from avskrift.batch.sources import shown
from avskrift.errors import InputError, OutputError, UsageError
from avskrift.input_files import read_file
from avskrift.models.agreement import Agreement
from avskrift.models.finished import FinishedDocument
from avskrift.output.own_names import SEARCH_INDEX
from avskrift.output.sqlite_archive import BrokenArchiveError, Hit, index_at, remove_index

_EVERY = 200
"""Documents between two commits of the index."""
_MOST_BYTES = 256 << 20
"""Bytes of a record or a text that is read again."""
_NUMBERS = ("confidence", "seconds")
_BLOBS = ("key", "path", "same_as")
_TEXTS = ("error_class", "error", "sha256", "quality", "finished")


def rows_of_all(folder: Path) -> Iterator[Row]:
    """The rows of every manifest of an output folder. Raises `UsageError` where there is none."""
    manifests = manifests_in(folder)
    if not manifests:
        raise UsageError(f"{folder}: there is no manifest of a batch in it")
    for path in manifests:
        try:
            with Manifest(path, read_only=True) as manifest:
                for row in manifest.rows():
                    _check_types(row)
                    yield row
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise OutputError(f"{path}: the manifest holds what no batch writes ({error})") from None


def _check_types(row: Row) -> None:
    """Raises `ValueError` for a row whose values are of other kinds than a batch writes."""
    for field in fields(row):
        value = getattr(row, field.name)
        if field.name in _NUMBERS:
            sane = isinstance(value, int | float) and math.isfinite(value)
        elif field.name in ("status", "making"):
            sane = True
        else:
            sane = isinstance(value, bytes if field.name in _BLOBS else str if field.name in _TEXTS else int)
        if not sane:
            raise ValueError(f"{field.name} of another kind")


def finished(folder: Path) -> Iterator[FinishedDocument]:
    """The documents whose records stand; one whose record cannot be read is left out: the next run makes it again."""
    for row in rows_of_all(folder):
        if row.status in MADE and (document := document_of(row, folder)) is not None:
            yield document


def result_of(row: Row, folder: Path, suffix: str) -> bytes:
    """The bytes of a result. Raises `InputError`, also for a row whose key leads out of the folder."""
    if b".." in row.key.split(b"/"):
        raise InputError(f"{shown(row.key)}: no document of this folder")
    return read_file(result_path(folder, row.key, suffix), _MOST_BYTES)


def document_of(row: Row, folder: Path) -> FinishedDocument | None:
    """One finished document; None when its record is not there or not whole."""
    try:
        agreement = Agreement.model_validate_json(result_of(row, folder, ".json"))
        text = result_of(row, folder, ".txt").decode("utf-8") if row.text_bytes else ""
    except (InputError, ValidationError, UnicodeDecodeError):
        return None
    return FinishedDocument(shown(row.key), row.status.value, shown(row.same_as) or None, agreement, text)


def searched(folder: Path, words: str, most: int) -> list[Hit]:
    """Where words stand in the corrected texts. The index beside the results is brought up to date first, and made anew
    where it is damaged.

    Raises `UsageError` for a folder without a manifest, or `OutputError`.
    """
    if not manifests_in(folder):  # before anything is written there
        raise UsageError(f"{folder}: there is no manifest of a batch in it")
    path = folder / SEARCH_INDEX
    try:
        return _searched(folder, path, words, most)
    except BrokenArchiveError:
        remove_index(path)
        return _searched(folder, path, words, most)


def _searched(folder: Path, path: Path, words: str, most: int) -> list[Hit]:
    with index_at(path) as archive:
        held = archive.states()
        there: set[str] = set()
        changed = 0
        for row in rows_of_all(folder):
            name, state = shown(row.key), f"{row.finished} {row.json_bytes} {row.text_bytes}"
            if row.status not in MADE:
                continue
            there.add(name)
            if held.get(name) != state and (document := document_of(row, folder)) is not None:
                archive.put(document, state)
                changed += 1
                if changed % _EVERY == 0:
                    archive.commit()
        for name in held.keys() - there:
            archive.delete(name)
        return list(archive.search(words, most))
