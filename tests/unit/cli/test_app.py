"""Every command has help with an example and is documented; every way out has its exit status."""

import re
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from avskrift import __version__
from avskrift.cli import app as module
from avskrift.cli.app import COMMANDS, app, main
from avskrift.errors import InputError

ROOT = Path(__file__).parents[3]
NAMES = [command.__name__ for command, _ in COMMANDS]


def documentation() -> str:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize(("name", "example"), [(c.__name__, example) for c, example in COMMANDS], ids=NAMES)
def test_help_ends_with_an_example(name: str, example: str) -> None:
    result = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})
    assert result.exit_code == 0
    assert example.startswith(f"avskrift {name}") and f"Example: {example}" in result.output


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_is_documented(name: str) -> None:
    text = documentation()
    assert f"avskrift {name}" in text
    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    options = [[*p.opts, *p.secondary_opts] for p in command.params if p.param_type_name == "option"]
    missing = [names for names in options if not any(re.search(rf"(?<![\w-]){n}(?![\w-])", text) for n in names)]
    assert not missing


def test_the_version() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert result.output == f"avskrift {__version__}\n" and result.exit_code == 0


def ends_with(error: BaseException, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit status where a command fails with `error`."""

    def fails() -> None:
        raise error

    monkeypatch.setattr(sys, "argv", ["avskrift", *arguments])
    monkeypatch.setattr(module, "app", fails)
    monkeypatch.setattr(module, "stop_on_signals", lambda: None)
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0)


def test_errors_that_are_meant_end_with_their_status_and_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends_with(InputError("a.pdf: it is\nno document"), monkeypatch) == InputError.exit_status
    assert capsys.readouterr().err == "avskrift: a.pdf: it is no document\n"


def test_other_errors_are_internal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with(ValueError("x"), monkeypatch) == 1
    assert capsys.readouterr().err == "avskrift: internal error (ValueError: x); --debug shows where\n"
    assert ends_with(KeyboardInterrupt(), monkeypatch) == 130
    assert ends_with(SystemExit(2), monkeypatch) == 2
    with pytest.raises(ValueError, match="x"):
        ends_with(ValueError("x"), monkeypatch, "--debug")
