"""The manifest: one row a document in SQLite, in the folder of the results, and the same as JSON Lines.

The database is the memory of the batch. Rows are written together about once a second; what a kill takes with it is
done again. A row that says a document is done gives the sizes of its files, so that one that is cut off shows.
Nothing in a database is believed: one that no batch wrote is refused, a row that no batch writes is left out.
"""

import contextlib
import os
import re
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from avskrift.batch.build_info import BuildInfo
from avskrift.batch.rows import Row, Status, checked_row, is_key, json_line
from avskrift.batch.sources import shown
from avskrift.errors import OutputError
from avskrift.output.archive.sqlite_journals import check_journal, connected_to_read
from avskrift.output.atomic_write import head_of, write_lines

_EVERY = 1.0
"""Seconds between commits at most."""
_MANY = 500
"""Rows that a commit holds at most."""
_VERSION = 2
_LONGEST = 1 << 20
"""Bytes of a value in the database; nothing that a batch writes is near it."""
_NAME = re.compile(r"manifest(?:-(\d+)-of-(\d+))?\.sqlite")

_LINE = re.compile(rb'\{"document": "(?:[^"\\]|\\.)*", "path": "(?:[^"\\]|\\.)*", "status": "[a-z]+", "error_class": ')
"""How a manifest as JSON Lines begins."""

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
    "trace TEXT NOT NULL DEFAULT ''",  # since version 2
)
_NAMES = tuple(column.split(" ")[0] for column in _COLUMNS)
_OLD_NAMES = _NAMES[:-1]
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS documents ({", ".join(_COLUMNS)});
CREATE INDEX IF NOT EXISTS documents_status ON documents (status);
CREATE INDEX IF NOT EXISTS documents_content ON documents (sha256);
CREATE INDEX IF NOT EXISTS documents_path ON documents (path);
CREATE TABLE IF NOT EXISTS makings (id INTEGER PRIMARY KEY, parts TEXT NOT NULL UNIQUE);
PRAGMA user_version = {_VERSION};
"""
_ADDED = "ALTER TABLE documents ADD COLUMN trace TEXT NOT NULL DEFAULT '';"
"""What version 2 added to version 1."""
_LEADERLESS = """
SELECT copy.key FROM documents copy LEFT JOIN documents first ON first.key = copy.same_as
WHERE copy.status = 'duplicate'
AND (first.key IS NULL OR first.status NOT IN ('done', 'partial', 'waiting') OR first.sha256 != copy.sha256)
AND copy.key > ? ORDER BY copy.key LIMIT ?
"""


def manifest_path(folder: Path, shard: tuple[int, int] | None = None) -> Path:
    """Where the manifest of an output folder stands; each shard has its own."""
    return folder / ("manifest.sqlite" if shard is None else f"manifest-{shard[0]}-of-{shard[1]}.sqlite")


def manifests_in(folder: Path) -> list[Path]:
    """The manifests of an output folder: one, or one for each shard."""
    try:
        names = os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []
    return sorted(folder / name for name in names if _NAME.fullmatch(name) and not os.path.isdir(folder / name))  # noqa: PTH112


def foreign_line_files(folder: Path) -> Iterator[Path]:
    """The files of an output folder that are named like a manifest as JSON Lines and are none that a batch wrote."""
    for path in sorted(folder.glob("manifest*.jsonl")):
        if _NAME.fullmatch(f"{path.stem}.sqlite") and (head := head_of(path)) and not _LINE.match(head):
            yield path


def written_manifests(folder: Path) -> list[Path]:
    """The manifests of an output folder that something was written to: a batch may have been killed before."""
    return [path for path in manifests_in(folder) if not (path.is_file() and path.stat().st_size == 0)]


def shard_of(manifest: Path) -> tuple[int, int] | None:
    """Which shard's manifest a file is by its name; None for that of a batch without shards."""
    found = _NAME.fullmatch(manifest.name)
    return (int(found[1]), int(found[2])) if found and found[1] else None


class Manifest:
    """An open manifest; `damaged` counts the rows that were left out. Every method raises `OutputError` where the
    database cannot be opened, read or written, or is none that a batch of this version can go on with."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.damaged = 0
        self._pending: dict[bytes, Row] = {}
        self._written = time.monotonic()
        self._build_numbers: dict[str, int] = {}
        self._known: dict[int, BuildInfo] = {}
        self._keys_of_paths: dict[bytes, list[bytes]] | None = None
        self._db = _opened(path, read_only=read_only)
        try:
            with self._output_errors("opened"):
                version = _checked(self._db, path, read_only=read_only)
                if not read_only:
                    added = _ADDED if version == 1 else ""
                    self._db.executescript(f"BEGIN IMMEDIATE; {added} {_SCHEMA} COMMIT;")
                    version = _VERSION
                self._names = _NAMES if version == _VERSION else _OLD_NAMES
                for number, parts in self._db.execute("SELECT id, parts FROM makings"):
                    with contextlib.suppress(ValidationError, TypeError):
                        self._known[number] = BuildInfo.model_validate_json(parts)
                        self._build_numbers[parts] = number
        except BaseException:
            self._db.close()
            raise

    @contextlib.contextmanager
    def _output_errors(self, what: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OverflowError) as error:
            raise OutputError(f"{self.path}: the manifest cannot be {what} ({error})") from None

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

    def _select(self, rest: str, *values: object) -> Iterator[Row]:
        with self._output_errors("read"):
            for found in self._db.execute(f"SELECT {', '.join(self._names)} FROM documents {rest}", values):
                if (row := self._row(found)) is not None:
                    yield row

    def _keys(self, query: str, *values: object) -> list[bytes]:
        with self._output_errors("read"):
            return [key for (key,) in self._db.execute(query, values) if is_key(key)]

    def row(self, key: bytes) -> Row | None:
        """What is known of a document."""
        if key in self._pending:
            return self._pending[key]
        return next(self._select("WHERE key = ?", key), None)

    def rows(self, *statuses: Status) -> Iterator[Row]:
        """The rows in the order of their keys: those in the given states, or all."""
        self.commit()
        marks = ", ".join("?" * len(statuses))
        where = f"WHERE status IN ({marks})" if statuses else ""
        yield from self._select(f"{where} ORDER BY key", *(s.value for s in statuses))

    def rows_of_path(self, path: bytes) -> list[Row]:
        """What is known of the document at a path."""
        pending = [row for row in self._pending.values() if row.path == path]
        if self._names == _NAMES:
            found = list(self._select("WHERE path = ? ORDER BY key", path))
        else:  # version 1 has no index of paths
            if self._keys_of_paths is None:
                self._keys_of_paths = {}
                for key, of in self.keys_and_paths():
                    self._keys_of_paths.setdefault(of, []).append(key)
            found = [row for key in self._keys_of_paths.get(path, ()) if (row := self.row(key)) is not None]
        return pending + [row for row in found if row.key not in self._pending]

    def rows_below(self, folder: bytes, most: int) -> list[tuple[bytes, int]]:
        """Some documents of a folder: their paths below it, and their sizes."""
        start = folder.rstrip(b"/") + b"/"
        rows = self._select("WHERE path >= ? AND path < ? AND size > 0 LIMIT ?", start, start[:-1] + b"0", most)
        return [(row.path[len(start) :], row.size) for row in rows]

    def keys_and_paths(self) -> Iterator[tuple[bytes, bytes]]:
        """The key and path of every document."""
        self.commit()
        with self._output_errors("read"):
            for key, path in self._db.execute("SELECT key, path FROM documents"):
                if is_key(key) and isinstance(path, bytes):
                    yield key, path

    def missing_files(self) -> Iterator[Row]:
        """The rows whose files are no longer there, but for those that say so. Rows may be put meanwhile."""
        for row in self._page_by_page(f"status != '{Status.GONE.value}'"):
            if is_missing(row.path):
                yield row

    def _page_by_page(self, where: str) -> Iterator[Row]:
        """Some rows in the order of their keys, a few hundred at a time: an archive never lies in memory."""
        last = b""
        while True:
            self.commit()
            with self._output_errors("read"):
                query = f"SELECT {', '.join(self._names)} FROM documents WHERE key > ? AND {where} ORDER BY key LIMIT ?"
                found = self._db.execute(query, (last, _MANY)).fetchall()
            if not found:
                return
            last = found[-1][0]
            yield from filter(None, map(self._row, found))

    def with_content(self, sha256: str) -> Iterator[Row]:
        """The documents of these bytes that were read."""
        read = (Status.DONE, Status.PARTIAL)
        yield from [row for row in self._pending.values() if row.sha256 == sha256 and row.status in read]
        for row in self._select("WHERE sha256 = ? AND status IN ('done', 'partial') ORDER BY key", sha256):
            if row.key not in self._pending:
                yield row

    def copies_without_first(self) -> Iterator[Row]:
        """The copies whose first document is gone, failed or of other bytes by now. Rows may be put meanwhile."""
        last = b""
        while True:
            self.commit()
            keys = self._keys(_LEADERLESS, last, _MANY)
            if not keys:
                return
            last = keys[-1]
            yield from filter(None, map(self.row, keys))

    def counts(self) -> dict[Status, int]:
        """How many documents are in each state."""
        self.commit()
        with self._output_errors("read"):
            values = dict(self._db.execute("SELECT status, count(*) FROM documents GROUP BY status").fetchall())
        return {status: int(values.get(status.value, 0)) for status in Status}

    def put(self, row: Row) -> None:
        """Keeps a row; it is on disk after the next commit."""
        self._pending[row.key] = row
        if len(self._pending) >= _MANY or time.monotonic() - self._written >= _EVERY:
            self.commit()

    def forget(self, keys: Iterable[bytes]) -> None:
        """Takes rows away, of files that nothing was made of."""
        self.commit()
        with self._output_errors("written"), self._db:
            self._db.executemany("DELETE FROM documents WHERE key = ?", [(key,) for key in keys])

    def commit(self) -> None:
        """Writes what is pending. Raises `OutputError`; what could not be written stays pending."""
        self._written = time.monotonic()
        if not self._pending:
            return
        marks = ", ".join("?" * len(_NAMES))
        known = dict(self._build_numbers)
        try:
            with self._output_errors("written"), self._db:
                self._db.executemany(
                    f"INSERT OR REPLACE INTO documents ({', '.join(_NAMES)}) VALUES ({marks})",
                    [self._values(row) for row in self._pending.values()],
                )
        except BaseException:
            self._build_numbers = known  # what was numbered in this transaction was taken back with it
            raise
        self._pending.clear()

    def _values(self, row: Row) -> tuple[object, ...]:
        values = {name: getattr(row, name) for name in _NAMES if name not in ("name", "making", "status")}
        values |= {"name": shown(row.key), "status": row.status.value, "making": self._number(row.build)}
        return tuple(values[name] for name in _NAMES)

    def _number(self, build: BuildInfo | None) -> int | None:
        if build is None:
            return None
        parts = build.model_dump_json()
        if parts not in self._build_numbers:
            self._db.execute("INSERT OR IGNORE INTO makings (parts) VALUES (?)", (parts,))
            number = self._db.execute("SELECT id FROM makings WHERE parts = ?", (parts,)).fetchone()[0]
            self._build_numbers[parts], self._known[number] = number, build
        return self._build_numbers[parts]

    def _row(self, found: tuple[object, ...]) -> Row | None:
        values = dict(zip(self._names, found, strict=True))
        values.pop("name")
        values.setdefault("trace", "")
        number = values.pop("making")
        values["build"] = self._known.get(number) if isinstance(number, int) else None
        row = checked_row(values)
        if row is None:
            self.damaged += 1
        return row


def is_missing(path: bytes) -> bool:
    """Whether there is surely no file at a path: a folder that cannot be entered hides what is in it."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # to open a pipe may never end
            raise OutputError(f"{path}: the manifest cannot be opened (it is no regular file)")
    except FileNotFoundError:
        if read_only:
            raise OutputError(f"{path}: there is no such manifest") from None
    except OSError as error:
        raise OutputError(f"{path}: the manifest cannot be opened ({error.strerror or error})") from None
    try:
        check_journal(path)
        db = connected_to_read(path) if read_only else sqlite3.connect(path)
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        db.text_factory = lambda text: text.decode("utf-8", "replace")
        db.execute("PRAGMA trusted_schema = OFF")
    except (sqlite3.Error, ValueError) as error:
        raise OutputError(f"{path}: the manifest cannot be opened ({error})") from None
    return db


def _checked(db: sqlite3.Connection, path: Path, *, read_only: bool) -> int:
    """The version of a manifest, 0 for a new database to write to. Raises `OutputError` for what no batch wrote."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    run_in_worker = set(db.execute("SELECT type, name FROM sqlite_master WHERE type != 'index'"))
    if not run_in_worker and version == 0 and not read_only:
        return 0
    if version > _VERSION and ("table", "documents") in run_in_worker:
        text = "it was written by a newer version of avskrift; use that version, or another output folder"
        raise OutputError(f"{path}: the manifest cannot be read: {text}")
    columns = tuple(row[1] for row in db.execute("PRAGMA table_info(documents)"))
    tables = {("table", "documents"), ("table", "makings")}
    if run_in_worker != tables or columns != {1: _OLD_NAMES, 2: _NAMES}.get(version):
        raise OutputError(f"{path}: this is no manifest of a batch")
    return version


def write_json_lines(rows: Iterable[Row], path: Path) -> None:
    """The rows as JSON Lines, by an atomic write. Raises `OutputError`."""
    write_lines(path, map(json_line, rows))


def is_output_folder(folder: Path) -> bool:
    """Whether a folder holds the results of a batch: a manifest that one wrote."""
    for path in manifests_in(folder):
        with contextlib.suppress(OutputError), Manifest(path, read_only=True):
            return True
    return False
