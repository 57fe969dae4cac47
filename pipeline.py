"""The road of a document: read, corrected, parsed."""

from collections.abc import Callable
from pathlib import Path

from avskrift import __version__
from avskrift.corrections import correct
from avskrift.ingest import read
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import PipelineOptions

NOT_RECORDED = {"password", "cache_folder", "cache_bytes", "jobs", "max_pages", "unpack"}
"""Settings of reading that say nothing of the result, or that are nobody's business."""


def transcribe(
    path: Path,
    options: PipelineOptions,
    progress: Callable[[int, int], None] | None = None,
    was_read: Callable[[], None] = lambda: None,
) -> Document:
    """The document at `path`, read and corrected as `options` say. `progress` is called with the pages done and the
    pages known so far, `was_read` when all are read. Raises `InputError` or `EngineError`."""
    document = read(path, options.reading, progress)
    was_read()
    return correct(document, options.correcting)


def record_of(document: Document, options: PipelineOptions) -> Agreement:
    """The record of a corrected `document`, with the settings of `options` that made it."""
    from avskrift.parsing import parse

    return _with_settings(parse(document, options.parsing), options)


def records_of(document: Document, options: PipelineOptions) -> list[Agreement]:
    """A record for each document that lies in a file, with the settings of `options` that made them."""
    from avskrift.parsing import parse_parts

    return [_with_settings(agreement, options) for agreement in parse_parts(document, options.parsing)]


def _with_settings(agreement: Agreement, options: PipelineOptions) -> Agreement:
    settings = {"avskrift": __version__, **options.model_dump(mode="json", exclude={"reading": NOT_RECORDED})}
    source = agreement.source.model_copy(update={"settings": settings})
    return agreement.model_copy(update={"source": source})


def parse_file(path: Path, options: PipelineOptions | None = None) -> Agreement:
    """The agreement at `path` as a record. Raises `InputError` or `EngineError`."""
    chosen = options or PipelineOptions()
    return record_of(transcribe(path, chosen), chosen)
