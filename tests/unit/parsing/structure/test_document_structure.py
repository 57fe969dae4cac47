"""The structure as field modules are given it; what fails leaves a plainer one."""

from collections.abc import Callable

import pytest

from avskrift.parsing.structure.confidence import reading_confidence, rule_confidence
from avskrift.parsing.structure.document_structure import DocumentStructure, passages_of
from avskrift.parsing.structure.sections import subsections
from avskrift.parsing.structure.sentences import sentences_of
from avskrift.parsing.structure.text_span import TextSpan

TEXT = """Trygghet i Almvik

1 Organisation

Samverkan leds av en styrgrupp som möts varje kvartal under hela perioden och
som beslutar.

1.1 Styrgrupp

Styrgruppen består av kommunchefen och lokalpolisområdeschefen.

Grupp            Deltagare
Styrgrupp        Kommunchef

Bilaga 1 Karta

Kartan visar torget och gatorna omkring det.
"""


def test_every_line_has_one_place(structure: Callable[[str], DocumentStructure]) -> None:
    found = structure(TEXT)
    in_blocks = [p.number for block in found.blocks for p in block.lines]
    in_tables = [n for table in found.tables for n in table.numbers]
    assert sorted(in_blocks + in_tables) == [p.number for p in found.lines]
    assert [p.number for one in found.classified for p in one.lines] == in_blocks


def test_sections(structure: Callable[[str], DocumentStructure]) -> None:
    found = structure(TEXT)
    assert [(p.number, p.level, p.annex) for p in found.sections if p.number] == [
        ("1", 1, None),
        ("1.1", 2, None),
        ("1", 1, "1"),
    ]
    organisation = next(i for i, p in enumerate(found.sections) if p.has("organisation"))
    assert [p.title for p in subsections(found.sections, organisation)] == ["Styrgrupp"]
    assert found.sections[organisation + 1].group_kind == "steering"
    assert all(p.annex is None for p in found.main_sections)
    assert [p.title for p in found.sections_with("organisation")] == ["Organisation"]
    assert passages_of(found.sections[-1:])[0].text == "Kartan visar torget och gatorna omkring det."


def test_the_cover_ends_at_the_first_section(structure: Callable[[str], DocumentStructure]) -> None:
    assert [p.text for p in structure(TEXT).cover] == ["Trygghet i Almvik"]


def test_nothing_is_read_of_an_empty_document(structure: Callable[[str], DocumentStructure]) -> None:
    found = structure("\n")
    assert (found.lines, found.blocks, found.sections) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Gruppen möts. Den beslutar.", ["Gruppen möts.", "Den beslutar."]),
        ("Avtalet gäller t.o.m. 31 maj. Sedan prövas det.", ["Avtalet gäller t.o.m. 31 maj.", "Sedan prövas det."]),
        ("Se dnr. KS 1 och bl.a. Bilaga 2.", ["Se dnr. KS 1 och bl.a. Bilaga 2."]),
        ("Vem? Kommunen!", ["Vem?", "Kommunen!"]),
    ],
)
def test_sentences(span: Callable[[str], TextSpan], text: str, sentences: list[str]) -> None:
    assert [s.text for s in sentences_of(span(text))] == sentences


def test_a_reading_is_as_sure_as_was_measured() -> None:
    readings = [reading_confidence(x / 20) for x in range(21)]
    assert readings == sorted(readings)
    assert reading_confidence(1.0) == 1.0
    assert reading_confidence(-1.0) == readings[0]


def test_rules_that_were_never_measured_are_an_error() -> None:
    assert 0.5 < rule_confidence("parties.name") <= 1.0
    with pytest.raises(KeyError):
        rule_confidence("parties.colour")
