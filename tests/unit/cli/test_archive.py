"""`avskrift export`, `search` and `report`: what they refuse, and what they say."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from avskrift.cli.app import app
from avskrift.errors import UsageError


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_forms_of_export(tmp_path: Path) -> None:
    result = run("export", tmp_path, "--to", "docx")
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == "--to docx: there are jsonl, csv, parquet, sqlite, markdown"


@pytest.mark.parametrize("arguments", [("export", "--to", "csv"), ("search", "polisen"), ("report",)])
def test_a_folder_that_is_no_batch(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    result = run(arguments[0], tmp_path, *arguments[1:])
    assert isinstance(result.exception, UsageError)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
