"""OCR words: their font size and baseline from the letters they hold, and corrections that keep the reading."""

import pytest

from avskrift.ingest.words import OcrWord, baseline_of, estimated_font_size
from avskrift.models.geometry import BoundingBox


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("sammanvaro", 10.0),
        ("samverkan", 14.8),
        ("Kommun", 14.8),
        ("polis", 19.0),
        ("2024", 14.8),
        ("gemensam", 14.4),
        ("Ånga", 22.6),
        ("ÄRENDE", 18.4),
    ],
)
def test_the_height_of_letters_tells_the_font_size(text: str, height: float) -> None:
    """Of type of 20 pixels: x-height 10, capitals and ascenders 15, descenders 4, marks over capitals higher still."""
    assert estimated_font_size(text, height) == pytest.approx(20.0)


def test_letters_stand_above_their_descenders() -> None:
    assert baseline_of("Kommun", 100.0, 20.0) == 100.0
    assert baseline_of("polisen", 100.0, 20.0) == pytest.approx(95.8)


def test_a_stated_font_size_is_taken() -> None:
    word = OcrWord("Vikbo", BoundingBox(0, 0, 30, 10), 1.0, stated_size=11.5)
    assert word.font_size == 11.5
    assert OcrWord("Vikbo", word.box, 1.0).font_size == pytest.approx(13.51, abs=0.01)


def test_a_correction_keeps_the_reading() -> None:
    read = OcrWord("5", BoundingBox(0, 0, 9, 10), 0.6, line=4)
    corrected = read.with_correction("§", "second look")
    assert (read.final_text, corrected.final_text) == ("5", "§")
    assert (corrected.text, corrected.corrected_by, corrected.line) == ("5", "second look", 4)
