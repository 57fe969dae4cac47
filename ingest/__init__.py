"""From a path to a `Document`: opening files, judging text layers, preparing pages, OCR, layout and tables.

`container` tells what a file is, `encoding` how a text is encoded; `plain_text`, `pdf` and `image_file` open it;
`text_layer` judges what a PDF says of itself; `picture` and `reading` make a page ready and have an `engine` read it;
`layout`, `ruled_cells` and `margins` put the words in order.
"""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.errors import EmptyInputError, EngineFailedError, InputError
from avskrift.ingest import container, encoding, plain_text
from avskrift.ingest.margins import with_roles
from avskrift.models.document import Document, Page
from avskrift.models.options import ReadingOptions

if TYPE_CHECKING:
    from avskrift.ingest.engine import Engine
    from avskrift.ingest.pdf import Pending

__all__ = ["read"]


def read(
    path: Path,
    options: ReadingOptions | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """The document at `path`, as read. `progress` is called with the pages done and the pages known so far.

    Raises `InputError` (see errors.py) for what cannot be opened, `EngineMissingError` when a page needs an OCR
    engine that is not there, `EngineFailedError` when every page that needed one failed.
    """
    chosen = options or ReadingOptions()
    data = container.load(path)
    kind = container.container_of(data, path)
    warnings: tuple[str, ...] = ()
    engine: Engine | None = None
    if kind is container.Container.TEXT:
        try:
            text, warnings = encoding.decode(data)
        except InputError as error:
            raise type(error)(f"{path}: {error}") from None
        pages: list[Page] = list(plain_text.pages_of(text))
    else:
        pages, engine = _read_pages(_opened(data, path, kind, chosen), chosen, progress)
    if not pages:
        raise EmptyInputError(f"{path}: there is no page in it")
    return Document(
        path.name,
        hashlib.sha256(data).hexdigest(),
        with_roles(pages),
        None if engine is None else engine.name,
        warnings,
    )


def _opened(data: bytes, path: Path, kind: container.Container, options: ReadingOptions) -> "Iterator[Page | Pending]":
    from avskrift.ingest import image_file, pdf

    if kind is container.Container.PDF:
        secret = options.password.get_secret_value() if options.password is not None else None
        return pdf.pages_of(data, path, secret)
    return image_file.pages_of(data, path)


def _read_pages(
    opened: "Iterator[Page | Pending]", options: ReadingOptions, progress: Callable[[int, int], None] | None
) -> "tuple[list[Page], Engine | None]":
    """The pages in order; those that wait for an engine are read `jobs` at a time while the next are opened."""
    engine: Engine | None = None
    found: list[Page | Future[Page]] = []
    with ThreadPoolExecutor(max_workers=options.jobs) as pool:
        for entry in opened:
            if isinstance(entry, Page):
                found.append(entry)
            else:
                from avskrift.ingest.engine import engine_called
                from avskrift.ingest.reading import read_page, upright

                if engine is None:
                    engine = engine_called(options.engine)
                    engine.check()
                _wait_for_room(found, options.jobs + 1)
                found.append(pool.submit(read_page, upright(entry), engine, options.page_timeout_seconds))
            if progress is not None:
                progress(sum(_is_done(f) for f in found), len(found))
        pages = []
        for place, waiting in enumerate(found, 1):
            pages.append(waiting if isinstance(waiting, Page) else waiting.result())
            if progress is not None:
                progress(max(place, sum(_is_done(f) for f in found)), len(found))
    read_by_engine = [p for p in pages if p.source.value == "ocr"]
    if read_by_engine and len(read_by_engine) == len(pages) and all(p.warnings and not p.lines for p in pages):
        raise EngineFailedError(pages[0].warnings[0])
    return pages, engine


def _is_done(entry: "Page | Future[Page]") -> bool:
    return isinstance(entry, Page) or entry.done()


def _wait_for_room(found: "list[Page | Future[Page]]", most: int) -> None:
    """Waits until fewer than `most` pages are under way, so that pictures do not pile up in memory."""
    under_way = [f for f in found if not isinstance(f, Page) and not f.done()]
    if len(under_way) >= most:
        wait(under_way, return_when=FIRST_COMPLETED)
