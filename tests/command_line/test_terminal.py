"""At a terminal: names and text of documents are shown, and never steer it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ESCAPE = "\x1b]0;taken\x07"
TEXT = "Avtal mellan kommunen och polisen. \x1b]0;taken\x07\n"


def at_terminal(*command: str | Path) -> tuple[int, str]:
    """The exit status of a command at a terminal, and all that the terminal got."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, *map(str, command)], stdin=theirs, stdout=theirs, stderr=theirs, cwd="/", close_fds=True
    ) as process:
        os.close(theirs)
        shown = bytearray()
        try:
            while block := os.read(ours, 65536):
                shown += block
        except OSError:  # nobody has the terminal any more
            pass
        finally:
            os.close(ours)
        return process.wait(240), shown.decode()


def test_names_are_no_markup(tmp_path: Path) -> None:
    folder = tmp_path / "d["
    folder.mkdir()
    file = folder / "nope].txt"
    file.write_text(TEXT, encoding="utf-8")
    status, shown = at_terminal("-m", "avskrift", "correct", file)
    assert status == 0 and "Avtal mellan" in shown and ESCAPE not in shown


def test_names_and_text_do_not_steer_it(tmp_path: Path) -> None:
    file = tmp_path / f"{ESCAPE}x.txt"
    file.write_text(TEXT, encoding="utf-8")
    status, shown = at_terminal("-m", "avskrift", "parse", file, "--summary")
    assert status == 0 and "x.txt" in shown
    assert ESCAPE not in shown and "\x1b]" not in shown


def test_a_name_that_is_not_there(tmp_path: Path) -> None:
    status, shown = at_terminal("-m", "avskrift", "parse", tmp_path / f"[/bold]{ESCAPE}.pdf")
    assert status == 1 and "[/bold]" in shown and "no such file" in shown and "\x1b" not in shown


def test_bars_show_names_as_they_are() -> None:
    code = f"""
import avskrift.cli.progress as bars
bars._SLOW_SECONDS = 0.0
name = {"d[/nope][bold]" + ESCAPE!r}
with bars.busy(name):
    pass
with bars.page_progress(name) as progress:
    progress.pages(1, 3)
    progress.line(name)
    progress.pages(2, 3)
"""
    status, shown = at_terminal("-c", code)
    assert status == 0, shown
    assert shown.count("d[/nope][bold]") >= 3 and "\x1b]" not in shown


@pytest.mark.parametrize("command", ["schema >&-", "schema >/dev/full", "--help >/dev/full"])
def test_output_that_cannot_be_written_is_one_line(command: str) -> None:
    told = subprocess.run(
        ["sh", "-c", f'"$0" -m avskrift {command}', sys.executable], capture_output=True, check=False, cwd="/"
    )
    line = told.stderr.decode()
    assert told.returncode == 1 and line.startswith("avskrift: standard output ") and line.count("\n") == 1, line


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_change_no_result(closed: str, tmp_path: Path) -> None:
    file, output = tmp_path / "a.txt", tmp_path / "b.txt"
    file.write_text("Avtal mellan kommunen och polisen.\n", encoding="utf-8")
    command = f'"$0" -m avskrift correct "$1" -o "$2" {closed}'
    told = subprocess.run(["sh", "-c", command, sys.executable, file, output], capture_output=True, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (0, b"", b"")
    assert output.read_bytes() == file.read_bytes()
    command = f'"$0" -m avskrift correct /no/such/file {closed}'
    told = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, check=False)
    assert told.returncode == 1 and told.stdout == b""


def test_a_log_that_is_a_pipe_nobody_reads_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe, file = tmp_path / "pipe", tmp_path / "a.txt"
    os.mkfifo(pipe)
    file.write_text(TEXT, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "avskrift", "correct", file, "--log", pipe],
        capture_output=True,
        check=False,
        cwd="/",
        timeout=240,
    )
    assert told.returncode == 1 and told.stdout == b""
    assert told.stderr.decode() == f"avskrift: {pipe} cannot be written: nobody reads from the pipe\n"
