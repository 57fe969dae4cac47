"""Pages that could not be read: what is said of them, and when the document fails with them."""

import errno
from pathlib import Path

import pytest

from avskrift.errors import (
    AvskriftError,
    BrokenInputError,
    EngineFailedError,
    EngineMissingError,
    InputError,
    LimitExceededError,
    OutputError,
)
from avskrift.ingest.failed_pages import failed_page, raise_if_all_failed
from avskrift.models.document import Page, PageSource, Quality

PATH = Path("avtal.pdf")
SECRET = "Sven Granvik"


@pytest.mark.parametrize(
    ("error", "reason", "cause"),
    [
        (BrokenInputError("it is damaged"), "it is damaged", "BrokenInputError"),
        (EngineFailedError("it crashed"), "it crashed", "EngineFailedError"),
        (MemoryError(), "reading it needs more memory than there is", "MemoryError"),
        (ValueError(SECRET), "an error of the program (ValueError)", "InputError"),
    ],
)
def test_why_a_page_failed(error: Exception, reason: str, cause: str) -> None:
    page = failed_page(3, error, 595.0, 842.0)
    assert page.warnings == (f"page 3 could not be read: {reason}",) and page.cause == cause
    assert (page.given_up, page.quality, page.width, page.lines) == (True, Quality.UNREADABLE, 595.0, ())


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (EngineMissingError("Tesseract is not installed"), EngineMissingError),
        (OSError(errno.ENOSPC, "No space left on device"), OutputError),
    ],
)
def test_what_every_page_would_meet_is_raised(error: Exception, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        failed_page(1, error)


@pytest.mark.parametrize(
    ("error", "kind"),
    [(BrokenInputError("damaged"), BrokenInputError), (MemoryError(), LimitExceededError), (KeyError(), InputError)],
)
def test_a_document_of_failed_pages_fails_as_the_first(error: Exception, kind: type[AvskriftError]) -> None:
    with pytest.raises(kind, match=r"^avtal\.pdf: page 1 could not be read"):
        raise_if_all_failed(PATH, [failed_page(1, error), failed_page(2, BrokenInputError("other"))])


def test_one_page_that_was_read_is_enough() -> None:
    raise_if_all_failed(PATH, [failed_page(1, BrokenInputError("damaged")), Page(2, PageSource.OCR, ())])
    raise_if_all_failed(PATH, [])


def test_two_pages_without_memory_end_the_document() -> None:
    with pytest.raises(MemoryError):
        raise_if_all_failed(
            PATH, [failed_page(1, MemoryError()), Page(2, PageSource.OCR, ()), failed_page(3, MemoryError())]
        )
