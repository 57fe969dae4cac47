"""Commands that read documents do it in a worker: its limits, what it shows meanwhile, what it sends back."""

import contextlib
import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from avskrift.cli.progress import page_progress
from avskrift.runtime.limits import usual_memory
from avskrift.runtime.worker import Limits, Report, run_in_worker

if TYPE_CHECKING:
    from rich.console import RenderableType

_PLAIN_WIDTH = 110
"""Columns of a summary that goes to a file or a pipe."""

_LEAST_WORK = 20.0
"""Seconds of the processor that a page may take at least: loading the libraries counts as the first page's."""


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What the options of a command say of limits: seconds for a document and for a page, mebibytes (None: as usual),
    pages read at the same time."""

    timeout: float
    page_timeout: float
    memory: int | None
    jobs: int = 1

    def limits(self) -> Limits:
        """The limits of a worker."""
        memory = self.memory << 20 if self.memory is not None else usual_memory(self.jobs)
        # A page is given to the engine several times, turned and in parts, and is looked at in between.
        return Limits(
            self.timeout, 60.0 + 2 * self.page_timeout, memory, max(_LEAST_WORK, self.page_timeout / 3 * self.jobs)
        )


def in_worker(work: Callable[[Report], Any], name: str, limits: WorkLimits, log: Path | None) -> Any:
    """What `work` returns, done in a worker; a bar shows its progress at a terminal. Raises as `run_in_worker`, or
    `OutputError` for a log that cannot be opened."""
    from avskrift.output.atomic_write import opened_to_append

    with contextlib.ExitStack() as stack:
        lines = opened_to_append(log) if log is not None else None
        if lines is not None:
            stack.callback(_close, lines)
        progress = stack.enter_context(page_progress(name))
        return run_in_worker(work, name, limits.limits(), pages=progress.pages, line=progress.line, log=lines)


def _close(log: TextIO) -> None:
    with contextlib.suppress(OSError):  # a log that is full, or that nobody reads any more, fails no document
        log.close()


@dataclass(frozen=True, slots=True)
class Terminal:
    """Standard output as a summary is made for it."""

    colours: bool
    width: int

    @classmethod
    def of_output(cls, plain_width: int = _PLAIN_WIDTH) -> "Terminal":
        """Standard output now."""
        if sys.stdout is None or not sys.stdout.isatty():
            return cls(False, plain_width)
        return cls(True, shutil.get_terminal_size().columns)

    def shown(self, what: "RenderableType") -> str:
        """The text, with colours for a terminal, that shows a summary."""
        from rich.console import Console

        text = io.StringIO()
        Console(file=text, force_terminal=self.colours, width=self.width).print(what)
        return text.getvalue()
