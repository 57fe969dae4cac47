"""A comparison for people at a terminal."""

from io import StringIO

from rich.console import Console

from avskrift.models.comparison import NOT_HELD, Comparison, MaterialChange, MaterialKind, RunKind, WordRun
from avskrift.output.comparison.summary import (
    comparison_summary,
    counts_in_words,
    doubt_in_words,
    head_in_words,
    not_held_in_words,
    run_in_words,
    titles_in_words,
)


def test_a_terminal_gets_both_tables(compared: Comparison) -> None:
    text = StringIO()
    Console(file=text, width=140).print(comparison_summary(compared))
    assert "meetings per year changed ↑" in text.getvalue() and "number: två → tre" in text.getvalue()
    assert counts_in_words(compared) == "1 objects and 1 values differ; clauses: 1 changed in substance"
    assert titles_in_words(compared.clauses[0].old) == "1 Möten *"


def test_which_document_a_side_is(compared: Comparison) -> None:
    assert head_in_words(compared.old).startswith("a.txt · Samverkansöverenskommelse · Vikbo kommun and ")
    open_end = compared.old.model_copy(update={"until_further_notice": True, "valid_from": "2021", "title": None})
    assert head_in_words(open_end).endswith("2021 to until further notice")


def test_differences_in_signs() -> None:
    number = MaterialChange(kind=MaterialKind.NUMBER, old=["två"], new=["tre"])
    assert run_in_words(WordRun(kind=RunKind.REPLACED, old="två", new="tre", substance=[number])) == "[-två-] {+tre+}"
    assert run_in_words(WordRun(kind=RunKind.ADDED, old="", new="tre")) == "{+tre+}"
    assert run_in_words(WordRun(kind=RunKind.MOVED, old="tre möten", new="")) == "(moved: tre möten)"
    assert doubt_in_words(["a", "b"]) == " (in doubt: a)" and doubt_in_words([]) == ""


def test_clauses_in_annexes_that_the_other_file_lacks(compared: Comparison) -> None:
    gone = compared.clauses[0].model_copy(update={"new": [], "doubt": [NOT_HELD]})
    found = not_held_in_words(compared.model_copy(update={"clauses": [gone]}))
    assert found == "1 clauses stand in annexes of the old file, and the new file holds none of its annexes."
    assert not_held_in_words(compared) == ""
