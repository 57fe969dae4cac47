"""Lines for people at a terminal: all of standard error is written here, each on one line, free of control signs."""

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
