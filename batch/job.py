"""One piece of a batch's work, done in a process of its own: a document, or some pages of a large one.

What goes wrong with a document is an outcome, not an error; errors of the program itself are too, with their class.
"""

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from avskrift.batch.build_info import BuildInfo, current_build
from avskrift.batch.read_stats import ReadStats
from avskrift.batch.results import write_results
from avskrift.errors import AvskriftError, LimitExceededError, OutputError
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import PipelineOptions

_LINE = 400
_LONGEST_TRACE = 16_000
"""Letters of what went wrong inside that are kept of a document."""
_GRADES = ("good", "fair", "poor", "unreadable")


@dataclass(frozen=True, slots=True)
class Job:
    """A document to read. `json_path` and `text_path` are where its results go (None: they are sent back or not
    wanted). `split_at` is the number of pages from which a document is handed back to be read in parts. `build` is
    what the record must be made by, where the worker may be of another version. `known` are the suffixes of results
    that earlier runs wrote, as the manifest says: these may be replaced."""

    key: bytes
    path: Path
    json_path: Path
    text_path: Path | None
    options: PipelineOptions
    split_at: int = 0
    send_back: bool = False
    build: BuildInfo | None = None
    known: frozenset[str] = frozenset()

    @property
    def places(self) -> dict[str, Path]:
        """Where its results go, by their suffixes, the record last: where it stands, all stands."""
        text = {} if self.text_path is None else {".txt": self.text_path}
        return {**text, ".json": self.json_path}


@dataclass(frozen=True, slots=True)
class PagesJob:
    """Some pages of a large document, read so that they are kept for the job that makes the record."""

    key: bytes
    path: Path
    first: int
    last: int
    options: PipelineOptions


@dataclass(frozen=True, slots=True)
class Outcome(ReadStats):
    """What came of a job. `large` is the number of pages of a document that is to be read in parts; `stops` marks an
    error that every other document may meet too; `contents` are results that were sent back, by their suffixes."""

    key: bytes
    stops: bool = False
    large: int = 0
    contents: dict[str, bytes] = field(default_factory=dict)


def failed(key: bytes, error_class: str, error: str, *, stops: bool = False) -> Outcome:
    """The outcome of a document that went wrong: its `key`, the name of the `error_class`, the message of the `error`,
    and whether every other document may meet the same (`stops`)."""
    return Outcome(key, stops=stops, error_class=error_class, error=one_line(error))


def work(job: Job) -> Outcome:
    """Reads a document and writes its results."""

    def done() -> Outcome:
        changes = job.build.changed(current_build(job.options)) if job.build is not None else []
        if not changes:
            return _record(job)
        reason = f"this worker would make another record: {'; '.join(changes)}; install the same version everywhere"
        return failed(job.key, "VersionsDifferError", reason)

    return _outcome_of(job, done, "the document needs")


def work_on_pages(job: PagesJob) -> Outcome:
    """Reads some pages of a document; they are kept in the folder of the options."""
    from avskrift.ingest import keep_pages

    def done() -> Outcome:
        keep_pages(job.path, job.options.reading, range(job.first, job.last + 1))
        return Outcome(job.key, pages=job.last - job.first + 1)

    return _outcome_of(job, done, "the pages need")


def _outcome_of(job: Job | PagesJob, work: Callable[[], Outcome], needs: str) -> Outcome:
    """What comes of the work on a job, whatever goes wrong; `needs` begins what is said where memory is lacking."""
    begun = time.monotonic()
    with _log_lines() as lines:
        try:
            outcome = work()
        except AvskriftError as error:
            stops = isinstance(error, OutputError) and isinstance(job, Job)
            outcome = failed(job.key, type(error).__name__, str(error), stops=stops)
        except MemoryError:
            outcome = failed(job.key, "MemoryError", f"{needs} more memory than a worker may have")
        except Exception as error:  # a fault of the program: it goes to the manifest with its traceback
            lines.append(traceback.format_exc())
            outcome = failed(job.key, type(error).__name__, f"internal error: {error}")
    trace = "\n".join(lines).encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "")
    if len(trace) > _LONGEST_TRACE:  # where an error arose stands at the end
        trace = f"{trace[: _LONGEST_TRACE // 2]}\n...\n{trace[-_LONGEST_TRACE // 2 :]}"
    return replace(outcome, seconds=time.monotonic() - begun, trace=trace)


@contextmanager
def _log_lines() -> Iterator[list[str]]:
    """What the package logs as long as it lasts, with tracebacks: for whoever mends what went wrong."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if sum(map(len, lines)) < _LONGEST_TRACE:
                lines.append(self.format(record))

    logger, handler = logging.getLogger("avskrift"), Kept(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)


def one_line(text: str) -> str:
    """A message on one line, fit to be written anywhere: names that are no UTF-8 are shown as escapes."""
    line = " ".join(text.encode("utf-8", "backslashreplace").decode("utf-8").split())
    if len(line) > _LINE:  # what is wrong stands last
        line = f"{line[: _LINE // 2]} ... {line[-_LINE // 2 :]}"
    return line


def _record(job: Job) -> Outcome:
    from avskrift.corrections import correct
    from avskrift.pipeline import record_of

    read = _document(job)
    if isinstance(read, int):
        return Outcome(job.key, large=read)
    document = correct(read, job.options.correcting)
    return _written(job, document, record_of(document, job.options))


def _document(job: Job) -> Document | int:
    """The document as read, its file read once and let go; or how many pages it has, where it is to be read in parts.

    Raises as `ingest.read`, and `LimitExceededError` for too many pages.
    """
    from avskrift.ingest import opened, pages_waiting, read

    reading = job.options.reading
    with opened(job.path, reading) as file:
        pages = pages_waiting(file, reading)
        if pages > reading.max_pages:
            raise LimitExceededError(f"{job.path}: {pages:,} pages; --max-pages allows {reading.max_pages:,}")
        return pages if job.split_at and pages >= job.split_at else read(file, reading)


def _written(job: Job, document: Document, agreement: Agreement) -> Outcome:
    """The outcome of a document that was read, once its results are written, or with them."""
    from avskrift.output.record.json_file import json_of
    from avskrift.output.record.plain_text import text_of

    contents = {".json": json_of(agreement).encode("utf-8")}
    if job.text_path is not None:
        contents[".txt"] = text_of(document).encode("utf-8")
    sizes = {suffix: len(data) for suffix, data in contents.items()}
    if not job.send_back:
        write_results(job.places, contents, job.known)
        contents = {}
    source = agreement.source
    return Outcome(
        job.key,
        sha256=source.sha256,
        pages=source.pages,
        ocr_pages=source.page_sources.count("ocr"),
        unread_pages=source.page_qualities.count("unreadable"),
        quality=max((q for q in source.page_qualities if q), key=_GRADES.index, default=""),
        confidence=mean_confidence(agreement),
        json_bytes=sizes[".json"],
        text_bytes=sizes.get(".txt", 0),
        contents=contents,
    )


def mean_confidence(agreement: Agreement) -> float:
    """The mean confidence of a record's values, 0 for a record without any."""
    records = [
        *agreement.parties,
        *agreement.groups,
        *agreement.focus_areas,
        *agreement.annexes,
        *agreement.signatories,
        *agreement.contacts,
        agreement.period,
        *(
            []
            if agreement.minutes is None
            else [agreement.minutes, *agreement.minutes.present, *agreement.minutes.items]
        ),
    ]
    confidences = [e.confidence for r in records for e in r.evidence_by_field.values()]
    return sum(confidences) / len(confidences) if confidences else 0.0
