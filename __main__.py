"""`python -m avskrift`, and the command `avskrift`."""

from avskrift.processes.signals import Stopped, received, stop_on_signals


def main() -> None:
    """Runs the command; a signal that asks to stop is heard from the first import on."""
    try:
        stop_on_signals()
        from avskrift.cli import main as run

        run()
    except Stopped:
        raise SystemExit(128 + (received() or 2)) from None


if __name__ == "__main__":
    main()
