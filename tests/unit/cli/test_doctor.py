"""`avskrift doctor`: what it finds, and how it is mended."""

import sys

import pytest
from typer.testing import CliRunner

from avskrift.cli.app import app

doctor = sys.modules["avskrift.cli.doctor"]


def found() -> str:
    return "here"


def unfit() -> str:
    raise doctor._UnfitError("too small")


def broken() -> str:
    raise RuntimeError("no file")


def test_all_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_CHECKS", (("Memory", found, "buy more"),))
    result = CliRunner().invoke(app, ["doctor"])
    assert (result.exit_code, result.output) == (0, "ok      Memory: here\n")


def test_what_is_missing_is_told_with_one_remedy_each(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = (("Memory", unfit, "buy more"), ("Disk", broken, "buy more"), ("Python", found, ""))
    monkeypatch.setattr(doctor, "_CHECKS", checks)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "MISSING Memory: too small",
        "MISSING Disk: RuntimeError: no file",
        "ok      Python: here",
        "To mend it: buy more",
    ]
