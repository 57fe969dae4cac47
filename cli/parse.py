"""`avskrift parse`: one document into JSON."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from avskrift.cli.options import (
    DocumentTimeout,
    EngineName,
    GlossaryFile,
    LogFile,
    MaxPages,
    Memory,
    MinConfidence,
    PageJobs,
    PageTimeout,
    Password,
    VocabularyFolder,
    check_vocabulary,
    files_in,
    reading_options,
)
from avskrift.cli.text_input import correcting_options
from avskrift.cli.worker import Terminal, WorkLimits, in_worker
from avskrift.models.edits import DEFAULT_MIN_CONFIDENCE
from avskrift.models.limits import USUAL_PAGE_SECONDS, USUAL_PAGES
from avskrift.output.terminal import print_text
from avskrift.runtime.limits import USUAL_SECONDS
from avskrift.runtime.worker import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from avskrift.models.options import PipelineOptions
    from avskrift.parsing import LineExplanation

_File = Annotated[Path, typer.Argument(help="A PDF, TIFF, PNG, JPEG or text file.", show_default=False)]
_Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write the JSON here instead of to standard output.")
]
_Text = Annotated[
    Path | None, typer.Option("--text", help="Also write the text in reading order, pages parted by form feeds.")
]
_NoCorrections = Annotated[bool, typer.Option("--no-corrections", help="Leave the reading as it came.")]
_NoCache = Annotated[bool, typer.Option("--no-cache", help="Read every page anew, and keep none for the next time.")]
_Summary = Annotated[
    bool, typer.Option("--summary", help="Print what was found for people; the JSON only goes to --output.")
]
_Explain = Annotated[
    Path | None,
    typer.Option(
        "--explain",
        help="Write here (-: standard output) why each line is a heading, a list item, a page header ...: page, line, "
        "kind, reason and text, parted by tabs. The JSON only goes to --output.",
    ),
]


def parse(
    file: _File,
    output: _Output = None,
    text: _Text = None,
    no_corrections: _NoCorrections = False,
    glossary: GlossaryFile = None,
    min_confidence: MinConfidence = DEFAULT_MIN_CONFIDENCE,
    password: Password = None,
    vocabulary: VocabularyFolder = None,
    jobs: PageJobs = 1,
    engine: EngineName = "tesseract",
    page_timeout: PageTimeout = USUAL_PAGE_SECONDS,
    timeout: DocumentTimeout = USUAL_SECONDS,
    memory: Memory = None,
    max_pages: MaxPages = USUAL_PAGES,
    log: LogFile = None,
    no_cache: _NoCache = False,
    summary: _Summary = False,
    explain: _Explain = None,
) -> None:
    """Read one document into JSON."""
    from avskrift.models.options import ParsingOptions, PipelineOptions
    from avskrift.output.atomic_write import check_outputs, write
    from avskrift.output.record.json_file import check_json_output

    check_outputs((output, text, log, explain), (file, glossary, *files_in(vocabulary)))
    if output is not None:
        check_json_output(output, "record of parse", "document")
    reading = reading_options(engine, page_timeout, max_pages, jobs, password, cached=not no_cache)
    terminal = Terminal.of_output(100) if summary else None

    def work(report: Report) -> dict[str, str]:
        check_vocabulary(vocabulary)
        correcting = correcting_options(report, glossary, min_confidence, enabled=not no_corrections)
        options = PipelineOptions(reading=reading, correcting=correcting, parsing=ParsingOptions(vocabulary=vocabulary))
        return _parsed(file, options, terminal, report, with_text=text is not None, explained=explain is not None)

    made = in_worker(work, file.name, WorkLimits(timeout, page_timeout, memory, jobs), log)
    for path, form in ((text, "text"), (output, "json"), (explain, "explanations")):
        if path is not None:
            write(path, made[form])
    if output is None and not summary and explain is None:
        print_text(made["json"])
    if summary:
        print_text(made["summary"], styled=True)


def _parsed(
    file: Path,
    options: "PipelineOptions",
    terminal: Terminal | None,
    report: Report,
    *,
    with_text: bool,
    explained: bool,
) -> dict[str, str]:
    """The record of a document as JSON, its text and what each line was taken to be if wanted, and a summary for a
    terminal if one is given."""
    from avskrift.output.record.json_file import json_of
    from avskrift.output.record.plain_text import text_of
    from avskrift.output.record.summary import summary_of
    from avskrift.parsing import explain_lines
    from avskrift.pipeline import record_of, transcribe

    document = transcribe(file, options, report.pages, report.read)
    agreement = record_of(document, options)
    for warning in agreement.warnings:
        report.line(f"{file.name}: {warning}")
    return {
        "json": json_of(agreement),
        "text": text_of(document) if with_text else "",
        "explanations": _table(explain_lines(document, options.parsing)) if explained else "",
        "summary": terminal.shown(summary_of(agreement)) if terminal is not None else "",
    }


def _table(lines: "Sequence[LineExplanation]") -> str:
    """A row for each line of a document: page, line, kind, reason, text, parted by tabs."""
    from dataclasses import astuple

    rows = [("page", "line", "kind", "reason", "text"), *map(astuple, lines)]
    return "".join("\t".join(str(cell).replace("\t", " ") for cell in row) + "\n" for row in rows)
