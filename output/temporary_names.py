"""Names of what is being written, which tell whose it is, so that the next run can take away what a killed one left.

A name holds the machine, the process and when that began. What another machine (or container) writes into a shared
folder looks as if its process had gone; it is taken for abandoned only when nothing was written to it for a week.
"""

import contextlib
import hashlib
import os
import re
import socket
import stat
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import AnyStr
from uuid import uuid4

from avskrift.runtime.system import is_running, start_time

_NAME = re.compile(
    r"\.avskrift-(?P<host>[0-9a-f]{8})-(?P<pid>\d+)-(?P<start>\d+)-[0-9a-f]{12}"
    r"(?P<suffix>\.new|\.part|-.+\.old)(?:-journal|-wal|-shm)?",  # beside a database SQLite has files of its own
    re.S,
)
_UNKNOWN = "0"
"""When a process began where that cannot be parts."""
_WEEK = 7 * 24 * 3600.0


def temporary_name(suffix: str) -> str:
    """A name that no other writer has, on this machine or on another one that shares the folder.

    It ends with `.new` or `.part`: something that is being written; or with `-NAME.old`: what stood under NAME and is
    being replaced.
    """
    pid = os.getpid()
    return f".avskrift-{_host()}-{pid}-{start_time(pid) or _UNKNOWN}-{uuid4().hex[:12]}{suffix}"


def abandoned_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """What killed runs left in a folder (not below it), with the suffix that `temporary_name` was given."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if suffix := abandoned_suffix(entry):
                yield folder / entry.name, suffix


def abandoned_suffix(entry: os.DirEntry[AnyStr]) -> str:
    """The suffix of what a killed run left; empty for all else: links, what others own, what is still written."""
    found = _NAME.fullmatch(os.fsdecode(entry.name))
    if found is None:
        return ""
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return ""
    if status.st_uid != os.geteuid() or not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        return ""
    return found["suffix"] if _writer_has_gone(found, status.st_mtime) else ""


def _writer_has_gone(name: re.Match[str], written: float) -> bool:
    """Whether nobody writes any more to what bears this name and was last written at that time."""
    if name["host"] != _host():
        return time.time() - written > _WEEK
    pid, start = int(name["pid"]), name["start"]
    return not is_running(pid) or (start != _UNKNOWN and start_time(pid) not in (start, ""))


@cache
def _host() -> str:
    """This machine, and within it the container: processes of another one cannot be seen from here."""
    parts = [socket.gethostname()]
    with contextlib.suppress(OSError):
        parts.append(Path("/etc/machine-id").read_text(encoding="utf-8", errors="replace"))
    with contextlib.suppress(OSError):
        parts.append(str(Path("/proc/self/ns/pid").readlink()))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:8]
