"""The command line: arguments into calls, results onto screens and into files."""

import contextlib
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from avskrift import __version__
from avskrift.cli_archive import archive
from avskrift.cli_compare import comparing
from avskrift.cli_options import ENGINE, GLOSSARY, MIN_CONFIDENCE, PAGE_TIMEOUT, VOCABULARY
from avskrift.cli_progress import busy, page_progress
from avskrift.errors import AvskriftError, InputError, LimitExceededError
from avskrift.output.terminal import print_error_line

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
    debug = "--debug" in sys.argv
    with contextlib.suppress(ValueError):
        sys.argv.remove("--debug")
    try:
        app()
    except AvskriftError as error:
        _fail(str(error), error.exit_status)
    except BrokenPipeError:
        # Whoever read our output has gone; nothing is left to say to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        _fail("stopped", 130)
    except MemoryError:
        _fail("the machine has too little memory for this document", 1)
    except Exception as error:
        if debug:
            raise
        _fail(f"internal error ({type(error).__name__}: {error}); --debug shows where", 1)


def _fail(message: str, status: int) -> None:
    print_error_line(message)
    sys.exit(status)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"avskrift {__version__}")
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
    min_confidence: Annotated[float, MIN_CONFIDENCE] = 0.0,
    password: Annotated[
        str | None, typer.Option("--password", help="Opens an encrypted PDF.", envvar="AVSKRIFT_PASSWORD")
    ] = None,
    vocabulary: Annotated[Path | None, VOCABULARY] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Pages read at the same time.")] = 1,
    engine: Annotated[str, ENGINE] = "tesseract",
    page_timeout: Annotated[float, PAGE_TIMEOUT] = 120.0,
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

    from avskrift.models.options import CorrectingOptions, ParsingOptions, PipelineOptions, ReadingOptions
    from avskrift.output.json_file import json_of
    from avskrift.output.plain_text import text_of
    from avskrift.output.writing import check_writable, write
    from avskrift.parsing.vocabulary import check_vocabulary
    from avskrift.pipeline import record_of, transcribe

    for path in (output, text):
        if path is not None:
            check_writable(path)
    if vocabulary is not None:
        check_vocabulary(vocabulary)
    options = PipelineOptions(
        reading=ReadingOptions(
            engine=engine,
            jobs=jobs,
            password=SecretStr(password) if password else None,
            page_timeout_seconds=page_timeout,
            cache_folder=None if no_cache else user_cache_path("avskrift") / "pages",
        ),
        correcting=CorrectingOptions(
            enabled=not no_corrections, min_confidence=min_confidence, glossary=_words_in(glossary)
        ),
        parsing=ParsingOptions(vocabulary=vocabulary),
    )
    with page_progress(file.name) as progress:
        document = transcribe(file, options, progress)
    agreement = record_of(document, options)
    for warning in agreement.warnings:
        print_error_line(f"{file.name}: {warning}")
    if text is not None:
        write(text, text_of(document))
    if output is not None:
        write(output, json_of(agreement))
    elif not summary:
        _print(json_of(agreement))
    if summary:
        from rich.console import Console

        from avskrift.output.summary import print_summary

        print_summary(agreement, Console(width=None if sys.stdout.isatty() else 100))


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
    min_confidence: Annotated[float, MIN_CONFIDENCE] = 0.0,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Write every change and every doubt here, with its place, as JSON Lines."),
    ] = None,
    reflow: Annotated[
        bool, typer.Option("--reflow", help="Join the lines of each paragraph; else lines stay as they are.")
    ] = False,
) -> None:
    """Correct the text that an OCR left behind, line for line."""
    from avskrift.corrections.text import corrected_text
    from avskrift.models.options import CorrectingOptions
    from avskrift.output.findings import findings_of, told
    from avskrift.output.writing import check_writable, write

    for path in (output, report):
        if path is not None:
            check_writable(path)
    source = _text_in(file)
    options = CorrectingOptions(min_confidence=min_confidence, glossary=_words_in(glossary))
    with busy(f"{file}"):
        mended = corrected_text(source, options, witnesses=[_text_in(path) for path in witness or ()], reflow=reflow)
    for line in (*mended.warnings, *told(mended.doubtful)):
        print_error_line(f"{file}: {line}")
    if report is not None:
        write(report, findings_of(mended.findings))
    if output is not None:
        write(output, mended.text)
    else:
        _print(mended.text)


def _text_in(file: Path) -> str:
    """The text in a file, or in standard input; what is odd about its encoding goes to standard error."""
    from avskrift.corrections.lines import MOST_SIGNS
    from avskrift.ingest.encoding import decode
    from avskrift.input_files import read_file

    most = 4 * MOST_SIGNS  # bytes
    data = sys.stdin.buffer.read(most + 1) if str(file) == "-" else read_file(file, most)
    if len(data) > most:
        raise LimitExceededError(f"{file}: the text is too long ({MOST_SIGNS:,} signs at most)")
    try:
        text, warnings = decode(data)
    except InputError as error:
        raise type(error)(f"{file}: {error}") from None
    for warning in warnings:
        print_error_line(f"{file}: {warning}")
    return text


def _words_in(glossary: Path | None) -> tuple[str, ...]:
    from avskrift.corrections.glossary import words_of

    return words_of(_text_in(glossary)) if glossary is not None else ()


@app.command(epilog="Example: avskrift schema > agreement.schema.json")
def schema(
    of: Annotated[
        SchemaOf, typer.Option("--of", help="Of which JSON: of parse, or of compare and its questions.")
    ] = SchemaOf.RECORD,
) -> None:
    """Print the JSON Schema of what parse writes, or compare."""
    from avskrift.output.comparison_json import comparison_schema_text
    from avskrift.output.json_file import schema_text

    _print(schema_text() if of is SchemaOf.RECORD else comparison_schema_text(of.value))


@app.command(epilog="Example: avskrift doctor")
def doctor() -> None:
    """Check that this machine has what reading needs."""
    from avskrift.doctor import examine

    findings = examine()
    for finding in findings:
        print(f"{'ok     ' if finding.in_order else 'MISSING'} {finding.what}: {finding.found}")
    remedies = list(dict.fromkeys(f.remedy for f in findings if not f.in_order))
    for remedy in remedies:
        print(f"To mend it: {remedy}")
    if remedies:
        raise typer.Exit(1)


def _print(text: str) -> None:
    """Text as UTF-8 whatever the terminal's locale says."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
