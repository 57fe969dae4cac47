"""`python -m avskrift`, and the command `avskrift`."""

import os
import sys

from avskrift.runtime.signals import received_signal, stop_on_signals
from avskrift.runtime.uncollected_imports import uncollected_imports


def main() -> None:
    """Runs the command; a signal that asks to stop is heard from the first import on."""
    try:
        stop_on_signals()
        _open_standard_streams()
        with uncollected_imports():
            from avskrift.cli.app import main as run

        run()
    except BaseException as error:
        # A signal in the midst of an import, or of the very end; modules make other errors of it.
        number = received_signal()
        if number is None or isinstance(error, SystemExit):
            raise
        sys.stderr.write("avskrift: stopped\n")
        raise SystemExit(128 + number) from None


def _open_standard_streams() -> None:
    """Gives standard streams that are closed to the null device: whatever was opened next would get their numbers, and
    what libraries tell people would be written into it. `sys.stdout` stays None, so that a lost result is told of."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest number that is free
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    main()
