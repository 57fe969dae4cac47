"""Time in proportion to the text, whatever the text: shapes at a size where its square would take minutes."""

import time

import pytest
from made_shapes import SHAPES

from avskrift.ingest.files.plain_text import pages_of
from avskrift.models.document import Document, Line
from avskrift.models.edits import Edit, apply
from avskrift.parsing import parse
from avskrift.parsing.structure.entities import entities_in
from avskrift.parsing.structure.long_lines import LONGEST, pieces_of
from avskrift.parsing.vocabulary import Vocabulary

SIGNS = 40_000
CEILING = 60.0
"""CPU seconds: twenty times and more what any of these takes."""


@pytest.mark.parametrize(
    "shape",
    [
        *("one sign", "underscores", "hyphens", "address run", "capital words", "letter-spaced capitals"),
        *("lines of one letter", "phones", "cells of one row", "one long line"),
    ],
)
def test_parsing_takes_no_square_of_the_text(shape: str) -> None:
    document = Document("text.txt", "0" * 64, pages_of(SHAPES[shape](SIGNS)))
    begun = time.process_time()
    parse(document)
    assert time.process_time() - begun < CEILING


def test_a_name_after_a_long_run_of_capitals_is_found() -> None:
    text = "Vikbo " * 100 + "och Norra Viken kommun"
    (found,) = entities_in(text, Vocabulary.shipped())
    assert found.text == "Norra Viken kommun"
    assert text[found.start : found.end] == found.text


def test_names_in_running_text_longer_than_any_are_found_where_they_stand() -> None:
    text = "Avtalet gäller mellan Vikbo kommun och Polisen i Vikbo. " * 900
    found = entities_in(text, Vocabulary.shipped())
    assert len(found) == 1_800
    assert all(text[entity.start : entity.end] == entity.text for entity in found)


def test_pieces_of_a_long_line_are_the_line() -> None:
    (page,) = pages_of("Parterna ska samverka i Vikbo. " * 500)
    (line,) = page.lines
    pieces = list(pieces_of(line))
    assert len(pieces) > 5
    assert max(len(piece.text) for piece in pieces) <= LONGEST
    assert "".join(piece.text for piece in pieces) == line.text
    assert sum(len(piece.words) for piece in pieces) == len(line.words)
    for piece in pieces:
        assert all(piece.raw[word.start : word.end] == word.raw for word in piece.words)


def test_pieces_keep_the_edits_of_a_long_line() -> None:
    raw, text = "samver ka nu. " * 400, "samverka nu. " * 400
    edits = tuple(Edit(14 * n, 14 * n + 9, "samverka", "made", 0.9) for n in range(400))
    pieces = list(pieces_of(Line(1, raw, text, edits=edits)))
    assert "".join(piece.raw for piece in pieces) == raw
    assert all(apply(piece.raw, piece.edits) == piece.text for piece in pieces)
    found = [(piece.raw[e.raw_start : e.raw_end], e.replacement) for piece in pieces for e in piece.edits]
    assert found == [("samver ka", "samverka")] * 400
