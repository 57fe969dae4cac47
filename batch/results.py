"""The results of a batch on disk: where they stand, that they are complete, and that nothing else is left there."""

import hashlib
import json
import os
import re
import stat
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from avskrift.batch.manifest import Manifest, write_json_lines
from avskrift.batch.rows import MADE, Row
from avskrift.errors import BatchStoppedError, EmptyInputError, InputError, MissingInputError, OutputError
from avskrift.models.agreement import Agreement
from avskrift.output.atomic_write import sweep, why_unwritable, write_bytes
from avskrift.output.own_names import MEMBERS, PAGES, is_own_name
from avskrift.output.record.json_file import json_of
from avskrift.runtime.input_files import read_file

_PART = ".part"
"""How the temporary names of results end; no others may be taken away while somebody writes an export."""
_SHORTENED = re.compile(rb".+~[0-9a-f]{16}_*", re.DOTALL)
"""A name that looks as if it were cut gets a digest too, so that it is not taken for the one that was."""
_LONGEST = 200
"""Bytes of one part of a result's path; file systems allow 255, and temporary names are longer."""


def result_path(folder: Path, key: bytes, suffix: str) -> Path:
    """Where a result stands below the output folder: the key's own path, each part made fit to be a name.

    Two keys never give one path: a folder that ends like a result, or bears one of our own names, gets `_`, a part that
    is too long its digest.
    """
    *parents, last = key.split(b"/")
    folders = [_short(p + b"_" if p.rstrip(b"_").endswith((b".json", b".txt", b".part")) else p) for p in parents]
    if folders and is_own_name(folders[0]) and folders[0] == parents[0]:
        folders[0] += b"_"
    elif not folders and last.startswith(b".") and is_own_name(last):
        last += b"_"
    return folder.joinpath(*map(os.fsdecode, folders), os.fsdecode(_short(last)) + suffix)


def _short(part: bytes) -> bytes:
    if len(part) <= _LONGEST and not _SHORTENED.fullmatch(part):
        return part
    digest = hashlib.sha256(part).hexdigest()[:16].encode()
    head = part[: _LONGEST - 20].decode("utf-8", "ignore").encode() or part[:40]
    return head + b"~" + digest


def results_stand(row: Row, folder: Path, *, text: bool) -> bool:
    """Whether the results of a document are there, as large as they were written."""
    if row.status not in MADE:
        return False
    wanted = {".json": row.json_bytes} | ({".txt": row.text_bytes} if text else {})
    for suffix, size in wanted.items():
        try:
            status = result_path(folder, row.key, suffix).lstat()
            if size == 0 or status.st_size != size or not stat.S_ISREG(status.st_mode):
                return False
        except OSError:
            return False
    return True


def why_outside(folder: Path, key: bytes) -> str:
    """Why the results of a document would not stand in the output folder; empty where they would."""
    place = result_path(folder, key, "").parent
    while place != folder:
        if os.path.islink(place):  # noqa: PTH114 - whose name may be too long
            return f"{place} is a link; results are written to the output folder alone"
        place = place.parent
    return ""


def write_result(path: Path, data: bytes) -> None:
    """Writes a result, with the folders above it, by an atomic write. Raises `OutputError`."""
    missing = []
    place = path.parent
    try:
        while not place.is_dir():  # without recursion: folders may lie in folders by the thousand
            missing.append(place)
            place = place.parent
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
        if path.is_symlink():
            raise OutputError(f"{path} is a link; results are written to the output folder alone")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    write_bytes(path, data, suffix=_PART)


def write_results(places: Mapping[str, Path], contents: Mapping[str, bytes], known: Collection[str]) -> None:
    """Writes the results of a document, by their suffixes, in the order of `places`; `known` are those that the
    manifest knows of.

    Any other file that stands there is replaced only if a run that was killed wrote it: a record of this document, with
    the text of it, or what would be written now. Raises `OutputError` for all else: it is the user's.
    """
    for suffix, place in places.items():
        if suffix in known or _is_free(place, contents[suffix]):
            continue
        if ".json" in known or not _is_record_of_same(places[".json"], contents[".json"]):
            text = "was not written by this batch and is not replaced; move it, and run with --retry-failed"
            raise OutputError(f"{place} {text}")
    for suffix, place in places.items():
        write_result(place, contents[suffix])


def _is_record_of_same(path: Path, record: bytes) -> bool:
    """Whether a file is a record of the document that `record` is of, maybe as its file was before."""
    try:
        found, source = json.loads(read_file(path))["source"], json.loads(record)["source"]
        return any(found[what] == source[what] for what in ("sha256", "file"))
    except (InputError, ValueError, LookupError, TypeError, RecursionError):
        return False


def _is_free(path: Path, data: bytes) -> bool:
    """Whether nothing is lost when a file is replaced: none is there, or an empty one, or one of the same bytes."""
    try:
        return read_file(path, max(len(data), 1)) == data
    except (MissingInputError, EmptyInputError):
        return True
    except InputError:
        return False


def copy_results(folder: Path, of: bytes, row: Row, *, text: bool) -> tuple[int, int]:
    """Writes the results of document `of` in `folder` for another one of the same bytes, which `row` is of; the sizes
    of record and text, 0 for that without `text`.

    Raises `OutputError`.
    """
    try:
        record = Agreement.model_validate_json(read_file(result_path(folder, of, ".json")))
        text_data = read_file(result_path(folder, of, ".txt")) if text else b""
    except (InputError, ValueError) as error:
        raise OutputError(f"the record of {os.fsdecode(of)} cannot be read again ({error})"[:300]) from None
    name = Path(os.fsdecode(row.path)).name.encode("utf-8", "backslashreplace").decode("utf-8")
    source = record.source.model_copy(update={"file": name})
    data = json_of(record.model_copy(update={"source": source})).encode("utf-8")
    places = {suffix: result_path(folder, row.key, suffix) for suffix in ((".txt", ".json") if text else (".json",))}
    write_results(places, {".json": data, ".txt": text_data}, row.results)
    return len(data), len(text_data)


def write_manifest_lines(manifest: Manifest) -> Path:
    """Writes the manifest as JSON Lines, too. Raises `OutputError`."""
    path = manifest.path.with_suffix(".jsonl")
    write_json_lines(manifest.rows(), path)
    return path


def prepare_output_folder(folder: Path) -> None:
    """Makes the output folder. Raises `BatchStoppedError` where nothing can be written to it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BatchStoppedError(f"{folder} cannot be made: {error.strerror or error}") from None
    if reason := why_unwritable(folder):
        raise BatchStoppedError(f"{folder} cannot be written: {reason}")


def remove_temporary_files(folder: Path) -> None:
    """Takes away the temporary files that killed runs left among the results, behind no links."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        sweep(here)
        with suppress(OSError), os.scandir(here) as scan:  # what cannot be looked at stays
            waiting += [
                Path(e.path) for e in scan if e.is_dir(follow_symlinks=False) and e.name not in (PAGES, MEMBERS)
            ]
