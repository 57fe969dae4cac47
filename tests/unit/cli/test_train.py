"""`avskrift train`: arguments into a call, the file to its place."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from avskrift.cli.app import app
from avskrift.errors import UsageError

train = sys.modules["avskrift.cli.train"]
OURS = '{"schema_version": "1.0", "reader": "'


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "verified"
    (folder / "2031").mkdir(parents=True)
    for name in ("a.json", "2031/b.json", "c.txt", ".hidden.json"):
        (folder / name).write_text("{}", encoding="utf-8")
    return folder


def run(records: Path, output: Path, *arguments: str | Path) -> Any:
    command = ["train", "--from", records, "--documents", records.parent, "-o", output, *arguments]
    return CliRunner().invoke(app, list(map(str, command)))


def test_the_file_is_written_where_it_helps(records: Path, tmp_path: Path, worker_of: Callable[..., Any]) -> None:
    worker = worker_of(train, text="{}\n", figures="F1 0.5 before, 0.6 after", summary="a table", helps="yes")
    output = tmp_path / "our.reader.json"
    output.write_text(OURS, encoding="utf-8")  # an earlier one
    result = run(records, output, "--timeout", "70")
    assert (result.exit_code, output.read_text(encoding="utf-8")) == (0, "{}\n")
    assert worker.name == "2 records" and worker.limits.timeout == 70.0
    assert "F1 0.5 before" in result.stderr and result.stdout == ""  # a table for terminals only


def test_what_does_not_help_is_not_written(records: Path, tmp_path: Path, worker_of: Callable[..., Any]) -> None:
    worker_of(train, text="{}\n", figures="F1 0.5 before, 0.5 after", summary="", helps="")
    output = tmp_path / "our.reader.json"
    result = run(records, output)
    assert result.exit_code == 3 and not output.exists() and "it does not help" in result.stderr
    assert run(records, output, "--anyway").exit_code == 0 and output.exists()


@pytest.mark.parametrize(
    "held", ["something of the user's own", '{"schema_version": "1.0", "document": {}}', '{"name": "mine"}', "%PDF-1.7"]
)
def test_only_an_earlier_reader_is_replaced(
    records: Path, tmp_path: Path, worker_of: Callable[..., Any], held: str
) -> None:
    worker = worker_of(train)
    output = tmp_path / "other"
    output.write_text(held, encoding="utf-8")
    result = run(records, output)
    assert isinstance(result.exception, UsageError) and worker.limits is None
    assert output.read_text(encoding="utf-8") == held


def test_records_that_are_not_there(tmp_path: Path, worker_of: Callable[..., Any]) -> None:
    worker = worker_of(train)
    assert "no such file or folder" in str(run(tmp_path / "none", tmp_path / "new.json").exception)
    (tmp_path / "empty").mkdir()
    assert "there is no record" in str(run(tmp_path / "empty", tmp_path / "new.json").exception)
    assert worker.limits is None
