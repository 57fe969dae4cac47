"""How many threads OpenCV uses: one while pages are read side by side, whatever the process had before and after."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import cv2

_LOCK = threading.Lock()
_readers = 0
_before = 1


@contextmanager
def one_opencv_thread() -> Iterator[None]:
    """Keeps OpenCV to one thread: pages are read in several, and threads of its own would stand in each other's way.

    The number holds for the whole process; it is set back when the last of those who asked for one thread is done.
    """
    global _readers, _before
    with _LOCK:
        if _readers == 0:
            _before = cv2.getNumThreads()
            cv2.setNumThreads(1)
        _readers += 1
    try:
        yield
    finally:
        with _LOCK:
            _readers -= 1
            if _readers == 0:
                cv2.setNumThreads(_before)
