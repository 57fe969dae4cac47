"""From frames to words: repeats and blanks left out, spaces found, and each letter where it was shown."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shown_frames import BLANK, shown

from avskrift.ingest.ocr.lstm.decoding import PRINTED, SETTINGS, DecodedWord, printed_codes, words_in
from avskrift.ingest.ocr.lstm.line_image import FloatImage
from avskrift.ingest.ocr.lstm.recogniser import LineRecogniser


def texts(latin: LineRecogniser, frames: FloatImage) -> list[str]:
    return [word.text for word in words_in(latin, frames)]


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ("··VV·iii·k·bb·o··", ["Vikbo"]),
        ("a·a", ["aa"]),  # a blank between two frames makes two letters of them
        ("aaa", ["a"]),
        ("··och··  ·en··", ["och", "en"]),
        ("  ·Å·Ä·Ö·  ", ["ÅÄÖ"]),
        ("§· ·5", ["§", "5"]),
        ("·  ·", []),
        ("····", []),
        ("", []),
    ],
)
def test_words_of_frames(latin: LineRecogniser, frames: str, words: list[str]) -> None:
    assert texts(latin, shown(frames)) == words


def test_letters_stand_where_they_were_shown(latin: LineRecogniser) -> None:
    first, second = words_in(latin, shown("······eenn···  ···å······"))
    assert [(x.text, x.first, x.last) for x in first.letters] == [("e", 6, 7), ("n", 8, 9)]
    assert [(x.text, x.first, x.last) for x in second.letters] == [("å", 18, 18)]
    assert (first.begin, first.end) == (6 - SETTINGS.before, 13)  # up to the middle of the space
    assert (second.begin, second.end) == (14, 18 + SETTINGS.after)


def test_how_sure_a_word_is(latin: LineRecogniser) -> None:
    frames = shown("·o·c·c·h")
    frames[5:6] = shown("c", 0.6)
    frames[3:4] = shown("c", 0.7)
    (word,) = words_in(latin, frames)
    assert word.lowest == pytest.approx(0.6)
    assert [round(letter.probability, 2) for letter in word.letters] == [0.9, 0.7, 0.6, 0.9]
    assert word.space_before == 1.0


def test_a_space_that_is_nowhere_likeliest_but_likely(latin: LineRecogniser) -> None:
    found = words_in(latin, shown("och···en", also={4: (" ", 0.3)}))
    assert [(word.text, round(word.space_before, 2)) for word in found] == [("och", 1.0), ("en", 0.3)]
    assert texts(latin, shown("och···en", also={4: (" ", 0.1)})) == ["ochen"]


def test_letters_that_no_swedish_text_has_are_passed_over(latin: LineRecogniser) -> None:
    strange = next(letter for letter in latin.letters if letter.isalpha() and letter not in PRINTED)
    assert texts(latin, shown(f"e·{strange}", also={2: ("n", 0.05)})) == ["en"]
    codes = printed_codes(latin)
    assert codes[latin.blank] == codes[latin.letters.index("ö")] == 1
    assert codes[latin.letters.index(strange)] == 0


def inside(word: DecodedWord, frames: int) -> bool:
    ends = [place for letter in word.letters for place in (letter.first, letter.last)]
    return ends == sorted(ends) and 0 <= word.begin <= ends[0] and ends[-1] < word.end <= frames


@given(st.text(f"aåÖ1. {BLANK}", max_size=40))
def test_the_text_is_that_of_the_frames_without_repeats_and_blanks(latin: LineRecogniser, frames: str) -> None:
    found = words_in(latin, shown(frames))
    letters = "".join(letter for letter, _ in itertools.groupby(frames) if letter != BLANK)
    assert [word.text for word in found] == letters.split()
    assert all(inside(word, len(frames)) for word in found)
    assert all(a.end <= b.begin for a, b in itertools.pairwise(found))
