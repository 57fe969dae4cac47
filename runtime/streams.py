"""Standard streams of processes that talk to nobody."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def leave_terminal(output: str) -> None:
    """From now on nothing is read from standard input, and what anyone writes to the other streams goes to the file
    `output`."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream, handle in ((0, nothing), (1, written), (2, written)):
        os.dup2(handle, stream)
    os.close(nothing)
    os.close(written)
    sys.stdout = sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115


@contextmanager
def silent_stderr() -> Iterator[None]:
    """While it lasts, what anyone writes to standard error, native code with it, is lost."""
    ours, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(ours, 2)
        os.close(ours)
        os.close(nothing)
