"""The run of a batch: documents in, work to a pool, outcomes into the manifest.

The order of things keeps the promise of resuming: results are written by the worker that made them, each by an
atomic write; only then does a row say so. A run that is killed between the two does the document again.
"""

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Protocol

from pydantic import Field

from avskrift.batch.build_info import BuildInfo
from avskrift.batch.job import Job, Outcome, PagesJob, failed
from avskrift.batch.manifest import Manifest, is_missing
from avskrift.batch.planning import Decision, Target, decide, with_own_key
from avskrift.batch.results import copy_results, result_path, results_stand, why_outside, write_results
from avskrift.batch.rows import Row, Status, as_made, begun
from avskrift.batch.sources import SourceDocument, is_of_shard
from avskrift.batch.split_documents import SplitDocuments
from avskrift.batch.tally import Tally, Watcher
from avskrift.errors import BatchStoppedError, InputError, OutputError
from avskrift.models.options import Options, PipelineOptions
from avskrift.output.atomic_write import why_unwritable
from avskrift.runtime import input_files

_AHEAD = 3
"""Jobs that are given out for each worker: none waits for the next, and a million never lie in memory."""
_LOOK = 0.5
"""Seconds that the end of a job is waited for, and between two looks while nothing is to be read."""
_SECONDS_A_PAGE = 45.0


class BatchOptions(Options):
    """`output` is the folder of results. Documents of `split_pages` pages or more are read in parts of so many, all of
    which may take `seconds` together (None: 45 a page). `text` writes the text in reading order as well.
    `send_back` has workers send results instead of writing them.
    """

    output: Path
    pipeline: PipelineOptions
    text: bool = True
    retry_failed: bool = False
    limit: Annotated[int, Field(ge=0)] | None = None
    shard: tuple[int, int] | None = None
    split_pages: Annotated[int, Field(ge=2)] = 40
    seconds: Annotated[float, Field(gt=0)] | None = None
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


def run(
    documents: Iterable[SourceDocument],
    manifest: Manifest,
    build: BuildInfo,
    pool: Pool,
    options: BatchOptions,
    watcher: Watcher,
    *,
    complete: Callable[[], bool] = lambda: True,
) -> Tally:
    """Does what is to be done, as `options` say, by the workers of `pool`, which ends with it. `documents` is gone
    through twice: to count, and to work. The `manifest` keeps what comes of each, `build` is what makes the records,
    and `watcher` is called as the work goes on. `complete` says at the end whether these were all there are: then
    documents of the manifest whose files are gone are marked so.

    Raises `BatchStoppedError` when nothing can be written any more; whatever raises, the manifest says what stands, and
    the same call goes on from there.
    """
    try:
        tally = _Run(manifest, build, pool, options, watcher).run(documents, complete)
        pool.close()  # a signal that comes now ends the workers too
    except BaseException:
        pool.stop()
        raise
    return tally


def decisions(
    documents: Iterable[SourceDocument], manifest: Manifest, build: BuildInfo, options: BatchOptions
) -> Iterator[Decision]:
    """What a run with these `options` that makes records by `build` would do with each of the `documents`, of which the
    `manifest` says what is known."""
    target = Target(build, options.output, options.text, options.retry_failed)
    for document in documents:
        if is_of_shard(document.key, options.shard):
            own = with_own_key(document, manifest)
            yield decide(own, manifest.row(own.key), target)


class _Run:
    def __init__(
        self, manifest: Manifest, build: BuildInfo, pool: Pool, options: BatchOptions, watcher: Watcher
    ) -> None:
        self._manifest, self._build, self._pool = manifest, build, pool
        self._options, self._watcher = options, watcher
        self._tally = Tally()
        self._leaders: dict[str, bytes] = {}  # documents under way, by their bytes
        self._followers: dict[bytes, list[Row]] = {}  # documents of the same bytes as one under way
        self._rows: dict[bytes, Row] = {}  # documents under way
        self._ready: deque[Job] = deque()
        self._split_documents = SplitDocuments(options.split_pages, options.pipeline, options.seconds, _SECONDS_A_PAGE)
        self._seconds: dict[bytes, float] = {}  # what the parts of documents took
        self._vanished: set[bytes] = set()  # failed in this run because their files went
        self._problems: set[bytes] = set()  # could not be looked at in this run
        self._looked = time.monotonic()

    def run(self, documents: Iterable[SourceDocument], complete: Callable[[], bool]) -> Tally:
        self._tally.documents = sum(is_of_shard(d.key, self._options.shard) for d in documents)
        self._watcher.begun(self._tally)
        taken = 0
        try:
            for decision in decisions(documents, self._manifest, self._build, self._options):
                if decision.document.problem:
                    self._problems.add(decision.document.key)
                if decision.skipped:
                    self._skip(decision)
                elif not decision.to_read:
                    self._keep(decision)
                elif self._options.limit is not None and taken >= self._options.limit:
                    self._wait(decision)
                else:
                    taken += 1
                    self._take(decision)
                    self._go_on(until=_AHEAD * self._pool.workers, more=True)
                if time.monotonic() - self._looked >= _LOOK:  # much may stay as it is between two that are read
                    self._look(0.0, more=True)
            self._go_on(until=1, more=False)
            if complete():
                self._mark_gone()
                self._lead()
            self._manifest.commit()
        except OutputError as error:
            raise BatchStoppedError(str(error)) from None
        return self._tally

    def _keep(self, decision: Decision) -> None:
        self._tally.kept += 1
        row = decision.row
        if row is None or row == (before := self._manifest.row(row.key)):
            return
        if before is not None and before.status is Status.GONE and row.status in (Status.DONE, Status.PARTIAL):
            first = self._first(row)  # a copy took its place while it was gone
            if first is not None:
                row = replace(row, status=Status.DUPLICATE, same_as=first.key)
        self._manifest.put(row)

    def _first(self, row: Row) -> Row | None:
        """Another document of the same bytes whose file is there."""
        found = self._manifest.with_content(row.sha256) if row.sha256 else ()
        return next((same for same in found if same.key != row.key and not is_missing(same.path)), None)

    def _wait(self, decision: Decision) -> None:
        if decision.row is None:
            self._manifest.put(begun(None, decision.document.key, decision.document.path))

    def _skip(self, decision: Decision) -> None:
        """Keeps in mind that a file is none that is read."""
        if decision.row is not None:
            self._tally.kept += 1
            return
        document = decision.document
        size = mtime_ns = 0
        with contextlib.suppress(OSError):
            status = document.path.stat()
            size, mtime_ns = status.st_size, status.st_mtime_ns
        row = Row(document.key, os.fsencode(document.path), Status.SKIPPED, size, mtime_ns, error=decision.skipped)
        self._ended(row)

    def _take(self, decision: Decision) -> None:
        """Gives a document to the pool, unless its bytes are read or being read already."""
        document = decision.document
        row = begun(decision.row, document.key, document.path.absolute())
        row = replace(row, build=self._build, attempts=row.attempts + 1, same_as=b"", size=0, mtime_ns=0, sha256="")
        if document.problem:
            self._end(row, failed(row.key, "InputError", document.problem))
            return
        try:
            status = document.path.stat()
            row = replace(row, size=status.st_size, mtime_ns=status.st_mtime_ns)
            row = replace(row, sha256=input_files.sha256_of(document.path))
        except OSError as error:
            reason = f"{document.path}: {error.strerror or 'cannot be looked at'}"
            missing = isinstance(error, FileNotFoundError)
            self._end(row, failed(row.key, "MissingInputError" if missing else "InputError", reason))
            return
        except InputError as error:
            self._end(row, failed(row.key, type(error).__name__, str(error)))
            return
        if row.sha256 in self._leaders:
            self._followers.setdefault(self._leaders[row.sha256], []).append(row)
            self._manifest.put(row)
            return
        same = self._serving(row)
        if same is not None:
            self._end_as(row, same)
            return
        self._give(row)

    def _serving(self, row: Row) -> Row | None:
        """A document of the same bytes that was read as this one would be, and whose results are complete: best one
        whose file is there."""
        gone = None
        for same in self._manifest.with_content(row.sha256):
            alike = same.key != row.key and same.build == self._build
            if alike and results_stand(same, self._options.output, text=self._options.text):
                if not is_missing(same.path):
                    return same
                gone = gone or same
        return gone

    def _give(self, row: Row) -> None:
        """Gives a document to the pool to be read."""
        options = self._options
        if outside := why_outside(options.output, row.key):
            self._end(row, failed(row.key, "OutputError", outside))
            return
        self._leaders.setdefault(row.sha256, row.key)
        self._rows[row.key] = row
        self._manifest.put(row)
        text = result_path(options.output, row.key, ".txt") if options.text else None
        self._ready.append(
            Job(
                row.key,
                Path(os.fsdecode(row.path)),
                result_path(options.output, row.key, ".json"),
                text,
                options.pipeline,
                0 if options.send_back else options.split_pages,
                options.send_back,
                known=row.results,
            )
        )

    def _go_on(self, *, until: int, more: bool) -> None:
        """Hands out work and takes outcomes until fewer than `until` jobs are under way. `more` means that there are
        documents to come, to which those in parts leave half of the room."""
        while True:
            self._hand_out(more=more)
            if self._pool.under_way + len(self._ready) < until:
                return
            self._look(_LOOK, more=more)

    def _hand_out(self, *, more: bool) -> None:
        room = _AHEAD * self._pool.workers
        while self._pool.under_way < room:
            for_parts = max(1, room // 2) if more or self._ready else room
            if self._split_documents.waiting and self._split_documents.under_way < for_parts:
                self._pool.submit(self._split_documents.next_part())
            elif self._ready:
                self._pool.submit(self._ready.popleft())
            else:
                return

    def _look(self, seconds: float, *, more: bool) -> None:
        for job, outcome in self._pool.ended(seconds) if self._pool.under_way else ():
            if isinstance(job, PagesJob):
                self._part_ended(job, outcome)
            else:
                self._job_ended(job, outcome)
        self._hand_out(more=more)
        self._watcher.went_on(self._tally)
        self._looked = time.monotonic()

    def _job_ended(self, job: Job, outcome: Outcome) -> None:
        row = self._rows[job.key]
        if outcome.large:
            self._split_documents.begin(job, outcome.large)
            return
        outcome = self._written(job, outcome)
        if outcome.stops and (reason := why_unwritable(self._options.output)):
            raise BatchStoppedError(f"{self._options.output} cannot be written: {reason}")
        if job.key in self._seconds:
            outcome = replace(outcome, seconds=outcome.seconds + self._seconds.pop(job.key))
        else:
            self._tally.pages += outcome.pages
        del self._rows[job.key]
        self._leaders.pop(row.sha256, None)
        made = self._end(row, outcome)
        for follower in self._followers.pop(job.key, []):
            # the first one changed before it was read, or cannot be written where it belongs
            if made.sha256 != follower.sha256 or made.error_class == "OutputError":
                self._give(follower)
            elif made.status is Status.FAILED:
                self._end(follower, replace(outcome, key=follower.key, seconds=0.0))
            else:
                self._end_as(follower, made)

    def _written(self, job: Job, outcome: Outcome) -> Outcome:
        """The outcome once results that were sent back are on disk, text before record."""
        if not outcome.contents:
            return outcome
        try:
            write_results(job.places, outcome.contents, job.known)
        except OutputError as error:
            return failed(job.key, "OutputError", str(error), stops=True)
        return outcome

    def _part_ended(self, part: PagesJob, outcome: Outcome) -> None:
        self._tally.pages += outcome.pages
        ended = self._split_documents.ended(part, outcome)
        if ended is None:
            return
        job, failure, self._seconds[part.key] = ended
        if failure is None:
            self._ready.appendleft(job)
        else:
            self._job_ended(job, failure)

    def _end(self, row: Row, outcome: Outcome) -> Row:
        status = Status.FAILED if outcome.error_class else Status.PARTIAL if outcome.unread_pages else Status.DONE
        values = outcome.values() | {"sha256": outcome.sha256 or row.sha256}
        return self._ended(replace(row, status=status, **values))

    def _end_as(self, row: Row, same: Row) -> None:
        """Ends a document whose bytes were read under another name: its record is that one's, with its own name. Where
        that one's file is gone, this one takes its place."""
        folder = self._options.output
        if outside := why_outside(folder, row.key):
            self._end(row, failed(row.key, "OutputError", outside))
            return
        try:
            sizes = copy_results(folder, same.key, row, text=self._options.text)
        except OutputError as error:
            if reason := why_unwritable(folder):
                raise BatchStoppedError(f"{folder} cannot be written: {reason}") from None
            self._end(row, failed(row.key, "OutputError", str(error)))
            return
        values = same.values() | {"json_bytes": sizes[0], "text_bytes": sizes[1], "seconds": 0.0}
        alone = is_missing(same.path)
        self._ended(as_made(replace(row, same_as=b"" if alone else same.key, **values)))

    def _ended(self, row: Row) -> Row:
        row = replace(row, finished=datetime.now(UTC).isoformat(timespec="seconds"))
        self._manifest.put(row)
        self._tally.made[row.status] += 1
        if row.error_class == "MissingInputError":
            self._vanished.add(row.key)
        self._watcher.ended(row, self._tally)
        return row

    def _mark_gone(self) -> None:
        nothing_made = []
        for row in self._manifest.missing_files():
            if row.status is Status.SKIPPED:
                nothing_made.append(row.key)
            elif row.key not in self._vanished:
                self._manifest.put(replace(row, status=Status.GONE))
        for row in self._manifest.rows(Status.FAILED):  # folders that could not be entered, and can be now
            if row.key not in self._problems and os.path.isdir(row.path):  # noqa: PTH112
                nothing_made.append(row.key)
        self._manifest.forget(nothing_made)

    def _lead(self) -> None:
        """Puts copies under a document of the same bytes that is there: the first of them takes the place of one that
        is gone."""
        for row in self._manifest.copies_without_first():
            first = self._first(row)
            self._manifest.put(as_made(replace(row, same_as=b"" if first is None else first.key)))
