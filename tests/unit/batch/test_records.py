"""Results that are taken up again, whatever stands in the folder: search, report and export survive."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from avskrift.batch.manifest import Manifest, manifest_path
from avskrift.batch.records import finished_documents, search_texts
from avskrift.batch.reporting import archive_report
from avskrift.batch.results import result_path, write_result
from avskrift.batch.rows import Row, Status
from avskrift.errors import AvskriftError, OutputError, UsageError
from avskrift.ingest.files import plain_text
from avskrift.models.document import Document
from avskrift.output.archive.report import html_of
from avskrift.output.own_names import SEARCH_INDEX
from avskrift.output.record.json_file import json_of
from avskrift.parsing import parse

TEXT = "Samverkansöverenskommelse\n\nVikbo kommun, nedan kallad Kommunen, har träffat följande överenskommelse.\n"


def put(folder: Path, *keys: bytes) -> None:
    record = json_of(parse(Document("a.txt", "0" * 64, plain_text.pages_of(TEXT), None))).encode()
    with Manifest(manifest_path(folder)) as manifest:
        for key in keys:
            write_result(result_path(folder, key, ".json"), record)
            write_result(result_path(folder, key, ".txt"), TEXT.encode())
            manifest.put(
                Row(key, b"/scans/" + key, Status.DONE, json_bytes=len(record), text_bytes=len(TEXT.encode()), pages=1)
            )


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir()
    put(folder, b"a.txt", b"b.txt")
    return folder


def changed(folder: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(manifest_path(folder)) as db:
        db.execute(statement, values)


def names(folder: Path) -> list[str]:
    return [hit.document for hit in search_texts(folder, "kommunen", 10)]


def test_a_folder_without_a_manifest_gets_no_index(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no manifest"):
        search_texts(tmp_path, "kommunen", 10)
    assert list(tmp_path.iterdir()) == []


def cut(index: Path) -> None:
    os.truncate(index, index.stat().st_size // 2)


BROKEN: dict[str, Callable[[Path], object]] = {
    "rubbish": lambda index: index.write_bytes(b"\0rubbish" * 1000),
    "empty": lambda index: index.write_bytes(b""),
    "cut": cut,
    "overwritten within": lambda index: index.write_bytes(index.read_bytes()[:4096] + b"\xff" * 150_000),
    "another version": lambda index: _executed(index, "PRAGMA user_version = 1; DROP TABLE contacts"),
}


def _executed(path: Path, script: str) -> None:
    db = sqlite3.connect(path)
    db.executescript(script)
    db.close()


@pytest.mark.parametrize("damage", BROKEN)
def test_an_index_that_is_broken_is_made_anew(records: Path, damage: str) -> None:
    assert names(records) == ["a.txt", "b.txt"]
    BROKEN[damage](records / SEARCH_INDEX)
    assert names(records) == names(records) == ["a.txt", "b.txt"]


def test_another_program_s_database_is_left_alone(records: Path) -> None:
    index = records / SEARCH_INDEX
    _executed(index, "CREATE TABLE precious (a); INSERT INTO precious VALUES (1)")
    before = index.read_bytes()
    with pytest.raises(OutputError, match="another program"):
        search_texts(records, "kommunen", 10)
    assert index.read_bytes() == before


def test_an_index_that_is_a_link_is_not_followed(records: Path, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("precious", encoding="utf-8")
    (records / SEARCH_INDEX).symlink_to(tmp_path / "precious.txt")
    with pytest.raises(OutputError, match="no file of ours"):
        search_texts(records, "kommunen", 10)
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "precious"


def test_a_result_that_is_a_pipe_is_left_out(records: Path) -> None:
    for name in ("a.txt.json", "b.txt.txt"):
        (records / name).unlink()
        os.mkfifo(records / name)
    assert list(finished_documents(records)) == [] and names(records) == []
    assert "2 documents" in html_of(archive_report(records))


@pytest.mark.parametrize("data", [b"[" * 100_000, b"{}", b'{"source": {"page_qualities": 7}, "document": 3}', b"\xff"])
def test_a_record_that_is_none_is_left_out(records: Path, data: bytes) -> None:
    (records / "a.txt.json").write_bytes(data)
    assert [d.name for d in finished_documents(records)] == ["b.txt"] and names(records) == ["b.txt"]
    assert "2 documents" in html_of(archive_report(records))


@pytest.mark.parametrize("key", [b"../secret.txt", b"x/../../secret.txt"])
def test_a_key_leads_out_of_the_folder(records: Path, tmp_path: Path, key: bytes) -> None:
    put(records, b"c.txt")
    for end in (".json", ".txt"):
        (tmp_path / f"secret.txt{end}").write_bytes((records / f"c.txt{end}").read_bytes())
    changed(records, "UPDATE documents SET key = ? WHERE key = ?", key, b"c.txt")
    assert [d.name for d in finished_documents(records)] == ["a.txt", "b.txt"] and names(records) == ["a.txt", "b.txt"]
    assert "secret.txt.json" not in html_of(archive_report(records))


HOSTILE = [
    ("status", "unheard of"),
    ("status", None),
    ("status", 7),
    ("key", "text"),
    ("pages", "many"),
    ("pages", 1.5),
    ("confidence", "high"),
    ("confidence", float("inf")),
    ("seconds", b"\0"),
    ("error", 3),
    ("same_as", "a"),
    ("quality", 7),
    ("finished", b"\xff"),
    ("making", "one"),
    ("making", 999),
    ("path", 12),
    ("path", b"\0\xff\n"),
]


def outcomes(folder: Path) -> Iterator[str]:
    for ask in (
        lambda: list(finished_documents(folder)),
        lambda: names(folder),
        lambda: html_of(archive_report(folder)),
    ):
        try:
            ask()
        except AvskriftError as error:
            yield str(error)
        else:
            yield ""


@pytest.mark.parametrize(("column", "value"), HOSTILE, ids=lambda v: repr(v))
def test_a_hostile_row_is_told_or_left_out(records: Path, column: str, value: object) -> None:
    _loosened(records)
    changed(records, f"UPDATE documents SET {column} = ? WHERE key = ?", value, b"a.txt")
    assert all("\n" not in told and len(told) < 400 for told in outcomes(records))


def _loosened(folder: Path) -> None:
    """The manifest without its own rules for columns."""
    with sqlite3.connect(manifest_path(folder)) as db:
        db.executescript(
            "CREATE TABLE d AS SELECT * FROM documents; DROP TABLE documents; ALTER TABLE d RENAME TO documents"
        )


@pytest.mark.parametrize("data", [b"rubbish" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_manifest_that_is_none(records: Path, data: bytes) -> None:
    manifest_path(records).write_bytes(data)
    assert all(told and "\n" not in told for told in outcomes(records))


def test_a_row_that_is_sane_is_sane_still(records: Path) -> None:
    with Manifest(manifest_path(records)) as manifest:
        (row, _) = manifest.rows()
        manifest.put(replace(row, confidence=1, seconds=0))
    assert list(outcomes(records)) == ["", "", ""]
