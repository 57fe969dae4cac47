"""Lone signs in damaged text: commas that must be full stops, bars, specks, bullets."""

import pytest

from avskrift.corrections.punctuation import comma_for_full_stop, commas_for_full_stops, lone_signs
from avskrift.language.compounds import compounds
from avskrift.language.lexicon import lexicon
from avskrift.models.edits import apply


def corrected(*lines: str, index: int = 0) -> str:
    edits = lone_signs(lines, index, lexicon(), compounds())
    return apply(lines[index], sorted(edits, key=lambda e: e.raw_start))


@pytest.mark.parametrize(
    ("lines", "ends"),
    [
        (["Parterna träffas varje månad,"], True),
        (["Parterna träffas varje månad,", "", "Avtalet gäller"], True),
        (["Parterna träffas varje månad,", "", "och följer upp"], False),
        (["Parterna träffas varje månad,", "och följer upp"], False),
        (["Parterna träffas varje månad,", "• Nästa punkt"], True),
        (["Parterna träffas varje månad,", "2 Se bilagan"], True),
        (["Parterna träffas varje månad"], False),
        (["Månad,"], False),
    ],
)
def test_a_comma_where_the_text_stops(lines: list[str], ends: bool) -> None:
    assert (comma_for_full_stop(lines, 0) is not None) is ends


def test_items_of_a_list_may_all_end_in_commas() -> None:
    items = ["• trygga skolvägar,", "• upplysta gångvägar,", "• fler vuxna ute,", "• möten varje år."]
    assert comma_for_full_stop(items, 1) is None
    assert comma_for_full_stop(["• trygga skolvägar.", "• upplysta gångvägar,", "• fler vuxna."], 1) is not None


def test_a_word_that_only_a_new_sentence_capitalises() -> None:
    line = "De träffas, Parterna följer upp, Torvald ringer"
    assert commas_for_full_stops(line, lambda word: word == "Parterna") == [line.index(",")]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("| avtalet regleras detta", "I avtalet regleras detta"),
        ("Parterna träffas ~", "Parterna träffas"),
        ("e Samverkan i skolan", "• Samverkan i skolan"),
        ("möten ute, Det gäller alla", "möten ute. Det gäller alla"),
        ("Kommunen och polisen", "Kommunen och polisen"),
        ("a|b är ett tecken", "a|b är ett tecken"),
    ],
)
def test_lone_signs(read: str, printed: str) -> None:
    assert corrected(read, "fortsätter") == printed
