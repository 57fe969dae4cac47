"""What is to be done with each document of a batch, and why."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from avskrift import input_files
from avskrift.batch.fingerprint import Making
from avskrift.batch.manifest import Row, Status
from avskrift.batch.results import results_stand
from avskrift.batch.sources import Found
from avskrift.errors import InputError


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with a document: `reasons` say why it is read, empty where it stays as it is. `row` is what the
    manifest says; `touched` that its file was written again with the same bytes."""

    found: Found
    row: Row | None
    reasons: tuple[str, ...]
    touched: bool = False

    @property
    def to_read(self) -> bool:
        return bool(self.reasons)


def decide(found: Found, row: Row | None, making: Making, folder: Path, *, text: bool, retry_failed: bool) -> Decision:
    """The decision on one document, from its file, its row and its results."""
    if row is None:
        return Decision(found, row, ("it was never read",))
    if row.status in (Status.WAITING, Status.GONE):
        return Decision(found, row, ("it was not finished" if row.status is Status.WAITING else "it came back",))
    try:
        status = found.path.stat()
    except OSError:
        return Decision(found, row, ("its file cannot be looked at",))
    touched = (status.st_size, status.st_mtime_ns) != (row.size, row.mtime_ns)
    if touched and (status.st_size != row.size or not row.sha256 or sha256_of(found.path) != row.sha256):
        return Decision(found, row, ("the document changed",))
    changed = ["the versions that made it are not known"] if row.making is None else making.changed(row.making)
    if row.status is Status.FAILED:
        if retry_failed:
            changed.insert(0, f"it failed ({row.error_class})")
        return Decision(found, row, tuple(changed), touched)
    if row.status is Status.PARTIAL and retry_failed:
        changed.insert(0, f"{row.unread_pages} of its pages could not be read")
    if not results_stand(row, folder, text=text):
        changed.insert(0, "its results are not there or not whole")
    return Decision(found, row, tuple(changed), touched)


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes; empty when it cannot be read."""
    try:
        return input_files.sha256_of(path)
    except InputError:
        return ""


def as_touched(row: Row, path: Path) -> Row:
    """The row of a document whose file was written again with the same bytes."""
    try:
        status = path.stat()
    except OSError:
        return row
    return replace(row, size=status.st_size, mtime_ns=status.st_mtime_ns, path=os.fsencode(path))
