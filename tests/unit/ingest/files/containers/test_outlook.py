"""Messages of Outlook: their attachments, and that no damaged one does harm."""

from pathlib import Path

import make_odd_files as make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlook_messages import compound, message

from avskrift.errors import BrokenInputError, InputError, LimitExceededError, UnsupportedFormatError
from avskrift.ingest import read
from avskrift.ingest.files.containers.outlook import attachments_in_outlook
from avskrift.models.options import ReadingOptions

PDF = make.one_page(make.shown())
LARGE = b"a" * 9000


def test_attachments_small_and_large() -> None:
    held = attachments_in_outlook(compound(message("Avtal", {"a.pdf": PDF, "stor.txt": LARGE, "../b.txt": b"x"})))
    assert {file.name: file.data for file in held.files} == {"a.pdf": PDF, "stor.txt": LARGE, "b.txt": b"x"}
    assert held.about == 'the message "Avtal" from Åsa Ek of 2021-03-01 11:00 UTC'


def test_the_only_document_of_a_message_is_read(tmp_path: Path) -> None:
    path = tmp_path / "post.msg"
    path.write_bytes(compound(message("Fwd", {"Vidare": message("Vidare", {"avtal.pdf": PDF})})))
    document = read(path, ReadingOptions(engine="none"))
    assert document.file == "avtal.pdf" and document.pages[0].lines
    assert "Vidare.msg/avtal.pdf" in document.warnings[0]
    path.write_bytes(compound(message("Tom", {})))
    with pytest.raises(UnsupportedFormatError, match="without a document"):
        read(path)


def test_messages_in_messages_in_messages_are_refused() -> None:
    deep = message("a", {"b": message("b", {"c": message("c", {"d.pdf": PDF})})})
    with pytest.raises(LimitExceededError, match="deeper"):
        attachments_in_outlook(compound(deep))


def test_a_chain_that_leads_back_is_refused() -> None:
    data = bytearray(compound(message("Avtal", {"stor.txt": LARGE})))
    table = len(data) - 512
    data[table : table + 4] = b"\0\0\0\0"
    with pytest.raises(BrokenInputError):
        attachments_in_outlook(bytes(data))


_WHOLE = compound(message("Avtal", {"a.txt": b"Granviks kommun", "stor.txt": LARGE}))


@given(st.integers(0, len(_WHOLE)), st.binary(max_size=8), st.booleans())
def test_damaged_bytes_give_files_or_one_error(place: int, put: bytes, cut: bool) -> None:
    data = _WHOLE[:place] + put + (b"" if cut else _WHOLE[place + len(put) :])
    try:
        held = attachments_in_outlook(data)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(part not in ("", ".", "..") for file in held.files for part in file.name.split("/"))
        assert "\n" not in held.about
