"""How damaged a text is told to be, and which words it vouches for itself."""

import pytest

from avskrift.corrections.damage import TextDamage, damage_of, document_vocabulary, restored_form
from avskrift.corrections.tokens import tokenize
from avskrift.language.compounds import compounds
from avskrift.language.fold import without_marks
from avskrift.language.lexicon import lexicon

PRINTED = [
    "Kommunen och polisen är överens om att följa upp arbetet på orten varje år.",
    "Åtgärderna för området beskrivs i överenskommelsen, som gäller från våren.",
    "Föräldrar, förskolor och näringsliv träffas för att öka tryggheten på gården.",
]
BARE = [without_marks(line) for line in PRINTED]
BROKEN = ["Sarnverkan mellan kornmunen och polisen reglerar bestarnmelser om sarnordning i vår."]


def damage(lines: list[str]) -> TextDamage:
    return damage_of((t for line in lines for t in tokenize(line)), lexicon(), compounds())


def test_right_text_is_intact() -> None:
    assert damage(PRINTED) == TextDamage((0.0, 0.0, 0.0), 0.0)
    assert damage(PRINTED).intact


def test_text_without_a_single_mark_lost_them_all() -> None:
    found = damage(BARE)
    assert found.lost == (0.95, 0.95, 0.95) and found.marks_lost and not found.intact


def test_marks_are_judged_apart() -> None:
    found = damage([line.replace("å", "a").replace("Å", "A") for line in PRINTED * 3])
    assert found.lost[0] > 0.8 and max(found.lost[1:]) < 0.08


def test_wrong_glyphs_tell_of_damage() -> None:
    found = damage(BROKEN)
    assert found.glyphs_damaged and found.wrong_glyphs == pytest.approx(3 / 67, abs=0.01)


def test_a_misprint_or_two_are_no_damage() -> None:
    assert damage(["Sarnverkan mellan kommunen och polisen reglerar bestarnmelser."]).intact


def test_costs_follow_the_damage() -> None:
    lost, kept = TextDamage((0.95, 0.5, 0.0), 0.1), TextDamage((0.0, 0.0, 0.0), 0.0)
    assert lost.mark_cost("å") < lost.mark_cost("ä") < lost.mark_cost("ö") == kept.mark_cost("å")
    assert lost.change_cost < kept.change_cost
    assert lost.marks_cost("får", "far") == lost.mark_cost("å") and lost.marks_cost("far", "far") == 0


@pytest.mark.parametrize(
    ("read", "printed"), [("foljer", "följer"), ("polisen", "polisen"), ("trygghetsradet", "trygghetsrådet")]
)
def test_the_word_once_marks_are_given_back(read: str, printed: str) -> None:
    assert restored_form(read, lexicon(), compounds()) == printed


def test_what_is_no_word_stays_none() -> None:
    assert restored_form("xqzzyk", lexicon(), compounds()) is None


def test_the_vocabulary_of_a_document() -> None:
    tokens = tokenize("Folket foljer stigen, och foljer bäcken; stigen foljs.")
    found = document_vocabulary(tokens, lexicon(), compounds(), marks_lost=True)
    assert found == {"följer": 2, "stigen": 2}
    sar = tokenize("fargen fargen hallen hallen")
    assert "hallen" not in document_vocabulary(sar, lexicon(), compounds(), marks_lost=True)  # or hållen
    assert document_vocabulary(sar, lexicon(), compounds(), marks_lost=False)["hallen"] == 2
