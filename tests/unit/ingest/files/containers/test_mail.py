"""Messages: which parts are documents, and what a message is told by."""

from email.message import EmailMessage
from pathlib import Path

import make_odd_files as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.errors import InputError, LimitExceededError, UnsupportedFormatError
from avskrift.ingest import read
from avskrift.ingest.files.containers.mail import attachments_of
from avskrift.models.options import ReadingOptions

PDF = make.one_page(make.shown())
GIF = next(file.data for file in make._pictures() if file.name == "whole.gif")


def message(*attached: tuple[str, bytes], subject: str = "Överenskommelse för påskrift") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["Date"] = (
        subject,
        "Åsa Ek <asa@granvik.example>",
        "Mon, 1 Mar 2021 09:00:00 +0100",
    )
    made["Message-ID"] = "<1@granvik.example>"
    made.set_content("Hej!\n\nAvtalet bifogas.\n")
    for name, data in attached:
        kind = ("text", "plain") if name.endswith(".txt") else ("application", "octet-stream")
        made.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
    return made


def read_message(tmp_path: Path, made: EmailMessage, *, unpack: bool = False) -> object:
    path = tmp_path / "post.eml"
    path.write_bytes(made.as_bytes())
    return read(path, ReadingOptions(engine="none", unpack=unpack))


def test_the_only_document_of_a_message_is_read(tmp_path: Path) -> None:
    path = tmp_path / "post.eml"
    path.write_bytes(message(("Avtal åäö.pdf", PDF), ("kort.vcf", b"BEGIN:VCARD\n")).as_bytes())
    document = read(path, ReadingOptions(engine="none"))
    assert document.file == "Avtal åäö.pdf"
    assert any("Samverkans" in line.text for line in document.pages[0].lines)
    (warning,) = document.warnings
    assert warning == (
        'the document is Avtal åäö.pdf, attached to the message "Överenskommelse för påskrift" from '
        "Åsa Ek <asa@granvik.example> of Mon, 01 Mar 2021 09:00:00 +0100 in post.eml"
    )


def test_more_or_none_are_refused_with_their_names(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"2 documents \(a\.pdf, b\.txt\)"):
        read_message(tmp_path, message(("a.pdf", PDF), ("b.txt", b"Granviks kommun")))
    with pytest.raises(UnsupportedFormatError, match=r"without a document that can be read \(kort\.vcf\)"):
        read_message(tmp_path, message(("kort.vcf", b"BEGIN:VCARD\n")))
    with pytest.raises(UnsupportedFormatError, match="save its text as"):
        read_message(tmp_path, message())


def test_pictures_of_the_text_are_no_documents() -> None:
    made = message()
    made.add_related(GIF, maintype="image", subtype="gif", cid="<logo>", filename="logo.gif")
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="a.pdf")
    assert [file.name for file in attachments_of(made.as_bytes()).files] == ["a.pdf"]


def test_names_lead_nowhere_and_are_told_apart() -> None:
    made = message(
        ("../../a.pdf", PDF), ("C:\\b\\A.pdf", PDF), ("..", PDF), ("x" * 400 + ".pdf", PDF), ("rad\u202efdp.pdf", PDF)
    )
    names = [file.name for file in attachments_of(made.as_bytes()).files]
    assert names[:3] == ["a.pdf", "A-2.pdf", "unnamed"] and names[4] == "rad fdp.pdf"
    assert names[3].endswith(".pdf") and len(names[3]) <= 180


def test_a_message_in_a_message_is_gone_through_once(tmp_path: Path) -> None:
    inner = message(("avtal.pdf", PDF), subject="Vidare")
    outer = message(subject="Fwd")
    outer.add_attachment(inner)
    document = read_message(tmp_path, outer)
    assert getattr(document, "file", "") == "avtal.pdf"
    deep = message()
    deep.add_attachment(outer)
    deeper = message()
    deeper.add_attachment(deep)
    with pytest.raises(LimitExceededError, match="deeper than is read"):
        read_message(tmp_path, deeper)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    part = "--x\nContent-Type: text/plain\n\na\n"
    head = "From: a@b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    path = tmp_path / "post.eml"
    path.write_text(head + part * 2000 + "--x--\n", encoding="ascii")
    with pytest.raises(LimitExceededError, match="parts"):
        read(path)


def test_deeply_nested_parts_end_in_one_error(tmp_path: Path) -> None:
    path = tmp_path / "post.eml"
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))
    path.write_text(f"From: a@b\nMIME-Version: 1.0\n{nested}", encoding="ascii")
    with pytest.raises(InputError, match=r"post\.eml: "):
        read(path)


_WHOLE = message(("a.txt", b"Granviks kommun")).as_bytes()


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=8), st.booleans())
def test_damaged_bytes_give_parts_or_one_error(place: int, put: bytes, cut: bool) -> None:
    data = _WHOLE[:place] + put + (b"" if cut else _WHOLE[place + len(put) :])
    try:
        held = attachments_of(data)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all("/" not in file.name and file.name not in ("", ".", "..") for file in held.files)
        assert "\n" not in held.about
