"""Bytes of every age become text, and what was odd about them is said."""

import pytest

from avskrift.errors import EmptyInputError, UnsupportedFormatError
from avskrift.ingest.files.encoding import decode

TEXT = "Överenskommelsen gäller på så sätt för året - och Åsa är med\n"


@pytest.mark.parametrize(
    ("codec", "name"), [("cp1252", "Windows-1252"), ("cp850", "DOS code page 850"), ("mac_roman", "Mac Roman")]
)
def test_old_encodings_are_known_by_their_swedish_letters(codec: str, name: str) -> None:
    text, warnings = decode(TEXT.encode(codec))
    assert text == TEXT and warnings == (f"the text is not UTF-8; it was read as {name}",)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_needs_no_warning(codec: str) -> None:
    assert decode(TEXT.encode(codec)) == (TEXT, ())


def test_mixed_encodings_are_named_line_by_line() -> None:
    text, warnings = decode(TEXT.encode() * 2 + TEXT.encode("cp1252") + TEXT.encode())
    assert text == TEXT * 4
    assert warnings == ("the text mixes encodings: line 3 read as Windows-1252, the rest as UTF-8",)


def test_text_encoded_twice_is_put_right() -> None:
    text, warnings = decode(TEXT.encode().decode("cp1252").encode())
    assert text == TEXT and "encoded twice" in warnings[0]


def test_seven_bit_swedish() -> None:
    old = TEXT.translate(str.maketrans("åäöÅÄÖ", "}{|][\\"))
    text, warnings = decode(old.encode("ascii"))
    assert text == TEXT and "seven-bit" in warnings[0]


def test_brackets_of_a_program_stay() -> None:
    code = "if (a) { return b | c; }\n" * 10
    assert decode(code.encode()) == (code, ())


def test_decomposed_letters_are_composed() -> None:
    assert decode("fo\u0308r a\u030aret".encode())[0] == "för året"


def test_no_text() -> None:
    with pytest.raises(EmptyInputError):
        decode(b" \n\n")
    for rubbish in (b"\x00\x01\x02" * 30, bytes(range(1, 32)) * 40):
        with pytest.raises(UnsupportedFormatError):
            decode(rubbish)
