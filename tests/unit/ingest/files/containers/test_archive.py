"""Zip archives: read when they are to be, within limits, and never out of themselves."""

import io
import zipfile
from pathlib import Path

import make_odd_files as make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_documents import docx, paragraph, zip_of

from avskrift.errors import BrokenInputError, InputError, LimitExceededError, UnsupportedFormatError
from avskrift.ingest import read
from avskrift.ingest.files.containers.archive import files_in
from avskrift.ingest.files.file_type import FileType, file_type_of
from avskrift.models.document import Document
from avskrift.models.options import ReadingOptions

PDF = make.one_page(make.shown())


def read_archive(tmp_path: Path, data: bytes, *, unpack: bool = True) -> Document:
    path = tmp_path / "avtal.zip"
    path.write_bytes(data)
    return read(path, ReadingOptions(engine="none", unpack=unpack))


def test_an_archive_is_refused_unless_it_is_to_be_unpacked(tmp_path: Path) -> None:
    data = zip_of({"mapp/avtal.pdf": PDF, "__MACOSX/._avtal.pdf": b"x", "bild.xyz": b"\0"})
    with pytest.raises(UnsupportedFormatError, match="--unpack"):
        read_archive(tmp_path, data, unpack=False)
    document = read_archive(tmp_path, data)
    assert document.file == "avtal.pdf" and document.pages[0].lines
    assert document.warnings == ("the document is mapp/avtal.pdf, which lies in avtal.zip",)


def test_more_or_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"2 documents \(a\.pdf, b\.txt\)"):
        read_archive(tmp_path, zip_of({"a.pdf": PDF, "b.txt": b"Granvik"}))
    with pytest.raises(UnsupportedFormatError, match="without a document"):
        read_archive(tmp_path, zip_of({"a.xyz": b"\0\1"}))


def test_an_archive_in_an_archive_is_read_and_none_in_that(tmp_path: Path) -> None:
    inner = zip_of({"avtal.docx": docx(paragraph("Granviks kommun"))})
    assert read_archive(tmp_path, zip_of({"inre.zip": inner})).pages[0].lines[0].text == "Granviks kommun"
    with pytest.raises(LimitExceededError, match="deeper"):
        read_archive(tmp_path, zip_of({"yttre.zip": zip_of({"inre.zip": inner})}))


@pytest.mark.parametrize("name", ["../ut.pdf", "/etc/ut.pdf", "a/../../ut.pdf", "C:\\ut.pdf", "a\\..\\ut.pdf"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenInputError, match="outside of itself"):
        read_archive(tmp_path, zip_of({name: PDF, "in.pdf": PDF}))


def test_bombs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LimitExceededError, match="unpacks to more than is read"):
        read_archive(tmp_path, zip_of({"bomb.txt": b"a" * (64 << 20)}))
    with pytest.raises(LimitExceededError, match="more than 10,000 members"):
        read_archive(tmp_path, zip_of({f"{n}.txt": b"a" for n in range(10_001)}))


def test_names_in_other_encodings() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("å.txt", b"a")
    marked = data.getvalue()
    unmarked = bytearray(marked)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        unmarked[marked.index(sign) + place + 1] &= ~0x08
    assert [file.name for file in files_in(bytes(unmarked))] == ["å.txt"]


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b""}, "an Excel workbook"),
        ({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}, "a PowerPoint presentation"),
        ({"Index/Document.iwa": b"x"}, "Apple Pages"),
    ],
)
def test_office_documents_that_are_not_read(members: dict[str, bytes], told: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=told):
        file_type_of(zip_of(members), Path("a"))


@pytest.mark.parametrize(
    ("stream", "told"),
    [
        ("WordDocument", "old Word document .* save it as .docx or PDF"),
        ("EncryptedPackage", "encrypted"),
        ("Other", "an old office document"),
    ],
)
def test_old_containers_say_what_to_do(stream: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        file_type_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + stream.encode("utf-16-le"), Path("a"))


_WHOLE = zip_of({"mapp/a.txt": b"Granviks kommun", "b.txt": b"Polisen"})


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=8), st.booleans())
def test_damaged_bytes_give_files_or_one_error(place: int, put: bytes, cut: bool) -> None:
    data = _WHOLE[:place] + put + (b"" if cut else _WHOLE[place + len(put) :])
    try:
        names = [file.name for file in files_in(data)]
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(part not in ("", ".", "..") for name in names for part in name.split("/"))


def test_an_office_document_is_no_archive() -> None:
    assert file_type_of(docx(paragraph("a")), Path("a")) is FileType.DOCX
    assert file_type_of(zip_of({"inre.docx": docx(paragraph("a"))}), Path("a")) is FileType.ARCHIVE
