"""Processes that end with the one that started them, even when that is killed."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import cache

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent() -> None:
    """Has the system kill this process when the thread that started it is gone; does nothing on other systems."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def bound(command: Sequence[str]) -> list[str]:
    """The command as one whose process the system kills when the thread that starts it is gone, where it can."""
    setter = _setter()
    return [setter, "--pdeathsig", "KILL", "--", *command] if setter else list(command)


@cache
def _setter() -> str | None:
    """The program of util-linux that sets what `bound` asks for; None where there is none that does."""
    path = shutil.which("setpriv") or shutil.which("setpriv", path=os.defpath)
    if sys.platform != "linux" or path is None:
        return None
    try:
        tried = subprocess.run(
            [path, "--pdeathsig", "KILL", "--", path, "--version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return path if tried.returncode == 0 else None
