"""What a token may have been printed as: lost marks, confusions, lost and stray spaces, and what is left alone."""

import pytest

from avskrift.corrections.candidates import Candidate, Candidates
from avskrift.corrections.damage import TextDamage
from avskrift.language.compounds import compounds
from avskrift.language.lexicon import lexicon

DAMAGED = TextDamage((0.95, 0.95, 0.95), 0.1)
BARE = TextDamage((0.95, 0.95, 0.95), 0.0)
INTACT = TextDamage((0.0, 0.0, 0.0), 0.0)


def candidates(damage: TextDamage = DAMAGED, **shown: int) -> Candidates:
    return Candidates(lexicon(), compounds(), damage, shown)


def texts(found: tuple[Candidate, ...]) -> list[str]:
    return [c.text for c in found]


@pytest.mark.parametrize(
    ("read", "printed", "rule"),
    [
        ("foljer", "följer", "diacritics"),
        ("FOLJER", "FÖLJER", "diacritics"),
        ("sarnverkan", "samverkan", "glyphs"),
        ("6ver", "över", "glyphs"),
        ("Detgaller", "Det gäller", "spacing"),
        ("AnnavBerg", "Anna Berg", "spacing"),
    ],
)
def test_a_damaged_word_has_its_printed_form_among_its_readings(read: str, printed: str, rule: str) -> None:
    as_read, *others = candidates().of(read)
    assert as_read.text == read and as_read.rule == ""
    assert (printed, rule) in [(c.text, c.rule) for c in others]


def test_the_reading_as_it_came_stands_first_and_costs_nothing() -> None:
    first = candidates().of("polisen")[0]
    assert (first.text, first.channel, first.known) == ("polisen", 0.0, True)


def test_a_common_word_is_no_other_misread() -> None:
    assert texts(candidates().of("och")) == ["och"]


def test_without_wrong_glyphs_only_marks_are_given_back() -> None:
    assert texts(candidates(BARE).of("sarnverkan")) == ["sarnverkan"]
    assert candidates(BARE).proposed("sarnverkan", "samverkan") is None
    assert candidates(BARE).proposed("foljer", "följer") is not None


def test_in_intact_text_no_word_is_cut() -> None:
    assert not any(" " in text for text in texts(candidates(INTACT).of("Detgaller")))


def test_what_the_document_shows_is_likelier() -> None:
    alone, shown = candidates().as_read("samverkan"), candidates(samverkan=5).as_read("samverkan")
    assert shown.prior < alone.prior


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("polisen", "xqzzyk"),  # a known word is never made an unknown one
        ("ar2", "ar3"),  # digits are not the tagger's to change
        ("AB", "AD"),  # abbreviations keep their letters
        ("foljer", "foljer."),  # signs are no words
    ],
)
def test_proposals_that_are_refused(read: str, printed: str) -> None:
    assert candidates().proposed(read, printed) is None


def test_another_capital_costs_more() -> None:
    other, same = candidates().proposed("Hallen", "Vallen"), candidates().proposed("Hallen", "Hållen")
    assert other is not None and same is not None and other.channel > same.channel
    often_misread = candidates().proposed("Iedning", "ledning")
    assert often_misread is not None and often_misread.channel == same.channel


def test_stray_spaces() -> None:
    merged = candidates().merged(("Nati", "one", "Ila"), "Nationella")
    assert merged is not None and (merged.text, merged.rule) == ("Nationella", "spacing")
    assert candidates().merged(("om", "budet"), "ombudet") is None  # both parts are words
    assert candidates().merged(("Nati", "one"), "Nati one") is None


def test_a_name_of_the_document_is_known() -> None:
    agreed = candidates().agreed("Flardvik", "Fjärdvik")
    assert (agreed.text, agreed.rule, agreed.known) == ("Fjärdvik", "document", True)
    assert candidates().agreed("Fjärdvik", "Fjärdvik").rule == ""


def test_words_that_only_marks_tell_apart() -> None:
    assert set(texts(candidates().with_diacritics("har"))) >= {"har", "här", "hår"}
    assert texts(candidates().with_diacritics("här")) == ["här"]
