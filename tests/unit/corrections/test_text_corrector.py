"""One text, line for line: which edits may be made, and what other readings know of letter-spaced stretches."""

from avskrift.corrections.lines import corrected_lines
from avskrift.corrections.text_analysis import analysed
from avskrift.corrections.text_corrector import TextCorrector
from avskrift.models.edits import CorrectedLine

INTACT = [
    "Kommunen och polisen är överens om att följa upp arbetet på orten varje år.",
    "Styrgruppen träffas i Fjärdvik, och parterna svarar för lokalen.",
]
BROKEN = [
    "Sarnverkan mellan kornmunen och polisen galler fran i ar och foljs upp av styrgruppen.",
    "Parterna traffas varje manad for att sarnordna sina insatser pa orten.",
]


def corrected(lines: list[str], unsure: dict[int, list[tuple[int, int]]] | None = None) -> list[CorrectedLine]:
    return list(TextCorrector(analysed(lines, (), unsure or {}), 0.5).lines())


def test_intact_text_is_left_alone() -> None:
    assert corrected(INTACT) == [CorrectedLine(line) for line in INTACT]


def test_an_unsure_word_is_corrected_in_intact_text_and_a_short_one_only_suggested() -> None:
    line = "Styrgruppen foljer upp planen pa orten och traffas"
    unsure = [(line.index(word), line.index(word) + len(word)) for word in ("foljer", "pa ")]
    (*_, found) = corrected([*INTACT, line], {2: unsure})
    assert [e.replacement for e in found.edits] == ["följer"]
    assert [e.replacement for e in found.suggestions] == ["på"]


def test_damaged_lines_in_order() -> None:
    assert [line.text for line in corrected(BROKEN)] == [
        "Samverkan mellan kommunen och polisen gäller från i år och följs upp av styrgruppen.",
        "Parterna träffas varje månad för att samordna sina insatser på orten.",
    ]


def test_foreign_lines_stay() -> None:
    english = "The parties of the agreement shall meet for discussions on the areas that are named in it."
    assert corrected([*BROKEN, "", english])[-1] == CorrectedLine(english)


def test_another_reading_knows_a_letter_spaced_stretch() -> None:
    lines = [*BROKEN, "0 a t t v a n d r i n g"]
    alone = corrected_lines(lines).lines[2]
    together = corrected_lines(lines, None, [[*BROKEN, "Nattvandring"]]).lines[2]
    assert alone.text == alone.raw and together.text == "Nattvandring"
    assert [e.rule for e in together.edits] == ["witness"]


def test_less_probable_edits_are_suggestions() -> None:
    strict = list(TextCorrector(analysed(BROKEN, (), {}), 1.0).lines())
    assert [line.text for line in strict] == BROKEN
    made = [{e.replacement for e in line.edits} for line in corrected(BROKEN)]
    assert all(edits <= {s.replacement for s in line.suggestions} for edits, line in zip(made, strict, strict=True))
