"""Two readings of one page: of each word the surer, in the order and on the lines of the first."""

from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.ocr.refine.merge import merged, needs_second_reading
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

WIDE, TALL = 12, 20


def line(*words: tuple[str, float], number: int = 0) -> list[OcrWord]:
    """A printed line of words with their confidence, letters of one width."""
    seen, x = [], 0.0
    for text, sure in words:
        top = 40.0 * number
        seen.append(OcrWord(text, BoundingBox(x, top, x + WIDE * len(text), top + TALL), sure, number))
        x += WIDE * (len(text) + 1)
    return seen


def texts(words: list[OcrWord]) -> str:
    return " ".join(w.text for w in words)


def test_the_surer_reading_of_each_word() -> None:
    first = line(("Klockvikens", 0.9), ("styrgrappen", 0.4))
    second = line(("Klockvikcns", 0.5), ("styrgruppen", 0.9))
    assert texts(merged(first, second)) == "Klockvikens styrgruppen"


def test_a_word_that_was_torn_is_taken_whole() -> None:
    first = line(("sam", 0.6), ("erkan", 0.5))
    second = line(("samverkan", 0.9))
    assert texts(merged(first, second)) == "samverkan"


def test_readings_that_agree_are_surer() -> None:
    (word,) = merged(line(("torget", 0.6)), line(("torget", 0.9)))
    assert word.confidence == 0.9


def test_a_stop_that_one_reading_lost() -> None:
    assert texts(merged(line(("Diarienummer", 0.9)), line(("Diarienummer:", 0.7)))) == "Diarienummer:"
    assert texts(merged(line(("Diarienummer:", 0.7)), line(("Diarienummer", 0.9)))) == "Diarienummer:"


def test_dots_over_letters_that_one_reading_lost() -> None:
    assert texts(merged(line(("händelser", 0.2)), line(("handeiser", 0.6)))) == "händelser"
    assert texts(merged(line(("handeiser", 0.2)), line(("händelser", 0.6)))) == "händelser"


def test_what_only_the_second_reading_has_is_left_out() -> None:
    assert texts(merged(line(("torget", 0.9)), line(("torget", 0.9), (".,:", 0.9)))) == "torget"
    assert merged(line(("torget", 0.9)), []) == line(("torget", 0.9))


def test_pages_that_are_read_surely_are_read_once() -> None:
    assert not needs_second_reading(line(*[("torget", 0.95)] * 60))
    assert needs_second_reading(line(*[("torget", 0.95)] * 20, *[("tor9ct", 0.5)] * 3))


words_of_a_page = st.lists(
    st.lists(st.tuples(st.text("abcå.", min_size=1, max_size=8), st.floats(0, 1)), min_size=1, max_size=6), max_size=4
)


@given(words_of_a_page, words_of_a_page)
def test_no_word_is_lost_or_invented(one: list[list[tuple[str, float]]], other: list[list[tuple[str, float]]]) -> None:
    first = [w for number, row in enumerate(one) for w in line(*row, number=number)]
    second = [w for number, row in enumerate(other) for w in line(*row, number=number)]
    both = {(w.text, w.box) for w in [*first, *second]}
    found = merged(first, second)
    assert {(w.text, w.box) for w in found} <= both
    assert {w.line for w in found} == {w.line for w in first}
    assert merged(first, first) == first
