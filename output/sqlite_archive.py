"""Finished records in SQLite: the tables, and full-text search over the corrected text, page by page.

Search folds å ä ö to a and o (SQLite's FTS5, `unicode61 remove_diacritics 2`), so that a search without them finds, and
so does one with them. The database opens as it is in Datasette.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from avskrift.errors import OutputError, UsageError
from avskrift.models.finished import FinishedDocument
from avskrift.output.tables import TABLES, key_of, rows_of
from avskrift.output.writing import whole

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


class SqliteArchive:
    """An open archive. Raises `OutputError` where it cannot be opened or written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._told():
            self._db = sqlite3.connect(path)
            self._db.executescript("PRAGMA foreign_keys = ON;" + "".join(_schema()) + _TEXT)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OutputError(f"{self._path}: the database cannot be used ({error})") from None

    def __enter__(self) -> "SqliteArchive":
        return self

    def __exit__(self, *what: object) -> None:
        with self._told():
            self._db.commit()
            self._db.close()

    def states(self) -> dict[str, str]:
        """What the archive holds of each document: the state that `put` was given."""
        with self._told():
            return dict(self._db.execute("SELECT document, state FROM indexed"))

    def put(self, document: FinishedDocument, state: str = "") -> None:
        """Holds a document, in place of what was held of it."""
        with self._told():
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

    def delete(self, name: str) -> None:
        """Forgets a document."""
        with self._told():
            self._delete(name)

    def _delete(self, name: str) -> None:
        self._db.execute("DELETE FROM pages WHERE document = ?", (name,))
        self._db.execute("DELETE FROM documents WHERE document = ?", (name,))
        self._db.execute("DELETE FROM indexed WHERE document = ?", (name,))

    def commit(self) -> None:
        """Writes what was put so far."""
        with self._told():
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
        with self._told():
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
            parts.extend(f'"{word.rstrip("*")}"*' for word in part.split() if any(c.isalnum() for c in word))
    return " ".join(p for p in parts if p)


def to_sqlite(documents: Iterable[FinishedDocument], path: Path) -> int:
    """A database of all documents, in place of what stood at `path`. The number of documents. Raises `OutputError`."""
    count = 0
    with whole(path) as temporary, SqliteArchive(temporary) as archive:
        for document in documents:
            count += 1
            archive.put(document)
    return count
