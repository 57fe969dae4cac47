"""Bars on standard error for work that people wait for; nothing when that is no terminal."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

_SLOW_SECONDS = 2.0


@contextlib.contextmanager
def busy(name: str) -> Iterator[None]:
    """A moving bar on standard error for work whose length is not known; nothing when that is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(name):
        yield


@contextlib.contextmanager
def page_progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for work that takes more than two seconds; nothing when that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, known: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    begun = time.monotonic()
    state: dict[str, Any] = {"task": None}

    def show(done: int, known: int) -> None:
        if state["task"] is None:
            if time.monotonic() - begun < _SLOW_SECONDS:
                return
            bar.start()
            state["task"] = bar.add_task(name, total=known)
        bar.update(state["task"], completed=done, total=known)

    try:
        yield show
    finally:
        bar.stop()
