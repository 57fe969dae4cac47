"""The command line for comparing: arguments into calls, as in `cli`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from avskrift.cli.options import (
    ENGINE,
    LOG,
    MAX_PAGES,
    MEMORY,
    PAGE_TIMEOUT,
    PASSWORD,
    TIMEOUT,
    VOCABULARY,
)
from avskrift.cli.worker import Terminal, WorkLimits, in_worker
from avskrift.errors import InputError, UsageError
from avskrift.models.limits import USUAL_PAGE_SECONDS, USUAL_PAGES
from avskrift.output.terminal import print_text
from avskrift.runtime.limits import USUAL_SECONDS
from avskrift.runtime.worker import Report

if TYPE_CHECKING:
    from rich.console import RenderableType

    from avskrift.comparison.reports.version_chain import Version
    from avskrift.models.options import PipelineOptions
    from avskrift.output.table import PlainTable

comparing = typer.Typer(add_completion=False)


@comparing.command(epilog="Example: avskrift compare agreement-2016.pdf agreement-2020.pdf -o what-changed.html")
def compare(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="The old and the new version: documents, or JSON of parse. With --timeline more of them, with "
            "--matrix and --on folders of them.",
            show_default=False,
        ),
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            help="Write it here: .html, .json, .md; .csv too for more than two, .svg with --matrix. Several times.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a summary.")] = False,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="Versions of an agreement over the years, in order of time.")
    ] = False,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="Which documents have which groups and focus areas, how often they meet.")
    ] = False,
    on: Annotated[
        str | None, typer.Option("--on", help="What was in force on this day (2018-05-01), and what says so.")
    ] = None,
    pictures: Annotated[
        bool, typer.Option("--pictures/--no-pictures", help="Put pictures of the pages into HTML.")
    ] = True,
    password: Annotated[str | None, PASSWORD] = None,
    vocabulary: Annotated[Path | None, VOCABULARY] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Pages read at the same time.")] = 1,
    engine: Annotated[str, ENGINE] = "tesseract",
    page_timeout: Annotated[float, PAGE_TIMEOUT] = USUAL_PAGE_SECONDS,
    timeout: Annotated[float, TIMEOUT] = USUAL_SECONDS,
    memory: Annotated[int | None, MEMORY] = None,
    max_pages: Annotated[int, MAX_PAGES] = USUAL_PAGES,
    log: Annotated[Path | None, LOG] = None,
) -> None:
    """Compare two versions, or many: what was added, removed and changed."""
    from platformdirs import user_cache_path
    from pydantic import SecretStr

    from avskrift.models.options import ParsingOptions, PipelineOptions, ReadingOptions
    from avskrift.output.atomic_write import check_outputs, write
    from avskrift.output.record.json_file import check_json_output

    if sum((timeline, matrix, on is not None)) > 1:
        raise UsageError("--timeline, --matrix and --on are different questions; ask one at a time")
    outputs = output or []
    allowed = _KINDS["matrix" if matrix else "many" if timeline or on is not None else "two"]
    for path in outputs:
        if path.suffix.lower() not in allowed:
            raise UsageError(f"{path}: its name must end with one of {', '.join(sorted(allowed))}")
    check_outputs((*outputs, log), (*files, *(vocabulary.glob("*") if vocabulary else ())))
    for path in outputs:
        if path.suffix.lower() == ".json":
            check_json_output(path, "comparison", "old", "versions", "columns", "day")
    day = _day(on) if on is not None else None
    options = PipelineOptions(
        reading=ReadingOptions(
            engine=engine,
            jobs=jobs,
            password=SecretStr(password) if password else None,
            page_timeout_seconds=page_timeout,
            max_pages=max_pages,
            cache_folder=user_cache_path("avskrift") / "pages",
        ),
        parsing=ParsingOptions(vocabulary=vocabulary),
    )
    wanted = _Wanted(frozenset(path.suffix.lower() for path in outputs), json, not outputs, Terminal.of_output())

    def work(report: Report) -> dict[str, str]:
        from avskrift.parsing.vocabulary import Vocabulary

        Vocabulary.from_folder(vocabulary)  # what is wrong in it is told before anything is read
        if day is not None:
            return _on_day(day, files, options, wanted, report)
        if matrix:
            return _matrix(files, options, wanted, report)
        if timeline:
            return _timeline(files, options, wanted, report)
        return _two(files, options, wanted, report, password, pictures=pictures)

    name = " ".join(str(path) for path in files[:3])
    made = in_worker(work, name, WorkLimits(timeout, page_timeout, memory, jobs), log)
    for path in outputs:
        write(path, made[path.suffix.lower()])
    if json:
        print_text(made[".json"])
    elif not outputs:
        print_text(made[_SUMMARY], styled=True)


_SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be made: files by the ends of their names, JSON to be printed, else a summary for the terminal."""

    suffixes: frozenset[str]
    json: bool
    summary: bool
    terminal: Terminal

    def made(self, makers: "dict[str, Callable[[], str]]", summary: "Callable[[], RenderableType]") -> dict[str, str]:
        """What is wanted, each by the end of its name, the summary by its own."""
        kinds = self.suffixes | ({".json"} if self.json else set())
        made = {kind: makers[kind]() for kind in sorted(kinds)}
        if self.summary and not self.json:
            made[_SUMMARY] = self.terminal.shown(summary())
        return made


_KINDS = {
    "two": {".html", ".json", ".md"},
    "many": {".html", ".json", ".md", ".csv"},
    "matrix": {".html", ".json", ".md", ".csv", ".svg"},
}


def _two(
    files: Sequence[Path],
    options: "PipelineOptions",
    wanted: _Wanted,
    report: Report,
    password: str | None,
    *,
    pictures: bool,
) -> dict[str, str]:
    from avskrift.cli.compare_inputs import opened, pages_for
    from avskrift.comparison import compare as compared_of
    from avskrift.output.comparison.json_file import comparison_json
    from avskrift.output.comparison.markdown import comparison_markdown
    from avskrift.output.comparison.page import comparison_page
    from avskrift.output.comparison.summary import comparison_summary

    if len(files) != 2:
        raise UsageError("give two files, the old version and the new one (or --timeline for more)")
    old, new = (opened(path, options, report) for path in files)
    patch = wanted.json or ".json" in wanted.suffixes
    report.document(f"{files[0]} and {files[1]}")
    report.read()
    compared = compared_of(
        old.version.record, new.version.record, patch=patch, old_lines=old.lines, new_lines=new.lines
    )

    def page() -> str:
        first, second = (
            pages_for(side, compared, old=side is old, password=password, pictures=pictures) for side in (old, new)
        )
        return comparison_page(compared, first, second)

    makers: dict[str, Callable[[], str]] = {
        ".html": page,
        ".json": lambda: comparison_json(compared),
        ".md": lambda: comparison_markdown(compared),
    }
    return wanted.made(makers, lambda: comparison_summary(compared))


def _timeline(files: Sequence[Path], options: "PipelineOptions", wanted: _Wanted, report: Report) -> dict[str, str]:
    from avskrift.comparison.reports.timeline import timeline_of
    from avskrift.output.comparison.json_file import comparison_json
    from avskrift.output.comparison.timeline import timeline_summary, timeline_table

    timeline = timeline_of(_versions(files, options, report))
    table = timeline_table(timeline)
    makers: dict[str, Callable[[], str]] = {".json": lambda: comparison_json(timeline), **_forms(table)}
    return wanted.made(makers, lambda: timeline_summary(timeline))


def _matrix(files: Sequence[Path], options: "PipelineOptions", wanted: _Wanted, report: Report) -> dict[str, str]:
    from avskrift.comparison.reports.matrix import matrix_of
    from avskrift.output.comparison.json_file import comparison_json
    from avskrift.output.comparison.matrix import matrix_picture, matrix_summary, matrix_table

    matrix = matrix_of(_versions(files, options, report))
    makers: dict[str, Callable[[], str]] = {
        ".json": lambda: comparison_json(matrix),
        **_forms(matrix_table(matrix)),
        ".svg": lambda: matrix_picture(matrix),
    }
    return wanted.made(makers, lambda: matrix_summary(matrix))


def _on_day(
    day: date, files: Sequence[Path], options: "PipelineOptions", wanted: _Wanted, report: Report
) -> dict[str, str]:
    from avskrift.comparison.reports.in_force import in_force_on
    from avskrift.output.comparison.in_force import in_force_json, in_force_summary, in_force_table

    standing = in_force_on(day, _versions(files, options, report))
    makers: dict[str, Callable[[], str]] = {
        ".json": lambda: in_force_json(day, standing),
        **_forms(in_force_table(day, standing)),
    }
    return wanted.made(makers, lambda: in_force_summary(day, standing))


def _forms(table: "PlainTable") -> "dict[str, Callable[[], str]]":
    from avskrift.output.table import as_csv, as_html, as_markdown, as_svg

    return {
        ".csv": lambda: as_csv(table),
        ".md": lambda: as_markdown(table),
        ".html": lambda: as_html(table),
        ".svg": lambda: as_svg(table),
    }


def _versions(files: Sequence[Path], options: "PipelineOptions", report: Report) -> "list[Version]":
    """The versions that files and folders hold; what cannot be read in a folder is told on standard error."""
    from avskrift.cli.compare_inputs import named_apart, opened, versions_in

    found: list[Version] = []
    for path in files:
        if path.is_dir():
            found.extend(versions_in(path, options, report))
        else:
            found.append(opened(path, options, report).version)
    if not found:
        raise InputError(f"{', '.join(map(str, files))}: there is no document in it")
    report.document(" ".join(str(path) for path in files[:3]))
    report.read()
    return named_apart(found)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise UsageError(f"--on {text}: give a day as 2018-05-01")
    return day
