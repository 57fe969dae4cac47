"""Loggers of libraries that warn of what is odd in a file, which is not for the user: kept quiet while they work."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class QuietLogger:
    """A logger of another's that says no more than errors while anyone in any thread is within; afterwards what it
    says is what it was."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)
        self._lock = threading.Lock()
        self._within = 0
        self._level = logging.NOTSET

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Around calls of the library whose logger it is."""
        with self._lock:
            if self._within == 0:
                self._level = self._logger.level
                self._logger.setLevel(logging.ERROR)
            self._within += 1
        try:
            yield
        finally:
            with self._lock:
                self._within -= 1
                if self._within == 0:
                    self._logger.setLevel(self._level)
