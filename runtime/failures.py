"""What fails without being meant to, and costs only itself: a step of a page, a page, a field of a record.

A stage runs what it could do without through `Failures.attempt`: an error that nobody foresaw goes to the log with its
traceback, what stood before stays, and the stage's warnings say what was left out.
"""

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from avskrift.errors import AvskriftError

_T = TypeVar("_T")
_OUT_OF_MEMORY = ("bad_alloc", "insufficient memory", "failed to allocate", "cannot allocate", "can't start new thread")
"""How libraries say that memory is lacking whose errors are not `MemoryError`."""


@dataclass(frozen=True, slots=True)
class Failure:
    """`step` failed, for a `reason`; `consequence` is what holds instead."""

    step: str
    reason: str
    consequence: str

    @property
    def message(self) -> str:
        """One line for a person."""
        return f"{self.step} failed and was left out ({self.reason}); {self.consequence}"


class Failures:
    """What failed in one page or document, which `of` names; `log` gets the tracebacks.

    Errors that are meant (`AvskriftError`) are raised, all but those of `tolerated`. So is a lack of memory, since what
    is left of it is needed to stop, and a full disk, which everything after would meet too.
    """

    def __init__(self, log: logging.Logger, of: str = "", tolerated: tuple[type[AvskriftError], ...] = ()) -> None:
        self._log, self._of, self._tolerated = log, of, tolerated
        self.found: list[Failure] = []

    def attempt(self, step: str, action: Callable[[], _T], fallback: _T, consequence: str) -> _T:
        """What `action` gives, or `fallback` where it fails; `step` names it for people, and `consequence` says what
        holds then."""
        try:
            return action()
        except Exception as error:
            meant = isinstance(error, AvskriftError) and not isinstance(error, self._tolerated)
            if meant or is_out_of_memory(error) or is_disk_full(error):
                raise
            self._log.exception("%s%s failed", self._of, step)
            self.found.append(Failure(step, reason_of(error), consequence))
            return fallback

    @property
    def messages(self) -> tuple[str, ...]:
        """What a person should know, a line for each failure."""
        return tuple(dict.fromkeys(f"{self._of}{failure.message}" for failure in self.found))


def reason_of(error: Exception) -> str:
    """What people read of an error: its message where it was written for people, else its kind alone, since the
    message may hold the document's words; of the operating system's errors what it says (`No space left on device`)."""
    if isinstance(error, AvskriftError):
        return str(error)
    kind = type(error).__name__
    return f"{kind}: {error.strerror}" if isinstance(error, OSError) and error.strerror else kind


def is_out_of_memory(error: BaseException) -> bool:
    """Whether memory was lacking: OpenCV and others have errors of their own for that."""
    said = str(error).lower()
    return isinstance(error, MemoryError) or any(phrase in said for phrase in _OUT_OF_MEMORY)


def is_disk_full(error: BaseException) -> bool:
    """Whether a disk was full, or a user's share of it, or a file became larger than a process may write."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
