"""How far a run of a batch is, and whoever watches it."""

import time
from dataclasses import dataclass, field
from typing import Protocol

from avskrift.batch.rows import Row, Status


@dataclass(slots=True)
class Tally:
    """How far a run is. `kept` counts documents that stayed as they were; `made` those read in this run by state."""

    documents: int = 0
    kept: int = 0
    made: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    pages: int = 0
    begun: float = field(default_factory=time.monotonic)

    @property
    def done(self) -> int:
        """Documents that nothing is left to be done to."""
        return self.kept + sum(self.made.values())

    @property
    def pages_per_minute(self) -> float:
        """The pace of this run."""
        return 60 * self.pages / max(0.001, time.monotonic() - self.begun)

    @property
    def seconds_left(self) -> float | None:
        """By the pace of this run; None before the first document."""
        read = sum(self.made.values()) - self.made[Status.SKIPPED]
        if not read:
            return None
        return (self.documents - self.done) * (time.monotonic() - self.begun) / read


class Watcher(Protocol):
    """Whoever watches how a run goes."""

    def begun(self, tally: Tally) -> None:
        """The documents are counted; work begins."""

    def ended(self, row: Row, tally: Tally) -> None:
        """A document came to an end."""

    def went_on(self, tally: Tally) -> None:
        """Time passed, or pages were read."""
