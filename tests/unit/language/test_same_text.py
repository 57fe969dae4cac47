"""How much text two pages share."""

from hypothesis import given
from hypothesis import strategies as st

from avskrift.language.same_text import first_prints, shared, word_counts

NAMES = ("torget", "hamnen", "skolan", "polisen", "kommunen", "gruppen", "planen", "bryggan")
WORDS = st.lists(st.sampled_from(NAMES), max_size=40)
TEXT = "Kommunen och polisen möts varje månad vid hamnen, där gruppen ser över planen för torget. " * 3


def test_the_second_print_of_a_text_points_to_the_first() -> None:
    other = "Räddningstjänsten håller övningar varje höst tillsammans med skolans personal. " * 3
    pages = [word_counts([text]) for text in (other, TEXT, TEXT.replace("polisen", "polisan"))]
    assert first_prints(pages) == [0, 1, 1]


def test_of_pages_with_few_words_nothing_is_told() -> None:
    assert first_prints([word_counts(["Bilaga", "Handlingsplan"])] * 2) == [0, 1]


@given(WORDS, WORDS)
def test_what_is_shared_is_the_same_both_ways(one: list[str], other: list[str]) -> None:
    first, second = word_counts(one), word_counts(other)
    assert shared(first, second) == shared(second, first) <= 1.0
    assert shared(first, first) in (0.0, 1.0)
