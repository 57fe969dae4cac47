"""What SQLite would do by itself with a journal that somebody put beside a database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from avskrift.errors import OutputError
from avskrift.output.archive.sqlite_journals import check_journal, connected_to_read


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (x)")
    return path


def test_a_database_is_opened_to_read(database: Path) -> None:
    with closing(connected_to_read(database)) as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("INSERT INTO t VALUES (1)")


def test_a_journal_that_names_another_file_is_refused(database: Path) -> None:
    journal = database.with_name("a.sqlite-journal")
    journal.write_bytes(b"x" * 100 + bytes.fromhex("d9d505f920a163d7"))
    with pytest.raises(OutputError, match="it names another file"):
        check_journal(database)
    with pytest.raises(OutputError, match="it names another file"):
        connected_to_read(database)


def test_a_folder_is_no_journal(database: Path) -> None:
    database.with_name("a.sqlite-journal").mkdir()
    with pytest.raises(OutputError, match="no journal of ours"):
        check_journal(database)
    check_journal(database.with_name("b.sqlite"))
