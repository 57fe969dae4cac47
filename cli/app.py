"""The command line: arguments into calls, results onto screens and into files."""

import contextlib
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from avskrift import __version__
from avskrift.cli.archive import archive
from avskrift.cli.compare import comparing
from avskrift.cli.options import (
    ENGINE,
    GLOSSARY,
    LOG,
    MAX_PAGES,
    MEMORY,
    MIN_CONFIDENCE,
    PAGE_TIMEOUT,
    PASSWORD,
    TIMEOUT,
    VOCABULARY,
)
from avskrift.cli.worker import Terminal, WorkLimits, in_worker
from avskrift.errors import AvskriftError, BatchInterruptedError, InputError, LimitExceededError, OutputError
from avskrift.models.edits import DEFAULT_MIN_CONFIDENCE
from avskrift.models.limits import USUAL_PAGE_SECONDS, USUAL_PAGES
from avskrift.output.terminal import print_error_line, print_line, print_text
from avskrift.runtime.failures import is_want_of_space
from avskrift.runtime.limits import USUAL_SECONDS
from avskrift.runtime.signals import received, stop_on_signals
from avskrift.runtime.worker import InternalError, Report

if TYPE_CHECKING:
    from avskrift.models.options import CorrectingOptions


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads scanned Swedish cooperation agreements into structured, traceable JSON.",
)
app.registered_commands.extend([*comparing.registered_commands, *archive.registered_commands])


class SchemaOf(StrEnum):
    """What has a JSON Schema."""

    RECORD = "record"
    COMPARISON = "comparison"
    TIMELINE = "timeline"
    MATRIX = "matrix"
    IN_FORCE = "in-force"


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
        number = received()
        if number is not None:
            _fail(str(error) if isinstance(error, BatchInterruptedError) else "stopped", 128 + number)
        if isinstance(error, SystemExit):
            raise
        _tell(error, debug=debug)


def _tell(error: BaseException, *, debug: bool) -> NoReturn:
    """Says in one line what went wrong, and ends."""
    if isinstance(error, AvskriftError):
        _fail(str(error), error.exit_status)
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has gone; nothing is left to say to them.
        _let_go_of_output()
        sys.exit(0)
    if isinstance(error, OSError) and is_want_of_space(error):
        _let_go_of_output()
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


def _let_go_of_output() -> None:
    """What still waits to be written to standard output is dropped, or the end of the program would fail at it."""
    with contextlib.suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, status: int) -> NoReturn:
    print_error_line(message)
    sys.exit(status)


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


@app.command(epilog="Example: avskrift parse agreement.pdf -o agreement.json --summary")
def parse(
    file: Annotated[Path, typer.Argument(help="A PDF, TIFF, PNG, JPEG or text file.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the JSON here instead of to standard output.")
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option("--text", help="Also write the text in reading order, pages parted by form feeds."),
    ] = None,
    no_corrections: Annotated[bool, typer.Option("--no-corrections", help="Leave the reading as it came.")] = False,
    glossary: Annotated[Path | None, GLOSSARY] = None,
    min_confidence: Annotated[float, MIN_CONFIDENCE] = DEFAULT_MIN_CONFIDENCE,
    password: Annotated[str | None, PASSWORD] = None,
    vocabulary: Annotated[Path | None, VOCABULARY] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Pages read at the same time.")] = 1,
    engine: Annotated[str, ENGINE] = "tesseract",
    page_timeout: Annotated[float, PAGE_TIMEOUT] = USUAL_PAGE_SECONDS,
    timeout: Annotated[float, TIMEOUT] = USUAL_SECONDS,
    memory: Annotated[int | None, MEMORY] = None,
    max_pages: Annotated[int, MAX_PAGES] = USUAL_PAGES,
    log: Annotated[Path | None, LOG] = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Read every page anew, and keep none for the next time.")
    ] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="Print what was found for people; the JSON only goes to --output.")
    ] = False,
) -> None:
    """Read one document into JSON."""
    from platformdirs import user_cache_path
    from pydantic import SecretStr

    from avskrift.models.options import ParsingOptions, PipelineOptions, ReadingOptions
    from avskrift.output.atomic_write import check_outputs, write
    from avskrift.output.record.json_file import check_json_output

    check_outputs((output, text, log), (file, glossary, *(vocabulary.glob("*") if vocabulary else ())))
    if output is not None:
        check_json_output(output, "record of parse", "document")
    reading = ReadingOptions(
        engine=engine,
        jobs=jobs,
        password=SecretStr(password) if password else None,
        page_timeout_seconds=page_timeout,
        max_pages=max_pages,
        cache_folder=None if no_cache else user_cache_path("avskrift") / "pages",
    )
    terminal = Terminal.of_output(100)

    def work(report: Report) -> dict[str, str]:
        from avskrift.output.record.json_file import json_of
        from avskrift.output.record.plain_text import text_of
        from avskrift.output.record.summary import summary_of
        from avskrift.parsing.vocabulary import check_vocabulary
        from avskrift.pipeline import record_of, transcribe

        if vocabulary is not None:
            check_vocabulary(vocabulary)
        options = PipelineOptions(
            reading=reading,
            correcting=_correcting(report, glossary, min_confidence, enabled=not no_corrections),
            parsing=ParsingOptions(vocabulary=vocabulary),
        )
        document = transcribe(file, options, report.pages, report.read)
        agreement = record_of(document, options)
        for warning in agreement.warnings:
            report.line(f"{file.name}: {warning}")
        return {
            "json": json_of(agreement),
            "text": text_of(document) if text is not None else "",
            "summary": terminal.shown(summary_of(agreement)) if summary else "",
        }

    made = in_worker(work, file.name, WorkLimits(timeout, page_timeout, memory, jobs), log)
    if text is not None:
        write(text, made["text"])
    if output is not None:
        write(output, made["json"])
    elif not summary:
        print_text(made["json"])
    if summary:
        print_text(made["summary"], styled=True)


@app.command(epilog="Example: avskrift correct old-ocr.txt --witness new-ocr.txt -o mended.txt")
def correct(
    file: Annotated[Path, typer.Argument(help="A text file; - for standard input.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the text here instead of to standard output.")
    ] = None,
    witness: Annotated[
        list[Path] | None,
        typer.Option("--witness", help="Another OCR text of the same document; may be given several times."),
    ] = None,
    glossary: Annotated[Path | None, GLOSSARY] = None,
    min_confidence: Annotated[float, MIN_CONFIDENCE] = DEFAULT_MIN_CONFIDENCE,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Write every change and every doubt here, with its place, as JSON Lines."),
    ] = None,
    reflow: Annotated[
        bool, typer.Option("--reflow", help="Join the lines of each paragraph; else lines stay as they are.")
    ] = False,
    timeout: Annotated[float, TIMEOUT] = USUAL_SECONDS,
    memory: Annotated[int | None, MEMORY] = None,
    log: Annotated[Path | None, LOG] = None,
) -> None:
    """Correct the text that an OCR left behind, line for line."""
    from avskrift.output.atomic_write import check_outputs, write

    check_outputs((output, report, log), (file, glossary, *(witness or ())))
    given = _standard_input() if str(file) == "-" else None

    def work(told: Report) -> dict[str, str]:
        from avskrift.corrections.text import corrected_text
        from avskrift.output.record.corrections_report import doubtful_readings, report_of

        source = _text_of(_text_bytes(file) if given is None else given, file, told)
        options = _correcting(told, glossary, min_confidence)
        witnesses = [_text_of(_text_bytes(path), path, told) for path in witness or ()]
        told.read()
        corrected = corrected_text(source, options, witnesses=witnesses, reflow=reflow)
        for line in (*corrected.warnings, *doubtful_readings(corrected.lines)):
            told.line(f"{file}: {line}")
        return {"text": corrected.text, "report": report_of(corrected.lines) if report is not None else ""}

    made = in_worker(work, f"{file}", WorkLimits(timeout, timeout, memory), log)
    if report is not None:
        write(report, made["report"])
    if output is not None:
        write(output, made["text"])
    else:
        print_text(made["text"])


def _text_bytes(file: Path) -> bytes:
    """The bytes of a file of text. Raises `InputError`."""
    from avskrift.models.options import MOST_SIGNS
    from avskrift.runtime.input_files import read_file

    return read_file(file, 4 * MOST_SIGNS)  # a sign takes up to four bytes


def _standard_input() -> bytes:
    """All of standard input; it is read here, for a worker may not read from the terminal."""
    from avskrift.models.options import MOST_SIGNS

    data = sys.stdin.buffer.read(4 * MOST_SIGNS + 1)
    if len(data) > 4 * MOST_SIGNS:
        raise LimitExceededError(f"standard input: the text is too long ({MOST_SIGNS:,} signs at most)")
    return data


def _text_of(data: bytes, file: Path, report: Report) -> str:
    """The text that a file holds; what is odd about its encoding is reported."""
    from avskrift.ingest.files.encoding import decode

    try:
        text, warnings = decode(data)
    except InputError as error:
        raise type(error)(f"{file}: {error}") from None
    for warning in warnings:
        report.line(f"{file}: {warning}")
    return text


def _correcting(
    report: Report, glossary: Path | None, min_confidence: float, *, enabled: bool = True
) -> "CorrectingOptions":
    from avskrift.corrections.glossary import words_of
    from avskrift.models.options import CorrectingOptions

    words = words_of(_text_of(_text_bytes(glossary), glossary, report)) if glossary is not None else ()
    return CorrectingOptions(enabled=enabled, min_confidence=min_confidence, glossary=words)


@app.command(epilog="Example: avskrift schema > agreement.schema.json")
def schema(
    of: Annotated[
        SchemaOf, typer.Option("--of", help="Of which JSON: of parse, or of compare and its questions.")
    ] = SchemaOf.RECORD,
) -> None:
    """Print the JSON Schema of what parse writes, or compare."""
    from avskrift.output.comparison.json_file import comparison_schema_text
    from avskrift.output.record.json_file import schema_text

    print_text(schema_text() if of is SchemaOf.RECORD else comparison_schema_text(of.value))


@app.command(epilog="Example: avskrift doctor")
def doctor() -> None:
    """Check that this machine has what reading needs."""
    from avskrift.cli.doctor import examine

    findings = examine()
    for finding in findings:
        state = "ok     " if finding.in_order else "MISSING"
        print_line(f"{state} {finding.what}: {finding.found}")
    remedies = list(dict.fromkeys(f.remedy for f in findings if not f.in_order))
    for remedy in remedies:
        print_line(f"To mend it: {remedy}")
    if remedies:
        raise typer.Exit(1)
