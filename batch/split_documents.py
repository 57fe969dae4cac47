"""Large documents whose pages are read in parts: which part is next, and when a document has cost enough.

Parts are made one at a time, one document after the other, so that a document of any size takes no memory and
holds no other up.
"""

from collections import deque
from dataclasses import dataclass, replace

from avskrift.batch.job import Job, Outcome, PagesJob, failed
from avskrift.models.options import PipelineOptions

_MOST_BROKEN = 3
"""Parts of a document that break one after the other before it is given up."""


@dataclass(slots=True)
class _SplitDocument:
    """A document in parts: the first page not given out, how many parts are read now, the seconds they took."""

    job: Job
    pages: int
    limit: float
    next_page: int = 1
    under_way: int = 0
    seconds: float = 0.0
    broken: int = 0
    failed: Outcome | None = None

    @property
    def given_up(self) -> bool:
        return self.failed is not None and (self.broken >= _MOST_BROKEN or self.failed.error_class == "TimedOut")


class SplitDocuments:
    """The large documents under way. Each has `seconds` for all its parts together (None: `seconds_a_page` a page, for
    `least` pages at least)."""

    def __init__(self, step: int, pipeline: PipelineOptions, seconds: float | None, seconds_a_page: float) -> None:
        self._step, self._pipeline = step, pipeline
        self._seconds, self._seconds_a_page = seconds, seconds_a_page
        self._all: dict[bytes, _SplitDocument] = {}
        self._turns: deque[bytes] = deque()
        self.under_way = 0

    def begin(self, job: Job, pages: int) -> None:
        """Takes a document of so many pages in."""
        limit = self._seconds if self._seconds is not None else self._seconds_a_page * max(self._step, pages)
        self._all[job.key] = _SplitDocument(replace(job, split_at=0), pages, limit)
        self._turns.append(job.key)

    @property
    def waiting(self) -> bool:
        """Whether there are parts to give out."""
        return bool(self._turns)

    def next_part(self) -> PagesJob:
        """The next part of the document whose turn it is."""
        key = self._turns.popleft()
        volume = self._all[key]
        first, last = volume.next_page, min(volume.next_page + self._step - 1, volume.pages)
        volume.next_page = last + 1
        volume.under_way += 1
        self.under_way += 1
        if volume.next_page <= volume.pages:
            self._turns.append(key)
        return PagesJob(key, volume.job.path, first, last, self._pipeline)

    def ended(self, part: PagesJob, outcome: Outcome) -> tuple[Job, Outcome | None, float] | None:
        """What follows from the `outcome` of a `part`: nothing as long as others are left, else the job of the
        document, why it fails (None: it is to be done now), and the seconds that its parts took."""
        volume = self._all[part.key]
        volume.under_way -= 1
        self.under_way -= 1
        volume.seconds += outcome.seconds
        volume.broken = volume.broken + 1 if outcome.error_class else 0
        if outcome.error_class and volume.failed is None:
            volume.failed = replace(outcome, error=f"pages {part.first} to {part.last}: {outcome.error}")
        if volume.seconds > volume.limit and volume.failed is None and volume.next_page <= volume.pages:
            reason = f"its {volume.pages:,} pages took longer than {volume.limit:.0f} seconds together"
            volume.failed = failed(volume.job.key, "TimedOut", reason)
        if volume.given_up and part.key in self._turns:
            self._turns.remove(part.key)
            volume.next_page = volume.pages + 1
        if volume.under_way or volume.next_page <= volume.pages:
            return None
        del self._all[part.key]
        return volume.job, volume.failed, volume.seconds
