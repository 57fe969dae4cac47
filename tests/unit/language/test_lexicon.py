"""The lexicon: what it knows, what a glossary adds, and which forms a string without marks may stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.language.fold import without_marks
from avskrift.language.lexicon import SETTINGS, UNKNOWN, Lexicon, lexicon

WORDS = st.sampled_from(["område", "ingå", "får", "överenskommelse", "möte", "och", "årlig", "idé", "kommun"])


@given(WORDS)
def test_a_word_is_among_the_forms_of_what_is_left_without_marks(word: str) -> None:
    forms = lexicon().forms_of(without_marks(word))
    assert word in forms
    assert all(len(form) == len(word) and without_marks(form) == without_marks(word) for form in forms)


def test_commoner_words_cost_less() -> None:
    known = lexicon()
    assert known.cost("och") < known.cost("kommun") < known.cost("lokalpolisområde") < UNKNOWN
    assert known.cost("xqzv") == UNKNOWN and not known.knows("xqzv")


def test_words_of_a_glossary_are_known_and_keep_their_capital() -> None:
    own = Lexicon(["Brånvika kommun", "grönstråksråd"])
    entry = own.entry("brånvika")
    assert entry is not None and (entry.cost, entry.capital) == (SETTINGS.glossary, SETTINGS.capitalised)
    assert own.forms_of("branvika") == ("brånvika",)
    assert own.cost("kommun") == lexicon().cost("kommun")  # a commoner word stays as it is
    assert not lexicon().knows("brånvika")


def test_prefixes_are_words_marks_aside() -> None:
    own = Lexicon(["brånvika"])
    assert {3, 8} <= own.prefixes("braneller") | own.prefixes("branvikahus")
    assert 8 in own.prefixes("branvikahus")


@pytest.mark.parametrize(("before", "form"), [("till", "exempel"), ("i", "samband")])
def test_neighbours_that_were_counted(before: str, form: str) -> None:
    assert 0.0 < lexicon().after(before, form) <= 1.0
    assert lexicon().after(form, "xqzv") == 0.0
