"""Gaps that part no columns."""

from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.layout.gaps import closed_up
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


def word(text: str, x0: float, x1: float, top: float = 100) -> OcrWord:
    return OcrWord(text, BoundingBox(x0, top, x1, top + 10), 1.0)


def test_words_around_a_gap_stand_close_to_each_other() -> None:
    words = [word("den", 10, 30), word("och", 135, 150), word("under", 10, 40, 120)]
    gap = BoundingBox(33, 100, 130, 110)
    closed = closed_up(words, [gap])
    assert [w.text for w in closed] == ["den", "och", "under"]
    assert closed[0].box.x0 == 10 and 130 <= closed[0].box.x1 < 135
    assert closed[1:] == words[1:]


def test_a_value_that_does_not_fill_its_field() -> None:
    words = [word("fyra", 40, 60), word("gånger", 105, 140), word("långt", 300, 330)]
    assert closed_up(words, [BoundingBox(38, 98, 100, 114)])[0].box.x1 > 95
    assert closed_up(words[:1] + words[2:], [BoundingBox(38, 98, 100, 114)]) == words[:1] + words[2:]


def test_a_gap_at_the_end_of_a_line_stays() -> None:
    words = [word("den", 10, 30)]
    assert closed_up(words, [BoundingBox(33, 100, 130, 110)]) == words


_BOXES = st.tuples(st.floats(0, 300), st.floats(0, 300), st.floats(1, 100), st.floats(1, 30)).map(
    lambda b: BoundingBox(b[0], b[1], b[0] + b[2], b[1] + b[3])
)


@given(st.lists(_BOXES, max_size=8), st.lists(_BOXES, max_size=4))
def test_nothing_is_lost_or_moved(boxes: list[BoundingBox], gaps: list[BoundingBox]) -> None:
    words = [OcrWord(str(n), box, 1.0) for n, box in enumerate(boxes)]
    for before, after in zip(words, closed_up(words, gaps), strict=True):
        assert after.text == before.text and after.box[:2] == before.box[:2] and after.box.x1 >= before.box.x1
