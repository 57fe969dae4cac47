"""What is found out once about a text: tokens, damage, terms, names; and words that an engine read unsurely."""

from avskrift.corrections.tagger import tagger
from avskrift.corrections.text_analysis import analysed

INTACT = [
    "Kommunen och polisen är överens om att följa upp arbetet på orten varje år.",
    "Styrgruppen träffas i Fjärdvik, och Parterna svarar för lokalen.",
    "Avtalet ses över när Parterna önskar det; frågor avgörs av Parterna gemensamt.",
]
BARE = ["Overenskommelsen galler for omradet i Fjardvik och foljs upp varje ar av styrgruppen pa Asvagen."] * 2


def test_intact_text() -> None:
    found = analysed(INTACT, (), {})
    assert found.damage.intact and not found.only_unsure and not found.glyphs_damaged


def test_only_the_words_that_were_read_unsurely_are_open() -> None:
    found = analysed(INTACT, (), {0: [(0, 8)]})
    assert found.only_unsure and not found.damage.intact
    assert [t.text for t in found.all_tokens() if not t.fixed] == ["Kommunen"]


def test_unsure_words_of_a_damaged_text_change_nothing() -> None:
    found = analysed(BARE, (), {0: [(0, 8)]})
    assert not found.only_unsure and found.damage.marks_lost
    assert any(not t.fixed for t in found.tokens[1])


def test_lines_in_another_language_have_no_tokens() -> None:
    english = "The parties of the agreement shall meet for discussions on the areas that are named in it."
    found = analysed([*INTACT, "", english], (), {})
    assert set(found.foreign) == {4} and found.tokens[4] == []


def test_terms_stand_capitalised_again_and_again() -> None:
    found = analysed(INTACT, (), {})
    assert found.terms() == {"Parterna"} and found.capitalised() >= {"Parterna", "Fjärdvik"}


def test_names_that_no_list_knows() -> None:
    found = analysed(BARE, (), {})
    names = list(found.unknown_names(tagger().tagged(found.lines, found.damage)))
    readings = {name.read: [text for text, _ in name.readings] for name in names}
    assert "Fjärdvik" in readings["Fjardvik"] and "styrgruppen" not in readings
    known = analysed(BARE, ("Fjärdvik", "Åsvägen"), {})
    assert known.lexicon.knows("fjärdvik")


def test_the_vocabulary_counts_what_is_readable() -> None:
    assert analysed(BARE, (), {}).vocabulary()["överenskommelsen"] == 2
