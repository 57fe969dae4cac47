"""Pages as pdfplumber sees them: its errors and remarks stay inside."""

import logging
import threading

import make_odd_files as make
import pytest

from avskrift.ingest.text_layer import pdfplumber_pages
from avskrift.ingest.text_layer.pdfplumber_pages import PdfplumberPage, PdfplumberPages, UnreadableLayerError

PAGE = make.one_page(make.shown() + b" 60 100 300 60 re S 60 130 300 1 re S 160 100 1 60 re S ")


def page(data: bytes = PAGE, turn: int = 0) -> PdfplumberPage:
    found = PdfplumberPages(data, None, 1, frozenset()).page(1, turn)
    assert found is not None
    return found


def test_words_have_boxes_and_type() -> None:
    word = page().words()[0]
    assert word.text == make.LINES[0].split()[0] and word.stated_size == pytest.approx(11) and not word.bold
    assert word.box.x0 == pytest.approx(60, abs=1) and 70 < word.box.top < word.box.bottom < 85


def test_rules_make_cells() -> None:
    assert len(page().cells()) == 4 and page().pictures() == []


def test_a_page_that_lies_on_its_side_is_turned() -> None:
    on_its_side = make.one_page(make.shown(matrix="0 1 -1 0 300 100"))
    assert page(on_its_side, turn=90).words()[0].text == make.LINES[0].split()[0]


def test_pages_that_are_not_asked_for() -> None:
    assert PdfplumberPages(PAGE, None, 1, frozenset({1})).page(1, 0) is None
    assert PdfplumberPages(PAGE, None, 2, frozenset()).page(1, 0) is None  # the two count differently
    assert PdfplumberPages(b"%PDF-1.7 nothing", None, 1, frozenset()).page(1, 0) is None


def test_what_pdfplumber_raises_is_one_error() -> None:
    broken = page()
    broken._page = None  # type: ignore[assignment]  # as damaged as can be
    for ask in (broken.words, broken.cells, broken.pictures):
        with pytest.raises(UnreadableLayerError):
            ask()


def test_the_logger_of_pdfminer_is_what_it_was() -> None:
    logger = logging.getLogger("pdfminer")
    level, inside, go_on = logger.level, threading.Event(), threading.Event()

    def other() -> None:
        with pdfplumber_pages.PDFMINER.quiet():
            inside.set()
            go_on.wait(10)

    thread = threading.Thread(target=other)
    with pdfplumber_pages.PDFMINER.quiet():
        thread.start()
        assert inside.wait(10) and logger.level == logging.ERROR
    assert logger.level == logging.ERROR  # the other one is still within
    go_on.set()
    thread.join()
    assert logger.level == level
