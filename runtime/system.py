"""What the system knows of the machine and its processes (proc(5), cgroups(7)); empty or 0 on other systems."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def processors() -> int:
    """The processors that this process may use: its affinity and the limits of its control groups."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for folder in _control_groups():
        with contextlib.suppress(OSError, ValueError):
            quota, period = _text(folder / "cpu.max").split()
            if quota != "max":
                count = min(count, max(1, int(quota) // int(period)))
        with contextlib.suppress(OSError, ValueError):
            old_quota = int(_text(folder / "cpu.cfs_quota_us"))
            if old_quota > 0:
                count = min(count, max(1, old_quota // int(_text(folder / "cpu.cfs_period_us"))))
    return max(1, count)


def memory_bytes() -> int:
    """The memory that this process may use: the machine's, or less where a control group says so."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for folder in _control_groups():
        for name in ("memory.max", "memory.high", "memory.limit_in_bytes"):
            with contextlib.suppress(OSError, ValueError):
                found.append(int(_text(folder / name)))
    return min(found)


def _control_groups() -> list[Path]:
    """The folders of the control groups that this process is in, with all above them (versions 1 and 2)."""
    base = Path("/sys/fs/cgroup")
    folders = [base, base / "cpu", base / "memory"]
    with contextlib.suppress(OSError):
        for line in _text(Path("/proc/self/cgroup")).splitlines():
            below = Path(line.split(":", 2)[2].strip("/"))
            for place in (below, *below.parents):
                folders.append(base / place)
    return list(dict.fromkeys(folders))


def start_time(process: int) -> str:
    """When a process began, in ticks since the machine did (proc(5), field 22); empty where that is not known."""
    try:
        return _fields_of(process)[19]
    except (OSError, IndexError):
        return ""


def is_running(process: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # somebody else's
        return True
    return True


def processor_seconds(process: int) -> float:
    """The seconds of a processor that a process used, without those that it started (proc(5), utime and stime)."""
    try:
        fields = _fields_of(process)
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return 0.0


def memory_used() -> int:
    """The bytes of data that this process holds (`VmData`); 0 where that is not known."""
    try:
        return int(_text(Path("/proc/self/status")).split("VmData:")[1].split()[0]) << 10
    except (OSError, IndexError, ValueError):
        return 0


def boot_id() -> str:
    """The identity of this start of the machine; empty where that is not known."""
    with contextlib.suppress(OSError):
        return _text(Path("/proc/sys/kernel/random/boot_id")).strip()
    return ""


def process_namespace() -> str:
    """Which processes the number of this one is one of (pid_namespaces(7)); empty as above."""
    with contextlib.suppress(OSError):
        return os.readlink("/proc/self/ns/pid")  # noqa: PTH115 -- its target is no path
    return ""


def processes_with(setting: bytes) -> Iterator[int]:
    """The numbers of the processes that were started with a `setting` (`NAME=value`) in their environment."""
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if setting in (path / "environ").read_bytes().split(b"\0"):
                yield int(path.name)


def _fields_of(process: int) -> list[str]:
    """The fields of /proc/PROCESS/stat, from the third on. Raises `OSError`."""
    return _text(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()


def _text(path: Path) -> str:
    return path.read_text(encoding="ascii", errors="replace")
