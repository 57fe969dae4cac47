"""`avskrift compare`: two versions, or many: what was added, removed and changed."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from avskrift.cli.options import (
    DocumentTimeout,
    EngineName,
    LogFile,
    MaxPages,
    Memory,
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
from avskrift.cli.worker import Terminal, WorkLimits, in_worker
from avskrift.errors import UsageError
from avskrift.models.limits import USUAL_ENGINE, USUAL_PAGE_SECONDS, USUAL_PAGES
from avskrift.output.terminal import print_text
from avskrift.runtime.limits import USUAL_SECONDS
from avskrift.runtime.worker import Report

_Files = Annotated[
    list[Path],
    typer.Argument(
        help="The old and the new version: documents, or JSON of parse. With --timeline more of them, with "
        "--matrix and --on folders of them.",
        show_default=False,
    ),
]
_Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        help="Write it here: .html, .json, .md; .csv too for more than two, .svg with --matrix. Several times.",
    ),
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a summary.")]
_Timeline = Annotated[
    bool, typer.Option("--timeline", help="Versions of an agreement over the years, in order of time.")
]
_Matrix = Annotated[
    bool, typer.Option("--matrix", help="Which documents have which groups and focus areas, how often they meet.")
]
_On = Annotated[str | None, typer.Option("--on", help="What was in force on this day (2018-05-01), and what says so.")]
_Pictures = Annotated[bool, typer.Option("--pictures/--no-pictures", help="Put pictures of the pages into HTML.")]

_SUFFIXES = {
    "two": {".html", ".json", ".md"},
    "timeline": {".html", ".json", ".md", ".csv"},
    "on": {".html", ".json", ".md", ".csv"},
    "matrix": {".html", ".json", ".md", ".csv", ".svg"},
}
"""What names of outputs may end with, by the question."""


def compare(
    files: _Files,
    output: _Outputs = None,
    json: _Json = False,
    timeline: _Timeline = False,
    matrix: _Matrix = False,
    on: _On = None,
    pictures: _Pictures = True,
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
) -> None:
    """Compare two versions, or many: what was added, removed and changed."""
    from avskrift.cli.compare_forms import SUMMARY, Question, WantedForms
    from avskrift.models.options import ParsingOptions, PipelineOptions
    from avskrift.output.atomic_write import write

    kind = _kind(timeline=timeline, matrix=matrix, on=on is not None)
    outputs = output or []
    _check_outputs(outputs, log, (*files, reader, *files_in(vocabulary)), kind)
    day = _day(on) if on is not None else None
    reading = reading_options(engine, page_timeout, max_pages, jobs, password)
    options = PipelineOptions(reading=reading, parsing=ParsingOptions(vocabulary=vocabulary, reader=reader))
    suffixes = frozenset(path.suffix.lower() for path in outputs)
    wanted = WantedForms(suffixes, json, not outputs, Terminal.of_output())

    def work(report: Report) -> dict[str, str]:
        check_vocabulary(vocabulary)
        check_reader(reader)
        return Question(files, options, wanted, report).answer(kind, day, password, pictures=pictures)

    name = " ".join(str(path) for path in files[:3])
    made = in_worker(work, name, WorkLimits(timeout, page_timeout, memory, jobs), log)
    for path in outputs:
        write(path, made[path.suffix.lower()])
    if json:
        print_text(made[".json"])
    elif not outputs:
        print_text(made[SUMMARY], styled=True)


def _kind(*, timeline: bool, matrix: bool, on: bool) -> str:
    """The question that is asked, as `_SUFFIXES` calls it. Raises `UsageError` for several at once."""
    asked = [kind for kind, wanted in (("timeline", timeline), ("matrix", matrix), ("on", on)) if wanted]
    if len(asked) > 1:
        raise UsageError("--timeline, --matrix and --on are different questions; ask one at a time")
    return asked[0] if asked else "two"


def _check_outputs(outputs: list[Path], log: Path | None, inputs: Iterable[Path | None], kind: str) -> None:
    """Raises `UsageError` or `OutputError` for an output that cannot be, or that would take the place of an input or
    another file."""
    from avskrift.output.atomic_write import check_outputs
    from avskrift.output.record.json_file import check_json_output

    for path in outputs:
        if path.suffix.lower() not in _SUFFIXES[kind]:
            raise UsageError(f"{path}: its name must end with one of {', '.join(sorted(_SUFFIXES[kind]))}")
    check_outputs((*outputs, log), inputs)
    for path in outputs:
        if path.suffix.lower() == ".json":
            check_json_output(path, "comparison", "old", "versions", "columns", "day")


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise UsageError(f"--on {text}: give a day as 2018-05-01")
    return day
