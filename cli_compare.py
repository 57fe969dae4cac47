"""The command line for comparing: arguments into calls, as in `cli`."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from avskrift.cli_options import ENGINE, PAGE_TIMEOUT, VOCABULARY
from avskrift.cli_progress import busy, page_progress
from avskrift.errors import InputError, UsageError
from avskrift.output.terminal import print_error_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from avskrift.comparison.descent import Version
    from avskrift.models.options import PipelineOptions
    from avskrift.output.plain_table import PlainTable
    from avskrift.versions import Opened

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
    password: Annotated[
        str | None, typer.Option("--password", help="Opens encrypted PDFs.", envvar="AVSKRIFT_PASSWORD")
    ] = None,
    vocabulary: Annotated[Path | None, VOCABULARY] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Pages read at the same time.")] = 1,
    engine: Annotated[str, ENGINE] = "tesseract",
    page_timeout: Annotated[float, PAGE_TIMEOUT] = 120.0,
) -> None:
    """Compare two versions, or many: what was added, removed and changed."""
    from platformdirs import user_cache_path
    from pydantic import SecretStr

    from avskrift.models.options import ParsingOptions, PipelineOptions, ReadingOptions
    from avskrift.output.writing import check_outputs
    from avskrift.parsing.vocabulary import check_vocabulary
    from avskrift.versions import is_record

    if sum((timeline, matrix, on is not None)) > 1:
        raise UsageError("--timeline, --matrix and --on are different questions; ask one at a time")
    outputs = output or []
    allowed = _KINDS["matrix" if matrix else "many" if timeline or on is not None else "two"]
    for path in outputs:
        if path.suffix.lower() not in allowed:
            raise UsageError(f"{path}: its name must end with one of {', '.join(sorted(allowed))}")
    check_outputs(outputs, (*files, *(vocabulary.glob("*") if vocabulary else ())))
    for path in outputs:
        if path.suffix.lower() == ".json" and path.is_file() and is_record(path):
            raise UsageError(f"{path} is a record of parse; a comparison is not written over it")
    if vocabulary is not None:
        check_vocabulary(vocabulary)
    options = PipelineOptions(
        reading=ReadingOptions(
            engine=engine,
            jobs=jobs,
            password=SecretStr(password) if password else None,
            page_timeout_seconds=page_timeout,
            cache_folder=user_cache_path("avskrift") / "pages",
        ),
        parsing=ParsingOptions(vocabulary=vocabulary),
    )
    if on is not None:
        _on_day(_day(on), files, options, outputs, json=json)
    elif matrix:
        _matrix(files, options, outputs, json=json)
    elif timeline:
        _timeline(files, options, outputs, json=json)
    else:
        _two(files, options, outputs, password, json=json, pictures=pictures)


_KINDS = {
    "two": {".html", ".json", ".md"},
    "many": {".html", ".json", ".md", ".csv"},
    "matrix": {".html", ".json", ".md", ".csv", ".svg"},
}


def _two(
    files: Sequence[Path],
    options: "PipelineOptions",
    outputs: Sequence[Path],
    password: str | None,
    *,
    json: bool,
    pictures: bool,
) -> None:
    from avskrift.comparison import compare as compared_of
    from avskrift.output.comparison_json import comparison_json
    from avskrift.output.comparison_markdown import comparison_markdown
    from avskrift.output.comparison_page import comparison_page
    from avskrift.output.comparison_summary import comparison_summary
    from avskrift.versions import pages_for

    if len(files) != 2:
        raise UsageError("give two files, the old version and the new one (or --timeline for more)")
    old, new = (_opened(path, options) for path in files)
    wanted = json or any(path.suffix.lower() == ".json" for path in outputs)
    compared = compared_of(
        old.version.record, new.version.record, patch=wanted, old_lines=old.lines, new_lines=new.lines
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
    _told(outputs, makers, lambda: comparison_summary(compared), json=json)


def _timeline(files: Sequence[Path], options: "PipelineOptions", outputs: Sequence[Path], *, json: bool) -> None:
    from avskrift.comparison.timeline import timeline_of
    from avskrift.output.comparison_json import comparison_json
    from avskrift.output.timeline_forms import timeline_summary, timeline_table

    timeline = timeline_of(_versions(files, options))
    table = timeline_table(timeline)
    makers: dict[str, Callable[[], str]] = {".json": lambda: comparison_json(timeline), **_forms(table)}
    _told(outputs, makers, lambda: timeline_summary(timeline), json=json)


def _matrix(files: Sequence[Path], options: "PipelineOptions", outputs: Sequence[Path], *, json: bool) -> None:
    from avskrift.comparison.matrix import matrix_of
    from avskrift.output.comparison_json import comparison_json
    from avskrift.output.matrix_forms import matrix_picture, matrix_summary, matrix_table

    matrix = matrix_of(_versions(files, options))
    makers: dict[str, Callable[[], str]] = {
        ".json": lambda: comparison_json(matrix),
        **_forms(matrix_table(matrix)),
        ".svg": lambda: matrix_picture(matrix),
    }
    _told(outputs, makers, lambda: matrix_summary(matrix), json=json)


def _on_day(
    day: date, files: Sequence[Path], options: "PipelineOptions", outputs: Sequence[Path], *, json: bool
) -> None:
    from avskrift.comparison.in_force import standing_on
    from avskrift.output.in_force_forms import in_force_json, in_force_summary, in_force_table

    standing = standing_on(day, _versions(files, options))
    makers: dict[str, Callable[[], str]] = {
        ".json": lambda: in_force_json(day, standing),
        **_forms(in_force_table(day, standing)),
    }
    _told(outputs, makers, lambda: in_force_summary(day, standing), json=json)


def _forms(table: "PlainTable") -> "dict[str, Callable[[], str]]":
    from avskrift.output.plain_table import as_csv, as_html, as_markdown, as_svg

    return {
        ".csv": lambda: as_csv(table),
        ".md": lambda: as_markdown(table),
        ".html": lambda: as_html(table),
        ".svg": lambda: as_svg(table),
    }


def _told(
    outputs: Sequence[Path],
    makers: "dict[str, Callable[[], str]]",
    summary: "Callable[[], RenderableType]",
    *,
    json: bool,
) -> None:
    """Writes every output by its name's end; prints JSON when asked to, a summary when nothing else is written."""
    from avskrift.output.writing import write

    for path in outputs:
        write(path, makers[path.suffix.lower()]())
    if json:
        sys.stdout.flush()
        sys.stdout.buffer.write(makers[".json"]().encode("utf-8"))
        sys.stdout.buffer.flush()
    elif not outputs:
        from rich.console import Console

        Console(width=None if sys.stdout.isatty() else 110).print(summary())


def _opened(path: Path, options: "PipelineOptions") -> "Opened":
    from avskrift.versions import opened

    with page_progress(path.name) as progress:
        return opened(path, options, progress)


def _versions(files: Sequence[Path], options: "PipelineOptions") -> "list[Version]":
    """The versions that files and folders hold; what cannot be read in a folder is told on standard error."""
    from avskrift.versions import named_apart, versions_in

    found: list[Version] = []
    with busy(" ".join(str(path) for path in files[:3])):
        for path in files:
            if path.is_dir():
                found.extend(versions_in(path, options, print_error_line))
            else:
                found.append(_opened(path, options).version)
    if not found:
        raise InputError(f"{', '.join(map(str, files))}: there is no document in it")
    return named_apart(found)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise UsageError(f"--on {text}: give a day as 2018-05-01")
    return day
