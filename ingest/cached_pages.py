"""Pages kept between runs, as reading asks for them: which cache is a document's, and filling it part by part."""

from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.ingest.files.document_file import DocumentFile
from avskrift.ingest.files.open_document import opened
from avskrift.ingest.page_scheduler import read_pages
from avskrift.models.options import ReadingOptions

if TYPE_CHECKING:
    from avskrift.ingest.files.page_cache import PageCache


def cache_for(file: DocumentFile, options: ReadingOptions) -> "PageCache | None":
    """Where the pages of `file` are kept; None when they are not: nothing is kept of texts and encrypted files."""
    if options.cache_folder is None or options.password is not None or not file.cacheable:
        return None
    from avskrift.ingest.files.page_cache import PageCache
    from avskrift.ingest.ocr.engines import engine_called

    settings = (options.engine, engine_called(options.engine).fingerprint)
    return PageCache(options.cache_folder, file.source.sha256, settings, options.cache_bytes)


def pages_waiting(source: Path | DocumentFile, options: ReadingOptions) -> int:
    """How many pages a document has, if any of them is not kept yet; 0 where all are, or where nothing is kept of it.

    Raises `InputError`.
    """
    if isinstance(source, Path):
        with opened(source, options) as file:
            return pages_waiting(file, options)
    cache = cache_for(source, options)
    if cache is None:
        return 0
    count = source.count_pages()
    return 0 if all(cache.holds(number) for number in range(1, count + 1)) else count


def keep_pages(path: Path, options: ReadingOptions, pages: range) -> None:
    """Reads the `pages` of these numbers (from 1) of the document at `path` and keeps them, for a later `read` of all.

    Raises `InputError`, and as `read` where none of them can be read; a page that is given up is not kept.
    """
    with opened(path, options) as file:
        cache = cache_for(file, options)
        if cache is not None:
            read_pages(file, options, cache, wanted=pages)
