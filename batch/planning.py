"""What is to be done with each document of a batch, and why."""

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from avskrift.batch.build_info import BuildInfo
from avskrift.batch.keys import by_digest
from avskrift.batch.manifest import Manifest, is_missing
from avskrift.batch.results import results_stand
from avskrift.batch.rows import Row, Status, as_made
from avskrift.batch.sources import SourceDocument
from avskrift.errors import InputError
from avskrift.runtime import input_files

_HEAD = 1024
"""Bytes at the beginning of a file that tell its kind."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a document: `reasons` say why it is read, empty where it stays as it is; `skipped` why it is none
    that is read. `row` is what the manifest is to say of one that stays."""

    found: SourceDocument
    row: Row | None
    reasons: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def to_read(self) -> bool:
        return bool(self.reasons)


def with_own_key(found: SourceDocument, manifest: Manifest) -> SourceDocument:
    """The document under the key that the manifest knows it by, or under one that no other file has.

    A row of its key whose file is gone is its own: an archive that was moved.
    """
    path = os.fsencode(found.path)
    row = manifest.row(found.key)
    if row is not None and row.path == path:
        return found
    by_path = manifest.rows_of_path(path)
    if by_path:
        return replace(found, key=by_path[0].key)
    if row is None or is_missing(row.path) or _is_same(row.path, path):
        return found
    return replace(found, key=by_digest(path))


def _is_same(one: bytes, other: bytes) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def decide(
    found: SourceDocument, row: Row | None, build: BuildInfo, folder: Path, *, text: bool, retry_failed: bool
) -> Decision:
    """The decision on one document, from its file, its row and its results."""
    if found.problem:
        told = row is not None and row.status is Status.FAILED and row.error == found.problem and not retry_failed
        return Decision(found, row, () if told else (found.problem,))
    try:
        status = found.path.stat()
    except OSError as error:
        return _unseen(found, row, error.strerror or str(error), retry_failed=retry_failed)
    if not found.by_name and (row is None or row.status is Status.SKIPPED):
        known = row is not None and (status.st_size, status.st_mtime_ns) == (row.size, row.mtime_ns)
        why = row.error if known and row is not None else why_skipped(found.path, status)
        if why:
            return Decision(found, row if known else None, skipped=why)
        row = None
    if row is None:
        return Decision(found, row, ("it was never read",))
    if row.status in (Status.WAITING, Status.SKIPPED):
        return Decision(found, row, ("it was not finished" if row.status is Status.WAITING else "it was skipped",))
    before = as_made(row) if row.status is Status.GONE else row
    touched = (status.st_size, status.st_mtime_ns) != (row.size, row.mtime_ns)
    if touched and (status.st_size != row.size or not row.sha256 or sha256_of(found.path) != row.sha256):
        return Decision(found, row, ("the document changed",))
    now = replace(before, size=status.st_size, mtime_ns=status.st_mtime_ns, path=os.fsencode(found.path))
    changed = ["the versions that made it are not known"] if row.build is None else build.changed(row.build)
    if before.status is Status.FAILED:
        if retry_failed:
            changed.insert(0, f"it failed ({row.error_class})")
        return Decision(found, now, tuple(changed))
    if before.status is Status.PARTIAL and retry_failed:
        changed.insert(0, f"{row.unread_pages} of its pages could not be read")
    if not results_stand(now, folder, text=text):
        changed.insert(0, "its results are not there or not whole")
    return Decision(found, now, tuple(changed))


def _unseen(found: SourceDocument, row: Row | None, problem: str, *, retry_failed: bool) -> Decision:
    if not found.by_name:
        why = f"not read: cannot be looked at ({problem})"
        return Decision(found, row if row is not None and row.error == why else None, skipped=why)
    told = row is not None and row.status is Status.FAILED and row.size == 0 and not retry_failed
    return Decision(found, row, () if told else (f"its file cannot be looked at ({problem})",))


def why_skipped(path: Path, status: os.stat_result) -> str:
    """Why a file whose name says nothing is not read; empty where it begins like a PDF or a picture."""
    from avskrift.ingest.files.file_type import FileType, file_type_of

    if not stat.S_ISREG(status.st_mode):
        return "not read: no regular file"
    try:
        with input_files.open_regular(path) as handle:
            head = handle.read(_HEAD)
        if file_type_of(head, path) is not FileType.TEXT:
            return ""
    except (InputError, OSError):
        pass
    kind = path.suffix.lower()
    return f"not read: kind of file ({kind})" if 1 < len(kind) <= 20 else "not read: kind of file"


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes; empty when it cannot be read."""
    try:
        return input_files.sha256_of(path)
    except InputError:
        return ""
