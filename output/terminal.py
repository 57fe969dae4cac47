"""Lines for people at a terminal: all of standard error is written here, each on one line, free of control signs; and
standard output, which is as it is unless a terminal shows it."""

import sys

from avskrift.errors import OutputError
from avskrift.output.sanitise import sanitised

_LONGEST = 400
_CUT = " ... "


def one_line(text: str) -> str:
    """The text on one line of at most 400 characters, fit to be written anywhere.

    Control signs, turns of the direction of writing, and bytes that are no UTF-8 (surrogates, as in names on disk)
    stand as replacement signs. What is too long is cut in the middle: names stand first, what is wrong last.
    """
    line = " ".join(sanitised(text).split())
    half = (_LONGEST - len(_CUT)) // 2
    return line if len(line) <= _LONGEST else line[:half] + _CUT + line[-half:]


def print_error_line(text: str) -> None:
    """Writes `avskrift: ` and the text as one line to standard error."""
    print(f"avskrift: {one_line(text)}", file=sys.stderr, flush=True)


def print_line(text: str) -> None:
    """Writes a line to standard output, as `print_text`. Raises as it."""
    print_text(text + "\n")


def print_text(text: str, *, styled: bool = False) -> None:
    """Text to standard output as UTF-8, whatever the terminal's locale says. A terminal gets none of the control signs
    that a document may hold; `styled` text has been freed of them, and given those of colours.

    Raises `OutputError` where standard output is closed or full; `BrokenPipeError` where whoever reads it has gone.
    """
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    if sys.stdout.isatty() and not styled:
        text = sanitised(text)
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output cannot be written: {error.strerror or error}") from None
