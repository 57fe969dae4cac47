"""A PDF as a whole: pages that are there, and what it carries beside them."""

from pathlib import Path

import make_odd_files as make
import pytest

from avskrift.errors import BrokenInputError, LimitExceededError
from avskrift.ingest.files.pdf_document import opened, pages_there, warnings_of

PATH = Path("avtal.pdf")


def trees() -> dict[str, bytes]:
    return {file.name: file.data for file in make._trees()}


def test_pages_that_are_claimed_are_not_there() -> None:
    document = opened(trees()["count-million.pdf"], PATH, None)
    assert pages_there(document, PATH, 5000) == 1
    assert warnings_of(document, 1) == ("the PDF says that it has 1,000,000 pages; 1 is there",)
    document.close()


def test_more_pages_than_allowed() -> None:
    pages = dict.fromkeys(range(3, 6), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
    data = make.pdf_of(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>", **pages}
    )
    document = opened(data, PATH, None)
    assert pages_there(document, PATH, 3) == 3
    with pytest.raises(LimitExceededError, match="more than 2 pages"):
        pages_there(document, PATH, 2)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", trees()["no-catalogue.pdf"], trees()["no-pages.pdf"]])
def test_what_cannot_be_opened(data: bytes) -> None:
    with pytest.raises(BrokenInputError, match=r"^avtal\.pdf: the PDF is damaged"):
        opened(data, PATH, None)


def test_files_inside_are_named_and_cut() -> None:
    document = opened(next(make._files_inside()).data, PATH, None)
    (warning,) = warnings_of(document, 1)
    assert warning.endswith("and 495 more") and len(warning) < 900
