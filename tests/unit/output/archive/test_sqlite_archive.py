"""Records in SQLite, with a search over their texts."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from avskrift.errors import OutputError, UsageError
from avskrift.models.finished import FinishedDocument
from avskrift.output.archive.sqlite_archive import (
    BrokenArchiveError,
    SqliteArchive,
    index_at,
    is_sqlite_archive,
    remove_index,
    to_sqlite,
)

Make = Callable[..., FinishedDocument]


def test_an_archive_holds_the_last_state_of_a_document(tmp_path: Path, document: Make) -> None:
    with SqliteArchive(tmp_path / "a.sqlite") as archive:
        archive.put(document(), "one")
        archive.put(document(), "two")
        archive.put(document("b.txt"), "one")
        with archive.only_those_named() as named:
            named("a.txt")
        assert (archive.state("a.txt"), archive.state("b.txt")) == ("two", None)
        (hit,) = archive.search("lokalpolisomradeschefen", 10)
        assert (hit.document, hit.page, hit.line) == ("a.txt", 1, 6)
        assert list(archive.search('"kommundirektören och"', 10)) == [hit]
        assert list(archive.search("kommundirektören saknas", 10)) == []


def test_words_need_something_to_look_for(tmp_path: Path) -> None:
    with SqliteArchive(tmp_path / "a.sqlite") as archive, pytest.raises(UsageError, match="at least one word"):
        list(archive.search(" * ", 10))


def test_signs_of_the_search_language_are_plain_text(tmp_path: Path, document: Make) -> None:
    with SqliteArchive(tmp_path / "a.sqlite") as archive:
        archive.put(document())
        assert list(archive.search("kommun NOT polisen", 10)) == []
        assert [hit.line for hit in archive.search('styrgruppen* "två gånger', 10)] == [6]


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE thesis (text)")
    assert not is_sqlite_archive(path)
    with pytest.raises(OutputError, match="another program"):
        index_at(path)
    with pytest.raises(BrokenArchiveError, match="another version"):
        SqliteArchive(path)


def test_what_is_no_database_is_made_anew(tmp_path: Path, document: Make) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"rubbish")
    with index_at(path) as archive:
        archive.put(document(), "one")
    assert is_sqlite_archive(path)
    remove_index(path)
    assert not path.exists()


def test_an_export_takes_the_place_of_an_earlier_one(tmp_path: Path, document: Make) -> None:
    path = tmp_path / "a.sqlite"
    assert to_sqlite([document("a.txt"), document("b.txt")], path) == 2
    assert to_sqlite([document("c.txt")], path) == 1
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT document FROM documents").fetchall() == [("c.txt",)]
    assert [p.name for p in tmp_path.iterdir()] == ["a.sqlite"]
