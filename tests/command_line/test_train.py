"""An archive teaches the reader, as a user does it: verified records, then documents that nobody looked at."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from verified_archive import NEW, areas_of, write_documents, write_records

PLAIN = ("--engine", "none", "--no-cache", "--no-corrections")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "avskrift", *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600, check=False, cwd="/")
    assert "Traceback" not in result.stderr and "internal error" not in result.stderr
    return result


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of documents, and one of verified records of most of them."""
    for name in ("scans", "verified"):
        (tmp_path / name).mkdir()
    write_records(tmp_path / "verified", write_documents(tmp_path / "scans"))
    return tmp_path


def train(archive: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    documents, output = archive / "scans", archive / "our.reader.json"
    return run("train", "--from", archive / "verified", "--documents", documents, "-o", output, *PLAIN, *arguments)


def test_the_whole_way(archive: Path) -> None:
    (archive / "verified" / "notes.json").write_text('{"no": "record"}', encoding="utf-8")
    result = train(archive)
    assert result.returncode == 0 and result.stdout == ""
    left_out, figures, written = result.stderr.splitlines()
    assert left_out.endswith("it is left out") and "notes.json" in left_out
    assert figures.startswith("avskrift: 6 documents, 108 values; documents left out: F1 0.")
    assert "our.reader.json is written" in written
    new, reader = archive / "scans" / f"avtal-{NEW[0]}.txt", archive / "our.reader.json"
    record = json.loads(run("parse", new, "--reader", reader, *PLAIN).stdout)
    assert [area["name"] for area in record["focus_areas"]] == areas_of(NEW[0])
    assert record["source"]["settings"]["parsing"]["reader"] == str(reader)


def test_a_reader_that_is_none_is_wrong_usage_before_anything_is_read(archive: Path) -> None:
    new, none = archive / "scans" / "avtal-0.txt", archive / "verified" / "avtal-0.json"
    for command in (("parse", new), ("compare", new, new)):
        result = run(*command, "--reader", none, "--engine", "none")
        assert result.returncode == 2 and result.stdout == ""
        assert result.stderr.endswith("avtal-0.json: this is no reader that avskrift train wrote\n")
