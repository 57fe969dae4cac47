"""A scanner's drop folder: documents are taken when their files are whole.

The folder is looked through again and again, as on network shares nobody tells of new files. A file is whole when its
size and time have stood still between two looks and for some seconds.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from avskrift.batch.sources import Found


@dataclass(slots=True)
class DropFolder:
    """`looked` gives the documents that are there; `settle` is for how many seconds a file must stand still."""

    looked: Callable[[], Iterable[Found]]
    settle: float
    clock: Callable[[], float] = time.time
    _seen: dict[bytes, tuple[int, int]] = field(default_factory=dict)

    def whole(self) -> Iterator[Found]:
        """The documents that are whole by now."""
        seen: dict[bytes, tuple[int, int]] = {}
        for found in self.looked():
            try:
                status = found.path.stat()
            except OSError:
                continue
            state = (status.st_size, status.st_mtime_ns)
            seen[found.key] = state
            rested = self.clock() - status.st_mtime >= self.settle
            if status.st_size and rested and self._seen.get(found.key) == state:
                yield found
        self._seen = seen
