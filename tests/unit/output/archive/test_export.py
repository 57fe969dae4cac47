"""Records of an archive in other forms."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from avskrift.models.agreement import Contact, Evidence
from avskrift.models.finished import FinishedDocument
from avskrift.output.archive.export import is_jsonl_export, to_csv, to_jsonl, to_markdown, to_parquet
from avskrift.output.archive.tables import TABLES, key_of, rows_of

Make = Callable[..., FinishedDocument]


def test_rows_have_the_columns_of_their_table_and_keys_of_their_own(document: Make) -> None:
    seen = set()
    for table, row in rows_of(document()):
        assert list(row) == list(TABLES[table])
        key = (table, *(row[column] for column in key_of(table)))
        assert None not in key and key not in seen
        seen.add(key)
    assert {key[0] for key in seen} == {"documents", "parties", "groups", "members", "remarks"}


def test_no_cell_begins_a_formula(tmp_path: Path, document: Make) -> None:
    contact = Contact(name="=HYPERLINK(A1)", phone="+46 8 123")
    to_csv([document(contacts=[contact])], tmp_path / "tables")
    with (tmp_path / "tables" / "contacts.csv").open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["name"], row["phone"]) == ("'=HYPERLINK(A1)", "+46 8 123")


def test_tables_for_a_spreadsheet_in_swedish(tmp_path: Path, document: Make) -> None:
    read = Evidence(page=1, line=2, bbox=None, text="Anna Berg", raw="Anna Berg", confidence=0.93)
    to_csv([document(contacts=[Contact(name="Anna Berg", evidence=read)])], tmp_path / "tables", delimiter=";")
    head, row = (tmp_path / "tables" / "contacts.csv").read_text(encoding="utf-8-sig").splitlines()
    values = dict(zip(head.split(";"), row.split(";"), strict=True))
    assert (values["name"], values["page"], values["confidence"]) == ("Anna Berg", "1", "0,93")


def test_one_line_of_json_for_each_document(tmp_path: Path, document: Make) -> None:
    path = tmp_path / "a.jsonl"
    assert to_jsonl([document("a\u2028.txt"), document("b.txt")], path) == 2
    first, second = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["document"] == "a\u2028.txt" and "\\u2028" in first
    assert json.loads(second)["record"]["source"]["file"] == "a.txt"
    assert is_jsonl_export(path)
    (tmp_path / "b.jsonl").write_text('{"document": 1}\n', encoding="utf-8")
    assert not is_jsonl_export(tmp_path / "b.jsonl")


def test_a_file_for_each_table(tmp_path: Path, document: Make) -> None:
    assert to_csv([document()], tmp_path / "t") == 1
    assert {path.stem for path in (tmp_path / "t").glob("*.csv")} == set(TABLES)


def test_tables_for_other_programs(tmp_path: Path, document: Make) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert to_parquet([document("a.txt"), document("b.txt")], tmp_path / "t") == 2
    rows = parquet.read_table(tmp_path / "t" / "parties.parquet").to_pylist()
    assert next((row["document"], row["name"]) for row in rows) == ("a.txt", "Vikbo kommun") and len(rows) == 4


def test_a_page_for_each_document_and_a_list_of_them(tmp_path: Path, document: Make) -> None:
    assert to_markdown([document("a_b.txt"), document("c.txt")], tmp_path / "m") == 2
    index = (tmp_path / "m" / "index.md").read_text(encoding="utf-8")
    assert "- [a\\_b.txt](000001.md): Samverkansöverenskommelse\n" in index
    assert (tmp_path / "m" / "000002.md").read_text(encoding="utf-8").startswith("# Samverkansöverenskommelse\n")
