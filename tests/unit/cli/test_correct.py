"""`avskrift correct`: arguments into a call, results to their places."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from avskrift.cli.app import app
from avskrift.errors import UsageError

correct = sys.modules["avskrift.cli.correct"]


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, ["correct", *map(str, arguments)])


def test_text_and_findings_go_to_their_files(tmp_path: Path, worker_of: Callable[..., Any]) -> None:
    worker = worker_of(correct, text="För\n", report='{"line": 1}\n')
    source, output, findings = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.jsonl"
    source.write_text("For\n", encoding="utf-8")
    assert run(source, "-o", output, "--report", findings, "--timeout", "30").output == ""
    assert output.read_text(encoding="utf-8") == "För\n" and findings.read_text(encoding="utf-8") == '{"line": 1}\n'
    assert worker.limits.timeout == worker.limits.page_timeout == 30.0


def test_standard_input_to_standard_output(worker_of: Callable[..., Any]) -> None:
    worker_of(correct, text="För\n", report="")
    assert CliRunner().invoke(app, ["correct", "-"], input="For\n").output == "För\n"


def test_a_witness_is_not_written_over(tmp_path: Path, worker_of: Callable[..., Any]) -> None:
    worker_of(correct, text="")
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    result = run(tmp_path / "a.txt", "--witness", tmp_path / "b.txt", "-o", tmp_path / "b.txt")
    assert isinstance(result.exception, UsageError)
