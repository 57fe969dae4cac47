"""What a document may cost a single command, and engines that go wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from odd_engine import engine, long_reading_in, picture_in


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "avskrift", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=240,
        check=False,
        cwd="/",
    )


def refusal(result: "subprocess.CompletedProcess[bytes]") -> str:
    """The one line of a command that refused."""
    told = result.stderr.decode()
    assert result.returncode == 1 and result.stdout == b"", told
    assert told.startswith("avskrift: ") and told.count("\n") == 1, told
    assert "internal error" not in told
    return told


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return picture_in(tmp_path)


def odd(folder: Path, lines: str) -> dict[str, str]:
    """An odd engine, and temporary files beside it."""
    return engine(folder, lines) | {"TMPDIR": str(folder)}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("kill -SEGV $$", "SIGSEGV"),
        ("exit 7", "status 7"),
        ("echo 'no picture' >&2; exit 1", "no picture"),
        ("printf '\\377\\376' > \"$2.tsv\"", "no table"),
        ('echo nonsense > "$2.tsv"', "no table"),
        ("echo nonsense", "no table"),
        ("yes", "longer than 1 seconds"),
        ("exec sleep 600", "longer than 1 seconds"),
    ],
)
def test_an_engine_that_goes_wrong_is_one_line(picture: Path, tmp_path: Path, lines: str, told: str) -> None:
    folder = tmp_path / "bin"
    command = ("parse", picture, "--engine", "tesseract", "--no-cache", "--page-timeout", "1")
    result = run(*command, env=odd(folder, lines))
    assert told in refusal(result)
    assert [path.name for path in folder.iterdir()] == ["tesseract"]


def test_a_document_that_takes_too_long(picture: Path, tmp_path: Path) -> None:
    slow = odd(tmp_path / "bin", "exec sleep 600")
    result = run("parse", picture, "--engine", "tesseract", "--no-cache", "--timeout", "3", env=slow)
    assert "bild.png" in (told := refusal(result)) and "3 seconds that --timeout allows" in told


@pytest.mark.parametrize("command", ["parse", "compare"])
def test_workers_and_engines_have_the_memory_that_was_said(picture: Path, tmp_path: Path, command: str) -> None:
    limited = odd(tmp_path / "bin", "echo memory $(ulimit -d) >&2; exit 1")
    log = tmp_path / "run.log"
    files = (picture,) if command == "parse" else (picture, picture)
    told = refusal(run(command, *files, "--engine", "tesseract", "--memory", "600", "--log", log, env=limited))
    assert f"memory {600 << 10} " in told
    assert f"memory {600 << 10} " in log.read_text(encoding="utf-8")


# The usual engine reads in the worker itself.


@pytest.fixture
def long_reading(tmp_path: Path) -> Path:
    return long_reading_in(tmp_path)


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read(long_reading: Path, tmp_path: Path) -> None:
    record, text = tmp_path / "a.json", tmp_path / "a.txt"
    result = run("parse", long_reading, "--no-cache", "--page-timeout", "3", "-o", record, "--text", text)
    assert result.returncode == 0, result.stderr
    told = "page 1 could not be read: the page was given up: it took longer than 3 seconds"
    assert told in result.stderr.decode() and told in json.dumps(json.loads(record.read_bytes()))
    assert text.read_text(encoding="utf-8").split() == ["Avtal"]


def test_a_document_whose_reading_takes_too_long(long_reading: Path) -> None:
    told = refusal(run("parse", long_reading, "--no-cache", "--timeout", "3"))
    assert "lang.tiff" in told and "3 seconds that --timeout allows" in told


@pytest.mark.parametrize("command", ["parse", "compare"])
def test_the_engine_has_the_memory_that_was_said(long_reading: Path, command: str) -> None:
    files = (long_reading,) if command == "parse" else (long_reading, long_reading)
    told = refusal(run(command, *files, "--memory", "400"))
    assert "lang.tiff" in told and "400 MiB of memory that --memory allows" in told
