"""The command `avskrift`: its commands, and how each way out of it ends."""

import contextlib
import os
import sys
from typing import Annotated, NoReturn

import typer

from avskrift import __version__
from avskrift.cli.archive import export, report, search
from avskrift.cli.batch import batch, explain
from avskrift.cli.compare import compare
from avskrift.cli.correct import correct
from avskrift.cli.doctor import doctor
from avskrift.cli.parse import parse
from avskrift.cli.schema import schema
from avskrift.cli.train import train
from avskrift.errors import AvskriftError, BatchInterruptedError, OutputError
from avskrift.output.terminal import print_error_line, print_line
from avskrift.runtime.failures import is_disk_full
from avskrift.runtime.signals import received_signal, stop_on_signals
from avskrift.runtime.worker import InternalError

COMMANDS = (
    (compare, "avskrift compare agreement-2016.pdf agreement-2020.pdf -o what-changed.html"),
    (batch, "avskrift batch scans/ -o records/ --jobs 4"),
    (explain, "avskrift explain scans/agreement.pdf -o records/"),
    (export, "avskrift export records/ --to csv"),
    (search, 'avskrift search records/ "trygghetsvandring"'),
    (report, "avskrift report records/"),
    (parse, "avskrift parse agreement.pdf -o agreement.json --summary"),
    (correct, "avskrift correct old-ocr.txt --witness new-ocr.txt -o mended.txt"),
    (train, "avskrift train --from verified/ --documents scans/ -o our.reader.json"),
    (schema, "avskrift schema > agreement.schema.json"),
    (doctor, "avskrift doctor"),
)
"""Each command, and the example that its help ends with."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads scanned Swedish cooperation agreements into structured, traceable JSON.",
)
for _command, _example in COMMANDS:
    app.command(epilog=f"Example: {_example}")(_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        print_line(f"avskrift {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """The entry point: every way out ends with the exit status of the contract and, on failure, one line."""
    stop_on_signals()
    debug = "--debug" in sys.argv
    with contextlib.suppress(ValueError):
        sys.argv.remove("--debug")
    try:
        app()
    except (AvskriftError, SystemExit, KeyboardInterrupt, Exception) as error:
        # Libraries make other errors of the one that a signal raises: typer a plain end, imports what they like.
        number = received_signal()
        if number is not None:
            _fail(str(error) if isinstance(error, BatchInterruptedError) else "stopped", 128 + number)
        if isinstance(error, SystemExit):
            raise
        _end_with(error, debug=debug)


def _end_with(error: BaseException, *, debug: bool) -> NoReturn:
    """Says in one line what went wrong, and ends."""
    if isinstance(error, AvskriftError):
        _fail(str(error), error.exit_status)
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has gone; nothing is left to say to them.
        _drop_output()
        sys.exit(0)
    if isinstance(error, OSError) and is_disk_full(error):
        _drop_output()
        _fail(f"{error.filename or 'standard output'} cannot be written: {error.strerror}", OutputError.exit_status)
    if isinstance(error, KeyboardInterrupt):
        _fail("stopped", 130)
    if isinstance(error, MemoryError):
        _fail("the machine has too little memory for this", 1)
    if debug:
        if isinstance(error, InternalError):
            sys.stderr.write(error.where)
        raise error
    text = str(error) if isinstance(error, InternalError) else f"{type(error).__name__}: {error}"
    _fail(f"internal error ({text}); --debug shows where", 1)


def _drop_output() -> None:
    """Drops what still waits to be written to standard output, or the end of the program would fail at it."""
    with contextlib.suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, status: int) -> NoReturn:
    print_error_line(message)
    sys.exit(status)
