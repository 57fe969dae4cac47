"""What a manifest says of one document: its row, its states, and that a row which anybody may have written is sane."""

import json
import math
import os
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path

from avskrift.batch.build_info import BuildInfo
from avskrift.batch.read_stats import ReadStats
from avskrift.batch.sources import shown


class Status(StrEnum):
    """The one state that a document of a batch is in."""

    WAITING = "waiting"
    """not begun, or begun and cut short"""
    DONE = "done"
    PARTIAL = "partial"
    """done, but pages of it could not be read"""
    DUPLICATE = "duplicate"
    """the same bytes as another document, whose record it shares"""
    FAILED = "failed"
    SKIPPED = "skipped"
    """not read: its kind of file is none that is"""
    GONE = "gone"
    """its file is no longer there; what was made of it stays"""


MADE = (Status.DONE, Status.PARTIAL, Status.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Row(ReadStats):
    """What the manifest says of one document. `size` (in bytes) and `mtime_ns` are its file's when it was read."""

    key: bytes
    path: bytes
    status: Status = Status.WAITING
    size: int = 0
    mtime_ns: int = 0
    attempts: int = 0
    same_as: bytes = b""
    build: BuildInfo | None = None
    finished: str = ""

    @property
    def results(self) -> frozenset[str]:
        """The suffixes of the results that were written for it."""
        sizes = {".json": self.json_bytes, ".txt": self.text_bytes}
        return frozenset(suffix for suffix, size in sizes.items() if size)


def is_key(key: object) -> bool:
    """Whether something is a key that leads nowhere but below the output folder."""
    if not isinstance(key, bytes) or b"\0" in key:
        return False
    return all(part not in (b"", b".", b"..") for part in key.split(b"/"))


_TYPES: dict[str, tuple[type, ...]] = {
    "bytes": (bytes,),
    "str": (str,),
    "int": (int,),
    "float": (float, int),
}


def checked_row(values: dict[str, object]) -> Row | None:
    """The row of these `values` from a database, its build already found; None where it is none that a batch writes."""
    for field in fields(Row):
        types = _TYPES.get(str(getattr(field.type, "__name__", field.type)))
        value = values.get(field.name)
        if types is not None and not isinstance(value, types):
            return None
        if isinstance(value, (int, float)) and not (math.isfinite(value) and value >= 0) and field.name != "mtime_ns":
            return None
    path, same_as = values["path"], values["same_as"]
    if not is_key(values["key"]) or not (same_as == b"" or is_key(same_as)):
        return None
    if not isinstance(path, bytes) or not path or b"\0" in path:
        return None
    try:
        status = Status(str(values["status"]))
    except ValueError:
        return None
    return Row(**{**values, "status": status})  # type: ignore[arg-type]  # each was looked at


def begun(row: Row | None, key: bytes, path: Path) -> Row:
    """The row of a document whose work begins: what was known of it, waiting."""
    known = row or Row(key, b"")
    return replace(known, path=os.fsencode(path), status=Status.WAITING, error_class="", error="", trace="")


def as_made(row: Row) -> Row:
    """The row in the state that its own results give it: of a document that came back, or a copy that stands alone."""
    if row.error_class:
        return replace(row, status=Status.FAILED)
    if row.same_as:
        return replace(row, status=Status.DUPLICATE)
    return replace(row, status=Status.PARTIAL if row.unread_pages else Status.DONE)


def json_line(row: Row) -> str:
    """The row as one line of JSON."""
    values = {
        "document": shown(row.key),
        "path": shown(row.path),
        "status": row.status.value,
        "error_class": row.error_class or None,
        "error": row.error or None,
        "trace": row.trace or None,
        "sha256": row.sha256 or None,
        "bytes": row.size,
        "pages": row.pages,
        "ocr_pages": row.ocr_pages,
        "unread_pages": row.unread_pages,
        "quality": row.quality or None,
        "confidence": round(row.confidence, 3),
        "seconds": round(row.seconds, 3),
        "attempts": row.attempts,
        "same_as": shown(row.same_as) or None,
        "made_by": None if row.build is None else row.build.model_dump(),
        "finished": row.finished or None,
    }
    return json.dumps(values, ensure_ascii=False)
