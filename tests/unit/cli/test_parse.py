"""`avskrift parse`: arguments into a call, results to their places."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from avskrift.cli.app import app
from avskrift.cli.worker import WorkLimits
from avskrift.errors import UsageError

parse = sys.modules["avskrift.cli.parse"]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "avtal.txt"
    path.write_text("Överenskommelse om samverkan i Lövnäs\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, ["parse", *map(str, arguments)])


def test_json_goes_to_standard_output(document: Path, worker_of: Callable[..., Any]) -> None:
    worker = worker_of(parse, json=["{}\n"], text=[], summary=[""], images=[])
    assert run(document).output == "{}\n"
    assert worker.name == "avtal.txt" and worker.log is None


def test_limits_are_handed_on(document: Path, worker_of: Callable[..., Any]) -> None:
    worker = worker_of(parse, json=["{}\n"], text=[], summary=[""], images=[])
    run(document, "--timeout", "70", "--page-timeout", "9", "--memory", "2048", "-j", "3")
    assert worker.limits == WorkLimits(70.0, 9.0, 2048, 3)


def test_files_are_written_and_the_summary_printed(
    document: Path, tmp_path: Path, worker_of: Callable[..., Any]
) -> None:
    worker_of(parse, json=["{}\n"], text=["Text"], summary=["Kort\n"], images=[])
    output, text = tmp_path / "a.json", tmp_path / "a.txt"
    result = run(document, "-o", output, "--text", text, "--summary")
    assert result.output == "Kort\n"
    assert output.read_text(encoding="utf-8") == "{}\n" and text.read_text(encoding="utf-8") == "Text"


def test_the_summary_alone(document: Path, worker_of: Callable[..., Any]) -> None:
    worker_of(parse, json=["{}\n"], text=[], summary=["Kort\n"], images=[])
    assert run(document, "--summary").output == "Kort\n"


def test_the_document_is_not_written_over(document: Path, worker_of: Callable[..., Any]) -> None:
    worker = worker_of(parse, json=["{}\n"])
    result = run(document, "-o", document)
    assert isinstance(result.exception, UsageError) and worker.limits is None


def test_rules_alone_read_with_no_reader(document: Path, tmp_path: Path, worker_of: Callable[..., Any]) -> None:
    worker = worker_of(parse, json="{}\n")
    result = run(document, "--rules-only", "--reader", tmp_path / "our.reader.json")
    assert isinstance(result.exception, UsageError) and worker.limits is None


def test_a_reader_is_not_written_over(document: Path, tmp_path: Path, worker_of: Callable[..., Any]) -> None:
    worker = worker_of(parse, json="{}\n")
    reader = tmp_path / "our.reader.json"
    reader.write_text('{"schema_version": "1.0", "document": {}}', encoding="utf-8")
    result = run(document, "--reader", reader, "-o", reader)
    assert isinstance(result.exception, UsageError) and worker.limits is None


def test_a_whole_document_without_an_engine(document: Path) -> None:
    """In a process of its own: a worker is forked, and tests that run side by side have threads."""
    command = [sys.executable, "-m", "avskrift", "parse", str(document), "--engine", "none", "--no-cache"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", cwd="/", timeout=240)
    assert result.returncode == 0 and "Lövnäs" in result.stdout
