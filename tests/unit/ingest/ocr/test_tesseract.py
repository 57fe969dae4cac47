"""How Tesseract is started, and how it ends."""

import os
import signal

import pytest

from avskrift.errors import EngineFailedError, EngineMissingError
from avskrift.ingest.ocr import tesseract


@pytest.mark.parametrize(
    ("status", "output", "reason"),
    [
        (1, "Error opening\n  data file", "Error opening data file (status 1)"),
        (2, " \n", "it gave no reason (status 2)"),
        (-signal.SIGKILL, "", "it was ended by SIGKILL"),
        (-200, "", "it was ended by signal 200"),
        (1, "x" * 900, "x" * 200 + " (status 1)"),
    ],
)
def test_why_it_ended(status: int, output: str, reason: str) -> None:
    assert tesseract.exit_reason(status, output) == reason


def test_the_launcher_can_be_run_and_says_its_version() -> None:
    assert os.access(tesseract.command(), os.X_OK)
    assert tesseract.output_of("--version").startswith("tesseract ")


def test_what_it_does_not_know_fails() -> None:
    with pytest.raises(EngineFailedError, match="status 1"):
        tesseract.output_of("--no-such-option")


def test_a_machine_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    tesseract.command.cache_clear()
    with pytest.raises(EngineMissingError, match="apt-get install tesseract-ocr"):
        tesseract.command()
