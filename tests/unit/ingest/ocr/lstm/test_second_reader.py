"""The second reader has a say on letters, digits and signs; spaces and marks over letters stay with the first."""

import cv2
import numpy as np
import pytest

from avskrift.errors import EngineMissingError
from avskrift.ingest.ocr.engines import engine_called
from avskrift.ingest.ocr.lstm.second_reader import SecondReading, is_installed, second_reader, with_marks_of
from avskrift.models.geometry import BoundingBox

wants_the_network = pytest.mark.skipif(not is_installed(), reason="the extra `second` is not installed")


@pytest.mark.parametrize(
    ("read", "other", "merged"),
    [
        ("foraldramote", "föräldramofe", "föräldramote"),
        ("narvaro i", "närvaro i", "närvaro i"),
        ("iskolan", "i skotan", "i skolan"),
        ("15.00-16.00", "15.00–16.O0", "15.00–16.00"),
        ('"Natten".', "”Nafen”.", "”Natten”."),
        ("75%", "75 94", "75 %"),
        ("", "är", ""),
    ],
)
def test_what_was_read_keeps_the_spaces_and_marks_of_another_reading(read: str, other: str, merged: str) -> None:
    assert with_marks_of(read, other) == merged


def seen(text: str) -> SecondReading:
    """A reading that is sure of a text, each letter in a frame before a blank one."""
    codes = {letter: number for number, letter in enumerate(["", *sorted({*text, "x", "b"})])}
    scores = np.full((2 * len(text), len(codes)), -9.0)
    for number, letter in enumerate(text):
        scores[2 * number, codes[letter]] = scores[2 * number + 1, 0] = -0.01
    return SecondReading(text, codes, scores)


def test_texts_with_other_marks_and_spaces_are_as_likely() -> None:
    right, marked, spaced, wrong, unheard = seen("bat").scores_of(["bat", "båt", "b at", "bax", "bal"])
    assert right == marked == spaced > wrong > unheard


def test_no_text_is_ruled_out() -> None:
    assert seen("bat").scores_of(["xxxxxxxxxxxxxxxxxx"]).tolist() == [-20.0]
    assert SecondReading("", {"": 0}, np.zeros((0, 1))).scores_of(["bat", ""]).tolist() == [-20.0, -20.0]


def test_it_proposes_a_text_for_each_other_reading() -> None:
    assert seen("batar").proposals(["båfar", "hålor", "batar"]) == {"båtar", "bátar".replace("á", "å"), "batar"}


@pytest.mark.skipif(is_installed(), reason="the extra `second` is installed")
def test_what_is_missing_is_told_with_how_to_install_it() -> None:
    with pytest.raises(EngineMissingError, match=r"avskrift\[second\]"):
        engine_called("lstm+second").check()


def test_its_readings_are_told_from_those_without_it() -> None:
    assert engine_called("lstm+second").fingerprint != engine_called("lstm").fingerprint


@wants_the_network
def test_it_reads_a_word() -> None:
    picture = np.full((60, 400), 255, np.uint8)
    cv2.putText(picture, "Samverkan", (40, 42), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 2)
    reading = second_reader().read(picture, BoundingBox(38, 10, 260, 48))
    right, wrong = reading.scores_of(["Samverkan", "Sanverkan"])
    assert reading.text == "Samverkan"
    assert right > wrong


@wants_the_network
def test_of_a_place_off_the_page_nothing_is_read() -> None:
    assert second_reader().read(np.full((9, 9), 255, np.uint8), BoundingBox(90, 90, 99, 99)).text == ""
