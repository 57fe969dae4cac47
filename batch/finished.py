"""The finished documents of a batch, one at a time; and the search over their text."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from avskrift.batch.manifest import Manifest, manifests_in
from avskrift.batch.results import result_path
from avskrift.batch.rows import MADE, Row
from avskrift.batch.sources import shown
from avskrift.errors import InputError, UsageError
from avskrift.input_files import read_file
from avskrift.models.agreement import Agreement
from avskrift.models.finished import FinishedDocument
from avskrift.output.sqlite_archive import Hit, SqliteArchive
from avskrift.output.terminal import print_error_line

_INDEX = ".search.sqlite"
_EVERY = 200
"""Documents between two commits of the index."""


def rows_of_all(folder: Path, told: Callable[[str], None] = print_error_line) -> Iterator[Row]:
    """The rows of every manifest of an output folder; those that no batch writes are left out, and `told` so.

    Raises `UsageError` where there is no manifest, or `OutputError` for one that cannot be read.
    """
    manifests = manifests_in(folder)
    if not manifests:
        raise UsageError(f"{folder}: there is no manifest of a batch in it")
    for path in manifests:
        with Manifest(path, read_only=True) as manifest:
            yield from manifest.rows()
            if manifest.damaged:
                told(f"{path}: {manifest.damaged} rows are damaged and were left out; the next batch reads them again")


def finished(folder: Path) -> Iterator[FinishedDocument]:
    """The documents whose records stand; one whose record cannot be read is left out: the next run makes it again."""
    for row in rows_of_all(folder):
        if row.status in MADE and (document := document_of(row, folder)) is not None:
            yield document


def document_of(row: Row, folder: Path) -> FinishedDocument | None:
    """One finished document; None when its record is not there or not whole."""
    try:
        agreement = Agreement.model_validate_json(read_file(result_path(folder, row.key, ".json")))
        text = read_file(result_path(folder, row.key, ".txt")).decode("utf-8") if row.text_bytes else ""
    except (InputError, ValidationError, UnicodeDecodeError):
        return None
    return FinishedDocument(shown(row.key), row.status.value, shown(row.same_as) or None, agreement, text)


def searched(folder: Path, words: str, most: int) -> Iterator[Hit]:
    """Where words stand in the corrected texts. The index beside the results is brought up to date first.

    Raises `UsageError` for a folder without a manifest, or `OutputError`.
    """
    with SqliteArchive(folder / _INDEX) as archive:
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
        yield from archive.search(words, most)
