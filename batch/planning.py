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

_HEAD = 16384
"""Bytes at the beginning of a file that tell its kind."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a document: `reasons` say why it is read, empty where it stays as it is; `skipped` why it is none
    that is read. `row` is what the manifest is to say of one that stays."""

    document: SourceDocument
    row: Row | None
    reasons: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def to_read(self) -> bool:
        """Whether there is a reason to read the document."""
        return bool(self.reasons)


def with_own_key(document: SourceDocument, manifest: Manifest) -> SourceDocument:
    """The document under the key that the manifest knows it by, or under one that no other file has.

    A row of its key whose file is gone is its own: an archive that was moved.
    """
    path = os.fsencode(document.path)
    row = manifest.row(document.key)
    if row is not None and row.path == path:
        return document
    by_path = manifest.rows_of_path(path)
    if by_path:
        return replace(document, key=by_path[0].key)
    if row is None or is_missing(row.path) or _is_same(row.path, path):
        return document
    return replace(document, key=by_digest(path))


def _is_same(one: bytes, other: bytes) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


@dataclass(frozen=True, slots=True)
class Target:
    """What a run is to leave behind: records made by `build` in a `folder`, and with `text` their texts. With
    `retry_failed` what failed before is tried again."""

    build: BuildInfo
    folder: Path
    text: bool = True
    retry_failed: bool = False


def decide(document: SourceDocument, row: Row | None, target: Target) -> Decision:
    """The decision on one document, from its file, its `row` in the manifest and its results."""
    if document.problem:
        known = row is not None and row.status is Status.FAILED and row.error == document.problem
        return Decision(document, row, () if known and not target.retry_failed else (document.problem,))
    try:
        status = document.path.stat()
    except OSError as error:
        return _without_file(document, row, error.strerror or str(error), target)
    if not document.by_name and (row is None or row.status is Status.SKIPPED):
        skipped = row if row is not None and _is_untouched(row, status) else None
        why = skipped.error if skipped is not None else why_skipped(document.path, status)
        if why:
            return Decision(document, skipped, skipped=why)
        row = None
    return _with_file(document, row, status, target)


def _with_file(document: SourceDocument, row: Row | None, status: os.stat_result, target: Target) -> Decision:
    """The decision on a document whose file can be looked at."""
    if row is None:
        return Decision(document, row, ("it was never read",))
    if row.status in _UNFINISHED:
        return Decision(document, row, (_UNFINISHED[row.status],))
    if _has_changed(document, row, status):
        return Decision(document, row, ("the document changed",))
    before = as_made(row) if row.status is Status.GONE else row
    now = replace(before, size=status.st_size, mtime_ns=status.st_mtime_ns, path=os.fsencode(document.path))
    return Decision(document, now, tuple(_reasons(now, target)))


_UNFINISHED = {Status.WAITING: "it was not finished", Status.SKIPPED: "it was skipped"}


def _is_untouched(row: Row, status: os.stat_result) -> bool:
    return (status.st_size, status.st_mtime_ns) == (row.size, row.mtime_ns)


def _has_changed(document: SourceDocument, row: Row, status: os.stat_result) -> bool:
    """Whether the file holds other bytes than when it was read; they are looked at only where its time differs."""
    if _is_untouched(row, status):
        return False
    return status.st_size != row.size or not row.sha256 or sha256_of(document.path) != row.sha256


def _reasons(row: Row, target: Target) -> list[str]:
    """Why a document that was read, and has not changed, is read again."""
    changed = target.build.changed(row.build) if row.build is not None else ["the versions that made it are not known"]
    if row.status is Status.FAILED:
        return [f"it failed ({row.error_class})", *changed] if target.retry_failed else changed
    if row.status is Status.PARTIAL and target.retry_failed:
        changed.insert(0, f"{row.unread_pages} of its pages could not be read")
    if not results_stand(row, target.folder, text=target.text):
        changed.insert(0, "its results are not there or not whole")
    return changed


def _without_file(document: SourceDocument, row: Row | None, problem: str, target: Target) -> Decision:
    """The decision on a document whose file cannot be looked at."""
    if not document.by_name:
        why = f"not read: cannot be looked at ({problem})"
        return Decision(document, row if row is not None and row.error == why else None, skipped=why)
    known = row is not None and row.status is Status.FAILED and row.size == 0
    reasons = () if known and not target.retry_failed else (f"its file cannot be looked at ({problem})",)
    return Decision(document, row, reasons)


def why_skipped(path: Path, status: os.stat_result) -> str:
    """Why a file whose name says nothing is not read; empty where it begins like a document that is
    read."""
    from avskrift.ingest.files.file_type import FileType, file_type_of

    if not stat.S_ISREG(status.st_mode):
        return "not read: no regular file"
    try:
        with input_files.open_regular(path) as handle:
            head = handle.read(_HEAD)
        found = file_type_of(head, path)
        if found is FileType.MAIL:
            is_named = path.suffix.lower() in (".eml", ".msg")
            return (
                f"not read: a message{' without a document that can be read' if is_named else '; name it .eml or .msg'}"
            )
        if found is FileType.ARCHIVE and path.suffix.lower() == ".zip":
            return "not read: an archive, whose documents --unpack reads"
        if found not in (FileType.TEXT, FileType.ARCHIVE):
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
