"""Commands that are told to stop, or killed: at once, in a line, with nobody left running and nothing left on disk."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SCAN = Path(__file__).parents[2] / "examples" / "klockviken-2023.pdf"
PROMPT = 30.0
"""Seconds that an end may take on a machine that is very busy; a page of the scan takes longer there."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def state(process: Path) -> list[str]:
    """The fields of a process after its name: state, parent, group (proc(5))."""
    return (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def processes_in(temporary: Path) -> list[int]:
    """Living processes that were started with a temporary folder at or below this one, or by one that was."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            told = (path / "environ").read_bytes()
            if b"TMPDIR=" + os.fsencode(temporary) in told and state(path)[0] != "Z":
                found.append(int(path.name))
        except OSError:
            continue
    return found


def engines_in(temporary: Path, engine: str, command: "subprocess.Popen[bytes]") -> list[int]:
    """The processes that read pages: what workers started of Tesseract, or the workers that have loaded networks."""
    found = []
    for process in processes_in(temporary / "avskrift-run-" if engine == "tesseract" else temporary):
        try:
            if engine == "tesseract":
                reads = Path(f"/proc/{process}/comm").read_text(encoding="utf-8").strip() == "tesseract"
            else:
                reads = "onnxruntime" in Path(f"/proc/{process}/maps").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if reads and process != command.pid:  # which may load the networks to see that they are whole
            found.append(process)
    return found


def eventually(true: Callable[[], object], seconds: float = 300.0) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def started(temporary: Path, *arguments: str | Path, ignoring: int | None = None) -> "subprocess.Popen[bytes]":
    def begin() -> None:
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        if ignoring is not None:
            signal.signal(ignoring, signal.SIG_IGN)

    return subprocess.Popen(
        [sys.executable, "-m", "avskrift", *map(str, arguments)],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        preexec_fn=begin,
    )


ENGINES = ("lstm", "tesseract")


@pytest.fixture(params=ENGINES)
def reading(temporary: Path, tmp_path: Path, request: pytest.FixtureRequest) -> "Iterator[subprocess.Popen[bytes]]":
    """A command in the midst of a page."""
    engine = request.param
    process = started(temporary, "parse", SCAN, "--engine", engine, "--no-cache", "-o", tmp_path / "record.json")
    try:
        assert eventually(lambda: engines_in(temporary, engine, process))
        yield process
    finally:
        process.kill()
        process.communicate()


def worker_of(process: "subprocess.Popen[bytes]") -> int:
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if int(state(path)[1]) == process.pid:
                return int(path.name)
        except OSError:
            continue
    raise AssertionError("there is no worker")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_stops_it_and_leaves_nothing(
    reading: "subprocess.Popen[bytes]", temporary: Path, tmp_path: Path, number: signal.Signals
) -> None:
    reading.send_signal(number)
    reading.send_signal(number)  # as timeout(1) does
    told = reading.communicate(timeout=PROMPT)
    assert reading.returncode == 128 + number
    assert told == (b"", b"avskrift: stopped\n")
    assert eventually(lambda: not processes_in(temporary), PROMPT)
    assert list(temporary.iterdir()) == [] and list(tmp_path.iterdir()) == [temporary]


@pytest.mark.parametrize("also_the_worker", [False, True])
def test_killed_its_engine_ends_and_the_next_run_sweeps(
    reading: "subprocess.Popen[bytes]", temporary: Path, tmp_path: Path, also_the_worker: bool
) -> None:
    for process in (*((worker_of(reading),) if also_the_worker else ()), reading.pid):
        os.kill(process, signal.SIGKILL)
    reading.wait()
    assert eventually(lambda: not processes_in(temporary), PROMPT)
    assert len(list(temporary.iterdir())) == 1
    text = tmp_path / "text.txt"
    text.write_text("Avtal mellan kommunen och polisen\n", encoding="utf-8")
    next_one = started(temporary, "correct", text)
    assert next_one.communicate(timeout=240)[1] == b"" and next_one.returncode == 0
    assert list(temporary.iterdir()) == []


def test_a_killed_worker_is_one_line(reading: "subprocess.Popen[bytes]", temporary: Path) -> None:
    os.kill(worker_of(reading), signal.SIGKILL)
    _, told = reading.communicate(timeout=PROMPT)
    assert reading.returncode == 1 and told.count(b"\n") == 1
    assert told.startswith(b"avskrift: klockviken-2023.pdf: ") and b"SIGKILL" in told
    assert eventually(lambda: not processes_in(temporary), PROMPT)
    assert list(temporary.iterdir()) == []


def hears(process: "subprocess.Popen[bytes]", number: int) -> bool:
    """Whether a process has a handler for a signal (proc(5), SigCgt)."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


@pytest.mark.parametrize(
    "command", [("parse", SCAN), ("export", "/", "--to", "csv"), ("doctor",), ("batch", "/", "-o")]
)
def test_a_signal_is_heard_before_anything_is_loaded(temporary: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    process = started(temporary, *command, *((tmp_path / "records",) if command[-1] == "-o" else ()))
    assert eventually(lambda: hears(process, signal.SIGTERM))
    process.send_signal(signal.SIGTERM)
    out, told = process.communicate(timeout=PROMPT)
    assert process.returncode == 128 + signal.SIGTERM and out == b""
    assert b"Traceback" not in told and told.count(b"\n") <= 1
    assert list(temporary.iterdir()) == []


def test_a_signal_that_is_to_be_ignored_is(temporary: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Avtal mellan kommunen och polisen\n", encoding="utf-8")
    process = started(temporary, "correct", text, ignoring=signal.SIGHUP)  # as nohup(1) does
    assert eventually(lambda: hears(process, signal.SIGTERM))
    process.send_signal(signal.SIGHUP)
    assert process.communicate(timeout=240)[1] == b"" and process.returncode == 0


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_batch_that_is_told_to_stop_says_how_it_goes_on(
    temporary: Path, tmp_path: Path, number: signal.Signals, engine: str
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "scan.pdf").symlink_to(SCAN)
    records = tmp_path / "records"
    process = started(temporary, "batch", tmp_path / "in", "-o", records, "--jobs", "1", "--engine", engine)
    assert eventually(lambda: engines_in(temporary, engine, process))
    process.send_signal(number)
    _, told = process.communicate(timeout=PROMPT)
    assert process.returncode == 128 + number
    assert b"goes on from here" in told and b"Traceback" not in told
    assert eventually(lambda: not processes_in(temporary), PROMPT)
    assert list(temporary.iterdir()) == []
