"""Lines for people at a terminal: all of standard error is written here, each on one line, free of control signs; and
lines of standard output, which are as they are unless a terminal shows them."""

import os
import sys
from typing import TextIO

from avskrift.errors import OutputError
from avskrift.output.sanitise import sanitised

_LONGEST = 400


def open_closed_streams() -> None:
    """Has what was closed by whoever started us lead nowhere, so that no file or pipe of ours gets its number: what is
    told is lost, standard input is empty, and standard output, which is `sys.stdout` no more, is an error to use."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # it gets the lowest number that is free
            os.set_inheritable(os.open(os.devnull, os.O_RDONLY if number < 2 else os.O_WRONLY), True)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115


def standard_output() -> TextIO:
    """Standard output. Raises `OutputError` where it is closed."""
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    return sys.stdout


def one_line(text: str) -> str:
    """The text on one line of at most 400 characters, fit to be written anywhere.

    Control signs, turns of the direction of writing, and bytes that are no UTF-8 (surrogates, as in names on disk)
    stand as replacement signs.
    """
    return " ".join(sanitised(text).split())[:_LONGEST]


def print_error_line(text: str) -> None:
    """Writes `avskrift: ` and the text as one line to standard error."""
    print(f"avskrift: {one_line(text)}", file=sys.stderr, flush=True)


def print_line(text: str) -> None:
    """Writes a line to standard output as UTF-8; where that is a terminal, free of control signs."""
    output = standard_output()
    line = sanitised(text) if output.isatty() else text
    output.flush()
    output.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    output.buffer.flush()
