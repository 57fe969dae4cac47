"""`avskrift parse`: one document into JSON."""

from dataclasses import dataclass
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
    NoCache,
    NoCorrections,
    PageJobs,
    PageTimeout,
    Password,
    ReaderFile,
    VocabularyFolder,
    check_reader,
    check_vocabulary,
    files_in,
    reading_options,
)
from avskrift.cli.text_input import correcting_options
from avskrift.cli.worker import Terminal, WorkLimits, in_worker
from avskrift.errors import UsageError
from avskrift.models.edits import DEFAULT_MIN_CONFIDENCE
from avskrift.models.limits import USUAL_ENGINE, USUAL_PAGE_SECONDS, USUAL_PAGES
from avskrift.output.terminal import print_text
from avskrift.runtime.limits import USUAL_SECONDS
from avskrift.runtime.uncollected_imports import uncollected_imports
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
_Summary = Annotated[
    bool, typer.Option("--summary", help="Print what was found for people; the JSON only goes to --output.")
]
_Split = Annotated[
    bool,
    typer.Option(
        "--split",
        help="One record for each of several documents in the file: a JSON array, with --output NAME.json the files "
        "NAME-1.json, NAME-2.json ...",
    ),
]
_RulesOnly = Annotated[
    bool, typer.Option("--rules-only", help="Read by the rules alone, without the reader that has learned.")
]
_Explain = Annotated[
    Path | None,
    typer.Option(
        "--explain",
        help="Write here (-: standard output) why each line is a heading, a list item, a page header ...: page, line, "
        "kind, reason and text, parted by tabs. The JSON only goes to --output.",
    ),
]
_DebugImages = Annotated[
    Path | None,
    typer.Option(
        "--debug-images",
        help="Write here, into a folder, a picture of each page with what was seen on it: words by their source, "
        "cells, regions, headers, hidden words, print that was not read.",
    ),
]


def parse(
    file: _File,
    output: _Output = None,
    text: _Text = None,
    no_corrections: NoCorrections = False,
    glossary: GlossaryFile = None,
    min_confidence: MinConfidence = DEFAULT_MIN_CONFIDENCE,
    password: Password = None,
    vocabulary: VocabularyFolder = None,
    reader: ReaderFile = None,
    jobs: PageJobs = 1,
    engine: EngineName = USUAL_ENGINE,
    page_timeout: PageTimeout = USUAL_PAGE_SECONDS,
    timeout: DocumentTimeout = USUAL_SECONDS,
    memory: Memory = None,
    max_pages: MaxPages = USUAL_PAGES,
    log: LogFile = None,
    no_cache: NoCache = False,
    summary: _Summary = False,
    explain: _Explain = None,
    split: _Split = False,
    rules_only: _RulesOnly = False,
    debug_images: _DebugImages = None,
) -> None:
    """Read one document into JSON."""
    with uncollected_imports():
        from avskrift.models.options import ParsingOptions, PipelineOptions
        from avskrift.output.record.debug_images import check_folder

    if rules_only and reader is not None:
        raise UsageError("--rules-only reads without --reader; give one of them")
    _check_outputs(output, (text, log, explain), (file, glossary, reader, *files_in(vocabulary)), split=split)
    check_folder(debug_images)
    reading = reading_options(engine, page_timeout, max_pages, jobs, password, cached=not no_cache)
    wanted = _Wanted(text is not None, explain is not None, _terminal(summary), split, debug_images is not None)

    def work(report: Report) -> dict[str, list[str]]:
        _load(vocabulary, reader)
        correcting = correcting_options(report, glossary, min_confidence, enabled=not no_corrections)
        parsing = ParsingOptions(vocabulary=vocabulary, learned=not rules_only, reader=reader)
        return _made(file, PipelineOptions(reading=reading, correcting=correcting, parsing=parsing), wanted, report)

    made = in_worker(work, file.name, WorkLimits(timeout, page_timeout, memory, jobs), log)
    outputs = _files_of_records(output, made["json"], (file, text, log, explain, glossary, reader), split=split)
    others = [(path, made[form][0]) for path, form in ((text, "text"), (explain, "explanations")) if path is not None]
    _write([*outputs, *others], debug_images, made["images"])
    if output is None and not summary and explain is None:
        _print_records(made["json"], split=split)
    if summary:
        print_text(made["summary"][0], styled=True)


def _write(texts: "Sequence[tuple[Path, str]]", folder: Path | None, images: "Sequence[str]") -> None:
    from avskrift.cli.debug_images import write_images
    from avskrift.output.atomic_write import write

    for path, content in texts:
        write(path, content)
    write_images(folder, images)


def _terminal(summary: bool) -> Terminal | None:
    return Terminal.of_output(100) if summary else None


def _print_records(records: "Sequence[str]", *, split: bool) -> None:
    from avskrift.output.record.json_file import array_of

    print_text(array_of(records) if split else records[0])


def _check_outputs(
    output: Path | None, others: "Sequence[Path | None]", inputs: "Sequence[Path | None]", *, split: bool
) -> None:
    """Raises `UsageError` or `OutputError` for an output that cannot be, or that would take the place of another
    file."""
    from avskrift.output.atomic_write import check_outputs
    from avskrift.output.record.json_file import check_json_output

    check_outputs((output, *others), inputs)
    if output is not None and not split:
        check_json_output(output, "record of parse", "document")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for beside the record: the text, what each line was taken to be, a summary for a `terminal`; with
    `split` a record for each document of the file; with `images` what was seen on each page."""

    text: bool
    explanations: bool
    terminal: Terminal | None
    split: bool
    images: bool


def _load(vocabulary: Path | None, reader: Path | None) -> None:
    """Imports what takes long, at once. Raises `UsageError` for a vocabulary or a reader that cannot be used."""
    with uncollected_imports():
        import avskrift.parsing
        import avskrift.pipeline  # noqa: F401

    check_vocabulary(vocabulary)
    check_reader(reader)


def _made(file: Path, options: "PipelineOptions", wanted: _Wanted, report: Report) -> dict[str, list[str]]:
    """Everything that is asked for of a document: `json` is a text for each record, the other forms are one."""
    from avskrift.cli.debug_images import images_of
    from avskrift.output.record.json_file import json_of
    from avskrift.output.record.plain_text import text_of
    from avskrift.output.record.summary import summary_of
    from avskrift.parsing import explain_lines
    from avskrift.pipeline import record_of, records_of, transcribe

    document = transcribe(file, options, report.pages, report.read)
    found = records_of(document, options) if wanted.split else [record_of(document, options)]
    for warning in dict.fromkeys(warning for agreement in found for warning in agreement.warnings):
        report.line(f"{file.name}: {warning}")
    shown = "" if wanted.terminal is None else "".join(wanted.terminal.shown(summary_of(one)) for one in found)
    return {
        "json": [json_of(agreement) for agreement in found],
        "text": [text_of(document)] if wanted.text else [],
        "explanations": [_table(explain_lines(document, options.parsing))] if wanted.explanations else [],
        "summary": [shown],
        "images": images_of(file, document, options.reading.password) if wanted.images else [],
    }


def _files_of_records(
    output: Path | None, records: "Sequence[str]", others: "Sequence[Path | None]", *, split: bool
) -> list[tuple[Path, str]]:
    """Where each record is written: to `output`, with `split` to files named after it. Raises as `check_outputs` does
    for the files that get names only now."""
    from avskrift.output.atomic_write import check_outputs, descriptor_of
    from avskrift.output.record.json_file import array_of, check_json_output

    if output is None:
        return []
    if not split:
        return [(output, records[0])]
    if descriptor_of(output) is not None:  # standard output has one name for all records
        return [(output, array_of(records))]
    paths = [output.with_name(f"{output.stem}-{n}{output.suffix}") for n in range(1, len(records) + 1)]
    check_outputs(paths, others)
    for path in paths:
        check_json_output(path, "record of parse", "document")
    return list(zip(paths, records, strict=True))


def _table(lines: "Sequence[LineExplanation]") -> str:
    """A row for each line of a document: page, line, kind, reason, text, parted by tabs."""
    from dataclasses import astuple

    rows = [("page", "line", "kind", "reason", "text"), *map(astuple, lines)]
    return "".join("\t".join(str(cell).replace("\t", " ") for cell in row) + "\n" for row in rows)
