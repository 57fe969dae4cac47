"""What a worker may use of the machine, and how a process becomes one.

A worker leads a group of processes of its own, so that its engine ends with it, and ends when what began it is gone.
"""

import contextlib
import os
import resource
import signal
import tempfile
import threading
import time
from pathlib import Path

from avskrift.runtime.package_parts import allow_parts
from avskrift.runtime.parent_death import end_with_parent
from avskrift.runtime.streams import leave_terminal
from avskrift.runtime.system import is_running, memory_bytes, start_time
from avskrift.runtime.temporary_folder import worker_folder

USUAL_SECONDS = 1800.0
"""Seconds that one document may take."""
_USUAL_MEMORY = 3 << 29
"""Bytes: a page of 30 million pixels, the largest that is drawn, takes 1.1 GiB with the engine in the worker."""
LEAST_MEMORY = 1 << 30
"""Bytes that a worker gets at least."""
_LOOK = 0.5
"""Seconds between two looks whether the run still lasts."""
_LARGEST_FILE = 4 << 30
"""Bytes that a worker may write to one file: a runaway picture costs its document, not the disk."""


def share_of_memory(workers: int) -> int:
    """The bytes that each of so many workers may use: three quarters of what there is, shared; 1 GiB at least."""
    return max(LEAST_MEMORY, memory_bytes() * 3 // 4 // workers)


def usual_memory(pages_at_once: int) -> int:
    """The bytes that the one worker of a command may use, which reads so many pages at the same time."""
    return min(share_of_memory(1), _USUAL_MEMORY + (pages_at_once - 1) * (_USUAL_MEMORY // 2))


def become_worker(folder: str, memory: int, run: int, output: str = os.devnull) -> None:
    """What a worker process does first: its own group, temporary folder and limits, and a look after its run.

    `folder` is the run's, `memory` in bytes, `run` the number of the run's process; the file `output` gets what
    libraries write to standard output and standard error. Ctrl-C is the run's to hear.
    """
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    end_with_parent()
    leave_terminal(output)
    own = worker_folder(Path(folder))
    os.environ["TMPDIR"] = tempfile.tempdir = str(own)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for asked in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(asked, _end_group)
    allow_parts("spacy")
    _limit(resource.RLIMIT_DATA, memory)
    _limit(resource.RLIMIT_FSIZE, _LARGEST_FILE)
    _limit(resource.RLIMIT_CORE, 0)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error when writing, not the end of the worker
    threading.Thread(target=_end_with_run, args=(run, start_time(run)), daemon=True).start()


def _limit(of: int, value: int) -> None:
    """Sets a limit, which no process below can raise; one that is lower already stays."""
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(of)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(of, (most, most))


def _end_group(*_: object) -> None:
    os.killpg(0, signal.SIGKILL)


def _end_with_run(run: int, since: str) -> None:
    while is_running(run) and start_time(run) == since:
        time.sleep(_LOOK)
    _end_group()
