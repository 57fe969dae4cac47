"""Sentences whose parts were reordered and say the same."""

from avskrift.comparison.clauses.reordered_sentences import without_reordered
from avskrift.models.comparison import MaterialChange, MaterialKind, RunKind, WordRun


def run(kind: RunKind, old: str, new: str, *substance: MaterialChange) -> WordRun:
    return WordRun(kind=kind, old=old, new=new, substance=list(substance))


def went(word: str) -> MaterialChange:
    return MaterialChange(kind=MaterialKind.PARTY, old=[word])


def came(word: str) -> MaterialChange:
    return MaterialChange(kind=MaterialKind.PARTY, new=[word])


_SAME = run(RunKind.EQUAL, "ansvarar för", "ansvarar för")
_END = run(RunKind.EQUAL, "detta.", "detta.")


def test_what_went_and_came_in_one_sentence_is_left_out() -> None:
    runs = [
        run(RunKind.REMOVED, "Kommunen", "", went("Kommunen")),
        _SAME,
        run(RunKind.ADDED, "", "kommunen", came("kommunen")),
    ]
    assert [one.substance for one in without_reordered(runs)] == [[], [], []]


def test_another_sentence_is_another_matter() -> None:
    runs = [
        run(RunKind.REMOVED, "Kommunen", "", went("Kommunen")),
        _END,
        run(RunKind.ADDED, "", "kommunen", came("kommunen")),
    ]
    assert [len(one.substance) for one in without_reordered(runs)] == [1, 0, 1]


def test_a_word_is_spent_once() -> None:
    runs = [
        run(RunKind.REMOVED, "Kommunen", "", went("Kommunen")),
        _SAME,
        run(RunKind.ADDED, "", "kommunen", came("kommunen")),
        _SAME,
        run(RunKind.ADDED, "", "kommunen", came("kommunen")),
    ]
    assert [len(one.substance) for one in without_reordered(runs)] == [0, 0, 0, 0, 1]


def test_what_one_word_became_stays() -> None:
    duty = MaterialChange(kind=MaterialKind.OBLIGATION, old=["ska"], new=["bör"])
    back = MaterialChange(kind=MaterialKind.OBLIGATION, old=["bör"], new=["ska"])
    runs = [run(RunKind.REPLACED, "ska", "bör", duty), _SAME, run(RunKind.REPLACED, "bör", "ska", back)]
    assert [one.substance for one in without_reordered(runs)] == [[duty], [], [back]]
    assert without_reordered([]) == []
