"""What fails without being meant to, and costs only itself: a step of a page, a page, a field of a record.

A stage runs what it could do without through `Failures.attempt`: an error that nobody foresaw goes to the log with its
traceback, what stood before stays, and the stage tells in its warnings what was left out.
"""

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from avskrift.errors import AvskriftError

_T = TypeVar("_T")
_SIGNS_OF_WANT = ("bad_alloc", "insufficient memory", "failed to allocate", "cannot allocate", "can't start new thread")
"""How libraries say that memory is lacking whose errors are not `MemoryError`."""


@dataclass(frozen=True, slots=True)
class Failure:
    """`what` failed, for a `reason`; `stands` is what holds instead."""

    what: str
    reason: str
    stands: str

    @property
    def told(self) -> str:
        """One line for a person."""
        return f"{self.what} failed and was left out ({self.reason}); {self.stands}"


class Failures:
    """What failed in one page or document, which `of` names; `log` gets the tracebacks.

    Errors that are meant (`AvskriftError`) are raised, all but those of `tolerated`. So is want of memory, since what
    is left of it is needed to stop, and want of space, which everything after would meet too.
    """

    def __init__(self, log: logging.Logger, of: str = "", tolerated: tuple[type[AvskriftError], ...] = ()) -> None:
        self._log, self._of, self._tolerated = log, of, tolerated
        self.found: list[Failure] = []

    def attempt(self, what: str, act: Callable[[], _T], instead: _T, stands: str) -> _T:
        """What `act` gives, or `instead` where it fails."""
        try:
            return act()
        except Exception as error:
            meant = isinstance(error, AvskriftError) and not isinstance(error, self._tolerated)
            if meant or is_want_of_memory(error) or is_want_of_space(error):
                raise
            self._log.exception("%s%s failed", self._of, what)
            self.found.append(Failure(what, reason_of(error), stands))
            return instead

    @property
    def told(self) -> tuple[str, ...]:
        """What a person should know, a line for each failure."""
        return tuple(dict.fromkeys(f"{self._of}{failure.told}" for failure in self.found))


def reason_of(error: Exception) -> str:
    """What a person is told of an error: its message where it was written for people, else its kind alone, since the
    message may hold the document's words; of the operating system's errors what it says (`No space left on device`)."""
    if isinstance(error, AvskriftError):
        return str(error)
    kind = type(error).__name__
    return f"{kind}: {error.strerror}" if isinstance(error, OSError) and error.strerror else kind


def is_want_of_memory(error: BaseException) -> bool:
    """Whether memory was lacking: OpenCV and others have errors of their own for that."""
    said = str(error).lower()
    return isinstance(error, MemoryError) or any(sign in said for sign in _SIGNS_OF_WANT)


def is_want_of_space(error: BaseException) -> bool:
    """Whether a disk was full, or a user's share of it, or a file became larger than a process may write."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
