"""A scanner's drop folder: documents are taken when their files are whole.

The folder is looked through again and again, as on network shares nobody tells of new files. A file is whole when its
size and time have stood still between two looks and for some seconds.
"""

import stat
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from avskrift.batch.sources import SourceDocument
from avskrift.errors import UsageError


@dataclass(slots=True)
class DropFolder:
    """`looked` gives the documents that are there; `settle` is for how many seconds a file must stand still."""

    looked: Callable[[], Iterable[SourceDocument]]
    settle: float
    clock: Callable[[], float] = time.time
    _seen: dict[bytes, tuple[int, int]] = field(default_factory=dict)

    def settled(self) -> Iterator[SourceDocument]:
        """The documents that are whole by now."""
        seen: dict[bytes, tuple[int, int]] = {}
        for found in self.looked():
            state = state_of(found)
            seen[found.key] = state
            rested = self.clock() - state[1] / 1e9 >= self.settle
            if state[0] and rested and self._seen.get(found.key) == state:
                yield found
        self._seen = seen


def state_of(found: SourceDocument) -> tuple[int, int]:
    """Size and time of a file; of what is none, or cannot be looked at, numbers that no file has."""
    try:
        status = found.path.stat()
    except OSError as error:
        return -(error.errno or 1), 0
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else (-1, 0)


def new_documents(
    looked: Callable[[], Iterable[SourceDocument]],
    every: float,
    told: Callable[[str], None],
    wait: Callable[[float], object],
) -> Iterator[list[SourceDocument]]:
    """New documents as they come, without end; what was given is given again only when its file changes.

    A folder that goes, as a share that is mounted anew, is waited for; `told` of it once. `wait` passes the time.
    """
    folder = DropFolder(looked, settle=every)
    given: dict[bytes, tuple[int, int]] = {}
    away = False
    while True:
        new = []
        try:
            for found in folder.settled():
                state = state_of(found)
                if given.get(found.key) != state:
                    given[found.key] = state
                    new.append(found)
            away = False
        except UsageError as error:  # an input is not there
            if not away:
                told(f"{error}; waiting for it")
            away = True
            given.clear()  # what failed meanwhile is tried again
        if new:
            yield new
        wait(every)
