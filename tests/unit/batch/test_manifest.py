"""The manifest: what it keeps when a disk is full, and that nothing in a database is believed."""

import os
import signal
import sqlite3
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from avskrift.batch.build_info import BuildInfo
from avskrift.batch.manifest import Manifest, is_output_folder, manifest_path
from avskrift.batch.records import all_rows, finished_documents
from avskrift.batch.reporting import archive_report
from avskrift.batch.rows import Row, Status
from avskrift.errors import OutputError

MAKING = BuildInfo(program="1", engine="e", reading="r", model="m", correcting="c", parsing="p", settings="s")
ROW = Row(b"a.pdf", b"/in/a.pdf", Status.DONE, size=3, sha256="ab", build=MAKING, json_bytes=9, trace="inside")


def made(path: Path, *rows: Row) -> Path:
    with Manifest(path) as manifest:
        for row in rows or (ROW,):
            manifest.put(row)
    return path


def test_a_commit_that_fails_forgets_nothing(tmp_path: Path) -> None:
    path = tmp_path / "manifest.sqlite"
    with Manifest(path) as manifest:
        manifest._db.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON documents BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
        manifest.put(ROW)
        with pytest.raises(OutputError, match="disk is full"):
            manifest.commit()
        manifest._db.execute("DROP TRIGGER full")
    with Manifest(path) as manifest:
        assert manifest.row(b"a.pdf") == ROW


def old(path: Path) -> Path:
    """A manifest as version 1 wrote it."""
    made(path)
    with sqlite3.connect(path) as db:
        db.executescript("DROP INDEX documents_path; ALTER TABLE documents DROP COLUMN trace; PRAGMA user_version = 1;")
    return path


def test_a_manifest_of_an_older_version_is_read_and_brought_up_to_date(tmp_path: Path) -> None:
    path = old(tmp_path / "manifest.sqlite")
    before = path.read_bytes()
    with Manifest(path, read_only=True) as manifest:
        assert list(manifest.rows()) == manifest.rows_of_path(b"/in/a.pdf") == [replace(ROW, trace="")]
    assert path.read_bytes() == before
    for _ in range(2):
        with Manifest(path) as manifest:
            assert manifest.row(b"a.pdf") == replace(ROW, trace="")
    with Manifest(path) as manifest:
        manifest.put(ROW)
    with Manifest(path, read_only=True) as manifest:
        assert list(manifest.rows()) == [ROW]


def altered(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path) as db:
        db.execute(statement, values)


REFUSED = {
    "newer": "PRAGMA user_version = 99",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON documents BEGIN DELETE FROM documents; END",
    "a view": "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n",
    "another column": "ALTER TABLE documents ADD COLUMN more TEXT",
    "no makings": "DROP TABLE makings",
    "no documents": "DROP TABLE documents",
}


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_a_database_that_no_batch_wrote_is_refused(tmp_path: Path, statement: str, *, read_only: bool) -> None:
    path = made(tmp_path / "manifest.sqlite")
    altered(path, statement)
    before = path.read_bytes()
    with pytest.raises(OutputError, match="newer version" if "99" in statement else "no manifest of a batch"):
        Manifest(path, read_only=read_only)
    assert path.read_bytes() == before


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, *, read_only: bool) -> None:
    path = tmp_path / "manifest.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(OutputError, match="cannot be opened"):
        Manifest(path, read_only=read_only)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(OutputError, match="no regular file"):
        Manifest(path, read_only=read_only)
    path.unlink()
    path.mkdir()
    with pytest.raises(OutputError, match="no regular file"):
        Manifest(path, read_only=read_only)
    assert not is_output_folder(tmp_path)


DAMAGED: dict[str, tuple[str, object]] = {
    "an unknown state": ("status", "excellent"),
    "a key that climbs": ("key", b"../../etc/passwd"),
    "an absolute key": ("key", b"/etc/passwd"),
    "a key with NUL": ("key", b"a\0b"),
    "an empty key": ("key", b""),
    "a key that is text": ("key", "text.pdf"),
    "a key that is a number": ("key", 7),
    "a path that is a number": ("path", 7),
    "an empty path": ("path", b""),
    "a size that is text": ("size", "large"),
    "a size below nothing": ("size", -1),
    "pages that are a blob": ("pages", b"\0\0"),
    "a confidence beyond numbers": ("confidence", float("inf")),
    "a digest that is no text": ("sha256", b"ab"),
    "copies of what climbs": ("same_as", b"../a"),
}


@pytest.mark.parametrize(("column", "value"), DAMAGED.values(), ids=DAMAGED)
def test_a_row_that_no_batch_writes_is_left_out_and_told_of(tmp_path: Path, column: str, value: object) -> None:
    path = made(manifest_path(tmp_path), ROW, replace(ROW, key=b"b.pdf", path=b"/in/b.pdf"))
    altered(path, f"UPDATE documents SET {column} = ? WHERE key = ?", value, b"a.pdf")
    told: list[str] = []
    assert [row.key for row in all_rows(tmp_path, told.append)] == [b"b.pdf"]
    assert "1 rows are damaged" in told[0]
    assert list(finished_documents(tmp_path)) == [] and archive_report(tmp_path).counts == {"done": 1}
    with Manifest(path) as manifest:
        assert manifest.row(b"a.pdf") is None
        manifest.put(ROW)
        manifest.commit()
        assert manifest.row(b"a.pdf") == ROW


def test_values_that_are_too_large_or_no_text_do_no_harm(tmp_path: Path) -> None:
    path = made(manifest_path(tmp_path))
    altered(path, "UPDATE documents SET error = CAST(X'C3FF' AS TEXT)")
    assert "\ufffd" in next(all_rows(tmp_path)).error
    altered(path, "UPDATE makings SET parts = 'nonsense'")
    assert next(all_rows(tmp_path)).build is None
    altered(path, "UPDATE documents SET trace = zeroblob(50000000)")
    with pytest.raises(OutputError, match="too big"):
        list(all_rows(tmp_path))
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(OutputError, match="manifest cannot be"):
        list(all_rows(tmp_path))


def killed_within_a_commit(path: Path) -> Path:
    """A manifest with the journal that a writer leaves that is killed while it writes."""
    made(path, *(replace(ROW, key=b"%d.pdf" % n) for n in range(500)))
    writer = os.fork()
    if writer == 0:
        db = sqlite3.connect(path)
        db.executescript("PRAGMA cache_size = 2; BEGIN; UPDATE documents SET error = hex(randomblob(500));")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(writer, 0)
    journal = path.with_name(path.name + "-journal")
    assert journal.stat().st_size
    return journal


def test_what_reads_goes_on_from_a_writer_that_was_killed(tmp_path: Path) -> None:
    path = manifest_path(tmp_path)
    killed_within_a_commit(path)
    with Manifest(path, read_only=True) as manifest:
        assert {row.error for row in manifest.rows()} == {""}


@pytest.mark.parametrize("read_only", [True, False])
def test_a_journal_that_names_another_file_is_refused(tmp_path: Path, read_only: bool) -> None:
    path, other = manifest_path(tmp_path), tmp_path / "thesis.txt"
    other.write_text("of years", encoding="utf-8")
    name = os.fsencode(other)
    with killed_within_a_commit(path).open("ab") as journal:
        journal.write(struct.pack(">I", (1 << 30) // 4096 + 1) + name + struct.pack(">II", len(name), sum(name)))
        journal.write(bytes.fromhex("d9d505f920a163d7"))
    with pytest.raises(OutputError, match="names another file"), Manifest(path, read_only=read_only):
        pass
    assert other.read_text(encoding="utf-8") == "of years"


def test_missing_files_are_found_while_rows_are_put(tmp_path: Path) -> None:
    there = tmp_path / "a.pdf"
    there.touch()
    rows = [replace(ROW, key=b"%04d.pdf" % n, path=b"/no/%d" % n) for n in range(1200)]
    with Manifest(manifest_path(tmp_path)) as manifest:
        for row in (*rows, replace(ROW, path=os.fsencode(there))):
            manifest.put(row)
        found = []
        for row in manifest.missing_files():
            found.append(row.key)
            manifest.put(replace(row, status=Status.GONE))
        assert found == [row.key for row in rows]
        assert list(manifest.missing_files()) == []
