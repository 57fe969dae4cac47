"""One private temporary folder for each run, with everything temporary below it; and those that dead runs left.

A folder belongs to the run that its mark names: a process, when it began, and the machine that it runs on. Only what
is a folder of our own (no link), closed to others, and bears such a mark is ever taken away, and only when its run is
over.
"""

import atexit
import contextlib
import json
import os
import shutil
import signal
import socket
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from avskrift.errors import OutputError
from avskrift.runtime.signals import signals_blocked
from avskrift.runtime.system import boot_id, is_running, process_namespace, processes_with, start_time

_PREFIX = "avskrift-run-"
_MARK = "owner"
_START_TIME = "began"
"""In the folder of a worker: when the worker began."""
_LONGEST_MARK = 64
_TRIES, _PAUSE = 50, 0.02
_folders: dict[int, Path] = {}
"""The folder of this process; by its number, for processes that are forked have others."""


def create() -> Path:
    """A new folder for this run; what runs that are over left behind is taken away first. Raises `OutputError`."""
    try:
        top = Path(os.path.realpath(tempfile.gettempdir()))
        _remove_abandoned(top)
        with signals_blocked():
            return _marked(top)
    except OSError as error:
        raise OutputError(f"no temporary folder can be made (TMPDIR): {error.strerror or error}") from None


def _marked(top: Path) -> Path:
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=top))  # with mode 0700
        try:
            # the mark is a link, and its target what it says: it is made in one step
            (folder / _MARK).symlink_to(json.dumps(_owner()))
        except FileNotFoundError:
            continue  # another run took the empty folder for one that was left
        except OSError:
            pass  # a file system without links: nobody will take the folder away but we
        atexit.register(_take_away_of, os.getpid(), folder)  # where a signal came before anyone had it
        return folder
    raise FileNotFoundError(f"folders in {top} vanish")


def current() -> Path:
    """Where this process puts what is temporary: its folder where it is a worker, else that of a run of its own, which
    goes when the process ends. Raises `OutputError`."""
    process = os.getpid()
    found = _folders.get(process)
    if found is None or not found.is_dir():
        found = _folders[process] = create()
    return found


@contextlib.contextmanager
def holding(name: str, data: bytes) -> Iterator[Path]:
    """A file of that `name` with `data` in it, in a folder of its own, as long as it lasts."""
    with tempfile.TemporaryDirectory(dir=current()) as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


def remove(folder: Path) -> None:
    """Ends all workers of the run and removes its folder."""
    end_workers(folder, everyone=True)
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            for entry in list(os.scandir(folder)):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                elif entry.name != _MARK:
                    Path(entry.path).unlink()
            if [entry.name for entry in os.scandir(folder)] == [_MARK]:
                (folder / _MARK).unlink()  # last, so that what is left of us is always known
            folder.rmdir()
        if not os.path.lexists(folder):
            return
        time.sleep(_PAUSE)  # processes that are being killed may still write a last file


def _take_away_of(process: int, folder: Path) -> None:
    if os.getpid() == process and folder.exists():
        remove(folder)


def worker_folder(folder: Path) -> Path:
    """The folder of this process, a worker, below that of its run."""
    own = folder / str(os.getpid())
    own.mkdir(mode=0o700, exist_ok=True)  # where the run is over its folder is gone, and stays so
    (own / _START_TIME).write_text(start_time(os.getpid()), encoding="ascii")
    _folders[os.getpid()] = own
    return own


def end_workers(folder: Path, *, everyone: bool = False) -> None:
    """Ends what workers that died left running, and takes their temporary folders away; with `everyone` all.

    Numbers of processes and of groups are given out again: a living worker is known by when it began, what a dead one
    left by its environment, which names the worker's folder.
    """
    try:
        entries = [
            entry for entry in os.scandir(folder) if entry.name.isdigit() and entry.is_dir(follow_symlinks=False)
        ]
    except OSError:
        return
    for entry in entries:
        own, worker = Path(entry.path), int(entry.name)
        started = _start_time_in(own)
        still = started == start_time(worker) and is_running(worker)
        if (still or started is None) and not everyone:
            continue  # it works, or is just beginning
        if still and started:
            _end_group(worker)
        _end_those_in(own)
        shutil.rmtree(own, ignore_errors=True)


def _remove_abandoned(top: Path) -> None:
    with os.scandir(top) as entries:
        found = [Path(entry.path) for entry in entries if entry.name.startswith(_PREFIX)]
    for old in found:
        with contextlib.suppress(OSError):
            if _is_over(old):
                remove(old)


def _is_over(folder: Path) -> bool:
    """Whether a folder is one of ours whose run is over. Raises `OSError` for what is no folder, or a link."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        status = os.fstat(handle)
        if status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) != 0o700:
            return False
        with os.scandir(handle) as entries:
            empty = next(entries, None) is None
        if empty:
            folder.rmdir()  # killed before it bore a mark: nothing is lost with it
            return False
        text = os.readlink(_MARK, dir_fd=handle)
    finally:
        os.close(handle)
    try:
        stated = json.loads(text)
    except ValueError:
        return False
    ours = _owner()
    if not isinstance(stated, dict) or stated.keys() != ours.keys() or not isinstance(stated["process"], int):
        return False
    if stated["host"] != ours["host"]:
        return False  # a folder that machines share
    if stated["boot"] != ours["boot"]:
        return True
    if stated["numbers"] != ours["numbers"]:
        return False  # a container with numbers of its own
    return not is_running(stated["process"]) or (
        stated["began"] != "" and stated["began"] != start_time(stated["process"])
    )


def _owner() -> dict[str, str | int]:
    """This process as a mark describes it: its number, when it began, the machine and since when it is up, and which
    processes its number is one of."""
    process = os.getpid()
    return {
        "process": process,
        "began": start_time(process),
        "host": socket.gethostname(),
        "boot": boot_id(),
        "numbers": process_namespace(),
    }


def _start_time_in(own: Path) -> str | None:
    """When the worker of a folder began, as a file in it says; None where it is no worker's."""
    path = own / _START_TIME
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open(encoding="ascii") as file:
            return file.read(_LONGEST_MARK)
    except (OSError, ValueError):
        return None


def _end_group(leader: int) -> None:
    with contextlib.suppress(OSError):
        if os.getpgid(leader) == leader:
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, signal.SIGKILL)


def _end_those_in(own: Path) -> None:
    """Ends processes that were started with a worker's folder as theirs: what the worker left running."""
    for process in processes_with(b"TMPDIR=" + os.fsencode(own)):
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)
