"""Lines in reading order: gaps, tables, margins, spaces between paragraphs, corrections as edits."""

import pytest

from avskrift.ingest.layout.lines import Cell, lines_as_read, lines_of
from avskrift.ingest.words import OcrWord
from avskrift.models.document import CellReference, LineRole
from avskrift.models.geometry import BoundingBox


def row(text: str, x: float, top: float, *, size: float = 10.0, bold: bool = False, line: int = 0) -> list[OcrWord]:
    words = []
    for word in text.split():
        box = BoundingBox(x, top, x + 5 * len(word), top + 0.9 * size)
        words.append(OcrWord(word, box, 0.9, line, stated_size=size, bold=bold))
        x += 5 * len(word) + 4
    return words


def test_a_wide_gap_is_kept() -> None:
    (line,) = lines_of([*row("Vikbo kommun", 60, 100), *row("Sida 2", 400, 100)])
    assert line.raw == "Vikbo kommun   Sida 2"
    assert [line.raw[w.start : w.start + len(w.raw)] for w in line.words] == ["Vikbo", "kommun", "Sida", "2"]


def test_where_lines_stand_and_how_they_are_set() -> None:
    head, text = lines_of([*row("Syfte", 60, 100, size=14, bold=True), *row("Parterna samverkar.", 75, 130)])
    assert (head.font_size, head.bold, head.indent) == (14.0, True, 0.0)
    assert (text.font_size, text.bold, text.indent) == (10.0, False, 15.0)
    assert text.bbox == BoundingBox(75, 130, 169, 139)


def test_white_space_before_a_paragraph_is_told_in_lines() -> None:
    words = [w for top in (100, 114, 128, 156, 170) for w in row("Parterna samverkar.", 60, top)]
    assert [line.space_before for line in lines_of(words)] == [0, 0, 0, 1.0, 0]


def test_a_table_is_read_cell_by_cell_where_it_stands() -> None:
    cells = [
        Cell(BoundingBox(50 + 100 * c, 120 + 30 * r, 150 + 100 * c, 150 + 30 * r), CellReference(0, r, c))
        for r in range(2)
        for c in range(2)
    ]
    words = [
        *row("Före", 60, 100),
        *row("Område", 60, 124),
        *row("Mål", 160, 124),
        *row("Torget och", 60, 154),
        *row("parken", 60, 166),
        *row("Trygghet", 160, 154),
        *row("Efter", 60, 200),
    ]
    lines = lines_of(words, cells)
    assert [line.text for line in lines] == [
        *("Före", "Område", "Mål", "Torget och", "parken", "Trygghet"),
        "Efter",
    ]
    assert [line.cell for line in lines][2:5] == [
        CellReference(0, 0, 1),
        CellReference(0, 1, 0),
        CellReference(0, 1, 0),
    ]


def test_notes_in_the_margin_come_last() -> None:
    text = [w for n in range(12) for w in row("Kommunen ansvarar för arbetet", 150, 100 + 14 * n)]
    note = [*row("Vikbo kommun", 20, 130, size=7), *row("Box 17", 20, 138, size=7)]
    lines = lines_of([*note, *text])
    assert [line.text for line in lines[-2:]] == ["Vikbo kommun", "Box 17"]
    assert {line.role for line in lines[:-2]} == {LineRole.BODY}
    assert {line.role for line in lines[-2:]} == {LineRole.MARGIN}


def test_corrections_are_edits_of_the_line() -> None:
    words = row("enligt 5 8 polislagen", 60, 100)
    words[2] = words[2].with_correction("§", "second look")
    (line,) = lines_of(words)
    (edit,) = line.edits
    assert (line.raw, line.text) == ("enligt 5 8 polislagen", "enligt 5 § polislagen")
    assert (line.raw[edit.raw_start : edit.raw_end], edit.rule, edit.confidence) == ("8", "second look", 0.9)


def test_a_correction_is_never_certain() -> None:
    (word,) = row("8", 60, 100)
    certain = OcrWord("8", word.box, 1.0, corrected="§", corrected_by="second look")
    assert lines_of([certain])[0].edits[0].confidence == pytest.approx(0.99)


def test_lines_as_an_engine_read_them() -> None:
    words = [*row("Efter", 60, 200, line=1), *row("Före", 60, 100, line=2)]
    assert [line.text for line in lines_as_read(words)] == ["Efter", "Före"]
    assert lines_of([]) == lines_as_read([]) == ()
