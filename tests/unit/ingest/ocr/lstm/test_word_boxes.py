"""Boxes of words: as wide and as high as their ink, between the frames around them, and inside their line."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shown_frames import BLANK, shown

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.lstm.decoding import DecodedLetter, DecodedWord, words_in
from avskrift.ingest.ocr.lstm.recogniser import LineRecogniser
from avskrift.ingest.ocr.lstm.word_boxes import word_boxes
from avskrift.models.geometry import BoundingBox

LINE = BoundingBox(100, 50, 500, 80)
FRAME = 2.0


def ink_with(*boxes: tuple[int, int, int, int]) -> Grey:
    ink: Grey = np.zeros((120, 600), np.uint8)
    for x0, top, x1, bottom in boxes:
        ink[top:bottom, x0:x1] = 255
    return ink


def word(first: int, last: int, begin: int, end: int) -> DecodedWord:
    """A word of two letters, shown from one frame to the other, between the spaces at `begin` and `end`."""
    letters = DecodedLetter("e", first, first, 0.9), DecodedLetter("n", last, last, 0.9)
    return DecodedWord(letters, begin, end)


def test_a_box_holds_the_ink_of_its_word_alone() -> None:
    ink = ink_with((104, 56, 118, 72), (120, 60, 140, 72), (170, 54, 190, 78))
    first, second = word(3, 18, 0, 26), word(36, 43, 27, 200)
    assert word_boxes([first, second], ink, LINE, 100.0, FRAME) == [(104, 56, 140, 72), (170, 54, 190, 78)]


def test_ink_above_and_below_the_line_is_left_out() -> None:
    ink = ink_with((104, 20, 118, 110))
    (box,) = word_boxes([word(3, 8, 0, 26)], ink, LINE, 100.0, FRAME)
    assert (box.top, box.bottom) == (50, 80)


def test_ink_far_from_the_letters_is_none_of_the_word() -> None:
    """A rule that goes on behind a line's last word."""
    ink = ink_with((104, 56, 118, 72), (120, 60, 560, 63))
    (box,) = word_boxes([word(3, 8, 0, 400)], ink, LINE, 100.0, FRAME)
    assert box.x0 == 104 and box.x1 <= 100 + (8 + 7) * FRAME + 1


def test_a_word_without_ink_stands_where_its_frames_are() -> None:
    (box,) = word_boxes([word(10, 14, 0, 26)], ink_with(), LINE, 100.0, FRAME)
    assert box == (120, 50, 131, 80)


def test_a_line_at_the_upper_left_edge_of_a_picture() -> None:
    ink = ink_with((0, 0, 14, 20))
    (box,) = word_boxes([word(0, 5, 0, 9)], ink, BoundingBox(-2.5, -3.5, 90, 22.5), -2.5, FRAME)
    assert box == (0, 0, 14, 20)


@given(st.text(f"aåÖ1 {BLANK}{BLANK}", max_size=60), st.integers(0, 999), st.floats(0.7, 3.0))
def test_boxes_of_decoded_words_lie_inside_their_line(
    latin: LineRecogniser, frames: str, seed: int, frame: float
) -> None:
    ink = np.asarray((np.random.default_rng(seed).random((120, 600)) < 0.1) * 255, np.uint8)
    words = words_in(latin, shown(frames))
    boxes = word_boxes(words, ink, LINE, LINE.x0, frame)
    assert len(boxes) == len(words)
    for one in boxes:
        assert LINE.top <= one.top < one.bottom <= LINE.bottom
        assert LINE.x0 <= one.x0 < one.x1 <= max(LINE.x1, LINE.x0 + len(frames) * frame) + 1
    assert all(a.x0 <= b.x0 and a.x1 <= b.x1 for a, b in itertools.pairwise(boxes))


def test_the_frame_of_a_space_that_lies_on_a_letter_cuts_none() -> None:
    """Networks show a space early or late; the ink says where it is."""
    ink = ink_with((104, 56, 118, 72), (120, 60, 140, 72), (152, 54, 166, 78), (168, 54, 190, 78))
    for space in (19, 20, 27, 30):
        first, second = word(3, 15, 0, space), word(31, 40, space + 1, 200)
        assert word_boxes([first, second], ink, LINE, 100.0, FRAME) == [(104, 56, 140, 72), (152, 54, 190, 78)]


def test_words_of_letters_that_touch_are_parted_at_the_frame_of_their_space() -> None:
    ink = ink_with((104, 56, 190, 72))
    first, second = word(3, 15, 0, 20), word(24, 40, 21, 200)
    assert [box.x1 for box in word_boxes([first, second], ink, LINE, 100.0, FRAME)] == [141, 190]


def test_the_first_and_the_last_letter_of_a_line_are_whole() -> None:
    """Their frames may be the last or the first that shows them, and the line's box ends where its ink does."""
    ink = ink_with((100, 56, 118, 72), (480, 60, 500, 72))
    first, second = word(6, 8, 3, 20), word(190, 195, 150, 196)
    assert [(box.x0, box.x1) for box in word_boxes([first, second], ink, LINE, 96.0, FRAME)] == [(100, 118), (480, 500)]
