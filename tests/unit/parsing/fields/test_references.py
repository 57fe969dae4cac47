"""What the words of an agreement point to."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import Annex, Group, GroupKind, Party, PartyKind, Section
from avskrift.parsing.fields.references import Named, references_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
NAMED = Named(
    parties=[
        Party(id="party-1", name="Vikbo kommun", kind=PartyKind.MUNICIPALITY, defined_term="Kommunen"),
        Party(id="party-2", name="Lokalpolisområde Viken", kind=PartyKind.POLICE, defined_term="Polisen"),
    ],
    groups=[Group(id="group-1", name="Lokal styrgrupp", kind=GroupKind.STEERING)],
    annexes=[Annex(id="annex-1", number="1"), Annex(id="annex-2", number="B")],
    sections=[
        Section(id="section-1", number="1", title="Syfte", level=1, page=1, text=""),
        Section(id="section-2", number="2", title="Uppföljning", level=1, page=1, text=""),
    ],
)


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("Kommunens personal hjälper.", {"Kommunens": ["party-1"]}),
        ("Parterna arbetar.", {"Parterna": ["party-1", "party-2"]}),
        ("Styrgruppen beslutar.", {"Styrgruppen": ["group-1"]}),
        ("Se bilaga 1 och bilaga B.", {"bilaga 1": ["annex-1"], "bilaga B": ["annex-2"]}),
        ("Se bilaga 9.", {"bilaga 9": []}),
        ("Det sker enligt punkten 1.", {"punkten 1": ["section-1"]}),
        ("Det sker enligt ovan.", {"enligt ovan": ["section-2"]}),
        ("Torget är stort.", {}),
    ],
)
def test_targets(structure: Structure, text: str, references: dict[str, list[str]]) -> None:
    found = references_of(structure(f"1 Syfte\n\nLugna torg.\n\n2 Uppföljning\n\n{text}\n"), NAMED)
    assert {r.text: r.targets for r in found} == references
    assert all(r.section == "section-2" and r.evidence is not None for r in found)


def test_a_target_stands_once_in_each_section(structure: Structure) -> None:
    text = "1 Syfte\n\nKommunen vill. Kommunen kan.\n\n2 Uppföljning\n\nKommunens folk vill.\n"
    found = references_of(structure(text), NAMED)
    assert [(r.section, r.text) for r in found] == [("section-1", "Kommunen"), ("section-2", "Kommunens")]


def test_what_points_to_nothing_is_less_sure(structure: Structure) -> None:
    found = references_of(structure("2 Uppföljning\n\nSe bilaga 1 och bilaga 9.\n"), NAMED)
    there, nowhere = (r.evidence.confidence for r in found if r.evidence is not None)
    assert there > nowhere
