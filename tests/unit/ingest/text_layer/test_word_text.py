"""The text and the type of a text layer's words, put into one form."""

import pytest

from avskrift.ingest.text_layer.word_text import composed, is_bold


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("fo\u0308r", "för"),
        ("fo¨r", "för"),
        ("f¨or", "för"),
        ("a˚r", "år"),
        ("\uf0b7 mål", "• mål"),
        ("sam\u00ad", "sam-"),
        ("sam\u00adverkan", "sam\u00adverkan"),
        ("5°", "5°"),
    ],
)
def test_marks_stand_on_their_letters(text: str, form: str) -> None:
    assert composed(text) == form == composed(form)


@pytest.mark.parametrize(
    ("font", "bold"),
    [
        ("ABCDEF+Arial-BoldMT", True),
        ("Helvetica-Black", True),
        ("Times-b", True),
        ("Times-Roman", False),
        ("Bembo", False),
    ],
)
def test_fonts_are_bold_by_their_names(font: str, bold: bool) -> None:
    assert is_bold(font) is bold
