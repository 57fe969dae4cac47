"""The run of a batch: documents in, work to a pool, outcomes into the manifest.

The order of things keeps the promise of resuming: results are written by the worker that made them, each whole or not
at all; only then does a row say so. A run that is killed between the two does the document again.
"""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Protocol

from pydantic import Field

from avskrift.batch.fingerprint import Making
from avskrift.batch.job import Job, Outcome, PagesJob, failed
from avskrift.batch.manifest import Manifest, Row, Status, begun
from avskrift.batch.planning import Decision, as_touched, decide, sha256_of
from avskrift.batch.results import copy_results, result_path, results_stand, why_unwritable, write_result
from avskrift.batch.sources import Found, of_shard
from avskrift.errors import BatchStoppedError, OutputError
from avskrift.models.options import Options, PipelineOptions

_AHEAD = 3
"""Jobs that are given out for each worker: none waits for the next, and a million never lie in memory."""
_LOOK = 0.5


class BatchOptions(Options):
    """`output` is the folder of results. Documents of `split_pages` pages or more are read in parts of so many. `text`
    writes the text in reading order beside each record. `send_back` has workers send results instead of writing them.
    """

    output: Path
    pipeline: PipelineOptions
    text: bool = True
    retry_failed: bool = False
    limit: Annotated[int, Field(ge=0)] | None = None
    shard: tuple[int, int] | None = None
    split_pages: Annotated[int, Field(ge=2)] = 40
    send_back: bool = False


class Pool(Protocol):
    """What does the work: processes of this machine, or a cluster."""

    @property
    def workers(self) -> int:
        """How many jobs are done at the same time."""

    def submit(self, job: Job | PagesJob) -> None:
        """Begins a job, now or when a worker is free."""

    @property
    def under_way(self) -> int:
        """How many jobs were begun and have not ended."""

    def ended(self, seconds: float) -> list[tuple[Job | PagesJob, Outcome]]:
        """The jobs that have ended by now; waits for one, for so many seconds at most."""

    def stop(self) -> None:
        """Ends all work at once."""

    def close(self) -> None:
        """Ends the workers once all is done."""


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
        return self.kept + sum(self.made.values())

    @property
    def pages_per_minute(self) -> float:
        return 60 * self.pages / max(0.001, time.monotonic() - self.begun)

    @property
    def seconds_left(self) -> float | None:
        """By the pace of this run; None before the first document."""
        read = sum(self.made.values())
        if not read:
            return None
        return (self.documents - self.done) * (time.monotonic() - self.begun) / read


class Watcher(Protocol):
    """Whoever is told how a run goes."""

    def begun(self, tally: Tally) -> None:
        """The documents are counted; work begins."""

    def ended(self, row: Row, tally: Tally) -> None:
        """A document came to an end."""

    def went_on(self, tally: Tally) -> None:
        """Time passed, or pages were read."""


def run(
    found: Iterable[Found],
    manifest: Manifest,
    making: Making,
    pool: Pool,
    options: BatchOptions,
    watcher: Watcher,
    *,
    complete: bool = True,
) -> Tally:
    """Does what is to be done; the pool ends with it. `found` is gone through twice: to count, and to work. `complete`
    tells that it is all there is: documents of the manifest whose files are gone are marked so.

    Raises `BatchStoppedError` when nothing can be written any more; whatever raises, the manifest says what stands, and
    the same call goes on from there.
    """
    try:
        tally = _Run(manifest, making, pool, options, watcher).whole(found, complete=complete)
    except BaseException:
        pool.stop()
        raise
    pool.close()
    return tally


def planned(found: Iterable[Found], manifest: Manifest, making: Making, options: BatchOptions) -> Iterator[Decision]:
    """What a run would do with each document."""
    for document in found:
        if of_shard(document.key, options.shard):
            yield decide(
                document,
                manifest.row(document.key),
                making,
                options.output,
                text=options.text,
                retry_failed=options.retry_failed,
            )


@dataclass(slots=True)
class _Parts:
    """A large document whose pages are read in parts: how many are left, what went wrong, the time it took."""

    left: int
    job: Job
    failed: Outcome | None = None
    seconds: float = 0.0


class _Run:
    def __init__(self, manifest: Manifest, making: Making, pool: Pool, options: BatchOptions, watcher: Watcher) -> None:
        self._manifest, self._making, self._pool = manifest, making, pool
        self._options, self._watcher = options, watcher
        self._tally = Tally()
        self._leaders: dict[str, bytes] = {}  # documents under way, by their bytes
        self._followers: dict[bytes, list[Row]] = {}  # documents of the same bytes as one under way
        self._rows: dict[bytes, Row] = {}  # documents under way
        self._parts: dict[bytes, _Parts] = {}
        self._next: deque[Job | PagesJob] = deque()
        self._vanished: set[bytes] = set()  # failed in this run because their files went

    def whole(self, documents: Iterable[Found], *, complete: bool) -> Tally:
        self._tally.documents = sum(of_shard(d.key, self._options.shard) for d in documents)
        self._watcher.begun(self._tally)
        taken = 0
        try:
            for decision in planned(documents, self._manifest, self._making, self._options):
                if not decision.to_read:
                    self._keep(decision)
                    continue
                if self._options.limit is not None and taken >= self._options.limit:
                    self._wait(decision)
                    continue
                taken += 1
                self._take(decision)
                self._go_on(until=_AHEAD * self._pool.workers)
            self._go_on(until=1)
            if complete:
                self._mark_gone()
            self._manifest.commit()
        except OutputError as error:
            raise BatchStoppedError(str(error)) from None
        return self._tally

    def _keep(self, decision: Decision) -> None:
        self._tally.kept += 1
        if decision.row is not None and decision.touched:
            self._manifest.put(as_touched(decision.row, decision.found.path))

    def _wait(self, decision: Decision) -> None:
        if decision.row is None:
            self._manifest.put(begun(None, decision.found.key, decision.found.path))

    def _take(self, decision: Decision) -> None:
        """Gives a document to the pool, unless its bytes are read or being read already."""
        found = decision.found
        row = begun(decision.row, found.key, found.path.absolute())
        row = replace(row, making=self._making, attempts=row.attempts + 1, same_as=b"")
        try:
            status = found.path.stat()
        except OSError as error:
            reason = f"{found.path}: {error.strerror or 'cannot be looked at'}"
            self._end(row, failed(row, "MissingInputError", reason))
            return
        sha256 = sha256_of(found.path)
        row = replace(row, sha256=sha256, size=status.st_size, mtime_ns=status.st_mtime_ns)
        if sha256 in self._leaders:
            self._followers.setdefault(self._leaders[sha256], []).append(row)
            self._manifest.put(row)
            return
        same = self._manifest.of_content(sha256) if sha256 else None
        if same is not None and self._serves(same, found):
            self._end_as(row, same)
            return
        self._give(row)

    def _give(self, row: Row) -> None:
        """Gives a document to the pool to be read."""
        if row.sha256:
            self._leaders.setdefault(row.sha256, row.key)
        self._rows[row.key] = row
        self._manifest.put(row)
        options = self._options
        text = result_path(options.output, row.key, ".txt") if options.text else None
        self._next.append(
            Job(
                row.key,
                Path(os.fsdecode(row.path)),
                result_path(options.output, row.key, ".json"),
                text,
                options.pipeline,
                0 if options.send_back else options.split_pages,
                options.send_back,
            )
        )

    def _serves(self, same: Row, found: Found) -> bool:
        """Whether a document of the same bytes was read as this one would be, and its results are whole."""
        alike = same.key != found.key and same.making == self._making
        return alike and results_stand(same, self._options.output, text=self._options.text)

    def _go_on(self, *, until: int) -> None:
        """Hands out work and takes outcomes until fewer than `until` jobs are under way."""
        while True:
            while self._next and self._pool.under_way < _AHEAD * self._pool.workers:
                self._pool.submit(self._next.popleft())
            if self._pool.under_way + len(self._next) < until:
                return
            ended = self._pool.ended(_LOOK)
            for job, outcome in ended:
                if isinstance(job, PagesJob):
                    self._part_ended(job, outcome)
                else:
                    self._job_ended(job, outcome)
            self._watcher.went_on(self._tally)

    def _job_ended(self, job: Job, outcome: Outcome) -> None:
        row = self._rows[job.key]
        if outcome.large:
            step = self._options.split_pages
            starts = range(1, outcome.large + 1, step)
            self._parts[job.key] = _Parts(len(starts), replace(job, split_at=0))
            pipeline = self._options.pipeline
            self._next.extend(
                PagesJob(job.key, job.path, n, min(n + step - 1, outcome.large), pipeline) for n in starts
            )
            return
        outcome = self._written(job, outcome)
        if outcome.stops and (reason := why_unwritable(self._options.output)):
            raise BatchStoppedError(f"{self._options.output} cannot be written: {reason}")
        parts = self._parts.pop(job.key, None)
        if parts is not None:
            outcome = replace(outcome, seconds=outcome.seconds + parts.seconds)
        else:
            self._tally.pages += outcome.pages
        del self._rows[job.key]
        self._leaders.pop(row.sha256, None)
        made = self._end(row, outcome)
        for follower in self._followers.pop(job.key, []):
            if made.sha256 != follower.sha256:  # the first one changed before it was read
                self._give(follower)
            elif made.status is Status.FAILED:
                self._end(follower, replace(outcome, key=follower.key, seconds=0.0))
            else:
                self._end_as(follower, made)

    def _written(self, job: Job, outcome: Outcome) -> Outcome:
        """The outcome once results that were sent back are on disk, text before record."""
        try:
            for suffix, path in ((".txt", job.text_path), (".json", job.json_path)):
                if path is not None and suffix in outcome.contents:
                    write_result(path, outcome.contents[suffix])
        except OutputError as error:
            return failed(job, "OutputError", str(error), stops=True)
        return outcome

    def _part_ended(self, job: PagesJob, outcome: Outcome) -> None:
        parts = self._parts[job.key]
        parts.left -= 1
        parts.seconds += outcome.seconds
        self._tally.pages += outcome.pages
        if outcome.error_class and parts.failed is None:
            text = f"pages {job.first} to {job.last}: {outcome.error}"
            parts.failed = replace(outcome, error=text)
        if parts.left == 0:
            if parts.failed is not None:
                self._job_ended(parts.job, parts.failed)
            else:
                self._next.appendleft(parts.job)

    def _end(self, row: Row, outcome: Outcome) -> Row:
        status = Status.FAILED if outcome.error_class else Status.PARTIAL if outcome.unread_pages else Status.DONE
        told = outcome.values() | {"sha256": outcome.sha256 or row.sha256}
        return self._ended(replace(row, status=status, **told))

    def _end_as(self, row: Row, same: Row) -> None:
        """Ends a document whose bytes were read under another name: its record is that one's, with its own name."""
        folder = self._options.output
        try:
            sizes = copy_results(folder, same.key, row, text=self._options.text)
        except OutputError as error:
            if reason := why_unwritable(folder):
                raise BatchStoppedError(f"{folder} cannot be written: {reason}") from None
            self._end(row, failed(row, "OutputError", str(error)))
            return
        told = same.values() | {"json_bytes": sizes[0], "text_bytes": sizes[1], "seconds": 0.0}
        self._ended(replace(row, status=Status.DUPLICATE, same_as=same.key, **told))

    def _ended(self, row: Row) -> Row:
        row = replace(row, finished=datetime.now(UTC).isoformat(timespec="seconds"))
        self._manifest.put(row)
        self._tally.made[row.status] += 1
        if row.error_class == "MissingInputError":
            self._vanished.add(row.key)
        self._watcher.ended(row, self._tally)
        return row

    def _mark_gone(self) -> None:
        for row in self._manifest.missing_files():
            if row.key not in self._vanished:
                self._manifest.put(replace(row, status=Status.GONE))
