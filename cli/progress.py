"""Bars on standard error for work that people wait for; nothing when that is no terminal.

Names are shown as they are: rich finds no markup in them, the terminal no control signs.
"""

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from avskrift.output.terminal import one_line, print_error_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_SLOW_SECONDS = 2.0


@contextlib.contextmanager
def busy(name: str) -> Iterator[None]:
    """A moving bar on standard error for work whose length is not known; nothing when that is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(one_line(name))):
        yield


class PageProgress:
    """A bar on standard error, which appears when the work takes more than two seconds."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._begun = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def pages(self, done: int, known: int) -> None:
        """So many pages are done, of so many known."""
        if not sys.stderr.isatty() or time.monotonic() - self._begun < _SLOW_SECONDS:
            return
        if self._bar is None or self._task is None:
            self._bar = _bar()
            self._task = self._bar.add_task("", total=known, name=one_line(self._name))
            self._bar.start()
        self._bar.update(self._task, completed=done, total=known)

    def line(self, text: str) -> None:
        """A line on standard error; the bar begins anew below it."""
        self.stop()
        print_error_line(text)

    def stop(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = self._task = None


@contextlib.contextmanager
def page_progress(name: str) -> Iterator[PageProgress]:
    """A bar on standard error for work that takes more than two seconds; nothing when that is no terminal."""
    progress = PageProgress(name)
    try:
        yield progress
    finally:
        progress.stop()


def _bar() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.fields[name]}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
