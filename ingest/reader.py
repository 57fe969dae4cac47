"""From a path to a `Document`: opening files, judging text layers, preparing pages, OCR, layout and tables.

`container` tells what a file is, `encoding` how a text is encoded; `plain_text`, `pdf` and `image_file` open it;
`text_layer` judges what a PDF says of itself; `picture` and `reading` make a page ready and have an `engine` read it;
`layout`, `ruled_cells` and `margins` put the words in order.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.errors import AvskriftError, EmptyInputError, InputError, LimitExceededError
from avskrift.ingest.files import encoding, file_type, plain_text
from avskrift.ingest.layout.format_characters import without_format_characters
from avskrift.ingest.layout.headers_footers import with_roles
from avskrift.models.document import Document, Page, PageSource
from avskrift.models.options import MOST_SIGNS, ReadingOptions
from avskrift.runtime.failures import Failures
from avskrift.runtime.input_files import read_file

if TYPE_CHECKING:
    from avskrift.ingest.files.page_cache import PageCache
    from avskrift.ingest.files.pdf import PageToOcr, Unreadable
    from avskrift.ingest.ocr.engine import Engine
    from avskrift.ingest.ocr.page import OrientedPage

__all__ = ["keep_pages", "pages_waiting", "read"]

_LOG = logging.getLogger("avskrift.ingest")
_ALL_BODY = "all lines stand as running text"


def read(
    path: Path,
    options: ReadingOptions | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """The document at `path`, as read. `progress` is called with the pages done and the pages known so far.

    A page that cannot be read is told in its warnings, and the others are read. Raises `InputError` (see errors.py) for
    what cannot be opened, `EngineMissingError` when a page needs an OCR engine that is not there, and when no page
    could be read the error of the first: `EngineFailedError` when the engine failed on it, else an `InputError`.
    """
    chosen = options or ReadingOptions()
    data = read_file(path)
    sha256 = hashlib.sha256(data).hexdigest()
    kind = file_type.container_of(data, path)
    failures = Failures(_LOG, f"{path.name!r}: ")
    warnings: tuple[str, ...] = ()
    engine: str | None = None
    if kind is file_type.Container.TEXT:
        if len(data) > 4 * MOST_SIGNS:
            raise _too_much_text(path)
        try:
            text, warnings = encoding.decode(data)
        except InputError as error:
            raise type(error)(f"{path}: {error}") from None
        if len(text) > MOST_SIGNS:
            raise _too_much_text(path)
        pages: list[Page] = list(plain_text.pages_of(text))
    else:
        kept = _cache(chosen, sha256)
        opened = _opened(data, path, kind, chosen, kept.page if kept is not None else _nothing)
        pages, engine = _read_pages(path, opened, chosen, kept, progress)
        if kind is file_type.Container.PDF:
            warnings = failures.attempt(
                "looking for what else the PDF holds", lambda: _told_of_pdf(data, path, chosen), (), "there may be some"
            )
    if not pages:
        raise EmptyInputError(f"{path}: there is no page in it")
    name = path.name.encode("utf-8", "backslashreplace").decode("utf-8")  # a name on disk may be no UTF-8
    plain = without_format_characters(pages)
    roled = failures.attempt(
        "telling headers, footers and footnotes from the text",
        lambda: with_roles(plain.pages),
        tuple(plain.pages),
        _ALL_BODY,
    )
    return Document(name, sha256, roled, engine, (*warnings, *plain.warnings, *(f.told for f in failures.found)))


def _too_much_text(path: Path) -> LimitExceededError:
    return LimitExceededError(f"{path}: the document holds more than {MOST_SIGNS:,} signs, which is the limit")


def _told_of_pdf(data: bytes, path: Path, options: ReadingOptions) -> tuple[str, ...]:
    from avskrift.ingest.files import pdf_document

    return pdf_document.told_of(data, path, _secret(options), options.max_pages)


def _secret(options: ReadingOptions) -> str | None:
    return options.password.get_secret_value() if options.password is not None else None


def _nothing(number: int) -> Page | None:
    return None


def _cache(options: ReadingOptions, sha256: str) -> "PageCache | None":
    """Where the pages of the file are kept, None when they are not."""
    if options.cache_folder is None or options.password is not None:
        return None
    from avskrift.ingest.files.page_cache import PageCache
    from avskrift.ingest.ocr.engine import engine_called

    settings = (options.engine, engine_called(options.engine).fingerprint)
    return PageCache(options.cache_folder, sha256, settings, options.cache_bytes)


def pages_waiting(path: Path, options: ReadingOptions) -> int:
    """How many pages the document has, if any of them is not kept yet; 0 where all are, or where nothing is kept of it.

    Raises `InputError`.
    """
    data = read_file(path)
    kind = file_type.container_of(data, path)
    kept = _cache(options, hashlib.sha256(data).hexdigest()) if kind is not file_type.Container.TEXT else None
    if kept is None:
        return 0
    from avskrift.ingest.files import images, pdf_document

    count = (
        pdf_document.count_pages(data, path, options.max_pages)
        if kind is file_type.Container.PDF
        else images.count_pages(data, path, options.max_pages)
    )
    return 0 if all(kept.holds(number) for number in range(1, count + 1)) else count


def keep_pages(path: Path, options: ReadingOptions, pages: range) -> None:
    """Reads some pages (numbers from 1) of a document and keeps them, for a later `read` of the whole.

    Raises `InputError`, and as `read` where none of them can be read; a page that is given up is not kept.
    """
    data = read_file(path)
    kind = file_type.container_of(data, path)
    kept = _cache(options, hashlib.sha256(data).hexdigest())
    if kept is not None and kind is not file_type.Container.TEXT:
        opened = _opened(data, path, kind, options, kept.page, pages)
        _read_pages(path, opened, options, kept, None)


def _opened(
    data: bytes,
    path: Path,
    kind: file_type.Container,
    options: ReadingOptions,
    kept: "Callable[[int], Page | None]",
    only: range | None = None,
) -> "Iterator[Page | PageToOcr | Unreadable]":
    from avskrift.ingest.files import images, pdf

    if kind is file_type.Container.PDF:
        return pdf.pages_of(data, path, _secret(options), kept, only, options.max_pages)
    return images.pages_of(data, path, kept, only, options.max_pages)


def _read_pages(
    path: Path,
    opened: "Iterator[Page | PageToOcr | Unreadable]",
    options: ReadingOptions,
    kept: "PageCache | None",
    progress: Callable[[int, int], None] | None,
) -> tuple[list[Page], str | None]:
    """The pages in order, and the engine's name if one read any; pages that wait for an engine are read `jobs` at a
    time while the next are opened. Raises the first page's error when none could be read."""
    from avskrift.ingest.failed_pages import raise_for_unread, unread
    from avskrift.ingest.files.pdf import Unreadable

    engine: Engine | None = None
    found: list[Page | Future[Page]] = []
    under_way: set[Future[Page]] = set()
    signs = 0
    with ThreadPoolExecutor(max_workers=options.jobs) as pool:
        for entry in _until_it_fails(opened):
            if isinstance(entry, Page):
                found.append(entry)
                signs += _signs_of(entry)
                if signs > MOST_SIGNS:
                    raise _too_much_text(path)
                if kept is not None:
                    kept.keep(entry)
            elif isinstance(entry, Unreadable):
                found.append(unread(entry.number, entry.error, entry.width, entry.height))
            else:
                if engine is None:
                    from avskrift.ingest.ocr.engine import engine_called

                    engine = engine_called(options.engine)
                    engine.check()
                under_way = _with_room(under_way, options.jobs + 1)
                begun = _begun(entry, engine, options, kept, pool)
                found.append(begun)
                if not isinstance(begun, Page):
                    under_way.add(begun)
            if progress is not None:
                progress(len(found) - sum(not f.done() for f in under_way), len(found))
        pages = []
        for place, waited in enumerate(found, 1):
            pages.append(waited if isinstance(waited, Page) else waited.result())
            if progress is not None:
                progress(max(place, len(found) - sum(not f.done() for f in under_way)), len(found))
    if sum(_signs_of(page) for page in pages) > MOST_SIGNS:
        raise _too_much_text(path)
    raise_for_unread(path, pages)
    read_by_engine = any(p.source is PageSource.OCR for p in pages)
    if read_by_engine and engine is None:
        from avskrift.ingest.ocr.engine import engine_called

        engine = engine_called(options.engine)
    return pages, engine.name if read_by_engine and engine is not None else None


def _signs_of(page: Page) -> int:
    return sum(len(line.raw) for line in page.lines)


def _until_it_fails(opened: "Iterator[Page | PageToOcr | Unreadable]") -> "Iterator[Page | PageToOcr | Unreadable]":
    """The pages that can be opened; where the file breaks off after some, a page that was given up stands for the
    rest."""
    from avskrift.ingest.failed_pages import unread

    number = 0
    while True:
        try:
            entry = next(opened, None)
        except Exception as error:
            if number == 0 and isinstance(error, AvskriftError):
                raise
            yield unread(number + 1, error)
            return
        if entry is None:
            return
        number = entry.number
        yield entry


def _begun(
    pending: "PageToOcr", engine: "Engine", options: ReadingOptions, kept: "PageCache | None", pool: ThreadPoolExecutor
) -> "Page | Future[Page]":
    """A page whose reading has begun in `pool`; given up at once where it cannot be rendered."""
    from avskrift.ingest.failed_pages import unread
    from avskrift.ingest.ocr.page import upright

    try:
        ready = upright(pending)
    except Exception as error:
        return _with_what_was_hidden(unread(pending.number, error, pending.width, pending.height), pending)
    return pool.submit(_read_and_kept, ready, engine, options, kept)


def _read_and_kept(ready: "OrientedPage", engine: "Engine", options: ReadingOptions, kept: "PageCache | None") -> Page:
    from avskrift.ingest.failed_pages import unread
    from avskrift.ingest.ocr.page import read_page

    pending = ready.pending
    try:
        page = read_page(ready, engine, options.page_timeout_seconds)
    except Exception as error:
        page = unread(pending.number, error, pending.width, pending.height)
    page = _with_what_was_hidden(page, pending)
    if kept is not None:
        kept.keep(page)
    return page


def _with_what_was_hidden(page: Page, pending: "PageToOcr") -> Page:
    return replace(
        page,
        hidden_text=pending.hidden_text,
        warnings=(*page.warnings, *pending.warnings),
        incomplete=page.incomplete or pending.incomplete,
    )


def _with_room(under_way: "set[Future[Page]]", most: int) -> "set[Future[Page]]":
    """The pages that are under way; waits until they are fewer than `most`, so that pictures do not pile up."""
    left = {f for f in under_way if not f.done()}
    if len(left) >= most:
        wait(left, return_when=FIRST_COMPLETED)
    return left
