"""Reads the pages of an open document: pages for an engine several at a time, while the next are opened.

PDFium and Pillow are asked in one thread alone; only engines, which are processes of their own, work at the same time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import TYPE_CHECKING

from avskrift.errors import AvskriftError
from avskrift.ingest.failed_pages import failed_page, raise_if_all_failed, too_much_text
from avskrift.ingest.files.document_file import DocumentFile
from avskrift.ingest.opened_pages import OpenedPage, PageToOcr, UnreadablePage, nothing_cached
from avskrift.ingest.text_layer.turned_text import with_turned
from avskrift.models.document import Page, PageSource
from avskrift.models.options import MOST_SIGNS, ReadingOptions

if TYPE_CHECKING:
    from avskrift.ingest.files.page_cache import PageCache
    from avskrift.ingest.ocr.engine import Engine
    from avskrift.ingest.ocr.page import OrientedPage

Progress = Callable[[int, int], None]
"""Called with the pages done and the pages known so far."""


def read_pages(
    file: DocumentFile,
    options: ReadingOptions,
    cache: "PageCache | None",
    progress: Progress | None = None,
    wanted: range | None = None,
) -> list[Page]:
    """The pages of `file` in order: as many as `options` say are read by an engine at the same time.

    `cache` gives the pages that were read before and keeps those that are read now; `progress` is called with how far
    it is; `wanted` are the numbers of the pages to read (None: all). Raises as `ingest.read`.
    """
    with ThreadPoolExecutor(max_workers=options.jobs) as pool:
        reading = _Reading(options, cache, progress, pool)
        characters = 0
        for opened in _until_broken(file.pages(cache.page if cache is not None else nothing_cached, wanted)):
            characters += _characters_of(opened) if isinstance(opened, Page) else 0
            if characters > MOST_SIGNS:
                raise too_much_text(file.source.path)
            reading.begin(opened)
        pages = reading.finished()
    if sum(map(_characters_of, pages)) > MOST_SIGNS:
        raise too_much_text(file.source.path)
    raise_if_all_failed(file.source.path, pages)
    return pages


class _Reading:
    """Pages of which some wait for an engine. No more than one beyond those that are being read is drawn beforehand."""

    def __init__(
        self,
        options: ReadingOptions,
        cache: "PageCache | None",
        progress: Progress | None,
        pool: ThreadPoolExecutor,
    ) -> None:
        self._options, self._cache, self._progress, self._pool = options, cache, progress, pool
        self._engine: Engine | None = None
        self._pages: list[Page | Future[Page]] = []
        self._under_way: set[Future[Page]] = set()

    def begin(self, opened: OpenedPage) -> None:
        """Takes the next page in; waits where too many are under way. Raises `EngineMissingError`."""
        if isinstance(opened, Page):
            self._keep(opened)
            self._pages.append(opened)
        elif isinstance(opened, UnreadablePage):
            self._pages.append(failed_page(opened.number, opened.error))
        else:
            self._pages.append(self._begun(opened))
        self._tell(0)

    def finished(self) -> list[Page]:
        """All pages, once the last is read."""
        pages = []
        for place, page in enumerate(self._pages, 1):
            pages.append(page if isinstance(page, Page) else page.result())
            self._tell(place)
        return pages

    def _begun(self, page: PageToOcr) -> Page | Future[Page]:
        """A page that is being read by the engine; failed where it cannot be drawn."""
        from avskrift.ingest.ocr.page import upright

        engine = self._engine_at_hand()
        self._wait_for_room()
        try:
            ready = upright(page)
        except Exception as error:  # it stands in the page and the log: it costs this page alone
            return _with_text_layer(failed_page(page.number, error, page.width, page.height), page)
        future = self._pool.submit(self._read, ready, engine)
        self._under_way.add(future)
        return future

    def _engine_at_hand(self) -> "Engine":
        if self._engine is None:
            from avskrift.ingest.ocr.engines import engine_called

            self._engine = engine_called(self._options.engine)
            self._engine.check()
        return self._engine

    def _wait_for_room(self) -> None:
        """Waits until few pages are under way, so that pictures do not pile up."""
        self._under_way = {future for future in self._under_way if not future.done()}
        if len(self._under_way) > self._options.jobs:
            wait(self._under_way, return_when=FIRST_COMPLETED)

    def _read(self, ready: "OrientedPage", engine: "Engine") -> Page:
        from avskrift.ingest.ocr.page import read_page

        opened = ready.pending
        try:
            page = read_page(ready, engine, self._options.page_timeout_seconds)
        except Exception as error:  # as above
            page = failed_page(opened.number, error, opened.width, opened.height)
        page = _with_text_layer(page, opened)
        self._keep(page)
        return page

    def _keep(self, page: Page) -> None:
        if self._cache is not None:
            self._cache.keep(page)

    def _tell(self, least: int) -> None:
        if self._progress is not None:
            known = len(self._pages)
            self._progress(max(least, known - sum(not future.done() for future in self._under_way)), known)


def _until_broken(opened: Iterator[OpenedPage]) -> Iterator[OpenedPage]:
    """The pages that can be opened; where the file breaks off after some, a failed page stands for the rest."""
    number = 0
    while True:
        try:
            page = next(opened, None)
        except Exception as error:  # it stands in the page and the log
            if number == 0 and isinstance(error, AvskriftError):
                raise
            yield failed_page(number + 1, error)
            return
        if page is None:
            return
        number = page.number
        yield page


def _with_text_layer(page: Page, opened: PageToOcr) -> Page:
    """The page with what its text layer holds; a page as the layer has it holds that already."""
    read = page.source is PageSource.OCR
    regions = page.regions
    if read and opened.regions:  # what the layer says of a watermark is surer than what its picture does
        regions = (*(region for region in regions if region.kind != "watermark"), *opened.regions)
    return replace(
        page,
        hidden_text=opened.hidden_text,
        regions=regions,
        lines=with_turned(page.lines, opened.turned) if read else page.lines,
        warnings=(*page.warnings, *opened.warnings),
        incomplete=page.incomplete or opened.incomplete,
    )


def _characters_of(page: Page) -> int:
    """Characters of a page; those of a text were counted when it was decoded."""
    return 0 if page.source is PageSource.PLAIN_TEXT else sum(len(line.raw) for line in page.lines)
