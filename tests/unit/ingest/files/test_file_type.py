"""What a file is, told from its content."""

from pathlib import Path

import make_odd_files as make
import pytest

from avskrift.errors import UnsupportedFormatError
from avskrift.ingest import read
from avskrift.ingest.files.file_type import FileType, file_type_of

PICTURES = {file.name: file.data for file in make._pictures()}


@pytest.mark.parametrize(
    "head", ["BMK och Granviks kommun ", "GIF89a är ett format. ", "RIFF0000WEBP ", "II* ", "xx ftypmif1 "]
)
def test_a_text_may_begin_as_an_image(head: str) -> None:
    assert file_type_of((head + make.TEXT).encode(), Path("a.txt")) is FileType.TEXT


@pytest.mark.parametrize(
    "name", ["whole.bmp", "whole.gif", "whole.webp", "whole.avif", "whole.jpeg", "blank.jp2", "codestream.j2k"]
)
def test_images_are_known_by_their_heads(name: str) -> None:
    assert file_type_of(PICTURES[name], Path("a")) is FileType.IMAGE


def test_a_text_about_pdf_is_text() -> None:
    assert file_type_of(("Filen börjar med %PDF-1.7. " + make.TEXT).encode(), Path("a.txt")) is FileType.TEXT
    assert file_type_of(b"junk\n" * 50 + make.one_page(make.shown()), Path("a.txt")) is FileType.PDF


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (b"<svg:svg width='9'>", "an SVG drawing"),
        (b"\xef\xbb\xbf \n<!-- x --><HTML lang=sv>", "a web page"),
        ("<!DOCTYPE html><p>".encode("utf-16"), "a web page"),
        (b'<?xml version="1.0"?><mets xmlns="x">', r"an XML file \(mets\)"),
        (b"{\\rtf1 hej", "an RTF document"),
    ],
)
def test_marked_up_text_is_told_for_what_it_is(data: bytes, told: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=told):
        file_type_of(data, Path("a.txt"))


def test_comments_without_an_element_end() -> None:
    assert file_type_of(b"<!-- -->" * 500 + b"Granviks kommun", Path("a.txt")) is FileType.TEXT


def test_a_text_that_begins_with_an_angle_is_text() -> None:
    assert file_type_of(b"<se bilaga 1> Granviks kommun", Path("a.txt")) is FileType.TEXT


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_wide_encodings_with_and_without_a_mark(tmp_path: Path, codec: str, ending: str) -> None:
    path = tmp_path / f"avtal{ending}"
    path.write_bytes(make.TEXT.encode(codec))
    document = read(path)
    assert [line.text for line in document.pages[0].lines] == list(make.LINES)
    assert bool(document.warnings) is codec.endswith("e")


def test_surrogates_are_no_old_encoding(tmp_path: Path) -> None:
    path = tmp_path / "avtal.txt"
    path.write_bytes(make.TEXT.encode() + b"\xed\xa0\xbd\xed\xb8\x80 en\n\xed\xa0\x80 halv\n")
    document = read(path)
    assert [line.text for line in document.pages[0].lines][-2:] == ["\U0001f600 en", "\ufffd halv"]
    assert document.warnings == ("1 sign is half of a surrogate pair and cannot be read",)
