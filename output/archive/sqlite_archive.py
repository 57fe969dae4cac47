"""Finished records in SQLite: the tables, and full-text search over the corrected text, page by page.

Search folds å ä ö to a and o (SQLite's FTS5, `unicode61 remove_diacritics 2`), so that a search without them finds, and
so does one with them. The database opens as it is in Datasette.
"""

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from avskrift.errors import OutputError, UsageError
from avskrift.models.finished import FinishedDocument
from avskrift.output.archive.sqlite_journals import check_journal
from avskrift.output.archive.tables import TABLES, key_of, rows_of
from avskrift.output.atomic_write import atomic_write, head_of, place_of

_TYPES = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER"}
_PARENTS = {"members": ("groups", "group_number"), "activities": ("focus_areas", "area_number")}
_TEXT = """
CREATE TABLE IF NOT EXISTS pages (
    id INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (document) ON DELETE CASCADE,
    page INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS pages_document ON pages (document);
CREATE VIRTUAL TABLE IF NOT EXISTS pages_fts USING fts5 (
    text, content='pages', content_rowid='id', tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER IF NOT EXISTS pages_in AFTER INSERT ON pages BEGIN
    INSERT INTO pages_fts (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER IF NOT EXISTS pages_out AFTER DELETE ON pages BEGIN
    INSERT INTO pages_fts (pages_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TABLE IF NOT EXISTS indexed (document TEXT PRIMARY KEY, state TEXT NOT NULL);
"""
_BEGIN, _END = "\x02", "\x03"
_OURS = int.from_bytes(b"avsk", "big")
"""SQLite's `application_id`: whose a database is."""
_HEADER = b"SQLite format 3\0"
_OWN_TABLES = {"documents", "pages", "indexed", "corrections"}
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _schema() -> Iterator[str]:
    for table, columns in TABLES.items():
        parts = [f"{column} {_TYPES[kind]}" for column, kind in columns.items()]
        parts.append(f"PRIMARY KEY ({', '.join(key_of(table))})")
        if table != "documents":
            parts.append("FOREIGN KEY (document) REFERENCES documents (document) ON DELETE CASCADE")
        if table in _PARENTS:
            parent, number = _PARENTS[table]
            parts.append(f"FOREIGN KEY (document, {number}) REFERENCES {parent} (document, number)")
        yield f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(parts)});"


_SCHEMA = "".join(_schema()) + _TEXT
_VERSION = zlib.crc32(_SCHEMA.encode()) & 0x7FFFFFFF
"""SQLite's `user_version`: which tables a database has."""


class BrokenArchiveError(OutputError):
    """The database is damaged, or was made by another version."""


class SqliteArchive:
    """An open archive. Raises `OutputError` where it cannot be opened or written, `BrokenArchiveError` where it is
    damaged. `scratch_of`: what the database is to become; until then it leaves no file beside it, and is lost when the
    program ends before it is closed.
    """

    def __init__(self, path: Path, *, scratch_of: Path | None = None) -> None:
        self._path = scratch_of or path
        with self._reported():
            self._db = sqlite3.connect(path)
        try:
            with self._reported():
                self._prepare(scratch=scratch_of is not None)
        except BaseException:
            self._db.close()
            raise

    def _prepare(self, *, scratch: bool) -> None:
        if scratch:
            self._db.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version != _VERSION and self._db.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            raise BrokenArchiveError(f"{self._path}: the database was made by another version")
        self._db.executescript(
            f"PRAGMA foreign_keys = ON; PRAGMA application_id = {_OURS}; PRAGMA user_version = {_VERSION};"
        )
        self._db.executescript(_SCHEMA)

    @contextlib.contextmanager
    def _reported(self) -> Iterator[None]:
        """Makes errors of SQLite those of ours."""
        try:
            yield
        except sqlite3.Error as error:
            broken = error.sqlite_errorcode & 0xFF in _DAMAGED if hasattr(error, "sqlite_errorcode") else False
            kind = BrokenArchiveError if broken else OutputError
            raise kind(f"{self._path}: the database cannot be used ({error})") from None

    def __enter__(self) -> "SqliteArchive":
        return self

    def __exit__(self, *what: object) -> None:
        with contextlib.closing(self._db), self._reported():
            self._db.commit()

    def state(self, name: str) -> str | None:
        """The state that `put` was given with a document; None for one that is not held."""
        with self._reported():
            found = self._db.execute("SELECT state FROM indexed WHERE document = ?", (name,)).fetchone()
            return None if found is None else str(found[0])

    def put(self, document: FinishedDocument, state: str = "") -> None:
        """Holds a document, in place of what was held of it."""
        with self._reported():
            self._delete(document.name)
            for table, row in rows_of(document):
                marks = ", ".join("?" * len(row))
                self._db.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(row.values()))
            pages = document.text.split("\f") if document.text else ()
            self._db.executemany(
                "INSERT INTO pages (document, page, text) VALUES (?, ?, ?)",
                [(document.name, number, text) for number, text in enumerate(pages, 1)],
            )
            self._db.execute("INSERT INTO indexed VALUES (?, ?)", (document.name, state))

    @contextlib.contextmanager
    def only_those_named(self) -> "Iterator[Callable[[str], None]]":
        """While it lasts, documents are named; then all others are forgotten. Names lie on disk, not in memory."""
        with self._reported():
            self._db.execute("CREATE TEMP TABLE named (document TEXT PRIMARY KEY) WITHOUT ROWID")

        def name(document: str) -> None:
            with self._reported():
                self._db.execute("INSERT OR IGNORE INTO named VALUES (?)", (document,))

        yield name
        with self._reported():
            others = "SELECT document FROM indexed WHERE document NOT IN named"
            for (document,) in self._db.execute(others).fetchall():
                self._delete(document)
            self._db.execute("DROP TABLE named")

    def _delete(self, name: str) -> None:
        self._db.execute("DELETE FROM pages WHERE document = ?", (name,))
        self._db.execute("DELETE FROM documents WHERE document = ?", (name,))
        self._db.execute("DELETE FROM indexed WHERE document = ?", (name,))

    def commit(self) -> None:
        """Writes what was put so far."""
        with self._reported():
            self._db.commit()

    def search(self, words: str, most: int) -> "Iterator[Hit]":
        """The lines where the words stand, best pages first. Each word finds what begins with it; words in quotation
        marks stand side by side. Raises `UsageError` for a search without words."""
        query = _query(words)
        if not query:
            raise UsageError("give at least one word to search for")
        statement = (
            "SELECT p.document, p.page, highlight(pages_fts, 0, ?, ?) "
            "FROM pages_fts JOIN pages p ON p.id = pages_fts.rowid "
            "WHERE pages_fts MATCH ? ORDER BY bm25(pages_fts), p.document, p.page LIMIT ?"
        )
        with self._reported():
            found = self._db.execute(statement, (_BEGIN, _END, query, most)).fetchall()
        for document, page, text in found:
            for number, line in enumerate(text.split("\n"), 1):
                if _BEGIN in line:
                    yield Hit(document, page, number, " ".join(line.replace(_BEGIN, "").replace(_END, "").split()))


@dataclass(frozen=True, slots=True)
class Hit:
    """A line in which a search found its words: `line` of the page's text, from 1, blank lines counted."""

    document: str
    page: int
    line: int
    text: str


def _query(words: str) -> str:
    """The words as FTS5 wants them: each quoted, so that no sign in them is taken for a command."""
    parts = []
    for place, part in enumerate(words.split('"')):
        if place % 2:
            parts.append(f'"{part}"' if part.strip() else "")
        else:
            parts.extend(_beginnings(part))
    return " ".join(filter(None, parts))


def _beginnings(text: str) -> Iterator[str]:
    """Each word of a text, as what words that are found begin with."""
    words = (word.rstrip("*") for word in text.split() if any(c.isalnum() for c in word))
    return (f'"{word}"*' for word in words)


def is_sqlite_archive(path: Path) -> bool:
    """Whether a file is an archive that was written here: its mark says so, or (before there was one) its tables."""
    head = head_of(path)
    if not head.startswith(_HEADER):
        return False
    mark = int.from_bytes(head[68:72], "big")
    if mark:
        return mark == _OURS
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return {name for (name,) in db.execute("SELECT name FROM sqlite_master")} >= _OWN_TABLES
    except sqlite3.Error:
        return False


def index_at(path: Path) -> SqliteArchive:
    """The archive at `path`, made anew where what stands there is damaged, of another version or no database.

    Raises `OutputError` where another program's database, a link or no file stands there: it is left alone.
    """
    if os.path.lexists(path):
        if path.is_symlink() or not path.is_file():
            raise OutputError(f"{path} is no file of ours; move it away")
        if head_of(path).startswith(_HEADER):
            if not is_sqlite_archive(path):
                raise OutputError(f"{path} is a database of another program; move it away")
        else:
            remove_index(path)
    try:
        check_journal(path)
        return SqliteArchive(path)
    except BrokenArchiveError:
        remove_index(path)
        return SqliteArchive(path)


def remove_index(path: Path) -> None:
    """Takes away a database of ours, with the files that SQLite has beside it. Raises `OutputError`."""
    for end in ("", "-journal", "-wal", "-shm"):
        try:
            path.with_name(path.name + end).unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{path} cannot be made anew: {error.strerror or error}") from None


def to_sqlite(documents: Iterable[FinishedDocument], path: Path) -> int:
    """A database of all documents, in place of what stood at `path`. The number of documents. Raises `OutputError`."""
    count = 0
    with atomic_write(place_of(path)) as temporary, SqliteArchive(temporary, scratch_of=path) as archive:
        for document in documents:
            count += 1
            archive.put(document)
    return count
