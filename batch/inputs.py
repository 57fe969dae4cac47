"""The documents of a command under the keys that its output folder gives them."""

import fcntl
from collections.abc import Iterable, Iterator
from pathlib import Path

from avskrift.batch.keys import KnownFolders, folders_of_rows, read_folders, with_moved, write_folders
from avskrift.batch.locks import locked
from avskrift.batch.manifest import Manifest, is_output_folder, written_manifests
from avskrift.batch.sources import Documents

_LOCK = ".manifest.inputs.lock"


def documents_of(inputs: Iterable[str], listed: Iterable[str], output: Path) -> Documents:
    """The documents of some inputs and of lists. Raises as `Documents`, or `OutputError` for a damaged manifest."""
    inputs, listed = list(inputs), list(listed)

    def under(known: KnownFolders | None) -> Documents:
        return Documents(inputs, output, known, listed=listed, is_results=is_output_folder)

    return under(_known_folders(output, under(None).folders))


def remembered_documents(inputs: Iterable[str], listed: Iterable[str], output: Path) -> Documents:
    """As `documents_of`; the output folder, which is there, keeps the input folders in mind."""
    with locked(output / _LOCK, fcntl.LOCK_EX, wait=True):  # shards may begin at the same time
        documents = documents_of(inputs, listed, output)
        if documents.known != read_folders(output):
            write_folders(output, documents.known)
    return documents


def _known_folders(output: Path, given: list[bytes]) -> KnownFolders:
    """The input folders that an output folder knows, where they are now; `given` are those that are to be read."""
    known = read_folders(output)
    if known is None:
        known = folders_of_rows(pair for path in written_manifests(output) for pair in _keys_and_paths(path))
    if all(known.around(folder) is not None for folder in given):
        return known

    def rows_below(folder: bytes, most: int) -> list[tuple[bytes, int]]:
        found: list[tuple[bytes, int]] = []
        for path in written_manifests(output):
            with Manifest(path, read_only=True) as manifest:
                found += manifest.rows_below(folder, most)
        return found

    return with_moved(known, given, rows_below)


def _keys_and_paths(path: Path) -> Iterator[tuple[bytes, bytes]]:
    with Manifest(path, read_only=True) as manifest:
        yield from manifest.keys_and_paths()
