"""`python -m avskrift`, and the command `avskrift`."""

import sys

from avskrift.processes.signals import received, stop_on_signals


def main() -> None:
    """Runs the command; a signal that asks to stop is heard from the first import on."""
    try:
        stop_on_signals()
        from avskrift.cli import main as run

        run()
    except BaseException as error:
        # A signal in the midst of an import, or of the very end; modules make other errors of it.
        number = received()
        if number is None or isinstance(error, SystemExit):
            raise
        sys.stderr.write("avskrift: stopped\n")
        raise SystemExit(128 + number) from None


if __name__ == "__main__":
    main()
