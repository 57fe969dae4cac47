"""Commands that read documents do it in a worker: its limits, what it shows meanwhile, what it sends back."""

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avskrift.cli_progress import page_progress
from avskrift.output.sanitise import sanitised
from avskrift.output.terminal import standard_output
from avskrift.processes.held import Limits, Report, held
from avskrift.processes.limits import usual_memory

if TYPE_CHECKING:
    from rich.console import RenderableType

_PLAIN_WIDTH = 110
"""Columns of a summary that goes to a file or a pipe."""


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
        return Limits(self.timeout, 60.0 + 2 * self.page_timeout, memory, self.page_timeout / 3 * self.jobs)


def in_worker(work: Callable[[Report], Any], name: str, limits: WorkLimits, log: Path | None) -> Any:
    """What `work` returns, done in a worker; a bar shows its progress at a terminal. Raises as `held`."""
    with page_progress(name) as progress:
        return held(work, name, limits.limits(), pages=progress.pages, line=progress.line, log=log)


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


def print_text(text: str, *, styled: bool = False) -> None:
    """Text to standard output as UTF-8, whatever the terminal's locale says. A terminal gets none of the control signs
    that a document may hold; `styled` text has been freed of them, and given those of colours."""
    if not text:
        return
    output = standard_output()
    if output.isatty() and not styled:
        text = sanitised(text)
    output.flush()
    output.buffer.write(text.encode("utf-8", "backslashreplace"))
    output.buffer.flush()
