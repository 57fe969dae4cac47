"""`avskrift train`: verified records of an archive teach the learned reader."""

from collections.abc import Iterator
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
    VocabularyFolder,
    check_vocabulary,
    files_in,
    reading_options,
)
from avskrift.cli.text_input import correcting_options
from avskrift.cli.worker import Terminal, WorkLimits, in_worker
from avskrift.errors import InputError, UsageError
from avskrift.models.edits import DEFAULT_MIN_CONFIDENCE
from avskrift.models.limits import USUAL_ENGINE, USUAL_PAGE_SECONDS, USUAL_PAGES
from avskrift.output.terminal import print_error_line, print_text
from avskrift.runtime.limits import USUAL_SECONDS
from avskrift.runtime.worker import Report

if TYPE_CHECKING:
    from avskrift.adaptation import Training
    from avskrift.models.agreement import Agreement

_Records = Annotated[
    list[Path],
    typer.Option(
        "--from",
        help="Records (JSON of parse or batch) that people verified: a folder, or files; may be given several times.",
        show_default=False,
    ),
]
_Documents = Annotated[
    Path, typer.Option("--documents", help="The folder that holds their documents.", show_default=False)
]
_Output = Annotated[
    Path, typer.Option("-o", "--output", help="The file for --reader to read with.", show_default=False)
]
_Anyway = Annotated[bool, typer.Option("--anyway", help="Write the file even if it does not help (F1 is not higher).")]


def train(
    records: _Records,
    documents: _Documents,
    output: _Output,
    anyway: _Anyway = False,
    no_corrections: NoCorrections = False,
    glossary: GlossaryFile = None,
    min_confidence: MinConfidence = DEFAULT_MIN_CONFIDENCE,
    password: Password = None,
    vocabulary: VocabularyFolder = None,
    jobs: PageJobs = 1,
    engine: EngineName = USUAL_ENGINE,
    page_timeout: PageTimeout = USUAL_PAGE_SECONDS,
    timeout: DocumentTimeout = USUAL_SECONDS,
    memory: Memory = None,
    max_pages: MaxPages = USUAL_PAGES,
    log: LogFile = None,
    no_cache: NoCache = False,
) -> None:
    """Teach the reader with records that you verified. Give the options that their documents were read with."""
    from avskrift.models.options import ParsingOptions, PipelineOptions
    from avskrift.output.atomic_write import check_outputs, write
    from avskrift.output.record.json_file import check_json_output

    files = _files_of(records)
    check_outputs((output, log), (*files, glossary, *files_in(vocabulary)))
    check_json_output(output, "reader of train", "reader")
    reading = reading_options(engine, page_timeout, max_pages, jobs, password, cached=not no_cache)
    terminal = Terminal.of_output()

    def work(report: Report) -> dict[str, str | bool]:
        from avskrift.adaptation import documents_of, trained

        check_vocabulary(vocabulary)
        correcting = correcting_options(report, glossary, min_confidence, enabled=not no_corrections)
        options = PipelineOptions(reading=reading, correcting=correcting, parsing=ParsingOptions(vocabulary=vocabulary))
        verified = documents_of(_records_in(files, records, report), documents, report.line)
        return _made(trained(verified, options, report), terminal)

    made = in_worker(work, f"{len(files)} records", WorkLimits(timeout, page_timeout, memory, jobs), log)
    if terminal.colours:
        print_text(made["summary"], styled=True)
    print_error_line(made["figures"])
    if not made["helps"] and not anyway:
        print_error_line(f"it does not help, so {output} is not written (--anyway writes it)")
        raise typer.Exit(3)
    write(output, made["text"])
    print_error_line(f"{output} is written; read with it: --reader {output}")


def _made(training: "Training", terminal: Terminal) -> dict[str, str | bool]:
    """What is shown and written of a training."""
    from avskrift.output.training import figures_in_words, reader_text, training_summary

    return {
        "text": reader_text(training.reader),
        "figures": figures_in_words(training.reader),
        "summary": terminal.shown(training_summary(training.before, training.after)),
        "helps": training.helps,
    }


def _files_of(records: list[Path]) -> list[Path]:
    """The files that are given, and those in the folders that are. Raises `UsageError` for what is neither."""
    from avskrift.adaptation.documents import files_below

    found: list[Path] = []
    for given in records:
        if not given.exists():
            raise UsageError(f"{given}: there is no such file or folder of records")
        found += files_below(given, ".json") if given.is_dir() else [given]
    if not found:
        raise UsageError(f"{records[0]}: there is no record (JSON) in it")
    return list(dict.fromkeys(found))


def _records_in(files: list[Path], given: list[Path], report: Report) -> "Iterator[tuple[str, Agreement]]":
    """The records in some files; what is none is left out, unless it was given by its name. Raises `InputError`."""
    from avskrift.cli.compare_inputs import record_in

    for path in files:
        try:
            yield str(path), record_in(path)
        except InputError as error:
            if path in given:
                raise
            report.line(f"{error}; it is left out")
