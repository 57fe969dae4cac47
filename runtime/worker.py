"""Work done in a worker process that the operating system holds, and that ends with us whatever happens.

The worker is limited in memory and in what it writes; this process only waits, so that signals and limits of time are
heard at once. What the worker has to tell comes through a pipe as lines of JSON: nothing of it is ever run here.
"""

import contextlib
import faulthandler
import json
import logging
import math
import os
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TextIO

from avskrift import errors
from avskrift.errors import AvskriftError, BrokenInputError, InputError, LimitExceededError, OutputError
from avskrift.runtime import temporary_folder
from avskrift.runtime.failures import is_disk_full, is_out_of_memory
from avskrift.runtime.input_files import open_regular
from avskrift.runtime.limits import become_worker
from avskrift.runtime.parent_death import end_with_parent
from avskrift.runtime.signals import STOPPING, signals_blocked
from avskrift.runtime.system import memory_used, processor_seconds

_MOST_BYTES = 1 << 30
"""Bytes of what a worker sends back; more is no result of a document."""
_BLOCK = 1 << 20
_OUTPUT = "output"
"""What native code in the worker wrote to standard output and standard error, in the run's folder."""
_MOST_OUTPUT = 20_000
_MOMENT = 0.2
_LOOK = 0.5
"""Seconds between two looks at what a page costs."""
_WANT_OF_MEMORY = (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL, signal.SIGBUS, signal.SIGKILL)
"""How libraries in C++ end a process that gets no memory, and how the system does."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may cost: `seconds` in all, and `memory` in bytes for each process. While pages are read, not one
    of them begun or ended: `page_seconds`, and `page_work` seconds of a processor in the worker itself, without what
    it starts."""

    seconds: float
    page_seconds: float
    memory: int
    page_work: float = math.inf


class InternalError(Exception):
    """An error of the program itself in a worker; `where` is its traceback."""

    def __init__(self, kind: str, message: str, where: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.where = where


class Report:
    """What a worker reports while it works. All names are shown to people as they are given."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def document(self, name: str) -> None:
        """A document is begun; its time is counted from here."""
        self._send("document", name)

    def pages(self, done: int, known: int) -> None:
        """So many pages are done, of so many known so far."""
        self._send("pages", done, known)

    def read(self) -> None:
        """All pages of the document are read."""
        self._send("read")

    def line(self, text: str) -> None:
        """Something that people should know."""
        self._send("line", text)

    def _send(self, *message: Any) -> None:
        left = memoryview(json.dumps(message).encode("ascii") + b"\n")
        while left:
            left = left[os.write(self._handle, left) :]


def run_in_worker(
    work: Callable[[Report], Any],
    name: str,
    limits: Limits,
    *,
    pages: Callable[[int, int], None] = lambda done, known: None,
    line: Callable[[str], None] = lambda text: None,
    log: TextIO | None = None,
) -> Any:
    """What `work` returns (of what JSON has), done in a worker process; `name` is that of its first document, `limits`
    what each may cost. `pages` is called with the pages done and known, `line` with what people should know.

    Raises what `work` raises of our own errors, `LimitExceededError` when it took more than `limits`,
    `BrokenInputError` when the worker crashed, `InternalError` for anything else. `log` is a handle of a file or a pipe
    and gets what went wrong within.
    """
    folder = temporary_folder.create()
    worker = 0
    try:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                stream.flush()
        reading, writing = os.pipe()
        with signals_blocked():
            run = os.getpid()
            try:
                worker = os.fork()
            except OSError as error:
                raise LimitExceededError(f"no process can be started: {error.strerror or error}") from None
            if worker == 0:
                os.close(reading)
                _work(work, Report(writing), folder, limits, run, log)
            with contextlib.suppress(OSError):
                os.setpgid(worker, worker)  # as the worker does; whoever is first
            os.close(writing)
        try:
            return _Supervisor(worker, reading, name, limits, pages, line).outcome()
        except AvskriftError as error:
            _log_end(log, str(error), folder / _OUTPUT)
            raise
        finally:
            os.close(reading)
    finally:
        with signals_blocked():
            if worker:
                _end(worker)
            temporary_folder.remove(folder)


def _end(worker: int) -> None:
    """Ends the worker's group. Its number stays its own until it is waited for."""
    with contextlib.suppress(OSError):
        os.killpg(worker, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.kill(worker, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(worker, 0)


def _work(
    work: Callable[[Report], Any], report: Report, folder: Path, limits: Limits, run: int, log: TextIO | None
) -> NoReturn:
    """The life of a worker."""
    try:
        end_with_parent()
        if os.getppid() != run:  # it was gone before
            os._exit(1)
        become_worker(str(folder), limits.memory, run, str(folder / _OUTPUT))
        faulthandler.enable(2)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
        if log is not None:
            _log_to(log)
        report._send("done", work(report))
    except AvskriftError as error:
        logging.getLogger("avskrift").info("the work on this document failed", exc_info=True)
        report._send("failed", type(error).__name__, str(error))
    except BaseException as error:
        logging.getLogger("avskrift").exception("the work on this document failed")
        # Some libraries do not say at all that they got no memory: any error is taken for that when little is left.
        if is_out_of_memory(error) or memory_used() > limits.memory - limits.memory // 4:
            report._send("memory")
        elif isinstance(error, OSError) and is_disk_full(error):
            text = f"{error.filename or tempfile.gettempdir()} cannot be written: {error.strerror}"
            report._send("failed", OutputError.__name__, text)
        else:
            report._send("crashed", type(error).__name__, str(error), traceback.format_exc())
    finally:
        os._exit(0)


def _log_to(log: TextIO) -> None:
    handler = logging.StreamHandler(log)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    ours = logging.getLogger("avskrift")
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)


def _log_end(log: TextIO | None, reason: str, output: Path) -> None:
    """Adds to the log why the work ended, and what native code wrote."""
    if log is None:
        return
    wrote = b""
    with contextlib.suppress(OSError, InputError), open_regular(output, sys.maxsize) as file:
        wrote = file.read(_MOST_OUTPUT)
    with contextlib.suppress(OSError):
        log.write(f"{reason}\n{wrote.decode('utf-8', 'replace')}")
        log.flush()


class _Supervisor:
    """Waits for what a worker reports, and for its limits of time."""

    def __init__(
        self,
        worker: int,
        reading: int,
        name: str,
        limits: Limits,
        pages: Callable[[int, int], None],
        line: Callable[[str], None],
    ) -> None:
        self._worker, self._reading, self._name, self._limits = worker, reading, name, limits
        self._show_pages, self._show_line = pages, line
        self._begun = self._moved = time.monotonic()
        self._is_reading, self._pages_done, self._worked = True, 0, 0.0

    def outcome(self) -> Any:
        """The worker's result. Raises as `run_in_worker`."""
        waiting = bytearray()
        looked = 0
        while True:
            if select.select([self._reading], [], [], self._seconds_left())[0]:
                block = os.read(self._reading, _BLOCK)
                if not block:
                    self._died()
                waiting += block
                while (end := waiting.find(b"\n", looked)) >= 0:
                    message = json.loads(waiting[:end])
                    del waiting[: end + 1]
                    looked = 0
                    if message[0] == "done":
                        return message[1]
                    self._hear(*message)
                looked = len(waiting)
                if looked > _MOST_BYTES:
                    raise LimitExceededError(f"{self._name}: its result has more than {_MOST_BYTES >> 20:,} MiB")
            self._check_time()

    def _hear(self, what: str, *message: Any) -> None:
        now = time.monotonic()
        if what == "document":
            self._name, self._is_reading, self._pages_done = message[0], True, 0
            self._begun = self._moved = now
            self._worked = processor_seconds(self._worker)
        elif what == "pages":
            self._moved, self._pages_done = now, message[0]
            self._worked = processor_seconds(self._worker)
            self._show_pages(*message)
        elif what == "read":
            self._is_reading = False
        elif what == "line":
            self._show_line(message[0])
        elif what == "failed":
            kind = getattr(errors, message[0], AvskriftError)
            raise kind(message[1])
        elif what == "memory":
            raise LimitExceededError(f"{self._name}: it needs more than the {self._allowed}")
        else:
            raise InternalError(*message)

    @property
    def _allowed(self) -> str:
        return f"{self._limits.memory >> 20:,} MiB of memory that --memory allows"

    def _seconds_left(self) -> float:
        left = self._begun + self._limits.seconds - time.monotonic()
        return max(0.0, min(left, _LOOK) if self._is_reading else left)

    def _check_time(self) -> None:
        now = time.monotonic()
        if now - self._begun >= self._limits.seconds:
            text = f"it took longer than the {self._limits.seconds:,.0f} seconds that --timeout allows"
            raise LimitExceededError(f"{self._name}: {text}")
        if not self._is_reading:
            return
        for spent, most, kind in (
            (now - self._moved, self._limits.page_seconds, "seconds"),
            (processor_seconds(self._worker) - self._worked, self._limits.page_work, "seconds of work"),
        ):
            if spent >= most:
                text = f"one page took more than {most:,.0f} {kind}; --page-timeout allows more"
                raise LimitExceededError(f"{self._name}: {text} ({self._pages_done} pages were done)")

    def _died(self) -> NoReturn:
        """Says why the worker ended without a word."""
        ended = os.waitid(os.P_PID, self._worker, os.WEXITED | os.WNOWAIT)
        if ended is None or ended.si_code == os.CLD_EXITED:
            raise BrokenInputError(f"{self._name}: it is damaged; reading it ended the worker")
        number = ended.si_status
        try:
            called = signal.Signals(number).name
        except ValueError:
            called = f"signal {number}"
        if number == signal.SIGKILL:
            time.sleep(_MOMENT)  # whoever stops us may have killed the worker first: then a signal ends this
            text = f"its worker was killed ({called}), perhaps for want of memory: --memory bounds what it takes"
            raise LimitExceededError(f"{self._name}: {text}, now {self._limits.memory >> 20:,} MiB")
        if number in _WANT_OF_MEMORY:
            text = f"it is damaged, or needs more than the {self._allowed} ({called})"
            raise LimitExceededError(f"{self._name}: {text}")
        raise BrokenInputError(f"{self._name}: it is damaged; reading it crashed ({called})")
