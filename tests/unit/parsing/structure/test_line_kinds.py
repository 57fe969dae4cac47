"""What a line is and why, one rule after the other: in plain text, and in lines with boxes."""

from collections.abc import Sequence

import pytest

from avskrift.models.document import WIDE_GAP, CellReference, Line
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.structure.blocks import BlockKind, blocks_of
from avskrift.parsing.structure.line_kinds import classified
from avskrift.parsing.structure.open_block import LineClass, LineKind
from avskrift.parsing.structure.text_span import LocatedLine
from avskrift.parsing.vocabulary import Vocabulary

VOCABULARY = Vocabulary.shipped()
FULL = "Parterna ska tillsammans verka för att tryggheten i Almvik ökar under perioden"
LEFT, RIGHT, SIGN = 72.0, 500.0, 5.5


def printed(text: str, *, space: float = 0.0, left: float = LEFT, size: float = 11.0, bold: bool = False) -> Line:
    """A line with a box, `space` line heights below the last, in type of `size` points."""
    box = BoundingBox(left, 100.0, min(RIGHT, left + SIGN * len(text)), 112.0)
    return Line(1, text, text, bbox=box, space_before=space, font_size=size, bold=bold)


def plain(text: str, *, space: float = 0.0) -> Line:
    """A line of plain text with `space` blank lines above."""
    return Line(1, text, text, space_before=space, indent=6.0 * (len(text) - len(text.lstrip())))


def located(lines: Sequence[Line]) -> list[LocatedLine]:
    return [LocatedLine(1, line, number) for number, line in enumerate(lines)]


def classes(*lines: Line) -> list[LineClass]:
    return [one.found for one in classified(located(lines), VOCABULARY)]


def last(*lines: Line) -> tuple[str, str]:
    found = classes(*lines)[-1]
    return found.kind.value, found.reason


def test_the_first_line_begins_a_paragraph() -> None:
    assert last(plain(FULL)) == ("paragraph start", "nothing is open above it")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ökar i hela kommunen.", "a sentence is open, and the line begins in lower case"),
        ("(se nedan) och trivseln.", "a sentence is open, and the line begins with ("),
        ("Trygghetsrådet följer upp.", "close below a line that does not end its paragraph"),
    ],
)
def test_what_goes_on_with_a_sentence(text: str, reason: str) -> None:
    assert last(printed(FULL), printed(text)) == ("continuation", reason)


@pytest.mark.parametrize(
    ("before", "text", "reason"),
    [
        ("Det som har beslutats enligt punkt", "4 gäller även här.", "a number, as 'punkt' above asks for"),
        ("Samverkan sker mellan kommunen och", "Polismyndigheten i Almvik.", "the line above ends in 'och'"),
    ],
)
def test_what_the_line_above_asks_for(before: str, text: str, reason: str) -> None:
    assert last(printed(FULL), printed(before), printed(text)) == ("continuation", reason)


def test_white_space_begins_a_paragraph() -> None:
    above = [printed(FULL), printed(FULL), printed("under åren.")]
    assert last(*above, printed(FULL, space=0.8)) == ("paragraph start", "white space above")


def test_a_short_line_with_a_full_stop_ends_its_paragraph() -> None:
    above = [printed(FULL), printed(FULL), printed("under åren.")]
    assert last(*above, printed(FULL)) == ("paragraph start", "the line above ends its paragraph")


@pytest.mark.parametrize(
    ("text", "marker"), [("• Trygga torg", "•"), ("1. Trygga torg", "1."), ("b) Trygga torg", "b)")]
)
def test_what_begins_with_a_marker_is_an_item(text: str, marker: str) -> None:
    found = classes(printed(FULL), printed("Parterna prioriterar:"), printed(text))[-1]
    assert (found.kind, found.reason, found.marker) == (LineKind.ITEM, f"begins with {marker!r}", marker)


def test_lines_set_in_below_a_colon_are_items() -> None:
    lines = [printed(FULL), printed("Parterna prioriterar:"), printed("Trygga torg", left=LEFT + 30)]
    assert last(*lines) == ("list item", "set in from the left edge, below a colon")
    assert last(*lines, printed("Lugna kvällar", left=LEFT + 30)) == (
        "list item",
        "set in from the left edge, below a list",
    )


def test_a_line_back_at_the_left_edge_ends_a_list() -> None:
    lines = [printed(FULL), printed("Parterna prioriterar:"), printed("Trygga torg", left=LEFT + 30)]
    assert last(*lines, printed(FULL)) == ("paragraph start", "back at the left edge after an item")


def test_one_space_is_left_of_a_lost_bullet() -> None:
    assert last(plain("Parterna prioriterar"), plain(" trygga torg")) == (
        "list item",
        "one space before it is left of a bullet",
    )


def test_short_lines_below_a_colon_are_items() -> None:
    found = classes(plain(FULL), plain("Parterna prioriterar:"), plain("Trygga torg"), plain("Lugna kvällar"))
    assert [one.reason for one in found[2:]] == ["one of the short lines below a colon"] * 2
    assert {one.kind for one in found[2:]} == {LineKind.ITEM}


def test_a_label_begins_a_paragraph() -> None:
    assert last(plain(FULL), plain("Deltagare: kommunchef och kommunpolis")) == (
        "paragraph start",
        "begins with the label 'Deltagare:'",
    )


def test_a_wide_gap_parts_columns() -> None:
    assert last(plain(FULL), plain(f"Anna Ek{WIDE_GAP}Nils Alm")) == ("line in columns", "a wide gap parts columns")


def test_cells_of_a_ruled_table() -> None:
    cells = [Line(1, "Grupp", "Grupp", cell=CellReference(0, 0, 0)), Line(1, "er", "er", cell=CellReference(0, 0, 0))]
    other = Line(1, "Möten", "Möten", cell=CellReference(0, 0, 1))
    assert [c.kind for c in classes(*cells, other)] == [LineKind.CELL, LineKind.CONTINUATION, LineKind.CELL]
    assert last(*cells, other)[1] == "in a cell of a ruled table (row 1, column 2)"


def test_blocks_are_folded_from_kinds() -> None:
    lines = [
        plain("1 Syfte", space=1),
        plain(FULL, space=1),
        plain("och under kommande år:"),
        plain("• trygga torg"),
        plain("och gator"),
        plain("• lugna kvällar"),
    ]
    blocks = blocks_of(classified(located(lines), VOCABULARY))
    assert [(b.kind, b.marker) for b in blocks] == [
        (BlockKind.HEADING, "1"),
        (BlockKind.PARAGRAPH, ""),
        (BlockKind.ITEM, "•"),
        (BlockKind.ITEM, "•"),
    ]
    assert [b.text for b in blocks[2:]] == ["trygga torg och gator", "lugna kvällar"]
    assert blocks[1].text.endswith("under perioden och under kommande år:")


def test_a_block_that_grows_too_long_goes_on_as_another() -> None:
    lines = [plain("ord " * 400 + "ord") for _ in range(8)]
    blocks = blocks_of(classified(located(lines), VOCABULARY))
    assert len(blocks) == 2
    assert all(len(b.text) <= 10_000 for b in blocks)
