"""Which object of one side is which of the other, and what was split or merged."""

from avskrift.comparison.assignment import best_first
from avskrift.comparison.objects.matching import Match, NameOverlap, Score, matched, with_parts


def test_best_first_takes_each_once() -> None:
    candidates = [("a", 1, 0.9), ("a", 2, 0.8), ("b", 1, 0.7), ("b", 2, 0.1)]
    assert list(best_first(candidates)) == [("a", 1, 0.9), ("b", 2, 0.1)]
    assert list(best_first([])) == []


def same_letters(old: str, new: str) -> Score:
    return Score(len(set(old) & set(new)) / len(set(old) | set(new)), ("letters",))


def places(matches: list[Match]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(m.old, m.new) for m in matches]


def test_the_surest_pairs_first_then_what_came_then_what_went() -> None:
    found = matched(["abc", "xyz", "q"], ["xy", "abcd", "m"], same_letters, 0.5)
    assert places(found) == [((1,), (0,)), ((0,), (1,)), ((), (2,)), ((2,), ())]
    assert found[0].score is not None and found[0].score.because == ("letters",)


def test_ties_fall_to_those_nearest_each_other() -> None:
    assert places(matched(["a", "a"], ["a", "a"], same_letters, 0.5)) == [((0,), (0,)), ((1,), (1,))]
    assert places(matched([], ["a"], same_letters, 0.5)) == [((), (0,))]


def words(old: str, new: str) -> NameOverlap:
    """The words of either name that the other has, as shares of the name."""
    a, b = old.split(), new.split()
    return NameOverlap({w: 1 / len(a) for w in a if w in b}, {w: 1 / len(b) for w in b if w in a})


def test_an_object_that_became_two() -> None:
    old, new = ["trygghet skola fritid"], ["trygghet skola", "fritid", "ekonomi"]
    matches = [Match((0,), (0,), Score(0.8)), Match((), (1,)), Match((), (2,))]
    assert places(with_parts(matches, old, new, words)) == [((0,), (0, 1)), ((), (2,))]


def test_two_objects_that_became_one() -> None:
    old, new = ["trygghet skola", "fritid", "ekonomi"], ["trygghet skola fritid"]
    matches = [Match((0,), (0,), Score(0.8)), Match((1,), ()), Match((2,), ())]
    assert places(with_parts(matches, old, new, words)) == [((0, 1), (0,)), ((2,), ())]


def test_a_part_that_adds_nothing_stays_alone() -> None:
    old, new = ["trygghet skola"], ["trygghet skola", "skola trygghet"]
    matches = [Match((0,), (0,), Score(1.0)), Match((), (1,))]
    assert places(with_parts(matches, old, new, words)) == places(matches)


def test_a_text_that_the_pair_shares_cannot_be_shared_again() -> None:
    def texts(share: float) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        def overlap(old: str, new: str) -> NameOverlap:
            return NameOverlap({}, {}, share, 0.6)

        return places(with_parts([Match((0,), (0,)), Match((), (1,))], ["a"], ["b", "c"], overlap))

    assert texts(0.5) == [((0,), (0, 1))]
    assert texts(0.9) == [((0,), (0,)), ((), (1,))]


def test_overlaps_turn() -> None:
    overlap = NameOverlap({"a": 0.5}, {"b": 1.0}, 0.1, 0.2, longer=True)
    assert overlap.swapped == NameOverlap({"b": 1.0}, {"a": 0.5}, 0.2, 0.1, longer=True)
    assert overlap.swapped.swapped == overlap
