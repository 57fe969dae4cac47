"""The results of a batch on disk: where they stand, that they are whole, and that nothing else is left there."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from avskrift.batch.manifest import MADE, Manifest, Row, write_json_lines
from avskrift.errors import BatchStoppedError, OutputError, UsageError
from avskrift.models.agreement import Agreement
from avskrift.output.json_file import json_of
from avskrift.output.writing import whole

_PART = ".part"
"""How the temporary names of results end; no others may be taken away while somebody writes an export."""
_LONGEST = 200
"""Bytes of one part of a result's path; file systems allow 255, and temporary names are longer."""


def result_path(folder: Path, key: bytes, suffix: str) -> Path:
    """Where a result stands below the output folder: the key's own path, each part made fit to be a name.

    Two keys never give one path: a folder that ends like a result gets `_`, a part that is too long its digest.
    """
    *parents, last = key.split(b"/")
    folders = (_short(p + b"_" if p.rstrip(b"_").endswith((b".json", b".txt", b".part")) else p) for p in parents)
    return folder.joinpath(*map(os.fsdecode, folders), os.fsdecode(_short(last)) + suffix)


def _short(part: bytes) -> bytes:
    if len(part) <= _LONGEST:
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
            if size == 0 or result_path(folder, row.key, suffix).stat().st_size != size:
                return False
        except OSError:
            return False
    return True


def write_result(path: Path, data: bytes) -> None:
    """Writes a result, with the folders above it, whole or not at all. Raises `OutputError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    with whole(path, suffix=_PART) as temporary:
        temporary.write_bytes(data)


def copy_results(folder: Path, of: bytes, row: Row, *, text: bool) -> tuple[int, int]:
    """Writes the results of document `of` for another one of the same bytes; the sizes of record and text.

    Raises `OutputError`.
    """
    try:
        record = Agreement.model_validate_json(result_path(folder, of, ".json").read_bytes())
        told = result_path(folder, of, ".txt").read_bytes() if text else b""
    except (OSError, ValueError) as error:
        raise OutputError(f"the record of {os.fsdecode(of)} cannot be read again ({error})"[:300]) from None
    name = Path(os.fsdecode(row.path)).name.encode("utf-8", "backslashreplace").decode("utf-8")
    source = record.source.model_copy(update={"file": name})
    data = json_of(record.model_copy(update={"source": source})).encode("utf-8")
    if text:
        write_result(result_path(folder, row.key, ".txt"), told)
    write_result(result_path(folder, row.key, ".json"), data)
    return len(data), len(told)


def why_unwritable(folder: Path) -> str:
    """Why nothing can be written to the output folder; empty where something can."""
    probe = folder / f".{os.getpid()}.probe"
    try:
        probe.write_bytes(b"\0" * 65536)
    except OSError as error:
        return error.strerror or str(error)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return ""


def finish(manifest: Manifest) -> Path:
    """Writes the manifest as JSON Lines beside it. Raises `OutputError`."""
    path = manifest.path.with_suffix(".jsonl")
    write_json_lines(manifest.rows(), path)
    return path


@contextmanager
def alone_in(manifest: Path) -> Iterator[None]:
    """While it lasts, no other batch uses the manifest. Raises `UsageError` when one does, or `OutputError`."""
    path = manifest.with_name(f".{manifest.stem}.lock")
    try:
        handle = path.open("a")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"another batch is writing to {manifest.parent}; wait until it has ended") from None
        yield


def ready(folder: Path) -> None:
    """Makes the output folder. Raises `BatchStoppedError` where nothing can be written to it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BatchStoppedError(f"{folder} cannot be made: {error.strerror or error}") from None
    if reason := why_unwritable(folder):
        raise BatchStoppedError(f"{folder} cannot be written: {reason}")


def sweep(folder: Path) -> None:
    """Takes away the temporary files that a killed run left among the results."""
    for path in folder.rglob(f".*{_PART}"):
        with suppress(OSError):
            path.unlink()
