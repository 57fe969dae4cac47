"""The whole road: a file is read, mended, understood."""

from collections.abc import Callable
from pathlib import Path

from avskrift import __version__
from avskrift.corrections import correct
from avskrift.ingest import DocumentFile, read
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import PipelineOptions

NOT_RECORDED = {"password", "cache_folder", "cache_bytes", "jobs", "max_pages"}
"""Settings of reading that say nothing of the result, or that are nobody's business."""


def transcribe(
    source: Path | DocumentFile,
    options: PipelineOptions,
    progress: Callable[[int, int], None] | None = None,
    was_read: Callable[[], None] = lambda: None,
) -> Document:
    """The document at a path, or in a file that is open already and is closed then, read and mended. `progress` is told
    the pages done and the pages known so far, `was_read` is called when all are read.

    Raises `InputError` or `EngineError`."""
    document = read(source, options.reading, progress)
    was_read()
    return correct(document, options.correcting)


def record_of(document: Document, options: PipelineOptions) -> Agreement:
    """The record of a mended document, with the settings that made it."""
    from avskrift.parsing import parse

    agreement = parse(document, options.parsing)
    settings = {"avskrift": __version__, **options.model_dump(mode="json", exclude={"reading": NOT_RECORDED})}
    source = agreement.source.model_copy(update={"settings": settings})
    return agreement.model_copy(update={"source": source})


def parse_file(path: Path, options: PipelineOptions | None = None) -> Agreement:
    """The agreement at `path` as a record. Raises `InputError` or `EngineError`."""
    chosen = options or PipelineOptions()
    return record_of(transcribe(path, chosen), chosen)
