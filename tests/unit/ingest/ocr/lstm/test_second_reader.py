"""The second reader has a say on letters, digits and signs; spaces and marks over letters stay with the first."""

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from avskrift.errors import EngineMissingError
from avskrift.ingest.image.picture import Grey, ink_in
from avskrift.ingest.ocr.engines import engine_called
from avskrift.ingest.ocr.lstm.line_reading import Look, words_of_lines
from avskrift.ingest.ocr.lstm.recogniser import recogniser
from avskrift.ingest.ocr.lstm.second_reader import (
    SecondReader,
    SecondReading,
    is_installed,
    second_reader,
    with_marks_of,
)
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
        ("S 12", "§ 17", "§ 12"),
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
    assert seen("batar").proposals(["båfar", "batar"]) == {"båtar", "batar"}


class OneAnswer:
    """A network that sees the same text in every picture."""

    def __init__(self, text: str) -> None:
        self.letters = ["", *sorted(set(text)), "字"]
        self.asked = 0
        self._frames = np.full((1, 2 * len(text), len(self.letters)), 1e-4, np.float32)
        for number, letter in enumerate(text):
            self._frames[0, 2 * number, self.letters.index(letter)] = self._frames[0, 2 * number + 1, 0] = 0.99

    def run(self, _: None, given: dict[str, npt.NDArray[np.float32]]) -> list[npt.NDArray[np.float32]]:
        """The frames of the text, for a picture as the network wants it."""
        assert given["x"].shape[:3] == (1, 3, 48)
        assert given["x"].shape[3] % 8 == 0
        self.asked += 1
        return [self._frames]


def drawn(word: str, blur: float) -> Grey:
    """A word of blurred letters."""
    picture = np.full((70, 420), 255, np.uint8)
    cv2.putText(picture, word, (20, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 2)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.uint8)


@pytest.mark.parametrize(("blur", "asked"), [(1.0, 0), (4.0, 1)])
def test_only_a_word_that_stays_unsure_is_read_by_it(blur: float, asked: int) -> None:
    network = OneAnswer("Samverkan")
    picture, looks = drawn("Samverkan", blur), [Look(recogniser(name), 4) for name in ("swe", "Latin")]
    second = SecondReader(network, network.letters)
    words = words_of_lines(picture, ink_in(picture), [BoundingBox(15, 12, 300, 58)], looks, lambda: None, second)
    assert [word.text for word in words] == ["Samverkan"]
    assert network.asked == asked


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
