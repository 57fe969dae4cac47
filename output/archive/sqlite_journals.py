"""What SQLite does by itself when it opens a database that a killed writer left: only what is meant, and never more."""

import contextlib
import sqlite3
from pathlib import Path

from avskrift.errors import InputError, OutputError
from avskrift.runtime.input_files import open_regular

_NAMES_ANOTHER = bytes.fromhex("d9d505f920a163d7")
"""The end of a journal that names another file (SQLite's "super-journal", of writing to several databases at once):
SQLite would delete that file, whatever it is. None of ours names one."""
_MOST_BYTES = 1 << 40


def check_journal(path: Path) -> None:
    """Raises `OutputError` where the journal beside a database is none that was written here."""
    journal = path.with_name(path.name + "-journal")
    if not journal.exists():
        return
    try:
        with open_regular(journal, _MOST_BYTES) as handle:
            size = handle.seek(0, 2)
            handle.seek(max(0, size - len(_NAMES_ANOTHER)))
            end = handle.read()
    except (InputError, OSError) as error:
        raise OutputError(f"{journal} is no journal of ours; move it away ({error})") from None
    if end == _NAMES_ANOTHER:
        raise OutputError(f"{journal} is no journal of ours: it names another file; move it away")


def connected_to_read(path: Path) -> sqlite3.Connection:
    """The database at `path`, which nothing is written to; but what a killed writer left half done is taken back first.

    Raises `OutputError` as `check_journal`, and `sqlite3.Error`.
    """
    check_journal(path)
    address = path.absolute().as_uri()
    try:
        return _opened_to_read(address)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            raise
    with contextlib.closing(sqlite3.connect(f"{address}?mode=rw", uri=True)) as db:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return _opened_to_read(address)


def _opened_to_read(address: str) -> sqlite3.Connection:
    db = sqlite3.connect(f"{address}?mode=ro", uri=True)
    try:
        db.execute("PRAGMA user_version").fetchone()
    except BaseException:
        db.close()
        raise
    return db
