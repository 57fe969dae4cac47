"""Digital signatures: whose, when, and whether the file is still what was signed."""

from pathlib import Path

import make_odd_files as make
import pytest
from signed_pdf import signed, unsigned, updated

from avskrift.ingest import read
from avskrift.ingest.files.open_document import open_document
from avskrift.models.document import DigitalSignature
from avskrift.models.options import ReadingOptions
from avskrift.parsing.checks.source_info import source_of


def signatures_of(data: bytes, folder: Path) -> tuple[DigitalSignature, ...]:
    path = folder / "avtal.pdf"
    path.write_bytes(data)
    return open_document(path).digital_signatures()


def test_a_file_without_signatures_has_none(tmp_path: Path) -> None:
    assert signatures_of(unsigned(), tmp_path) == ()
    text = tmp_path / "avtal.txt"
    text.write_text("Samverkansöverenskommelse", encoding="utf-8")
    assert open_document(text).digital_signatures() == ()


@pytest.mark.parametrize("elliptic", [False, True])
def test_a_signed_file(tmp_path: Path, *, elliptic: bool) -> None:
    (found,) = signatures_of(signed(unsigned(), "Anna Bergqvist", elliptic=elliptic), tmp_path)
    assert found == DigitalSignature("Anna Bergqvist", "2021-02-10T09:13:00+01:00", True, covers_whole_file=True)


def test_a_second_signature_leaves_the_first_intact(tmp_path: Path) -> None:
    first, second = signatures_of(signed(signed(unsigned(), "Anna Bergqvist"), "Nils Ek"), tmp_path)
    assert (first.name, first.intact, first.covers_whole_file) == ("Anna Bergqvist", True, False)
    assert (second.name, second.intact, second.covers_whole_file) == ("Nils Ek", True, True)


def test_proofs_added_afterwards_leave_a_signature_intact(tmp_path: Path) -> None:
    data = signed(unsigned(), "Anna Bergqvist")
    catalogue = b"<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/DSS 30 0 R>>"
    proofs = {1: catalogue, 30: b"<</Type/DSS/Certs[31 0 R]>>", 31: make.stream_of(b"certificate")}
    (found,) = signatures_of(updated(data, proofs), tmp_path)
    assert found.intact and not found.covers_whole_file


CHANGES = {
    "the text of the page": {4: make.stream_of(make.shown(("Avtalet gäller till den 31 december 2029.",)))},
    "which text the page shows": {
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 30 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        30: make.stream_of(make.shown(("Avtalet gäller till den 31 december 2029.",))),
    },
    "a note on the page": {
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"
        b"/Annots[7 0 R 30 0 R]>>",
        30: b"<</Type/Annot/Subtype/FreeText/Rect[60 60 300 80]/Contents(Till 2029)/DA(/F1 11 Tf)>>",
    },
    "a field of the form": {
        6: b"<</Fields[7 0 R 30 0 R]>>",
        30: b"<</Type/Annot/Subtype/Widget/FT/Tx/T(datum)/V(2029)/Rect[60 60 300 80]>>",
    },
    "the pages": {2: b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>"},
    "the signature": {8: b"<</Type/Sig/Filter/Adobe.PPKLite/M(D:20290210091300+01'00')>>"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_after_signing(tmp_path: Path, change: str) -> None:
    data = updated(signed(unsigned(), "Anna Bergqvist"), CHANGES[change])
    (found,) = signatures_of(data, tmp_path)
    assert found.intact is not True


def test_a_signature_that_is_seen_is_text_and_found_once_the_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "avtal.pdf"
    path.write_bytes(signed(unsigned(), "Anna Bergqvist", box="60 60 260 80"))
    document = read(path, ReadingOptions(engine="none"))
    assert document.pages[0].lines[-1].text == "Signerat av Anna Bergqvist"
    assert [found.intact for found in document.digital_signatures] == [True]


def test_a_change_within_what_was_signed(tmp_path: Path) -> None:
    data = signed(unsigned(), "Anna Bergqvist").replace(b"28 februari 2023", b"28 februari 2029")
    (found,) = signatures_of(data, tmp_path)
    assert (found.name, found.intact, found.covers_whole_file) == ("Anna Bergqvist", False, True)
    document = read(tmp_path / "avtal.pdf", ReadingOptions(engine="none"))
    (warning,) = document.warnings
    assert warning.startswith("the digital signature of Anna Bergqvist does not hold")


def test_bytes_that_were_left_out_of_the_signature(tmp_path: Path) -> None:
    """A range that leaves more out than the signature itself covers nothing of it."""
    data = signed(unsigned(), "Anna Bergqvist")
    begin = data.rindex(b"/ByteRange[0 ") + len(b"/ByteRange[0 ")
    length = data[begin:].split()[0]
    (found,) = signatures_of(data.replace(length, b"%d" % (int(length) - 40), 1), tmp_path)
    assert found.intact is False and not found.covers_whole_file


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"/ByteRange[0 ", b"/ByteRange[9 ", 1),
        lambda data: data.replace(b"/ByteRange[0 ", b"/ByteRange[]%", 1),
        lambda data: data.replace(b"/Contents<30", b"/Contents<31", 1),
        lambda data: data.replace(b"/Contents<3082", b"/Contents<3f82", 1),
        lambda data: data[: data.rindex(b"/Contents<") + 400] + b"0" * 3000 + data[data.rindex(b"/Contents<") + 3400 :],
        lambda data: data.replace(b"/M(D:2021", b"/M(D:99999", 1),
    ],
)
def test_damaged_signatures_are_told_and_the_document_is_read(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    path = tmp_path / "avtal.pdf"
    path.write_bytes(damage(signed(unsigned(), "Anna Bergqvist")))
    document = read(path, ReadingOptions(engine="none"))
    assert [line.text for line in document.pages[0].lines] == list(make.LINES)
    assert all(found.intact is not True for found in document.digital_signatures)
    assert document.warnings


def test_the_record_lists_signatures(tmp_path: Path) -> None:
    path = tmp_path / "avtal.pdf"
    path.write_bytes(signed(unsigned(), "Anna Bergqvist"))
    document = read(path, ReadingOptions(engine="none"))
    assert document.warnings == ()
    (told,) = source_of(document).digital_signatures
    assert told.model_dump() == {
        "name": "Anna Bergqvist",
        "time": "2021-02-10T09:13:00+01:00",
        "intact": True,
        "covers_whole_file": True,
    }


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("D:20210210091300Z", "2021-02-10T09:13:00+00:00"),
        ("D:20210210091300-05'30'", "2021-02-10T09:13:00-05:30"),
        ("D:202102100913+01", "2021-02-10T09:13:00+01:00"),
    ],
)
def test_times(tmp_path: Path, said: str, time: str) -> None:
    (found,) = signatures_of(signed(unsigned(), "Anna Bergqvist", time=said), tmp_path)
    assert found.time == time


def test_a_time_without_its_distance_from_utc_is_that_of_the_message(tmp_path: Path) -> None:
    (found,) = signatures_of(signed(unsigned(), "Anna Bergqvist", time="D:20210210091300"), tmp_path)
    assert found.time is not None and found.time.endswith("+00:00") and not found.time.startswith("2021")
