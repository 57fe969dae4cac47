"""How a run goes: shown to people at a terminal, or written to a log line by line."""

import contextlib
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from avskrift.batch.rows import Row, Status
from avskrift.batch.sources import shown
from avskrift.batch.tally import Tally, Watcher
from avskrift.output.atomic_write import opened_to_append
from avskrift.output.sanitise import sanitised
from avskrift.output.terminal import one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_EVERY = 30.0
"""Seconds between two lines on how far the run is."""


def duration_text(seconds: float | None) -> str:
    """A time for people: `1 h 05 min`, `3 min 20 s`."""
    if seconds is None:
        return "?"
    rounded = int(seconds)
    if rounded >= 3600:
        return f"{rounded // 3600} h {rounded % 3600 // 60:02d} min"
    return f"{rounded // 60} min {rounded % 60:02d} s" if rounded >= 60 else f"{rounded} s"


def summary(tally: Tally) -> str:
    """One line on how far a run is."""
    failed = tally.made[Status.FAILED]
    return (
        f"{tally.done} of {tally.documents} documents ({tally.kept} done before, {failed} failed), "
        f"{tally.pages} pages, {tally.pages_per_minute:.0f} pages a minute, {duration_text(tally.seconds_left)} left"
    )


class Log:
    """Plain lines, or one JSON object a line: each failure at once, how far the run is now and then. With `traces`
    also what went wrong inside the program, on lines of their own."""

    def __init__(self, handle: IO[str], *, as_json: bool, traces: bool = False) -> None:
        self._handle, self._as_json, self._traces = handle, as_json, traces
        self._last = time.monotonic()

    def begun(self, tally: Tally) -> None:
        """Says how many documents there are."""
        self._line("begun", f"{tally.documents} documents", documents=tally.documents)

    def ended(self, row: Row, tally: Tally) -> None:
        """Says that a document failed; as JSON, how each ended."""
        if self._as_json:
            values: dict[str, object] = {
                "document": shown(row.key),
                "status": row.status.value,
                "pages": row.pages,
                "seconds": row.seconds,
            }
            values |= {"error_class": row.error_class or None, "error": row.error or None}
            self._line("document", "", **values, **({"trace": row.trace} if row.trace and self._traces else {}))
            return
        if row.status is Status.FAILED:
            self._line("failed", one_line(f"{shown(row.key)}: {row.error_class}: {row.error}"))
        if row.trace and self._traces:
            inside = "\n".join("    " + sanitised(line) for line in row.trace.splitlines())
            self._line("inside", f"{shown(row.key)}: what went wrong inside:\n{inside}")

    def went_on(self, tally: Tally) -> None:
        """Says how far the run is, where the last time is long ago."""
        if time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            self._line("progress", summary(tally), **_numbers(tally))

    def _line(self, event: str, text: str, **values: object) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        if self._as_json:
            line = json.dumps({"time": now, "event": event, **values}, ensure_ascii=False)
        else:
            line = f"{now} {text}"
        with contextlib.suppress(OSError, ValueError):  # a log that is full or gone ends no batch
            self._handle.write(line + "\n")
            self._handle.flush()


def _numbers(tally: Tally) -> dict[str, object]:
    return {
        "documents": tally.documents,
        "done": tally.done,
        "kept": tally.kept,
        "failed": tally.made[Status.FAILED],
        "pages": tally.pages,
        "pages_per_minute": round(tally.pages_per_minute, 1),
        "seconds_left": None if tally.seconds_left is None else round(tally.seconds_left),
    }


class Bar:
    """A moving bar at a terminal, with the failures above it."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def begun(self, tally: Tally) -> None:
        """Shows the bar."""
        self._task = self._progress.add_task("documents", total=tally.documents, summary="")

    def ended(self, row: Row, tally: Tally) -> None:
        """Shows a failure above the bar, and moves it."""
        if row.status is Status.FAILED:
            self._progress.console.print(one_line(f"{shown(row.key)}: {row.error}"), style="red", markup=False)
        self.went_on(tally)

    def went_on(self, tally: Tally) -> None:
        """Moves the bar."""
        if self._task is None:
            return
        summary = (
            f"{tally.pages} pages, {tally.pages_per_minute:.0f} a minute, {duration_text(tally.seconds_left)} left, "
            f"{tally.made[Status.FAILED]} failed"
        )
        self._progress.update(self._task, completed=tally.done, summary=summary)


class Several:
    """Passes everything on to several watchers."""

    def __init__(self, *watchers: Watcher) -> None:
        self._watchers = watchers

    def begun(self, tally: Tally) -> None:
        """Passes on that the run began."""
        for watcher in self._watchers:
            watcher.begun(tally)

    def ended(self, row: Row, tally: Tally) -> None:
        """Passes on that a document ended."""
        for watcher in self._watchers:
            watcher.ended(row, tally)

    def went_on(self, tally: Tally) -> None:
        """Passes on how far the run is."""
        for watcher in self._watchers:
            watcher.went_on(tally)


@contextlib.contextmanager
def progress_watcher(log: Path | None, *, as_json: bool) -> Iterator[Watcher]:
    """A bar where standard error is a terminal, else lines on it; and lines to `log` where it is given.

    Raises `OutputError` for a log that cannot be opened.
    """
    with contextlib.ExitStack() as stack:
        watchers: list[Watcher] = []
        if log is not None:
            handle = stack.enter_context(opened_to_append(log))
            watchers.append(Log(handle, as_json=as_json, traces=True))
        if sys.stderr.isatty() and not (as_json and log is None):
            watchers.append(Bar(stack.enter_context(_bar())))
        elif log is None:
            watchers.append(Log(sys.stderr, as_json=as_json))
        yield Several(*watchers)


def _bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[summary]}"),
        console=Console(stderr=True),
        transient=True,
    )
