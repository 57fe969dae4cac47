"""Results on disk: where they stand, that they are complete, and whose they are."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from avskrift.batch.results import (
    prepare_output_folder,
    remove_temporary_files,
    result_path,
    results_stand,
    why_outside,
    write_result,
    write_results,
)
from avskrift.batch.rows import Row, Status
from avskrift.errors import BatchStoppedError, OutputError
from avskrift.output.temporary_names import temporary_name

KEYS = [
    b"a.pdf",
    b"a.pdf.json",
    b"x/a.pdf",
    b"x.json/a.pdf",
    b".pages/a.pdf",
    b"manifest.sqlite",
    b"a" * 300,
    b"a" * 301,
]


def test_no_two_keys_share_a_place() -> None:
    places = [result_path(Path("out"), key, suffix) for key in KEYS for suffix in (".json", ".txt")]
    assert len(set(places)) == len(places)
    assert all(len(part.encode()) <= 255 for place in places for part in place.parts)
    assert not any(place.parts[1] in (".pages", "manifest.sqlite") for place in places)


def test_results_stand_where_they_are_as_large_as_they_were(tmp_path: Path) -> None:
    row = Row(b"x/a.pdf", b"/in/a.pdf", Status.DONE, json_bytes=4, text_bytes=3)
    for suffix, data in ((".json", b"made"), (".txt", b"txt")):
        write_result(result_path(tmp_path, row.key, suffix), data)
    assert results_stand(row, tmp_path, text=True)
    assert not results_stand(replace(row, text_bytes=4), tmp_path, text=True)
    assert results_stand(replace(row, text_bytes=4), tmp_path, text=False)
    assert not results_stand(replace(row, status=Status.FAILED), tmp_path, text=False)
    result_path(tmp_path, row.key, ".json").unlink()
    assert not results_stand(row, tmp_path, text=False)


def test_links_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to(tmp_path.parent)
    assert "is a link" in why_outside(tmp_path, b"x/y/a.pdf") and why_outside(tmp_path, b"z/a.pdf") == ""
    (tmp_path / "a.pdf.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="is a link"):
        write_result(tmp_path / "a.pdf.json", b"{}")


def record(sha256: str, file: str = "a.pdf") -> bytes:
    return json.dumps({"source": {"sha256": sha256, "file": file}}).encode()


@pytest.mark.parametrize(
    ("there", "replaced"),
    [
        (record("ab", "b.pdf"), True),
        (record("cd", "a.pdf"), True),
        (record("cd", "b.pdf"), False),
        (b"", True),
        (b"mine", False),
    ],
)
def test_only_a_record_of_the_same_document_is_replaced(tmp_path: Path, there: bytes, replaced: bool) -> None:
    places = {".json": tmp_path / "a.pdf.json"}
    places[".json"].write_bytes(there)
    if replaced:
        write_results(places, {".json": record("ab")}, ())
        return
    with pytest.raises(OutputError, match="was not written by this batch"):
        write_results(places, {".json": record("ab")}, ())
    assert places[".json"].read_bytes() == there
    write_results(places, {".json": record("ab")}, {".json"})  # the manifest knows of it


def test_temporary_files_of_dead_runs_go(tmp_path: Path) -> None:
    kept = [tmp_path / "x" / "mine.part", tmp_path / temporary_name(".part")]  # the second is of this very process
    for path in kept:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    remove_temporary_files(tmp_path)
    assert all(path.exists() for path in kept)


def test_an_output_folder_is_made_or_refused(tmp_path: Path) -> None:
    prepare_output_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(BatchStoppedError, match="cannot be made"):
        prepare_output_folder(tmp_path / "file" / "b")
