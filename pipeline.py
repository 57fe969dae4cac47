"""The whole road: a file is read, mended, understood."""

from pathlib import Path

from avskrift.corrections import correct
from avskrift.ingest import read
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import PipelineOptions
from avskrift.parsing import parse


def transcribe(path: Path, options: PipelineOptions) -> Document:
    """The document at `path`, read and mended. Raises `InputError` or `EngineError`."""
    return correct(read(path, options.reading), options.correcting)


def parse_file(path: Path, options: PipelineOptions | None = None) -> Agreement:
    """The agreement at `path` as a record. Raises `InputError` or `EngineError`."""
    chosen = options or PipelineOptions()
    return parse(transcribe(path, chosen), chosen.parsing)
