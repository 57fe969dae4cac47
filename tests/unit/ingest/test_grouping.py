"""Groups: of what is near, of what follows, of what is paired."""

from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.grouping import chained, connected, grouped, rows_by_middle
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


def close(one: int, other: int) -> bool:
    return abs(one - other) < 3


def test_what_is_near_is_one_group_whatever_the_order() -> None:
    assert [sorted(group) for group in grouped([1, 9, 3, 11, 5, 20], close)] == [[9, 11], [1, 3, 5], [20]]
    assert [sorted(group) for group in grouped([1, 5, 3], close)] == [[1, 3, 5]]


def test_a_chain_looks_at_the_last_of_a_group_only() -> None:
    assert chained([1, 3, 5, 9, 2], lambda group, item: close(group[-1], item)) == [[1, 3, 5], [9], [2]]


def test_pairs_make_groups() -> None:
    assert connected(6, [(0, 4), (4, 2), (5, 3)]) == [[0, 2, 4], [1], [3, 5]]
    assert connected(0, []) == []


@given(st.lists(st.integers(0, 60), max_size=12))
def test_groups_are_a_partition_and_far_apart(items: list[int]) -> None:
    groups = grouped(items, close)
    assert sorted(item for group in groups for item in group) == sorted(items)
    for place, group in enumerate(groups):
        assert not any(close(a, b) for other in groups[:place] for a in group for b in other)


@given(st.integers(1, 9), st.data())
def test_connected_numbers_are_in_one_group(count: int, data: st.DataObject) -> None:
    numbers = st.integers(0, count - 1)
    pairs = data.draw(st.lists(st.tuples(numbers, numbers), max_size=8))
    groups = connected(count, pairs)
    assert sorted(n for group in groups for n in group) == list(range(count))
    assert all(any({a, b} <= set(group) for group in groups) for a, b in pairs)


def test_rows_of_words_by_their_middles() -> None:
    def word(text: str, x: float, top: float) -> OcrWord:
        return OcrWord(text, BoundingBox(x, top, x + 30, top + 20), 0.9)

    words = [word("kommun", 50, 12), word("Vikbo", 10, 10), word("Kansliet", 12, 36)]
    assert [[w.text for w in row] for row in rows_by_middle(words)] == [["Vikbo", "kommun"], ["Kansliet"]]
