"""Alternatives with boxes: only what is ticked gives values."""

import logging

import pytest

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.edits import apply
from avskrift.models.options import ParsingOptions
from avskrift.parsing import parse
from avskrift.parsing.structure.choices import choices_of
from avskrift.parsing.structure.document_structure import structure_of
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.runtime.failures import Failures

HEAD = """Samverkansöverenskommelse mellan Vikbo kommun och Polisen

1 Parter
Vikbo kommun och Polismyndigheten, lokalpolisområde Norra Viken, har kommit överens om följande.

2 Giltighetstid
"""
FOREVER = "Överenskommelsen gäller tills vidare."
ONE_YEAR = "Överenskommelsen gäller från och med den 1 mars 2031 till och med\nden 28 februari 2032."
THREE_YEARS = "Överenskommelsen gäller från och med den 1 mars 2031 till och med\nden 28 februari 2034."


def parsed(text: str, *, learned: bool = True) -> Agreement:
    document = Document("fil.txt", "0" * 64, plain_text.pages_of(HEAD + text + "\n"))
    return parse(document, ParsingOptions(learned=learned))


def chosen_text(text: str) -> list[str]:
    document = Document("fil.txt", "0" * 64, plain_text.pages_of(text))
    vocabulary = Vocabulary.shipped()
    found = choices_of(document, structure_of(document, vocabulary, Failures(logging.getLogger("avskrift.parsing"))))
    for _, line in found.document.lines():
        assert apply(line.raw, line.edits) == line.text
    return [line.text.strip() for _, line in found.document.lines() if line.text.strip()]


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    ("open_box", "ticked"), [("☐", "☒"), ("☐", "☑"), ("[ ]", "[X]"), ("( )", "(x)"), ("□", "■"), ("O", "X"), ("D", "☒")]
)
def test_only_what_is_ticked_holds(open_box: str, ticked: str, learned: bool) -> None:
    boxes = (open_box, open_box, ticked)
    text = "\n".join(f"{box} {words}" for box, words in zip(boxes, (FOREVER, ONE_YEAR, THREE_YEARS), strict=True))
    record = parsed(f"Sätt kryss för det som gäller:\n{text}", learned=learned)
    period = record.period
    assert (period.valid_from, period.valid_to, period.until_further_notice) == ("2031-03-01", "2034-02-28", False)
    assert "2032-02-28" not in {d.date for d in record.dates}
    assert FOREVER in next(s.text for s in record.sections if s.title == "Giltighetstid")
    assert not [r for r in record.remarks if r.kind == "choices"]


@pytest.mark.parametrize(("boxes", "said"), [("☐☐", "no box is ticked"), ("☒☒", "several boxes are ticked")])
def test_none_or_several_ticked_give_a_remark_and_no_value(boxes: str, said: str) -> None:
    record = parsed(f"{boxes[0]} {FOREVER}\n{boxes[1]} {THREE_YEARS}")
    period = record.period
    assert (period.valid_from, period.valid_to, period.until_further_notice) == (None, None, False)
    (remark,) = [r for r in record.remarks if r.kind == "choices"]
    assert remark.text.startswith(said) and remark.evidence is not None and remark.evidence.page == 1


def test_several_hold_where_several_may_be_ticked() -> None:
    lines = chosen_text("Kryssa för ett eller flera områden:\n☒ Torget\n☐ Hamnen\n☒ Skolan\n")
    assert lines == ["Kryssa för ett eller flera områden:", "☒ Torget", "☒ Skolan"]


def test_alternatives_within_a_line() -> None:
    assert chosen_text("Avtalet gäller ☐ tills vidare ☒ till och med 2034-02-28.\n") == [
        "Avtalet gäller till och med 2034-02-28."
    ]
    assert chosen_text("Tills vidare ☐   Till och med 2034-02-28 ☒\n") == ["Till och med 2034-02-28"]


def test_what_is_denied_does_not_hold() -> None:
    assert chosen_text("Avtalet gäller tills vidare: ☐ Ja ☒ Nej\n") == []
    assert chosen_text("Avtalet gäller tills vidare: ☒ Ja ☐ Nej\n") == ["Avtalet gäller tills vidare:"]
    assert chosen_text("Gäller avtalet tills vidare?\n☐ Ja\n☒ Nej\n") == []
    assert chosen_text("Gäller avtalet tills vidare?\n☒ Ja\n☐ Nej\n") == ["Gäller avtalet tills vidare?"]


@pytest.mark.parametrize(
    "text",
    [
        "Parterna ska:\n□ ses varje månad\n□ leda arbetet\n",
        "■ Torget\n    □ Hamnen\n    □ Skolan\n",
        "✓ Torget\n✓ Hamnen\n",
        "O utan vidare\nO vad skönt\n",
        "Datum: ( )   Ort: [ ]\n",
    ],
)
def test_bullets_and_blanks_are_no_boxes(text: str) -> None:
    assert chosen_text(text) == [line.strip() for line in text.splitlines()]


AREAS = "☐ Ungdomars trygghet\n☐ Öppna drogscener\n☐ Våld i nära relation\n"


@pytest.mark.parametrize(
    "above", ["Parterna ska samverka inom följande områden:", "Prioriterade områden", "Parterna ska motverka:", ""]
)
@pytest.mark.parametrize("sign", "☐□❏")
def test_empty_squares_that_nobody_is_asked_to_tick_are_bullets(above: str, sign: str) -> None:
    text = f"{above}\n{AREAS}".strip().replace("☐", sign)
    assert chosen_text(text + "\n") == text.split("\n")


def test_items_behind_empty_squares_are_values() -> None:
    text = "Parterna ska samverka inom följande områden:\n" + AREAS + "\n3 Uppföljning\nParterna ses varje år."
    listed = [[area.name for area in parsed(text.replace("☐", sign)).focus_areas] for sign in "☐•"]
    assert listed[0] == listed[1] != []
    assert not [remark for remark in parsed(text).remarks if remark.kind == "choices"]


@pytest.mark.parametrize(
    "text",
    [
        "Kryssa för de områden som gäller:\n" + AREAS,
        "Sätt kryss i rutorna nedan.\nParterna har möten.\n\nOmråden\n" + AREAS,  # asked for on another line
        "Ange prioriterade områden:\n" + AREAS,
        "Vilka områden prioriteras?\n" + AREAS,
        "Prioriterade områden:\n" + AREAS + "☐ Annat: ______\n",
        "Prioriterade områden:\n" + AREAS.replace("☐", "[ ]"),
        "Prioriterade områden:\n" + AREAS.replace("\n☐", " ☐"),
        "Avtalet:\n☐ Det löper ett år\n☐ Det gäller tills vidare\n",
        "Polisen deltar\n☐ Ja\n☐ Nej\n",
    ],
)
def test_empty_boxes_of_a_form_are_none(text: str) -> None:
    assert not any(sign in line for line in chosen_text(text) for sign in ("☐", "[ ]"))


def test_a_tick_anywhere_tells_that_empty_squares_are_boxes() -> None:
    text = "Prioriterade områden:\n" + AREAS + "\nPolisen deltar:\n☒ Ja\n☐ Nej\n"
    assert "☐" not in "".join(chosen_text(text))
