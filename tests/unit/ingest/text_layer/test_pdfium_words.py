"""Words as PDFium gives them, and when it does not tell enough."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import make_odd_files as make
import pypdfium2
import pytest

from avskrift.ingest.text_layer.pdfium_words import words_on
from avskrift.ingest.words import OcrWord


@contextmanager
def page(contents: bytes, more: str = "") -> Iterator[Any]:
    with pypdfium2.PdfDocument(make.one_page(contents, page=more)) as document:
        yield document[0]


def words(contents: bytes, more: str = "") -> list[OcrWord]:
    with page(contents, more) as pdf_page:
        return words_on(pdf_page, pdf_page.get_textpage())


def test_words_with_boxes_lines_and_sizes() -> None:
    found = words(make.shown(("Granviks kommun", "och Polisen")))
    assert [(word.text, word.line) for word in found] == [("Granviks", 1), ("kommun", 1), ("och", 2), ("Polisen", 2)]
    first, second = found[:2]
    assert first.box.x1 <= second.box.x0 and first.box.top == pytest.approx(second.box.top)
    assert found[2].box.top - first.box.top == pytest.approx(20, abs=0.5)
    assert first.stated_size == pytest.approx(first.box.height)


@pytest.mark.parametrize("more", ["/Rotate 90", "/UserUnit 2"])
def test_pages_whose_boxes_are_not_those_shown_are_left_to_pdfplumber(more: str) -> None:
    assert (words(make.shown(), more) == []) is ("Rotate" in more)


def test_words_that_stand_upright_are_left_to_pdfplumber() -> None:
    assert words(make.shown(matrix="0 1 -1 0 300 100")) == []
