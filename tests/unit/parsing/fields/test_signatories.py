"""Signatories: names with the titles under, over or beside them, from where signing begins."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.signatories import signatories_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
BODY = "Överenskommelse\n\n1 Syfte\n\nKommundirektör Eva Lund vill ha lugna torg.\n\n2 Underskrifter\n\n"
BOTH = [("Anna Berg", "Kommundirektör"), ("Nils Alm", "Lokalpolisområdeschef")]


@pytest.mark.parametrize(
    ("signed", "signatories"),
    [
        ("Anna Berg\nKommundirektör\n\nNils Alm\nLokalpolisområdeschef", BOTH),
        ("Anna Berg               Nils Alm\nKommundirektör          Lokalpolisområdeschef", BOTH),
        ("Kommundirektör\nAnna Berg", [("Anna Berg", "Kommundirektör")]),
        ("Anna Berg, Kommundirektör\n\nNils Alm, Lokalpolisområdeschef", BOTH),
        ("Anna Berg (Kommundirektör)", [("Anna Berg", "Kommundirektör")]),
        ("Anna Berg (S)\nKommunstyrelsens ordförande", [("Anna Berg", "Kommunstyrelsens ordförande")]),
        ("Anna Berg\nKommunchef, Vikbo kommun", [("Anna Berg", "Kommunchef")]),
        ("Vikbo kommun\nAlla som arbetar är välkomna.", []),
    ],
)
def test_readings_of_names_with_titles(
    structure: Structure, signed: str, signatories: list[tuple[str, str | None]]
) -> None:
    assert [(s.name, s.title) for s in signatories_of(structure(f"{BODY}{signed}\n"))] == signatories


def test_a_name_and_its_title_stand_in_their_own_lines(structure: Structure) -> None:
    (found,) = signatories_of(structure(f"{BODY}Anna Berg\nKommundirektör\n"))
    assert {name: e.line for name, e in found.evidence_by_field.items()} == {"name": 9, "title": 10}


def test_annexes_and_contacts_after_the_signatures_are_left_out(structure: Structure) -> None:
    after = "3 Kontaktpersoner\n\nEva Lund\nEnhetschef\n\nBilaga 1 Karta\n\nOla Ek\nRektor\n"
    found = signatories_of(structure(f"{BODY}Anna Berg\nKommundirektör\n\n{after}"))
    assert [s.name for s in found] == ["Anna Berg"]
