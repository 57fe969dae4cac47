"""Work in a limited worker: what comes back, what it may cost, that nothing is left of it."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from avskrift.errors import BrokenInputError, EncryptedInputError, LimitExceededError, OutputError
from avskrift.runtime.worker import InternalError, Limits, Report, run_in_worker

LIMITS = Limits(seconds=120.0, page_seconds=120.0, memory=1 << 30)


@pytest.fixture(autouse=True)
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def result(work: Callable[[Report], Any], limits: Limits = LIMITS, **more: Any) -> Any:
    return run_in_worker(work, "avtal.pdf", limits, **more)


def test_what_work_returns_comes_back(top: Path) -> None:
    told: list[Any] = []

    def work(report: Report) -> Any:
        report.pages(1, 2)
        report.line("något \udce5")
        return {"text": "å" * 3_000_000, "processes": [os.getpid(), os.getppid()]}

    made = result(work, pages=lambda *pages: told.append(pages), line=told.append)
    assert made["text"] == "å" * 3_000_000 and made["processes"][0] != os.getpid() == made["processes"][1]
    assert told == [(1, 2), "något \udce5"]
    assert list(top.iterdir()) == []


def test_temporary_files_lie_in_the_runs_folder_and_go(top: Path) -> None:
    def work(report: Report) -> str:
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(b"a page")
        assert os.environ["TMPDIR"] == tempfile.gettempdir()
        return file.name

    left = Path(result(work))
    assert left.parents[2] == top and left.parents[1].name.startswith("avskrift-run-")
    assert list(top.iterdir()) == []


def test_our_errors_keep_their_class() -> None:
    def work(report: Report) -> NoReturn:
        raise EncryptedInputError("avtal.pdf: it is encrypted")

    with pytest.raises(EncryptedInputError, match=r"^avtal.pdf: it is encrypted$"):
        result(work)


def test_other_errors_come_with_where_they_arose(tmp_path: Path) -> None:
    def work(report: Report) -> NoReturn:
        raise KeyError("unforeseen")

    log = tmp_path / "run.log"
    with (
        pytest.raises(InternalError, match=r"KeyError: 'unforeseen'") as raised,
        log.open("a", encoding="utf-8") as lines,
    ):
        result(work, log=lines)
    assert Path(__file__).name in raised.value.where
    assert Path(__file__).name in log.read_text(encoding="utf-8")


def test_too_much_memory() -> None:
    with pytest.raises(LimitExceededError, match=r"^avtal.pdf: .* 512 MiB .*--memory"):
        result(lambda report: len(bytearray(1 << 30)), Limits(120.0, 120.0, 512 << 20))


def test_too_much_memory_for_what_the_worker_starts() -> None:
    def work(report: Report) -> int:
        grown = subprocess.run([sys.executable, "-c", "bytearray(1 << 30)"], stderr=subprocess.DEVNULL, check=False)
        return grown.returncode

    assert result(work, Limits(120.0, 120.0, 512 << 20)) != 0


def test_too_much_time() -> None:
    with pytest.raises(LimitExceededError, match=r"^avtal.pdf: .* 1 seconds .*--timeout"):
        result(lambda report: time.sleep(600), Limits(1.0, 120.0, 1 << 30))


def test_a_page_that_takes_too_long() -> None:
    def work(report: Report) -> None:
        report.pages(3, 4)
        time.sleep(600)

    with pytest.raises(LimitExceededError, match=r"^avtal.pdf: one page .*--page-timeout.*3 pages"):
        result(work, Limits(120.0, 1.0, 1 << 30))


def test_a_page_that_works_too_long() -> None:
    def work(report: Report) -> None:
        report.pages(1, 2)
        while True:
            pass

    with pytest.raises(LimitExceededError, match=r"^avtal.pdf: one page .* 1 seconds of work; --page-timeout"):
        result(work, Limits(120.0, 120.0, 1 << 30, page_work=1.0))


def test_time_is_that_of_each_document_and_pages_count_while_they_are_read() -> None:
    def work(report: Report) -> str:
        report.document("b.pdf")
        report.read()
        time.sleep(1.5)  # longer than a page may take, but no page is being read
        report.document("c.pdf")
        raise MemoryError

    with pytest.raises(LimitExceededError, match=r"^c.pdf: "):
        result(work, Limits(120.0, 1.0, 1 << 30))


@pytest.mark.parametrize(
    ("number", "error", "told"),
    [
        (signal.SIGSEGV, BrokenInputError, "crashed .SIGSEGV"),
        (signal.SIGABRT, LimitExceededError, "--memory.*SIGABRT"),
        (signal.SIGKILL, LimitExceededError, "killed .SIGKILL.*--memory"),
    ],
)
def test_a_worker_that_dies_is_one_line(
    top: Path, tmp_path: Path, number: signal.Signals, error: type[Exception], told: str
) -> None:
    log = tmp_path / "run.log"
    with pytest.raises(error, match=rf"^avtal.pdf: .*{told}"), log.open("a", encoding="utf-8") as lines:
        result(lambda report: os.kill(os.getpid(), number), log=lines)
    assert list(top.iterdir()) == []
    assert number == signal.SIGKILL or Path(__file__).name in log.read_text(encoding="utf-8")


def test_a_worker_that_ends_without_a_word() -> None:
    with pytest.raises(BrokenInputError, match=r"^avtal.pdf: .*ended the worker"):
        result(lambda report: os._exit(3))


def test_a_full_disk_is_one_line() -> None:
    def work(report: Report) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/page.pgm")

    with pytest.raises(OutputError, match=r"^/tmp/page.pgm cannot be written: No space left on device$"):
        result(work)


def test_what_a_worker_started_ends_with_it() -> None:
    def work(report: Report) -> int:
        return subprocess.Popen(["sleep", "600"]).pid

    started = result(work)
    end = time.monotonic() + 30
    while Path(f"/proc/{started}").exists() and time.monotonic() < end:
        state = Path(f"/proc/{started}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        if state == "Z":
            break
        time.sleep(0.01)
    else:
        assert not Path(f"/proc/{started}").exists()


def test_nothing_is_written_to_the_terminal_by_libraries(capfd: pytest.CaptureFixture[str]) -> None:
    def work(report: Report) -> int:
        os.write(1, b"noise")
        os.write(2, b"noise")
        print("noise", flush=True)
        return len(os.read(0, 1))

    assert result(work) == 0
    assert capfd.readouterr() == ("", "")


def test_core_files_and_endless_files_are_not_written() -> None:
    def work(report: Report) -> str:
        try:
            with tempfile.TemporaryFile() as file:
                file.truncate(5 << 30)
        except OSError as error:
            return type(error).__name__
        return "written"

    assert result(work) == "OSError"
