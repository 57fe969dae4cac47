"""Drawn lines read by the real networks: their words, where these stand, and how unsure ones are decided."""

import itertools

import cv2
import numpy as np
import pytest
from drawn_text import Sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from avskrift.errors import EngineFailedError
from avskrift.ingest.image.picture import Grey, ink_in
from avskrift.ingest.ocr.lstm.line_reading import Look, ocr_word, words_of_lines
from avskrift.ingest.ocr.lstm.recogniser import recogniser
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

NEAR = 2.0
"""Pixels by which a box may miss the edge of the ink that was drawn."""


def go_on() -> None:
    """There is time."""


def looks(*names: str) -> list[Look]:
    return [Look(recogniser(name), 4) for name in names]


def words_of(grey: Grey, *lines: BoundingBox, by: tuple[str, ...] = ("Latin", "swe")) -> list[OcrWord]:
    return [ocr_word(word) for word in words_of_lines(grey, ink_in(grey), lines, looks(*by), go_on)]


@pytest.mark.parametrize("by", ["Latin", "swe"])
@pytest.mark.parametrize(
    "text",
    [
        "Kommunen och polisen följer upp lägesbilden",
        "ÅTGÄRDER FÖR ÖKAD TRYGGHET",
        "1. Den 3. mars 2021, kl. 14.30",
        "Överenskommelsen (dnr 2021-17) gäller",
    ],
)
def test_a_line_is_read(text: str, by: str) -> None:
    sheet = Sheet()
    line = sheet.write(100, 100, text)
    words = words_of(sheet.grey, line, by=(by,))
    assert " ".join(word.text for word in words) == text
    assert all(word.line == 1 and 0.5 < word.confidence <= 1 for word in words)


def test_words_stand_where_they_were_drawn() -> None:
    sheet = Sheet()
    drawn, x = [], 100
    for text in ("Kommunen", "och", "polisen", "följer", "Ängby."):
        drawn.append(sheet.write(x, 100, text))
        x = int(drawn[-1].x1) + 12
    words = words_of(sheet.grey, BoundingBox.enclosing(drawn))
    assert [word.text for word in words] == ["Kommunen", "och", "polisen", "följer", "Ängby."]
    for word, box in zip(words, drawn, strict=True):
        assert all(abs(a - b) <= NEAR for a, b in zip(word.box, box, strict=True)), (word, box)


def test_lines_are_numbered_as_they_were_given() -> None:
    sheet = Sheet()
    lines = [sheet.write(100, 100 + 60 * row, text) for row, text in enumerate(("Vikbo kommun", "och", "Polisen"))]
    words = words_of(sheet.grey, *lines)
    assert [(word.text, word.line) for word in words] == [("Vikbo", 1), ("kommun", 1), ("och", 2), ("Polisen", 3)]


def test_where_nothing_is_printed_there_are_no_words() -> None:
    sheet = Sheet()
    assert words_of(sheet.grey, BoundingBox(100, 80, 500, 110)) == []
    assert words_of(sheet.grey, BoundingBox(5000, 80, 5100, 110)) == []
    assert words_of(sheet.grey) == []


def test_time_that_is_up_ends_the_reading() -> None:
    sheet = Sheet()
    lines = [sheet.write(100, 60 + 40 * row, "Kommunen och polisen " * (1 + row % 2)) for row in range(8)]
    asked = 0

    def time_is_up() -> None:
        nonlocal asked
        asked += 1
        if asked == 2:
            raise EngineFailedError("it took too long")

    with pytest.raises(EngineFailedError, match="took too long"):
        words_of_lines(sheet.grey, sheet.ink, lines, looks("Latin"), time_is_up)
    assert asked == 2


def blurred(text: str, size: int) -> tuple[Grey, BoundingBox]:
    """A line of small letters, blurred and grainy."""
    sheet = Sheet()
    line = sheet.write(100, 100, text, size)
    soft = cv2.GaussianBlur(sheet.grey, (0, 0), 1.6).astype(np.float64)
    grain = np.random.default_rng(5).normal(0, 22, soft.shape)
    return np.asarray(np.clip(soft * 0.6 + 80 + grain, 0, 255), np.uint8), line


@pytest.mark.parametrize("by", [("Latin",), ("swe",), ("Latin", "swe"), ("swe", "Latin", "Latin", "swe")])
def test_whatever_is_decided_of_unsure_words_they_stand_in_their_line(by: tuple[str, ...]) -> None:
    for size in (20, 24, 28):
        grey, line = blurred("Kommunen, polisen och alla skolor ska mötas varje år.", size)
        words = words_of(grey, line, by=by)
        assert words
        for word in words:
            assert word.text and " " not in word.text and 0 <= word.confidence <= 1
            assert line.top - 1 <= word.box.top < word.box.bottom <= line.bottom + 1
            assert line.x0 - 4 <= word.box.x0 < word.box.x1 <= line.x1 + 15  # what is read is a little wider
        assert all(a.box.x0 < b.box.x0 for a, b in itertools.pairwise(words))


WORDS = st.sampled_from(["Kommunen", "och", "polisen", "följer", "ÅTGÄRD", "i", "på", "2021", "Ängby,", "kl. 14.30"])


@settings(max_examples=15)
@given(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), st.integers(24, 40))
def test_drawn_lines_of_any_size_are_read_where_they_stand(text: str, size: int) -> None:
    sheet = Sheet()
    line = sheet.write(100, 100, text, size)
    words = words_of(sheet.grey, line)
    read = " ".join(word.text for word in words)
    assert Levenshtein.distance(read, text) <= 1 + len(text) // 10, read
    assert all(line.x0 - NEAR <= w.box.x0 < w.box.x1 <= line.x1 + NEAR for w in words)
    assert all(a.box.x1 <= b.box.x0 for a, b in itertools.pairwise(words))
