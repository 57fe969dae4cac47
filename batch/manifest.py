"""The manifest: one row a document in SQLite beside the results, and the same as JSON Lines.

The database is the memory of the batch. Rows are written together about once a second; what a kill takes with it is
done again. A row that says a document is done gives the sizes of its files, so that a file that is not whole shows.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from avskrift.batch.account import Account
from avskrift.batch.fingerprint import Making
from avskrift.batch.sources import shown
from avskrift.errors import OutputError
from avskrift.output.writing import whole

_EVERY = 1.0
"""Seconds between commits at most."""
_MANY = 500
"""Rows that a commit holds at most."""
_VERSION = 1


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
    GONE = "gone"
    """its file is no longer there; what was made of it stays"""


MADE = (Status.DONE, Status.PARTIAL, Status.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Row(Account):
    """What the manifest says of one document. `size` (in bytes) and `mtime_ns` are its file's when it was read."""

    key: bytes
    path: bytes
    status: Status = Status.WAITING
    size: int = 0
    mtime_ns: int = 0
    attempts: int = 0
    same_as: bytes = b""
    making: Making | None = None
    finished: str = ""


_COLUMNS = (
    "key BLOB PRIMARY KEY",
    "path BLOB NOT NULL",
    "name TEXT NOT NULL",
    "status TEXT NOT NULL",
    "error_class TEXT NOT NULL",
    "error TEXT NOT NULL",
    "sha256 TEXT NOT NULL",
    "size INTEGER NOT NULL",
    "mtime_ns INTEGER NOT NULL",
    "pages INTEGER NOT NULL",
    "ocr_pages INTEGER NOT NULL",
    "unread_pages INTEGER NOT NULL",
    "quality TEXT NOT NULL",
    "confidence REAL NOT NULL",
    "seconds REAL NOT NULL",
    "attempts INTEGER NOT NULL",
    "same_as BLOB NOT NULL",
    "json_bytes INTEGER NOT NULL",
    "text_bytes INTEGER NOT NULL",
    "making INTEGER",
    "finished TEXT NOT NULL",
)
_NAMES = tuple(column.split(" ")[0] for column in _COLUMNS)
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS documents ({", ".join(_COLUMNS)});
CREATE INDEX IF NOT EXISTS documents_status ON documents (status);
CREATE INDEX IF NOT EXISTS documents_content ON documents (sha256);
CREATE TABLE IF NOT EXISTS makings (id INTEGER PRIMARY KEY, parts TEXT NOT NULL UNIQUE);
PRAGMA user_version = {_VERSION};
"""


def manifest_path(folder: Path, shard: tuple[int, int] | None = None) -> Path:
    """Where the manifest of an output folder stands; each shard has its own."""
    return folder / ("manifest.sqlite" if shard is None else f"manifest-{shard[0]}-of-{shard[1]}.sqlite")


def manifests_in(folder: Path) -> list[Path]:
    """The manifests of an output folder: one, or one for each shard."""
    return sorted(folder.glob("manifest*.sqlite"))


class Manifest:
    """An open manifest. Raises `OutputError` where it cannot be opened or written."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._pending: dict[bytes, Row] = {}
        self._written = time.monotonic()
        self._makings: dict[str, int] = {}
        self._known: dict[int, Making] = {}
        try:
            if read_only:
                self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            else:
                self._db = sqlite3.connect(path)
                self._db.executescript(_SCHEMA)
            for number, parts in self._db.execute("SELECT id, parts FROM makings"):
                self._makings[parts] = number
                self._known[number] = Making.model_validate_json(parts)
        except (sqlite3.Error, ValueError) as error:
            raise OutputError(f"{path}: the manifest cannot be opened ({error})") from None

    def __enter__(self) -> "Manifest":
        return self

    def __exit__(self, kind: type[BaseException] | None, *what: object) -> None:
        try:
            self.commit()
        except OutputError:
            if kind is None:  # else what went wrong first is what the user must hear of
                raise
        finally:
            self._db.close()

    def row(self, key: bytes) -> Row | None:
        """What is known of a document."""
        if key in self._pending:
            return self._pending[key]
        found = self._db.execute(f"SELECT {', '.join(_NAMES)} FROM documents WHERE key = ?", (key,)).fetchone()
        return None if found is None else self._row(found)

    def rows(self, *statuses: Status) -> Iterator[Row]:
        """The rows in the order of their keys: those in the given states, or all."""
        self.commit()
        marks = ", ".join("?" * len(statuses))
        where = f"WHERE status IN ({marks})" if statuses else ""
        query = f"SELECT {', '.join(_NAMES)} FROM documents {where} ORDER BY key"
        for found in self._db.execute(query, [s.value for s in statuses]):
            yield self._row(found)

    def missing_files(self) -> list[Row]:
        """The rows whose files are no longer there, apart from those that say so."""
        self.commit()
        query = "SELECT key, path FROM documents WHERE status != 'gone'"
        keys = [bytes(key) for key, path in self._db.execute(query) if not os.path.lexists(path)]
        return [row for key in keys if (row := self.row(key)) is not None]

    def of_content(self, sha256: str) -> Row | None:
        """A document of these bytes that was read."""
        for row in self._pending.values():
            if row.sha256 == sha256 and row.status in (Status.DONE, Status.PARTIAL):
                return row
        query = f"SELECT {', '.join(_NAMES)} FROM documents WHERE sha256 = ? AND status IN ('done', 'partial')"
        found = self._db.execute(query + " ORDER BY key LIMIT 1", (sha256,)).fetchone()
        return None if found is None else self._pending.get(bytes(found[0])) or self._row(found)

    def counts(self) -> dict[Status, int]:
        """How many documents are in each state."""
        self.commit()
        told = dict(self._db.execute("SELECT status, count(*) FROM documents GROUP BY status").fetchall())
        return {status: int(told.get(status.value, 0)) for status in Status}

    def put(self, row: Row) -> None:
        """Keeps a row; it is on disk after the next commit."""
        self._pending[row.key] = row
        if len(self._pending) >= _MANY or time.monotonic() - self._written >= _EVERY:
            self.commit()

    def commit(self) -> None:
        """Writes what is pending. Raises `OutputError`; what could not be written stays pending."""
        self._written = time.monotonic()
        if not self._pending:
            return
        marks = ", ".join("?" * len(_NAMES))
        try:
            with self._db:
                self._db.executemany(
                    f"INSERT OR REPLACE INTO documents VALUES ({marks})",
                    [self._values(row) for row in self._pending.values()],
                )
        except sqlite3.Error as error:
            raise OutputError(f"{self.path}: the manifest cannot be written ({error})") from None
        self._pending.clear()

    def _values(self, row: Row) -> tuple[object, ...]:
        values = {name: getattr(row, name) for name in _NAMES if name not in ("name", "making", "status")}
        values |= {"name": shown(row.key), "status": row.status.value, "making": self._number(row.making)}
        return tuple(values[name] for name in _NAMES)

    def _number(self, making: Making | None) -> int | None:
        if making is None:
            return None
        parts = making.model_dump_json()
        if parts not in self._makings:
            self._db.execute("INSERT OR IGNORE INTO makings (parts) VALUES (?)", (parts,))
            number = self._db.execute("SELECT id FROM makings WHERE parts = ?", (parts,)).fetchone()[0]
            self._makings[parts], self._known[number] = number, making
        return self._makings[parts]

    def _row(self, found: tuple[object, ...]) -> Row:
        told = dict(zip(_NAMES, found, strict=True))
        told.pop("name")
        told["status"] = Status(str(told["status"]))
        told["making"] = self._known.get(told["making"]) if isinstance(told["making"], int) else None
        return Row(**told)  # type: ignore[arg-type]  # the columns are the fields


def begun(row: Row | None, key: bytes, path: Path) -> Row:
    """The row of a document whose work begins: what was known of it, waiting."""
    known = row or Row(key, b"")
    return replace(known, path=os.fsencode(path), status=Status.WAITING, error_class="", error="")


def json_line(row: Row) -> str:
    """The row as one line of JSON."""
    told = {
        "document": shown(row.key),
        "path": shown(row.path),
        "status": row.status.value,
        "error_class": row.error_class or None,
        "error": row.error or None,
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
        "made_by": None if row.making is None else row.making.model_dump(),
        "finished": row.finished or None,
    }
    return json.dumps(told, ensure_ascii=False)


def write_json_lines(rows: Iterable[Row], path: Path) -> None:
    """The rows as JSON Lines, whole or not at all. Raises `OutputError`."""
    with whole(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as handle:
        for row in rows:
            handle.write(json_line(row) + "\n")
