"""From a file to a `Document`: its pages read, format characters removed, headers and footers marked."""

import logging
from pathlib import Path

from avskrift.errors import EmptyInputError
from avskrift.ingest.cached_pages import cache_for
from avskrift.ingest.files.document_file import DocumentFile
from avskrift.ingest.files.open_document import opened
from avskrift.ingest.layout.format_characters import without_format_characters
from avskrift.ingest.layout.headers_footers import with_roles
from avskrift.ingest.page_scheduler import Progress, read_pages
from avskrift.models.document import DigitalSignature, Document, Page, PageSource
from avskrift.models.options import ReadingOptions
from avskrift.runtime.failures import Failures

_LOG = logging.getLogger("avskrift.ingest")


def read(
    source: Path | DocumentFile, options: ReadingOptions | None = None, progress: Progress | None = None
) -> Document:
    """The document at a path, or in a file that is open already and is closed then, as read.

    `progress` is called with the pages done and the pages known so far. A page that cannot be read says so in its
    warnings, and the others are read. Raises `InputError` (see errors.py) for what cannot be opened,
    `EngineMissingError` when a page needs an OCR engine that is not there, and when no page could be read the error of
    the first: `EngineFailedError` when the engine failed on it, else an `InputError`.
    """
    chosen = options or ReadingOptions()
    with opened(source, chosen) as file:
        path, sha256 = file.source.path, file.source.sha256
        failures = Failures(_LOG, f"{path.name!r}: ")
        pages = read_pages(file, chosen, cache_for(file, chosen), progress)
        engine = file.read_by or _engine_of(pages, chosen)
        nothing: tuple[str, ...] = ()
        warnings = failures.attempt("looking for what else the PDF holds", file.warnings, nothing, "there may be some")
        unsigned: tuple[DigitalSignature, ...] = ()
        signatures = failures.attempt(
            "checking digital signatures", file.digital_signatures, unsigned, "there may be some"
        )
    if not pages:
        raise EmptyInputError(f"{path}: there is no page in it")
    name = path.name.encode("utf-8", "backslashreplace").decode("utf-8")  # a name on disk may be no UTF-8
    plain = without_format_characters(pages)
    roled = failures.attempt(
        "telling headers, footers and footnotes from the text",
        lambda: with_roles(plain.pages),
        tuple(plain.pages),
        "all lines stand as running text",
    )
    return Document(
        name,
        sha256,
        roled,
        engine,
        (*warnings, *plain.warnings, *(failure.message for failure in failures.found)),
        signatures,
    )


def _engine_of(pages: list[Page], options: ReadingOptions) -> str | None:
    """The name of the engine, where it read any of the pages."""
    if not any(page.source is PageSource.OCR for page in pages):
        return None
    from avskrift.ingest.ocr.engines import engine_called

    return engine_called(options.engine).name
