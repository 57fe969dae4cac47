"""`avskrift batch` and `explain`: an archive of documents into a folder of results."""

import contextlib
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from avskrift.cli.options import (
    BatchFolder,
    EngineName,
    MaxPages,
    PageTimeout,
    ReaderFile,
    Unpack,
    VocabularyFolder,
    check_reader,
    check_vocabulary,
)
from avskrift.errors import BatchInterruptedError, BatchStoppedError, OutputError, UsageError
from avskrift.models.limits import USUAL_ENGINE, USUAL_PAGE_SECONDS, USUAL_PAGES
from avskrift.output.own_names import PAGES
from avskrift.output.terminal import print_error_line, print_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from avskrift.batch.build_info import BuildInfo
    from avskrift.batch.held_members import HeldMembers
    from avskrift.batch.manifest import Manifest
    from avskrift.batch.runner import BatchOptions, Pool
    from avskrift.batch.sources import SourceDocument
    from avskrift.batch.tally import Watcher
    from avskrift.models.options import PipelineOptions

Wanted = tuple[list[str], list[str]]
"""What a batch is to read: inputs of the command line, and names from lists and standard input."""

_Inputs = Annotated[
    list[str],
    typer.Argument(help="Folders, files or patterns; - reads names from standard input.", show_default=False),
]
_Jobs = Annotated[
    int | None,
    typer.Option("-j", "--jobs", min=1, help="Workers; as many as this machine really has if not given."),
]
_Lists = Annotated[
    list[Path] | None, typer.Option("--list", help="A file with names of documents, one a line or parted by NUL.")
]
_RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Try documents that failed before again.")]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done, and why.")]
_Limit = Annotated[int | None, typer.Option("--limit", min=0, help="Read so many documents at most.")]
_Shard = Annotated[
    str | None, typer.Option("--shard", help="Do one part of the documents only, as 3/16: for array jobs.")
]
_Watch = Annotated[
    bool, typer.Option("--watch", help="Go on looking for new documents, as in a scanner's folder; Ctrl-C ends it.")
]
_Every = Annotated[float, typer.Option("--every", min=0.2, help="Seconds between two looks of --watch.")]
_Cluster = Annotated[
    str | None, typer.Option("--cluster", help="Use the workers of this Dask scheduler, as tcp://scheduler:8786.")
]
_Send = Annotated[
    bool, typer.Option("--send", help="The cluster shares no storage: send documents along, take results back.")
]
_Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        min=1.0,
        help="Seconds that one document may take; 1800, or 45 a page for 40 pages and more, if not given.",
    ),
]
_WorkerMemory = Annotated[
    int | None,
    typer.Option(
        "--memory",
        min=512,
        help="Mebibytes of memory that one worker may use; its share of three quarters of the machine's, 1024 at "
        "least, if not given.",
    ),
]
_NoText = Annotated[bool, typer.Option("--no-text", help="Write no text in reading order beside the records.")]
_Log = Annotated[Path | None, typer.Option("--log", help="Write how the run goes to this file, line by line.")]
_LogJson = Annotated[bool, typer.Option("--log-json", help="Log lines are JSON objects, one for each document.")]
_KeptPages = Annotated[
    Path | None,
    typer.Option("--kept-pages", help="Where pages that were read are kept; OUTPUT/.pages if not given."),
]


def batch(
    inputs: _Inputs,
    output: BatchFolder,
    jobs: _Jobs = None,
    names: _Lists = None,
    retry_failed: _RetryFailed = False,
    dry_run: _DryRun = False,
    limit: _Limit = None,
    shard: _Shard = None,
    watch: _Watch = False,
    every: _Every = 5.0,
    cluster: _Cluster = None,
    send: _Send = False,
    timeout: _Timeout = None,
    max_pages: MaxPages = USUAL_PAGES,
    memory: _WorkerMemory = None,
    no_text: _NoText = False,
    log: _Log = None,
    log_json: _LogJson = False,
    engine: EngineName = USUAL_ENGINE,
    page_timeout: PageTimeout = USUAL_PAGE_SECONDS,
    vocabulary: VocabularyFolder = None,
    reader: ReaderFile = None,
    pages_folder: _KeptPages = None,
    unpack: Unpack = False,
) -> None:
    """Read every document of an archive; the same command goes on where it stopped."""
    from avskrift.batch.inputs import documents_of
    from avskrift.batch.runner import BatchOptions

    output = _output_folder(output, log, inputs, names or [], reader)
    options = BatchOptions(
        output=output,
        pipeline=_pipeline(engine, page_timeout, vocabulary, reader, pages_folder or output / PAGES, max_pages),
        text=not no_text,
        retry_failed=retry_failed,
        limit=limit,
        shard=_shard(shard),
        send_back=cluster is not None and send,
        seconds=timeout,
    )
    wanted = [name for name in inputs if name != "-"], _listed(inputs, names or [])
    documents_of(*wanted, output)  # before a folder is made: what cannot be read at all is refused here
    if dry_run:
        _print_plan(wanted, options, unpack=unpack)
        return
    pool = partial(_cluster_pool, cluster, send) if cluster is not None else partial(_local_pool, jobs, timeout, memory)
    with _ready(options, log, log_json=log_json) as (manifest, watcher):
        _read_all(wanted, manifest, pool, options, watcher, unpack=unpack, every=every if watch else None)
        _print_counts(manifest)


def _output_folder(output: Path, log: Path | None, inputs: list[str], lists: list[Path], reader: Path | None) -> Path:
    """The folder of results, once it and the log were looked at. Raises `UsageError` or `OutputError`."""
    from avskrift.batch.output_paths import check_batch_outputs

    check_batch_outputs(output.absolute(), log, inputs, lists if reader is None else [*lists, reader])
    return output.absolute()


_NoTextAgain = Annotated[bool, typer.Option("--no-text", help="As in the batch.")]


def explain(
    file: Annotated[Path, typer.Argument(help="A document of the archive.", show_default=False)],
    output: BatchFolder,
    engine: EngineName = USUAL_ENGINE,
    page_timeout: PageTimeout = USUAL_PAGE_SECONDS,
    vocabulary: VocabularyFolder = None,
    reader: ReaderFile = None,
    no_text: _NoTextAgain = False,
) -> None:
    """Say what the next batch would do again for one document, and why. Give the settings of the batch."""
    from avskrift.batch.build_info import current_build
    from avskrift.batch.explain import explanation_of
    from avskrift.batch.planning import Target

    options = _pipeline(engine, page_timeout, vocabulary, reader, output / PAGES)
    for line in explanation_of(file, Target(current_build(options), output, text=not no_text)):
        print_line(line)


@contextlib.contextmanager
def _ready(options: "BatchOptions", log: Path | None, *, log_json: bool) -> "Iterator[tuple[Manifest, Watcher]]":
    """The output folder made ready, with nobody else in it: its manifest, and the watcher of its progress."""
    from avskrift.batch.locks import exclusive_lock
    from avskrift.batch.manifest import Manifest, manifest_path
    from avskrift.batch.progress import progress_watcher
    from avskrift.batch.results import prepare_output_folder, remove_temporary_files
    from avskrift.ingest.files.page_cache import remove_stale_parts

    prepare_output_folder(options.output)
    with (
        exclusive_lock(options.output, options.shard),
        Manifest(manifest_path(options.output, options.shard)) as manifest,
        progress_watcher(log, as_json=log_json) as watcher,
    ):
        remove_temporary_files(options.output)
        if options.pipeline.reading.cache_folder is not None:
            remove_stale_parts(options.pipeline.reading.cache_folder)
        yield manifest, watcher


def _read_all(
    wanted: Wanted,
    manifest: "Manifest",
    pool: "Callable[[BuildInfo], Pool]",
    options: "BatchOptions",
    watcher: "Watcher",
    *,
    unpack: bool,
    every: float | None,
) -> None:
    """Reads what is `wanted` with the workers that `pool` gives, as `options` say.

    `manifest` takes what became of each document; progress goes to `watcher`; with `unpack` documents in archives are
    read, too. Where `every` is given, new documents
    are looked for every so many seconds. Raises `BatchInterruptedError` or `BatchStoppedError`: the same command goes
    on.
    """
    from avskrift.batch.build_info import current_build
    from avskrift.batch.folder_watch import new_documents
    from avskrift.batch.held_members import HeldMembers
    from avskrift.batch.inputs import documents_of, remembered_documents
    from avskrift.batch.results import remove_temporary_files, write_manifest_lines
    from avskrift.batch.runner import run

    build = current_build(options.pipeline)
    members = HeldMembers(options.output, unpack=unpack)
    found = remembered_documents(*wanted, options.output, members)

    def read(documents: "Iterable[SourceDocument]", complete: "Callable[[], bool]") -> None:
        run(documents, manifest, build, pool(build), options, watcher, complete=complete)
        write_manifest_lines(manifest)

    def all_there() -> bool:
        members.forget_gone()
        return found.stand()

    try:
        if every is not None:
            there = partial(documents_of, *wanted, options.output, members)
            looked = new_documents(there, every, print_error_line, time.sleep)
            for new in looked:
                read(new, lambda: False)
        read(found, all_there)
        remove_temporary_files(options.output)  # what a worker that died was writing
    except KeyboardInterrupt:
        _finish_anyhow(manifest)
        raise BatchInterruptedError("stopped; the same command goes on from here") from None
    except BatchStoppedError:
        _finish_anyhow(manifest)
        raise


def _finish_anyhow(manifest: "Manifest") -> None:
    """The manifest as JSON Lines, if it can be written where a batch ended early."""
    from avskrift.batch.results import write_manifest_lines

    with contextlib.suppress(OutputError):
        write_manifest_lines(manifest)


def _pipeline(
    engine: str,
    page_timeout: float,
    vocabulary: Path | None,
    reader: Path | None,
    pages: Path,
    max_pages: int = USUAL_PAGES,
) -> "PipelineOptions":
    """How a batch reads, as the options of the same names say; `pages` is the folder of pages that were read."""
    from avskrift.ingest.ocr.engines import engine_called
    from avskrift.models.options import ParsingOptions, PipelineOptions, ReadingOptions

    engine_called(engine).check()
    check_vocabulary(vocabulary)
    check_reader(reader)
    reading = ReadingOptions(
        engine=engine,
        page_timeout_seconds=page_timeout,
        max_pages=max_pages,
        cache_folder=pages.absolute(),
        cache_bytes=None,
    )
    return PipelineOptions(reading=reading, parsing=ParsingOptions(vocabulary=vocabulary, reader=reader))


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


def _cluster_pool(address: str, send: bool, build: "BuildInfo") -> "Pool":
    from avskrift.batch.dask_pool import DaskPool

    return DaskPool(address, build, send=send)


def _local_pool(jobs: int | None, timeout: float | None, memory: int | None, build: "BuildInfo") -> "Pool":
    from avskrift.batch.local_pool import LocalPool
    from avskrift.runtime.limits import USUAL_SECONDS, share_of_memory
    from avskrift.runtime.system import processors

    workers = jobs or processors()
    share = memory << 20 if memory is not None else share_of_memory(workers)
    return LocalPool(workers, timeout or USUAL_SECONDS, share)


def _print_plan(wanted: Wanted, options: "BatchOptions", *, unpack: bool) -> None:
    from collections import Counter

    from avskrift.batch.build_info import current_build
    from avskrift.batch.inputs import documents_of
    from avskrift.batch.locks import check_same_division
    from avskrift.batch.manifest import Manifest, manifest_path, written_manifests
    from avskrift.batch.runner import decisions

    build = current_build(options.pipeline)
    check_same_division(options.output, options.shard)
    path = manifest_path(options.output, options.shard)
    counted: Counter[str] = Counter()
    with (
        (
            Manifest(path, read_only=True) if path in written_manifests(options.output) else Manifest(Path(":memory:"))
        ) as manifest,
        _members_to_plan(options.output, unpack=unpack) as members,
    ):
        found = documents_of(*wanted, options.output, members)
        for decision in decisions(found, manifest, build, options):
            what = "not read" if decision.skipped else "would be read" if decision.to_read else "left as they are"
            counted[what] += 1
            if decision.to_read:
                print_line(f"{decision.document.name}: {'; '.join(decision.reasons)}")
    not_read = f", {counted['not read']} of kinds that are not read" if counted["not read"] else ""
    text = f"{counted['would be read']} documents would be read, {counted['left as they are']} left as they are"
    print_error_line(text + not_read)


@contextlib.contextmanager
def _members_to_plan(output: Path, *, unpack: bool) -> "Iterator[HeldMembers]":
    """The documents in messages and archives; where there is no output folder yet, in one that goes in the end."""
    import tempfile

    from avskrift.batch.held_members import HeldMembers
    from avskrift.runtime import temporary_folder

    if output.is_dir():
        yield HeldMembers(output, unpack=unpack)
        return
    with tempfile.TemporaryDirectory(dir=temporary_folder.current()) as folder:
        yield HeldMembers(Path(folder), unpack=unpack)


def _print_counts(manifest: "Manifest") -> None:
    from avskrift.batch.rows import Status

    counts = manifest.counts()
    text = ", ".join(f"{count} {status.value}" for status, count in counts.items() if count)
    print_error_line(f"{sum(counts.values())} documents in the manifest: {text or 'none'}")
    if counts[Status.SKIPPED]:
        print_error_line(f"{counts[Status.SKIPPED]} files are of kinds that are not read; the manifest names them")
    if counts[Status.FAILED]:
        raise typer.Exit(3)
