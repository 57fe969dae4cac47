"""What a worker may use, and what the machine really gives: processors, memory, temporary folders.

A worker leads a group of processes of its own, so that its engine ends with it, and ends itself when the batch that
began it is gone.
"""

import contextlib
import os
import resource
import shutil
import signal
import tempfile
import threading
import time
from pathlib import Path

_PREFIX = "avskrift-batch-"
_BEGAN = "began"
_LOOK = 0.5
"""Seconds between two looks whether the batch still runs."""
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


def run_folder() -> Path:
    """A new temporary folder for a batch; what batches that no longer run left behind is taken away first."""
    top = Path(tempfile.gettempdir())
    for old in top.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError, ValueError):
            if old.stat().st_uid == os.getuid() and not _lives(int(old.name.removeprefix(_PREFIX).split("-")[0])):
                end_groups(old, everyone=True)
                shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def become_worker(folder: str, memory: int, batch: int) -> None:
    """What a worker process does first: its own group, temporary folder and limits, and a look after the batch.

    `batch` is the process number of the batch. Ctrl-C is the batch's to hear.
    """
    os.setpgid(0, 0)
    own = Path(folder) / str(os.getpid())
    own.mkdir(parents=True, exist_ok=True)
    (own / _BEGAN).write_text(_began(os.getpid()), encoding="ascii")
    os.environ["TMPDIR"] = tempfile.tempdir = str(own)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end_group)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_watch, args=(batch,), daemon=True).start()


def _end_group(*_: object) -> None:
    os.killpg(0, signal.SIGKILL)


def _watch(batch: int) -> None:
    while _lives(batch):
        time.sleep(_LOOK)
    _end_group()


def end_groups(folder: Path, *, everyone: bool = False) -> None:
    """Ends what workers that died left running, and takes their temporary folders away; with `everyone` all.

    Numbers of processes are given out again: a living one is ended only when it began when our worker did. While a
    group has members its number is not given out, so that what answers to a dead worker's is that worker's.
    """
    for own in folder.iterdir() if folder.is_dir() else ():
        if not own.name.isdigit():
            continue
        leader = int(own.name)
        died = not _lives(leader)
        if died or (everyone and _is_ours(own, leader)):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(leader, signal.SIGKILL)
        if died or everyone:
            shutil.rmtree(own, ignore_errors=True)


def _is_ours(own: Path, leader: int) -> bool:
    """Whether the living process of that number is the worker that made the folder."""
    try:
        told = (own / _BEGAN).read_text(encoding="ascii")
    except OSError:
        return False
    return bool(told) and told == _began(leader)


def _began(process: int) -> str:
    """When a process began, in ticks since the machine did (proc(5), field 22); empty where that cannot be told."""
    try:
        return Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
