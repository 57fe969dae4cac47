"""Pages read in turn: in their order, some at a time, each failure its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avskrift.errors import BrokenInputError, LimitExceededError
from avskrift.ingest.files.document_file import FileBytes, PagePicture
from avskrift.ingest.ocr import page as page_module
from avskrift.ingest.opened_pages import OpenedPage, PageToOcr, UnreadablePage
from avskrift.ingest.page_scheduler import read_pages
from avskrift.models.document import DigitalSignature, Line, Page, PageSource, Region
from avskrift.models.geometry import BoundingBox
from avskrift.models.options import MOST_SIGNS, ReadingOptions

NO_ENGINE = ReadingOptions(engine="none")


class Pages:
    """A file that gives the pages that it was made with."""

    cacheable = True
    read_by: str | None = None

    def __init__(self, *pages: OpenedPage | Exception) -> None:
        self.source = FileBytes(Path("avtal.pdf"), b"")
        self._pages = pages

    def count_pages(self) -> int:
        return len(self._pages)

    def pages(self, cached: Callable[[int], Page | None], wanted: range | None = None) -> Iterator[OpenedPage]:
        for number, page in enumerate(self._pages, 1):
            if isinstance(page, Exception):
                raise page
            if wanted is None or number in wanted:
                yield page

    def warnings(self) -> tuple[str, ...]:
        return ()

    def digital_signatures(self) -> tuple[DigitalSignature, ...]:
        return ()

    def pictures(self, numbers: Sequence[int], dpi: int) -> Iterator[PagePicture]:
        return iter(())

    def close(self) -> None: ...


def to_ocr(number: int, drawn: list[int] | None = None, **more: Any) -> PageToOcr:
    def render(dpi: float) -> Any:
        if drawn is not None:
            drawn.append(number)
        return np.full((300, 200), 255, np.uint8)

    return PageToOcr(number, 144.0, 216.0, render, "a picture", **more)


def text(number: int, line: str = "Granviks kommun") -> Page:
    return Page(number, PageSource.TEXT_LAYER, (Line(1, line, line, ()),))


def test_pages_keep_their_order() -> None:
    pages = read_pages(Pages(to_ocr(1), text(2), to_ocr(3)), NO_ENGINE.model_copy(update={"jobs": 2}), None)
    assert [(page.number, page.source.value) for page in pages] == [(1, "ocr"), (2, "text_layer"), (3, "ocr")]


def test_progress_ends_with_all_pages() -> None:
    seen: list[tuple[int, int]] = []
    read_pages(Pages(text(1), to_ocr(2), text(3)), NO_ENGINE, None, lambda done, known: seen.append((done, known)))
    assert seen[0] == (1, 1) and seen[-1] == (3, 3)
    assert all(done <= known for done, known in seen)


def test_few_pictures_are_drawn_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    ahead: list[int] = []

    def slow(ready: page_module.OrientedPage, *_: object) -> Page:
        import time

        time.sleep(0.02)
        ahead.append(len(set(drawn)) - len(ahead))
        return text(len(ahead))

    monkeypatch.setattr(page_module, "read_page", slow)
    assert len(read_pages(Pages(*(to_ocr(number, drawn) for number in range(1, 9))), NO_ENGINE, None)) == 8
    assert max(ahead) <= NO_ENGINE.jobs + 2


def test_a_page_that_cannot_be_read_costs_itself() -> None:
    pages = read_pages(Pages(UnreadablePage(1, BrokenInputError("it is damaged")), text(2)), NO_ENGINE, None)
    assert pages[0].warnings == ("page 1 could not be read: it is damaged",)
    assert [page.given_up for page in pages] == [True, False]


def test_where_a_file_breaks_off_one_page_stands_for_the_rest() -> None:
    pages = read_pages(Pages(text(1), OSError("cut off")), NO_ENGINE, None)
    assert [page.given_up for page in pages] == [False, True]
    with pytest.raises(BrokenInputError, match=r"^cut off$"):
        read_pages(Pages(BrokenInputError("cut off")), NO_ENGINE, None)


def test_regions_go_with_a_page_that_is_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    def turned(ready: page_module.OrientedPage, *_: object) -> Page:
        return replace(
            text(1), width=216.0, height=144.0, rotation=90, regions=(Region("logo", BoundingBox(0, 0, 9, 9)),)
        )

    monkeypatch.setattr(page_module, "read_page", turned)
    comment = Region("comment", BoundingBox(10, 20, 30, 50), "Fråga")
    (page,) = read_pages(Pages(to_ocr(1, regions=(comment,))), NO_ENGINE, None)
    assert [(region.kind, region.bbox) for region in page.regions] == [
        ("logo", (0, 0, 9, 9)),
        ("comment", (216 - 50, 10, 216 - 20, 30)),
    ]


def test_what_the_text_layer_says_goes_with_the_page() -> None:
    (page,) = read_pages(Pages(to_ocr(1, warnings=("odd",), incomplete=True)), NO_ENGINE, None)
    assert page.warnings == ("odd",) and page.incomplete


def test_too_much_text_is_refused() -> None:
    long = "a" * (MOST_SIGNS // 2 + 1)
    with pytest.raises(LimitExceededError, match=r"avtal\.pdf: .* 20,000,000 signs"):
        read_pages(Pages(text(1, long), text(2, long)), NO_ENGINE, None)


def test_only_wanted_pages_are_read() -> None:
    pages = read_pages(Pages(text(1), text(2), text(3)), NO_ENGINE, None, None, range(2, 4))
    assert [page.number for page in pages] == [2, 3]
