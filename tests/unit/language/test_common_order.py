"""What two texts hold in the same order."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from avskrift.language.common_order import longest_rising


def test_most_of_what_stands_in_the_same_order() -> None:
    assert longest_rising([(0, 3), (1, 0), (2, 1), (3, 9), (4, 2)]) == [(1, 0), (2, 1), (4, 2)]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=40))
def test_the_longest_rising_part(pairs: list[tuple[int, int]]) -> None:
    ordered = sorted(set(pairs))
    found = longest_rising(ordered)
    assert all(a[1] < b[1] for a, b in itertools.pairwise(found))
    assert set(found) <= set(ordered)
    assert not ordered or found
