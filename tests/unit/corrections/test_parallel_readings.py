"""Two bad readings together beat either alone."""

from avskrift.corrections.lines import corrected_lines

PRINTED = [
    "Styrgruppen följer upp arbetet en gång i kvartalet och beslutar om nya åtgärder.",
    "Andelen trygga boende ska öka med 25 % under perioden enligt 5 § i planen.",
    "Kontakt: Åsa Grenhult, asa.grenhult@vikbo.example, som nås alla vardagar.",
]
ONE = [
    "Styrgruppen foljer upp arhetet en gang i kvartaIet och beslutar om nya atgarder.",
    "Andelen trygga boende ska oka med 25 94 under perioden enligt 5 S i planen.",
    "Kontakt: Asa Grenhult, asa.grenhultOvikbo.example, som nas aIla vardagar.",
]
OTHER = [
    "Styrgruppen följer upp arbetet en gäng i kvartalet och heslutar om",
    "nya ätgärder. Andelen trygga boende ska öka rned 25 % under perioden enligt 5 § i",
    "planen. Kontakt: Åsa Grenhult, asa.grenhult@vikbo.example, som nås alla vardaqar.",
]


def errors(lines: list[str]) -> int:
    return sum(
        a != b for row, true in zip(lines, PRINTED, strict=True) for a, b in zip(row.split(), true.split(), strict=True)
    )


def test_a_witness_never_makes_a_reading_worse() -> None:
    alone = [row.text for row in corrected_lines(ONE).lines]
    together = [row.text for row in corrected_lines(ONE, None, [OTHER]).lines]
    assert errors(together) <= errors(alone)
    assert errors(together) == 0, together


def test_lost_signs_come_from_the_witness_and_say_so() -> None:
    mended = corrected_lines(ONE, None, [OTHER]).lines[1]
    assert "25 % under" in mended.text and "5 § i" in mended.text
    assert {e.rule for e in mended.edits if e.replacement in "%§"} == {"witness"}


def test_another_document_is_no_witness() -> None:
    mending = corrected_lines(
        ONE, None, [["Receptet kräver smör, socker, mjöl och lite salt.", "Grädda kakorna tills de är klara."]]
    )
    assert [row.text for row in mending.lines] == [row.text for row in corrected_lines(ONE).lines]
    assert "not used" in mending.warnings[0]


def test_digits_that_readings_disagree_on_stay() -> None:
    lines = ["Mötet hölls den 14 mars 2019 i kommunhuset med polisen och skolan."]
    assert (
        corrected_lines(lines, None, [["Mötet hölls den 17 mars 2013 i kommunhuset med polisen och skolan."]])
        .lines[0]
        .text
        == lines[0]
    )


def test_a_stranger_before_the_right_witness_changes_nothing() -> None:
    stranger = ["Receptet kräver smör, socker, mjöl och lite salt.", "Grädda kakorna tills de är klara."]
    one = ["u p p f o l j n i n g s p l a n", *ONE]
    other = ["Uppföljningsplan", *OTHER]
    alone = [row.text for row in corrected_lines(one, None, [other]).lines]
    assert [row.text for row in corrected_lines(one, None, [stranger, other]).lines] == alone
    assert alone[0].lower() == "uppföljningsplan"


def test_a_stranger_leaves_whole_text_as_it_is() -> None:
    assert [row.text for row in corrected_lines(PRINTED, None, [["Smör, socker och mjöl vispas."]]).lines] == PRINTED
