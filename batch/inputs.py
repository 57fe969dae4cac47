"""The documents of a command under the keys that its output folder gives them."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from avskrift.batch.held_members import HeldMembers, with_members
from avskrift.batch.keys import KnownFolders, folders_of_rows, read_folders, with_moved, write_folders
from avskrift.batch.locks import locked
from avskrift.batch.manifest import Manifest, is_output_folder, written_manifests
from avskrift.batch.sources import Documents
from avskrift.output.own_names import MEMBERS

_LOCK = ".manifest.inputs.lock"


def documents_of(
    inputs: Iterable[str], listed: Iterable[str], output: Path, members: HeldMembers | None = None
) -> Documents:
    """The documents of some `inputs` and of lists (names `listed` in them) for the `output` folder; `members` gives
    those in messages and archives (None: these files stand for themselves). Raises as `Documents`, or `OutputError` for
    a damaged manifest."""
    inputs, listed = list(inputs), list(listed)

    def under(known: KnownFolders | None) -> Documents:
        held = with_members(members)
        return Documents(inputs, output, known, listed=listed, is_results=is_output_folder, held=held)

    return under(_known_folders(output, under(None).folders))


def remembered_documents(
    inputs: Iterable[str], listed: Iterable[str], output: Path, members: HeldMembers | None = None
) -> Documents:
    """As `documents_of` with the same `inputs`, `listed`, `output` and `members`; the output folder, which is there,
    keeps the input folders in mind."""
    with locked(output / _LOCK, fcntl.LOCK_EX, wait=True):  # shards may begin at the same time
        documents = documents_of(inputs, listed, output, members)
        if documents.known != read_folders(output):
            write_folders(output, documents.known)
    return documents


def _known_folders(output: Path, given: list[bytes]) -> KnownFolders:
    """The input folders that an output folder knows, where they are now; `given` are those that are to be read."""
    known = read_folders(output)
    if known is None:
        pairs = (pair for path in written_manifests(output) for pair in _keys_and_paths(path))
        unpacked = os.fsencode(output.absolute() / MEMBERS) + b"/"
        known = folders_of_rows((key, path) for key, path in pairs if not path.startswith(unpacked))
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
