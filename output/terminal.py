"""Lines for people at a terminal: all of standard error is written here, each on one line, free of control signs; and
lines of standard output, which are as they are unless a terminal shows them."""

import sys

from avskrift.output.sanitise import sanitised

_LONGEST = 400


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
    line = sanitised(text) if sys.stdout.isatty() else text
    sys.stdout.flush()
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
