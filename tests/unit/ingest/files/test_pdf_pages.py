"""One page of a PDF: where its text comes from, and what it must not be."""

from pathlib import Path

import make_odd_files as make
import pytest

from avskrift.errors import BrokenInputError, LimitExceededError
from avskrift.ingest.files import pdf_pages
from avskrift.ingest.files.open_document import open_document
from avskrift.ingest.opened_pages import OpenedPage, PageToOcr, UnreadablePage, nothing_cached
from avskrift.ingest.text_layer.pdfplumber_pages import PdfplumberPage, PdfplumberPages, UnreadableLayerError
from avskrift.models.document import Page, PageSource

TABLE = b"".join(b" %d %d 150 40 re S" % (60 + 150 * column, 500 + 40 * row) for column in range(3) for row in range(3))
CELLS = b" BT /F1 11 Tf 1 0 0 1 70 590 Tm (Granvik) Tj 150 0 Td (Vikbo) Tj -150 -40 Td (Klockviken) Tj ET "


def opened(folder: Path, contents: bytes, box: str = "/MediaBox[0 0 595 842]") -> OpenedPage:
    path = folder / "avtal.pdf"
    path.write_bytes(make.one_page(contents, box))
    (found,) = open_document(path).pages(nothing_cached)
    return found


def page_of(folder: Path, contents: bytes, box: str = "/MediaBox[0 0 595 842]") -> Page:
    found = opened(folder, contents, box)
    assert isinstance(found, Page)
    return found


def test_text_is_taken_from_the_layer(tmp_path: Path) -> None:
    page = page_of(tmp_path, make.shown())
    assert page.source is PageSource.TEXT_LAYER and [line.text for line in page.lines] == list(make.LINES)
    assert (page.width, page.height) == (595, 842)


def test_pdfplumber_is_asked_for_the_cells_of_tables_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    page = PdfplumberPages.page

    def counted(self: PdfplumberPages, number: int, turn: int) -> PdfplumberPage | None:
        asked.append(number)
        return page(self, number, turn)

    monkeypatch.setattr(PdfplumberPages, "page", counted)
    page_of(tmp_path, make.shown())
    assert asked == []
    cells = {line.cell for line in page_of(tmp_path, make.shown() + TABLE + CELLS).lines}
    assert asked == [1] and len(cells - {None}) == 3


def test_without_pdfplumber_a_table_is_running_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PdfplumberPages, "page", lambda *_: None)
    page = page_of(tmp_path, make.shown() + TABLE + CELLS)
    assert page.source is PageSource.TEXT_LAYER and {line.cell for line in page.lines} == {None}


def test_a_layer_that_pdfplumber_fails_on_is_read_as_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: PdfplumberPage) -> None:
        raise UnreadableLayerError

    monkeypatch.setattr(PdfplumberPage, "cells", fails)
    page = opened(tmp_path, make.shown() + TABLE)
    assert isinstance(page, PageToOcr) and page.reason == "the text layer cannot be read"


def test_an_error_of_our_own_is_not_taken_for_one_of_pdfplumbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("our own")

    monkeypatch.setattr(pdf_pages, "cells_of", fails)
    page = page_of(tmp_path, make.shown() + TABLE)
    assert page.given_up and "an error of the program (KeyError)" in page.warnings[0]


def test_rubbish_is_read_as_a_picture_and_kept_as_another_reading(tmp_path: Path) -> None:
    page = opened(tmp_path, make.shown(("xqzj wvkx qqzx jjwx zzqk",) * 6))
    assert isinstance(page, PageToOcr) and page.reason == "the words are no words"
    assert page.distrusted_text[0] == "xqzj wvkx qqzx jjwx zzqk"
    assert page.render(72).shape == (842, 595) and page.scanned_at == 0.0


def test_pages_without_anything_are_blank(tmp_path: Path) -> None:
    for page in (page_of(tmp_path, b""), page_of(tmp_path, make.shown(), box="/MediaBox[0 0 595 8]")):
        assert page.lines == () and page.warnings == () and not page.given_up


def test_what_a_page_must_not_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(tmp_path, make.shown(), box="/MediaBox[0 0 30000 30000]")
    assert isinstance(page, UnreadablePage) and isinstance(page.error, BrokenInputError)
    monkeypatch.setattr(pdf_pages, "MOST_OBJECTS", 2)
    page = opened(tmp_path, make.shown())
    assert isinstance(page, UnreadablePage) and isinstance(page.error, LimitExceededError)
    assert str(page.error) == "it shows more than 2 objects, which is the limit"
