"""Corrections that fail: the document stands as it was read."""

import logging
from dataclasses import replace
from typing import Any

import pytest

from avskrift.corrections import correct
from avskrift.corrections import document as module
from avskrift.errors import UsageError
from avskrift.models.document import Document, Line, Page, PageSource
from avskrift.models.options import CorrectingOptions


def page(number: int, source: PageSource) -> Page:
    return Page(number, source, (Line(1, "samverkansöverenskommelse", "samverkansöverenskommelse"),))


DOCUMENT = Document("x", "0", (page(1, PageSource.OCR), page(2, PageSource.PLAIN_TEXT)), warnings=("as before",))


def test_the_document_stands_as_read(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails(*_: object) -> Any:
        raise ValueError("words of the document")

    monkeypatch.setattr(module, "corrected_document", fails)
    corrected = correct(DOCUMENT)
    assert corrected.pages == DOCUMENT.pages
    assert corrected.warnings == (
        "as before",
        "correcting the pages that an engine read failed and was left out (ValueError); the text stands as it was read",
        "correcting the plain text failed and was left out (ValueError); the text stands as it was read",
    )
    logged = [logging.Formatter().format(r) for r in caplog.records if r.name == "avskrift.corrections"]
    assert logged and all("Traceback" in text for text in logged)


def test_pages_of_the_other_source_are_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_on_scans(document: Document, options: CorrectingOptions) -> Document:
        if any(p.source is PageSource.OCR for p in document.pages):
            raise ValueError
        return replace(document, pages=tuple(replace(p, confidence=0.5) for p in document.pages))

    monkeypatch.setattr(module, "corrected_document", fails_on_scans)
    corrected = correct(DOCUMENT)
    assert [p.confidence for p in corrected.pages] == [1.0, 0.5]
    assert len(corrected.warnings) == 2


@pytest.mark.parametrize("error", [UsageError("no such glossary"), MemoryError()])
def test_what_the_user_must_hear_is_raised(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> Any:
        raise error

    monkeypatch.setattr(module, "corrected_document", refuses)
    with pytest.raises(type(error)):
        correct(DOCUMENT)
