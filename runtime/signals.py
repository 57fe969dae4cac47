"""Signals that ask a program to stop, as one exception."""

import contextlib
import signal
import time
from collections.abc import Iterator
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
_PATIENCE = 2.0
"""Seconds in which a second signal is the same wish: timeout(1) sends its signal twice."""
_received: list[tuple[int, float]] = []


class Stopped(KeyboardInterrupt):
    """A signal asked the program to stop."""


def stop_on_signals() -> None:
    """From now on a signal that asks to stop raises `Stopped` in the main thread; a later one
    does so again.

    Signals that whoever started us has us ignore (as nohup does) stay ignored.
    """
    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


@contextlib.contextmanager
def signals_blocked() -> Iterator[None]:
    """While it lasts, signals that ask to stop wait."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def received_signal() -> int | None:
    """The signal that asked us to stop, if one did."""
    return _received[0][0] if _received else None


def _stop(number: int, frame: FrameType | None) -> None:
    now = time.monotonic()
    if not _received or now - _received[-1][1] > _PATIENCE:
        _received.append((number, now))
        raise Stopped
