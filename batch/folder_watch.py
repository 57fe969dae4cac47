"""A scanner's drop folder: documents are taken when their files are complete.

The folder is looked through again and again, as network shares do not announce new files. A file is complete when its
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
    """`list_documents` gives the documents that are there; `settle` is for how many seconds a file must stand still."""

    list_documents: Callable[[], Iterable[SourceDocument]]
    settle: float
    clock: Callable[[], float] = time.time
    _states: dict[bytes, tuple[int, int]] = field(default_factory=dict)

    def settled(self) -> Iterator[SourceDocument]:
        """The documents whose files have stood still by now."""
        states: dict[bytes, tuple[int, int]] = {}
        for document in self.list_documents():
            state = state_of(document)
            states[document.key] = state
            stood_still = self.clock() - state[1] / 1e9 >= self.settle
            if state[0] and stood_still and self._states.get(document.key) == state:
                yield document
        self._states = states


def state_of(document: SourceDocument) -> tuple[int, int]:
    """Size and time of a file; of what is none, or cannot be looked at, numbers that no file has."""
    try:
        status = document.path.stat()
    except OSError as error:
        return -(error.errno or 1), 0
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else (-1, 0)


def new_documents(
    list_documents: Callable[[], Iterable[SourceDocument]],
    every: float,
    warn: Callable[[str], None],
    wait: Callable[[float], object],
) -> Iterator[list[SourceDocument]]:
    """New documents as they come, without end; what was given is given again only when its file changes.

    `list_documents` gives those that are there; they are looked for `every` so many seconds, which `wait` passes. A
    folder that goes, as a share that is mounted anew, is waited for; `warn` is called with a line about it, once.
    """
    folder = DropFolder(list_documents, settle=every)
    given: dict[bytes, tuple[int, int]] = {}
    away = False
    while True:
        new = []
        try:
            for document in folder.settled():
                state = state_of(document)
                if given.get(document.key) != state:
                    given[document.key] = state
                    new.append(document)
            away = False
        except UsageError as error:  # an input is not there
            if not away:
                warn(f"{error}; waiting for it")
            away = True
            given.clear()  # what failed meanwhile is tried again
        if new:
            yield new
        wait(every)
