"""What the machine really gives, processors and memory, and what a worker may use of it.

A worker leads a group of processes of its own, so that its engine ends with it, and ends when what began it is gone.
"""

import contextlib
import os
import resource
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

from avskrift.runtime.parent_death import end_with_parent
from avskrift.runtime.temporary_folder import is_running, start_time, worker_folder

USUAL_SECONDS = 1800.0
"""Seconds that one document may take."""
_USUAL_MEMORY = 1 << 30
LEAST_MEMORY = 1 << 30
"""Bytes that a worker gets at least."""
_LOOK = 0.5
"""Seconds between two looks whether the run still lasts."""
_LARGEST_FILE = 4 << 30
"""Bytes that a worker may write to one file: a runaway picture costs its document, not the disk."""


def processors() -> int:
    """The processors that this process may use: its affinity and the limits of its control groups."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for folder in _control_groups():
        with contextlib.suppress(OSError, ValueError):
            quota, period = (folder / "cpu.max").read_text().split()
            if quota != "max":
                count = min(count, max(1, int(quota) // int(period)))
        with contextlib.suppress(OSError, ValueError):
            old_quota = int((folder / "cpu.cfs_quota_us").read_text())
            if old_quota > 0:
                count = min(count, max(1, old_quota // int((folder / "cpu.cfs_period_us").read_text())))
    return max(1, count)


def memory_bytes() -> int:
    """The memory that this process may use: the machine's, or less where a control group says so."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for folder in _control_groups():
        for name in ("memory.max", "memory.high", "memory.limit_in_bytes"):
            with contextlib.suppress(OSError, ValueError):
                found.append(int((folder / name).read_text()))
    return min(found)


def share_of_memory(workers: int) -> int:
    """The bytes that each of so many workers may use: three quarters of what there is, shared; 1 GiB at least."""
    return max(LEAST_MEMORY, memory_bytes() * 3 // 4 // workers)


def usual_memory(pages_at_once: int) -> int:
    """The bytes that the one worker of a command may use, which reads so many pages at the same time."""
    return min(share_of_memory(1), _USUAL_MEMORY + (pages_at_once - 1) * (_USUAL_MEMORY // 2))


def _control_groups() -> list[Path]:
    """The folders of the control groups that this process is in, with all above them (versions 1 and 2)."""
    base = Path("/sys/fs/cgroup")
    folders = [base, base / "cpu", base / "memory"]
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            below = Path(line.split(":", 2)[2].strip("/"))
            for place in (below, *below.parents):
                folders.append(base / place)
    return list(dict.fromkeys(folders))


def become_worker(folder: str, memory: int, run: int, output: str = os.devnull) -> None:
    """What a worker process does first: its own group, temporary folder and limits, and a look after its run.

    `folder` is the run's, `memory` in bytes, `run` the number of the run's process; the file `output` gets what
    libraries write to standard output and standard error. Ctrl-C is the run's to hear.
    """
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    end_with_parent()
    _leave_terminal(output)
    own = worker_folder(Path(folder))
    os.environ["TMPDIR"] = tempfile.tempdir = str(own)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for asked in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(asked, _end_group)
    _limit(resource.RLIMIT_DATA, memory)
    _limit(resource.RLIMIT_FSIZE, _LARGEST_FILE)
    _limit(resource.RLIMIT_CORE, 0)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error when writing, not the end of the worker
    threading.Thread(target=_watch, args=(run, start_time(run)), daemon=True).start()


def _leave_terminal(output: str) -> None:
    """Nothing is read from standard input, and what anyone writes goes to a file."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    told = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream, handle in ((0, nothing), (1, told), (2, told)):
        os.dup2(handle, stream)
    os.close(nothing)
    os.close(told)
    sys.stdout = sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115


def _limit(of: int, value: int) -> None:
    """Sets a limit, which no process below can raise; one that is lower already stays."""
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(of)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(of, (most, most))


def _end_group(*_: object) -> None:
    os.killpg(0, signal.SIGKILL)


def _watch(run: int, since: str) -> None:
    while is_running(run) and start_time(run) == since:
        time.sleep(_LOOK)
    _end_group()
