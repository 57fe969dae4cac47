"""The words of a comparison's page, each stretch with the sign of its change."""

from avskrift.models.comparison import (
    ClauseChange,
    ClauseChangeType,
    ClauseSide,
    MaterialChange,
    MaterialKind,
    RunKind,
    ValueChange,
    ValueChangeType,
    WordRun,
)
from avskrift.output.comparison.page_text import ClauseItem, Piece, value_pieces

_SIDE = ClauseSide(number="4", title="Möten", page=1, path="/sections/0")


def clause(*runs: WordRun, **more: object) -> ClauseItem:
    plain = ClauseChange(fate=ClauseChangeType.MATERIAL, old=[_SIDE], new=[_SIDE], runs=list(runs))
    return ClauseItem.of(3, plain.model_copy(update=more))


def test_a_title_is_cut_from_the_words_that_follow_it() -> None:
    item = clause(WordRun(kind=RunKind.EQUAL, old="Möten Gruppen träffas", new="Möten Gruppen träffas"))
    old, new = item.texts
    assert [p.text for p in old.title] == [p.text for p in new.title] == ["Möten"]
    assert [p.text for p in old.body] == ["Gruppen träffas"]
    assert (item.id, item.name, item.kinds) == ("3", "4 Möten", ("substance",))


def test_a_title_printed_otherwise_is_no_title() -> None:
    old, _ = clause(WordRun(kind=RunKind.EQUAL, old="Moten hålls", new="Moten hålls")).texts
    assert old.title == [] and [p.text for p in old.body] == ["Moten hålls"]


def test_signs_and_notes() -> None:
    material = MaterialChange(kind=MaterialKind.NUMBER, old=["två"], new=["tre"])
    replaced = WordRun(kind=RunKind.REPLACED, old="två", new="tre", substance=[material], doubt=["may be OCR: x"])
    old, new = clause(replaced, WordRun(kind=RunKind.MOVED, old="", new="varje höst")).texts
    assert old.body == [Piece("replaced", "−", "två", True, "new: tre; number: två → tre; may be OCR: x")]
    assert new.body[0].mark == "+" and new.body[0].note.startswith("old: två")
    assert new.body[1] == Piece("moved", "↕", "varje höst", False, "moved")


def test_moved_clauses_are_found_under_both_kinds() -> None:
    assert clause(moved=True).kinds == ("substance", "moved")


def value(old: str | None, new: str | None) -> ValueChange:
    return ValueChange(field="purpose", fate=ValueChangeType.CHANGED, old=old, new=new)


def test_short_values_are_shown_whole_and_long_ones_word_by_word() -> None:
    assert value_pieces(value("Rektor", None)) == ([Piece("changed", "−", "Rektor")], [])
    old, new = value_pieces(
        value("Gruppen ska leda arbetet i hela kommunen", "Gruppen bör leda arbetet i hela kommunen")
    )
    assert [(p.mark, p.text) for p in old] == [("", "Gruppen"), ("−", "ska"), ("", "leda arbetet i hela kommunen")]
    assert [p.text for p in new if p.mark] == ["bör"]
    unlike = value_pieces(value("a b c d e f g h", "i j k l m n o p"))
    assert [len(pieces) for pieces in unlike] == [1, 1]
