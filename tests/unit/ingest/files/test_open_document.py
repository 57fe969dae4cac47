"""Files of every kind opened by one road, and what all of them can be asked."""

import hashlib
from pathlib import Path

import make_odd_files as make
import pytest

from avskrift.errors import EncryptedInputError, LimitExceededError, MissingInputError, UnsupportedFormatError
from avskrift.ingest.files.images import ImageFile
from avskrift.ingest.files.open_document import open_document
from avskrift.ingest.files.pdf import PdfFile
from avskrift.ingest.files.plain_text import TextFile
from avskrift.ingest.opened_pages import nothing_cached
from avskrift.models.document import Page, PageSource

FRAMES = next(file.data for file in make._tiffs() if file.name == "frames.tiff")
FILES = {
    "avtal.pdf": (make.one_page(make.shown()), PdfFile, 1, True),
    "avtal.tiff": (FRAMES, ImageFile, 3, True),
    "avtal.txt": (b"Granviks kommun\fBilaga", TextFile, 2, False),
}


@pytest.mark.parametrize("name", FILES)
def test_each_kind_answers_alike(tmp_path: Path, name: str) -> None:
    data, kind, count, cacheable = FILES[name]
    path = tmp_path / name
    path.write_bytes(data)
    file = open_document(path)
    assert isinstance(file, kind) and file.cacheable is cacheable
    assert file.source.path == path and file.source.sha256 == hashlib.sha256(data).hexdigest()
    assert file.count_pages() == count and file.warnings() == ()
    assert [page.number for page in file.pages(nothing_cached)] == list(range(1, count + 1))
    assert [page.number for page in file.pages(nothing_cached, range(count, count + 1))] == [count]
    file.close()
    file.close()


@pytest.mark.parametrize("name", ["avtal.pdf", "avtal.tiff"])
def test_pages_that_are_cached_are_not_opened(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name][0])
    kept = Page(1, PageSource.OCR, ())
    pages = list(open_document(path).pages({1: kept}.get))
    assert pages[0] is kept and all(page is not kept for page in pages[1:])


def test_pictures_of_pages(tmp_path: Path) -> None:
    path = tmp_path / "avtal.pdf"
    path.write_bytes(FILES["avtal.pdf"][0])
    (picture,) = open_document(path).pictures([1, 7], 72)
    assert (picture.number, picture.width, picture.height, picture.grey.shape) == (1, 595, 842, (842, 595))
    path.write_bytes(FRAMES)
    first, third = open_document(path).pictures([1, 3], 200)
    assert (first.number, third.number) == (1, 3) and third.grey.shape[1] > first.grey.shape[1]
    path = tmp_path / "avtal.txt"
    path.write_text("Granviks kommun", encoding="utf-8")
    assert list(open_document(path).pictures([1], 72)) == []


def test_limits_and_passwords_are_those_that_were_given(tmp_path: Path) -> None:
    path = tmp_path / "avtal"
    path.write_bytes(FRAMES)
    with pytest.raises(LimitExceededError, match="more than 2 pages"):
        open_document(path, most_pages=2).count_pages()
    path.write_bytes(next(file.data for file in make._encrypted() if file.name == "encrypted-both.pdf"))
    assert open_document(path, "u").count_pages() == 1
    for password, reason in (("fel", "the password is wrong"), (None, "open it with --password")):
        with pytest.raises(EncryptedInputError, match=reason):
            open_document(path, password).count_pages()


def test_what_is_none_of_the_kinds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "avtal"
    with pytest.raises(MissingInputError):
        open_document(path)
    path.write_bytes(b"PK\x03\x04 office")
    with pytest.raises(UnsupportedFormatError, match="zip archive"):
        open_document(path)
