"""The command line for whole archives: arguments into calls, as in `cli`."""

import contextlib
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from avskrift.cli.options import ENGINE, MAX_PAGES, PAGE_TIMEOUT, VOCABULARY
from avskrift.cli.progress import busy
from avskrift.errors import BatchInterruptedError, BatchStoppedError, OutputError, UsageError
from avskrift.models.limits import USUAL_PAGE_SECONDS, USUAL_PAGES
from avskrift.output.own_names import EXPORTS, PAGES, REPORT, export_name
from avskrift.output.terminal import print_error_line, print_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from avskrift.batch.build_info import BuildInfo
    from avskrift.batch.manifest import Manifest
    from avskrift.batch.runner import BatchOptions, Pool
    from avskrift.batch.sources import Found
    from avskrift.batch.tally import Watcher
    from avskrift.models.options import PipelineOptions

archive = typer.Typer(add_completion=False)

_INPUTS = typer.Argument(help="Folders, files or patterns; - reads names from standard input.", show_default=False)
_OUTPUT = typer.Option("-o", "--output", help="The folder of results.", show_default=False)


@archive.command(epilog="Example: avskrift batch scans/ -o records/ --jobs 4")
def batch(
    inputs: Annotated[list[str], _INPUTS],
    output: Annotated[Path, _OUTPUT],
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, help="Workers; as many as this machine really has if not given."),
    ] = None,
    names: Annotated[
        list[Path] | None, typer.Option("--list", help="A file with names of documents, one a line or parted by NUL.")
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try documents that failed before again.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done, and why.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=0, help="Read so many documents at most.")] = None,
    shard: Annotated[
        str | None, typer.Option("--shard", help="Do one part of the documents only, as 3/16: for array jobs.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on looking for new documents, as in a scanner's folder; Ctrl-C ends it.")
    ] = False,
    every: Annotated[float, typer.Option("--every", min=0.2, help="Seconds between two looks of --watch.")] = 5.0,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Use the workers of this Dask scheduler, as tcp://scheduler:8786.")
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="The cluster shares no storage: send documents along, take results back.")
    ] = False,
    timeout: Annotated[
        float | None,
        typer.Option(
            "--timeout",
            min=1.0,
            help="Seconds that one document may take; 1800, or 45 a page for 40 pages and more, if not given.",
        ),
    ] = None,
    max_pages: Annotated[int, MAX_PAGES] = USUAL_PAGES,
    memory: Annotated[
        int | None,
        typer.Option(
            "--memory",
            min=512,
            help="Mebibytes of memory that one worker may use; its share of three quarters of the machine's, 1024 at "
            "least, if not given.",
        ),
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Write no text in reading order beside the records.")
    ] = False,
    log: Annotated[
        Path | None, typer.Option("--log", help="Write how the run goes to this file, line by line.")
    ] = None,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Log lines are JSON objects, one for each document.")
    ] = False,
    engine: Annotated[str, ENGINE] = "tesseract",
    page_timeout: Annotated[float, PAGE_TIMEOUT] = USUAL_PAGE_SECONDS,
    vocabulary: Annotated[Path | None, VOCABULARY] = None,
    pages_folder: Annotated[
        Path | None,
        typer.Option("--kept-pages", help="Where pages that were read are kept; OUTPUT/.pages if not given."),
    ] = None,
) -> None:
    """Read every document of an archive; the same command goes on where it stopped."""
    from avskrift.batch.build_info import making_of
    from avskrift.batch.inputs import documents_of
    from avskrift.batch.output_paths import check_batch_outputs
    from avskrift.batch.runner import BatchOptions
    from avskrift.ingest.files.page_cache import take_stale_parts_away

    output = output.absolute()
    check_batch_outputs(output, log, inputs, names or [])
    pages = pages_folder or output / PAGES
    options = BatchOptions(
        output=output,
        pipeline=_pipeline(engine, page_timeout, vocabulary, pages, max_pages),
        text=not no_text,
        retry_failed=retry_failed,
        limit=limit,
        shard=_shard(shard),
        send_back=cluster is not None and send,
        seconds=timeout,
    )
    wanted = [name for name in inputs if name != "-"], _listed(inputs, names or [])
    found = documents_of(*wanted, output)
    making = making_of(options.pipeline)
    if dry_run:
        _say_plan(found, making, options)
        return

    def pool() -> "Pool":
        return _local(jobs, timeout, memory) if cluster is None else _cluster(cluster, making, send=send)

    with _ready(options, log, log_json=log_json) as (manifest, watcher):
        take_stale_parts_away(pages)
        _read_all(wanted, manifest, making, pool, options, watcher, every=every if watch else None)
        _say_end(manifest)


@contextlib.contextmanager
def _ready(options: "BatchOptions", log: Path | None, *, log_json: bool) -> "Iterator[tuple[Manifest, Watcher]]":
    """The output folder made ready, with nobody else in it: its manifest, and whoever is told how the run goes."""
    from avskrift.batch.locks import alone_in
    from avskrift.batch.manifest import Manifest, manifest_path
    from avskrift.batch.progress import watching
    from avskrift.batch.results import ready, sweep

    ready(options.output)
    with (
        alone_in(options.output, options.shard),
        Manifest(manifest_path(options.output, options.shard)) as manifest,
        watching(log, as_json=log_json) as watcher,
    ):
        sweep(options.output)
        yield manifest, watcher


def _read_all(
    wanted: tuple[list[str], list[str]],
    manifest: "Manifest",
    making: "BuildInfo",
    pool: "Callable[[], Pool]",
    options: "BatchOptions",
    watcher: "Watcher",
    *,
    every: float | None,
) -> None:
    """Reads what `wanted` names (inputs, and names of lists); goes on looking `every` so many seconds where that is
    given. Raises `BatchInterruptedError` or `BatchStoppedError`: the same command goes on."""
    from avskrift.batch.folder_watch import rounds
    from avskrift.batch.inputs import documents_of, remembered
    from avskrift.batch.results import finish, sweep
    from avskrift.batch.runner import run

    found = remembered(*wanted, options.output)

    def round_of(documents: "Iterable[Found]", complete: "Callable[[], bool]") -> None:
        run(documents, manifest, making, pool(), options, watcher, complete=complete)
        finish(manifest)

    try:
        if every is not None:
            looked = rounds(lambda: documents_of(*wanted, options.output), every, print_error_line, time.sleep)
            for new in looked:
                round_of(new, lambda: False)
        round_of(found, found.stand)
        sweep(options.output)  # what a worker that died was writing
    except KeyboardInterrupt:
        _finish_anyhow(manifest)
        raise BatchInterruptedError("stopped; the same command goes on from here") from None
    except BatchStoppedError:
        _finish_anyhow(manifest)
        raise


def _finish_anyhow(manifest: "Manifest") -> None:
    """The manifest as JSON Lines, if it can be written where a batch ended early."""
    from avskrift.batch.results import finish

    with contextlib.suppress(OutputError):
        finish(manifest)


def _pipeline(
    engine: str, page_timeout: float, vocabulary: Path | None, pages: Path, max_pages: int = USUAL_PAGES
) -> "PipelineOptions":
    from avskrift.ingest.ocr.engine import engine_called
    from avskrift.models.options import ParsingOptions, PipelineOptions, ReadingOptions
    from avskrift.parsing.vocabulary import Vocabulary

    engine_called(engine).check()
    Vocabulary.from_folder(vocabulary)  # what is wrong in it is told before anything is read
    reading = ReadingOptions(
        engine=engine,
        page_timeout_seconds=page_timeout,
        max_pages=max_pages,
        cache_folder=pages.absolute(),
        cache_bytes=None,
    )
    return PipelineOptions(reading=reading, parsing=ParsingOptions(vocabulary=vocabulary))


def _listed(inputs: list[str], lists: list[Path]) -> list[str]:
    from avskrift.batch.sources import names_in
    from avskrift.errors import EmptyInputError
    from avskrift.runtime.input_files import read_file

    names = names_in(sys.stdin.buffer.read()) if "-" in inputs else []
    for path in lists:
        with contextlib.suppress(EmptyInputError):
            names += names_in(read_file(path))
    return names


def _shard(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    number, slash, of = text.partition("/")
    if not (slash and number.isdigit() and of.isdigit() and 1 <= int(number) <= int(of)):
        raise UsageError(f"--shard {text}: give it as 3/16, the third of sixteen parts")
    return int(number), int(of)


def _local(jobs: int | None, timeout: float | None, memory: int | None) -> "Pool":
    from avskrift.batch.local_pool import LocalPool
    from avskrift.runtime.limits import USUAL_SECONDS, processors, share_of_memory

    workers = jobs or processors()
    share = memory << 20 if memory is not None else share_of_memory(workers)
    return LocalPool(workers, timeout or USUAL_SECONDS, share)


def _cluster(address: str, making: "BuildInfo", *, send: bool) -> "Pool":
    from avskrift.batch.dask_pool import DaskPool

    return DaskPool(address, making, send=send)


def _say_plan(found: "Iterable[Found]", making: "BuildInfo", options: "BatchOptions") -> None:
    from collections import Counter

    from avskrift.batch.locks import check_unmixed
    from avskrift.batch.manifest import Manifest, begun_manifests, manifest_path
    from avskrift.batch.runner import planned

    check_unmixed(options.output, options.shard)
    path = manifest_path(options.output, options.shard)
    counted: Counter[str] = Counter()
    with (
        Manifest(path, read_only=True)
        if path in begun_manifests(options.output)
        else Manifest(Path(":memory:")) as manifest
    ):
        for decision in planned(found, manifest, making, options):
            what = "not read" if decision.skipped else "would be read" if decision.to_read else "left as they are"
            counted[what] += 1
            if decision.to_read:
                print_line(f"{decision.found.name}: {'; '.join(decision.reasons)}")
    not_read = f", {counted['not read']} of kinds that are not read" if counted["not read"] else ""
    told = f"{counted['would be read']} documents would be read, {counted['left as they are']} left as they are"
    print_error_line(told + not_read)


def _say_end(manifest: "Manifest") -> None:
    from avskrift.batch.manifest import Status

    counts = manifest.counts()
    told = ", ".join(f"{count} {status.value}" for status, count in counts.items() if count)
    print_error_line(f"{sum(counts.values())} documents in the manifest: {told or 'none'}")
    if counts[Status.SKIPPED]:
        print_error_line(f"{counts[Status.SKIPPED]} files are of kinds that are not read; the manifest names them")
    if counts[Status.FAILED]:
        raise typer.Exit(3)


@archive.command(epilog="Example: avskrift explain scans/agreement.pdf -o records/")
def explain(
    file: Annotated[Path, typer.Argument(help="A document of the archive.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder of results.", show_default=False)],
    engine: Annotated[str, ENGINE] = "tesseract",
    page_timeout: Annotated[float, PAGE_TIMEOUT] = USUAL_PAGE_SECONDS,
    vocabulary: Annotated[Path | None, VOCABULARY] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="As in the batch.")] = False,
) -> None:
    """Say what the next batch would do again for one document, and why. Give the settings of the batch."""
    from avskrift.batch.build_info import making_of
    from avskrift.batch.explain import explained

    options = _pipeline(engine, page_timeout, vocabulary, output / PAGES)
    for line in explained(file, output, making_of(options), text=not no_text):
        print_line(line)


_RESULTS = typer.Argument(help="The folder of results of a batch.", show_default=False)


@archive.command(epilog="Example: avskrift export records/ --to csv")
def export(
    folder: Annotated[Path, _RESULTS],
    to: Annotated[str, typer.Option("--to", help=f"One of {', '.join(EXPORTS)}.", show_default=False)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file or folder to write; FOLDER/export... if not given.")
    ] = None,
) -> None:
    """Write the records of a batch in another form. csv, parquet and markdown make folders."""
    from avskrift.batch.manifest import MADE
    from avskrift.batch.output_paths import check_archive_output
    from avskrift.batch.records import finished, rows_of_all
    from avskrift.output.archive.export import to_csv, to_jsonl, to_markdown, to_parquet
    from avskrift.output.archive.export_folder import sweep_folders
    from avskrift.output.archive.sqlite_archive import to_sqlite
    from avskrift.output.atomic_write import place_of, sweep

    writers = {"jsonl": to_jsonl, "csv": to_csv, "parquet": to_parquet, "sqlite": to_sqlite, "markdown": to_markdown}
    if to not in writers:
        raise UsageError(f"--to {to}: there are {', '.join(writers)}")
    path = output if output is not None else folder / export_name(to)
    for beside in {place_of(path).parent, folder.resolve()}:
        sweep(beside)
        sweep_folders(beside)
    check_archive_output(folder, path, to, given=output is not None)
    with busy(f"writing {path}"):
        count = writers[to](finished(folder), path)
    left_out = sum(row.status in MADE for row in rows_of_all(folder, lambda line: None)) - count
    print_error_line(f"{count} documents in {path}")
    if left_out:
        text = f"{left_out} records are missing or of another version and were left out; run the batch again"
        print_error_line(text)


@archive.command(epilog='Example: avskrift search records/ "trygghetsvandring"')
def search(
    folder: Annotated[Path, _RESULTS],
    words: Annotated[str, typer.Argument(help='Words that stand on one page; "several words" side by side.')],
    most: Annotated[int, typer.Option("--most", min=1, help="Pages to show at most.")] = 100,
) -> None:
    """Find words in the corrected texts of a batch; å ä ö may be left out. Prints document, page, line and text."""
    from avskrift.batch.records import searched

    with busy("looking for new texts"):
        hits = searched(folder, words, most)
    for hit in hits:
        print_line(f"{hit.document}\tpage {hit.page}\tline {hit.line}\t{hit.text}")


@archive.command(epilog="Example: avskrift report records/")
def report(
    folder: Annotated[Path, _RESULTS],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The page to write; FOLDER/report.html if not given.")
    ] = None,
) -> None:
    """Write what happened in a batch as one page of HTML: failures, pages to scan again, the least sure records."""
    from avskrift.batch.output_paths import check_archive_output
    from avskrift.batch.reporting import gathered
    from avskrift.output.archive.report import html_of
    from avskrift.output.atomic_write import write

    path = output if output is not None else folder / REPORT
    check_archive_output(folder, path, "report", given=output is not None)
    with busy("reading the records"):
        page = html_of(gathered(folder))
    write(path, page)
    print_error_line(f"{path}")
