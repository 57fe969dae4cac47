"""`avskrift export`, `search` and `report`: what is made of the results of a batch."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from avskrift.cli.options import ResultsFolder
from avskrift.cli.progress import busy
from avskrift.errors import UsageError
from avskrift.output.own_names import EXPORTS, REPORT, export_name
from avskrift.output.terminal import print_error_line, print_line

_DELIMITERS = {",": ",", ";": ";", "tab": "\t"}
"""What may part the cells of a table, by how people write it."""


def export(
    folder: ResultsFolder,
    to: Annotated[str, typer.Option("--to", help=f"One of {', '.join(EXPORTS)}.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file or folder to write; FOLDER/export... if not given.")
    ] = None,
    delimiter: Annotated[
        str,
        typer.Option(
            "--delimiter",
            help="Between the cells of csv: ',', ';' (with a decimal comma, for spreadsheets in Swedish) or 'tab'.",
        ),
    ] = ",",
) -> None:
    """Write the records of a batch in another form. csv, parquet and markdown make folders."""
    from avskrift.batch.output_paths import check_archive_output
    from avskrift.batch.records import all_rows, finished_documents
    from avskrift.batch.rows import MADE
    from avskrift.output.archive.export import to_csv, to_jsonl, to_markdown, to_parquet
    from avskrift.output.archive.export_folder import sweep_folders
    from avskrift.output.archive.sqlite_archive import to_sqlite
    from avskrift.output.atomic_write import place_of, sweep

    writers: dict[str, Callable[..., int]] = {
        "jsonl": to_jsonl,
        "csv": to_csv,
        "parquet": to_parquet,
        "sqlite": to_sqlite,
        "markdown": to_markdown,
    }
    if to not in writers:
        raise UsageError(f"--to {to}: there are {', '.join(writers)}")
    if delimiter not in _DELIMITERS or (to != "csv" and delimiter != ","):
        raise UsageError(f"--delimiter {delimiter}: --to csv alone has one, and it is {' or '.join(_DELIMITERS)}")
    settings = {"delimiter": _DELIMITERS[delimiter]} if to == "csv" else {}
    path = output if output is not None else folder / export_name(to)
    for folder_written in {place_of(path).parent, folder.resolve()}:
        sweep(folder_written)
        sweep_folders(folder_written)
    check_archive_output(folder, path, to, given=output is not None)
    with busy(f"writing {path}"):
        count = writers[to](finished_documents(folder), path, **settings)
    left_out = sum(row.status in MADE for row in all_rows(folder, lambda line: None)) - count
    print_error_line(f"{count} documents in {path}")
    if left_out:
        text = f"{left_out} records are missing or of another version and were left out; run the batch again"
        print_error_line(text)


def search(
    folder: ResultsFolder,
    words: Annotated[str, typer.Argument(help='Words that stand on one page; "several words" side by side.')],
    most: Annotated[int, typer.Option("--most", min=1, help="Pages to show at most.")] = 100,
) -> None:
    """Find words in the corrected texts of a batch; å ä ö may be left out. Prints document, page, line and text."""
    from avskrift.batch.records import search_texts

    with busy("looking for new texts"):
        hits = search_texts(folder, words, most)
    for hit in hits:
        print_line(f"{hit.document}\tpage {hit.page}\tline {hit.line}\t{hit.text}")


def report(
    folder: ResultsFolder,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The page to write; FOLDER/report.html if not given.")
    ] = None,
) -> None:
    """Write what happened in a batch as one page of HTML: failures, pages to scan again, the least sure records."""
    from avskrift.batch.output_paths import check_archive_output
    from avskrift.batch.reporting import archive_report
    from avskrift.output.archive.report import html_of
    from avskrift.output.atomic_write import write

    path = output if output is not None else folder / REPORT
    check_archive_output(folder, path, "report", given=output is not None)
    with busy("reading the records"):
        page = html_of(archive_report(folder))
    write(path, page)
    print_error_line(f"{path}")
