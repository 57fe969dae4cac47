"""The finished documents of a batch, one at a time; and the search over their text."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from avskrift.batch.manifest import Manifest, manifests_in
from avskrift.batch.results import result_path
from avskrift.batch.rows import MADE, Row
from avskrift.batch.sources import shown
from avskrift.errors import InputError, UsageError
from avskrift.models.agreement import Agreement
from avskrift.models.finished import FinishedDocument
from avskrift.output.archive.sqlite_archive import BrokenArchiveError, Hit, index_at, remove_index
from avskrift.output.own_names import SEARCH_INDEX
from avskrift.output.terminal import print_error_line
from avskrift.runtime.input_files import read_file

_EVERY = 200
"""Documents between two commits of the index."""
_MOST_BYTES = 256 << 20
"""Bytes of a record or a text that is read again."""


def all_rows(folder: Path, warn: Callable[[str], None] = print_error_line) -> Iterator[Row]:
    """The rows of every manifest of an output folder; those that no batch writes are left out, and `warn` is
    called with a line about them.

    Raises `UsageError` where there is no manifest, or `OutputError` for one that cannot be read.
    """
    manifests = manifests_in(folder)
    if not manifests:
        raise UsageError(f"{folder}: there is no manifest of a batch in it")
    for path in manifests:
        with Manifest(path, read_only=True) as manifest:
            yield from manifest.rows()
            if manifest.damaged:
                warn(f"{path}: {manifest.damaged} rows are damaged and were left out; the next batch reads them again")


def finished_documents(folder: Path) -> Iterator[FinishedDocument]:
    """The documents whose records stand; one whose record cannot be read is left out: the next run makes it again."""
    for row in all_rows(folder):
        if row.status in MADE and (document := finished_document(row, folder)) is not None:
            yield document


def result_of(row: Row, folder: Path, suffix: str) -> bytes:
    """The bytes of a result. Raises `InputError`, also for a row whose key leads out of the folder."""
    if b".." in row.key.split(b"/"):
        raise InputError(f"{shown(row.key)}: no document of this folder")
    return read_file(result_path(folder, row.key, suffix), _MOST_BYTES)


def finished_document(row: Row, folder: Path) -> FinishedDocument | None:
    """One finished document; None when its record is not there or damaged."""
    try:
        agreement = Agreement.model_validate_json(result_of(row, folder, ".json"))
        text = result_of(row, folder, ".txt").decode("utf-8") if row.text_bytes else ""
    except (InputError, ValidationError, UnicodeDecodeError):
        return None
    return FinishedDocument(shown(row.key), row.status.value, shown(row.same_as) or None, agreement, text)


def search_texts(folder: Path, words: str, most: int) -> list[Hit]:
    """Where words stand in the corrected texts. The index in the folder is brought up to date first, and made anew
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
        with archive.only_those_named() as named:
            changed = 0
            for row in all_rows(folder):
                name, state = shown(row.key), f"{row.finished} {row.json_bytes} {row.text_bytes}"
                if row.status not in MADE:
                    continue
                named(name)
                if archive.state(name) != state and (document := finished_document(row, folder)) is not None:
                    archive.put(document, state)
                    changed += 1
                    if changed % _EVERY == 0:
                        archive.commit()
        return list(archive.search(words, most))
