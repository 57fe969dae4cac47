"""Documents read: opened once, whatever the kind, and nothing of the user's process changed."""

import logging
from pathlib import Path
from typing import Any

import make_odd_files as make
import pypdfium2
import pytest
from PIL import Image

from avskrift.errors import BrokenInputError, EmptyInputError
from avskrift.ingest import open_document, opened, pages_waiting, read
from avskrift.ingest.files import open_document as opening
from avskrift.models.document import PageSource
from avskrift.models.options import ReadingOptions
from avskrift.runtime.input_files import read_file

NO_ENGINE = ReadingOptions(engine="none")
RULED = b" 60 100 400 300 re S 60 200 400 1 re S 200 100 1 300 re S 300 100 1 300 re S " + make.shown()


def file_of(folder: Path, data: bytes, name: str = "avtal.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_text_has_pages_without_an_engine(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"Granviks kommun\fBilaga 1", "avtal.txt")
    document = read(path)
    assert [[line.text for line in page.lines] for page in document.pages] == [["Granviks kommun"], ["Bilaga 1"]]
    assert (document.file, document.engine) == ("avtal.txt", None)


def test_an_engine_is_named_where_it_read(tmp_path: Path) -> None:
    path = file_of(tmp_path, make._saved(make._picture(), "png"), "avtal.png")
    assert read(path, NO_ENGINE).engine is not None


def test_a_file_is_read_and_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"files": 0, "documents": 0}
    of_pdfium = pypdfium2.PdfDocument

    def counted_file(path: Path) -> bytes:
        counts["files"] += 1
        return read_file(path)

    def counted_document(*what: Any, **more: Any) -> Any:
        counts["documents"] += 1
        return of_pdfium(*what, **more)

    monkeypatch.setattr(opening, "read_file", counted_file)
    monkeypatch.setattr(pypdfium2, "PdfDocument", counted_document)
    options = NO_ENGINE.model_copy(update={"cache_folder": tmp_path / "kept"})
    with opened(file_of(tmp_path, make.one_page(RULED)), options) as file:
        assert pages_waiting(file, options) == 1
        assert read(file, options).pages[0].source is PageSource.TEXT_LAYER
    assert counts == {"files": 1, "documents": 1}


def test_nothing_of_the_users_process_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1234567)
    level = logging.getLogger("pdfminer").level
    read(file_of(tmp_path, make.one_page(RULED)), NO_ENGINE)
    read(file_of(tmp_path, make._saved(make._picture(), "png"), "avtal.png"), NO_ENGINE)
    assert Image.MAX_IMAGE_PIXELS == 1234567
    assert logging.getLogger("pdfminer").level == level


def test_what_holds_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError, match="the file is empty"):
        read(file_of(tmp_path, b" \n", "tom.txt"))
    with pytest.raises(BrokenInputError, match="damaged"):
        read(file_of(tmp_path, b"%PDF-1.7 cut off"))


def test_a_document_is_closed_when_it_was_read(tmp_path: Path) -> None:
    file = open_document(file_of(tmp_path, make.one_page(make.shown())))
    first = read(file, NO_ENGINE)
    assert "_document" not in vars(file)
    assert read(file, NO_ENGINE) == first  # it opens itself again
