"""A pool that does each job of a batch at once, in the process of the test, and a watcher that says nothing."""

from avskrift.batch.job import Job, Outcome, PagesJob, work, work_on_pages
from avskrift.batch.rows import Row
from avskrift.batch.tally import Tally


class HerePool:
    """Does each job at once in this process; `killed_after` jobs it is as if the batch were killed."""

    def __init__(self, killed_after: int | None = None) -> None:
        self.jobs: list[Job | PagesJob] = []
        self._ended: list[tuple[Job | PagesJob, Outcome]] = []
        self._killed_after = killed_after
        self.ended_by = ""

    @property
    def workers(self) -> int:
        return 1

    @property
    def under_way(self) -> int:
        return len(self._ended)

    def submit(self, job: Job | PagesJob) -> None:
        if len(self.jobs) == self._killed_after:
            raise KeyboardInterrupt
        self.jobs.append(job)
        self._ended.append((job, work(job) if isinstance(job, Job) else work_on_pages(job)))

    def ended(self, seconds: float) -> list[tuple[Job | PagesJob, Outcome]]:
        found, self._ended = self._ended, []
        return found

    def stop(self) -> None:
        self.ended_by = "stop"

    def close(self) -> None:
        self.ended_by = "close"


class Silent:
    def begun(self, tally: Tally) -> None: ...

    def ended(self, row: Row, tally: Tally) -> None: ...

    def went_on(self, tally: Tally) -> None: ...
