"""Headings by what the rules say and how sure the learned reader is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.heading_line import Heading
from avskrift.parsing.structure.learned_headings import judged_heading
from avskrift.parsing.structure.text_span import HeadingOdds
from avskrift.parsing.vocabulary import Vocabulary

KNOWN = Heading(None, "Parter", 1, 1, ("parties",), "its words are those of a heading")
OTHER = Heading("4", "Torgen", 1, 1, (), "numbered")


@pytest.mark.parametrize(
    ("found", "odds", "kept"),
    [
        (OTHER, 0.5, True),
        (OTHER, 0.03, False),
        (KNOWN, 0.03, True),  # its words are those of a heading: the learned reader must be surer
        (KNOWN, 0.001, False),
    ],
)
def test_a_heading_of_the_rules_stands_unless_the_learned_reader_is_sure(
    structure: Callable[[str], DocumentStructure], vocabulary: Vocabulary, found: Heading, odds: float, kept: bool
) -> None:
    lines = structure("Parter\n\nVikbo kommun och Polisen.\n").lines
    judged = [replace(lines[0], odds=HeadingOdds(odds, 0.0)), *lines[1:]]
    assert judged_heading(found, judged, 0, vocabulary) == (found if kept else None)


@pytest.mark.parametrize(("odds", "title"), [(0.99, "Parter"), (0.5, None)])
def test_the_learned_reader_alone_must_be_sure(
    structure: Callable[[str], DocumentStructure], vocabulary: Vocabulary, odds: float, title: str | None
) -> None:
    lines = structure("Parter\n\nVikbo kommun och Polisen.\n").lines
    judged = [replace(lines[0], odds=HeadingOdds(odds, 0.0)), *lines[1:]]
    found = judged_heading(None, judged, 0, vocabulary)
    assert (None if found is None else found.title) == title
