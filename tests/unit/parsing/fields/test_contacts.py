"""Contacts: persons with how to reach them, however the list is laid out."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import Signatory
from avskrift.parsing.fields.contacts import contacts_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
ANNA = ("Anna Berg", "säkerhetssamordnare", "0500-12 34 56", "anna.berg@vikbo.example")
NILS = ("Nils Alm", "kommunpolis", "0500-65 43 21", "nils.alm@polisen.example")


@pytest.mark.parametrize(
    "listed",
    [
        "Anna Berg, säkerhetssamordnare, 0500-12 34 56, anna.berg@vikbo.example\n"
        "Nils Alm, kommunpolis, 0500-65 43 21, nils.alm@polisen.example",
        "Anna Berg\nsäkerhetssamordnare\n0500-12 34 56\nanna.berg@vikbo.example\n\n"
        "Nils Alm\nkommunpolis\n0500-65 43 21\nnils.alm@polisen.example",
        "Anna Berg                   Nils Alm\n"
        "säkerhetssamordnare         kommunpolis\n"
        "0500-12 34 56               0500-65 43 21\n"
        "anna.berg@vikbo.example     nils.alm@polisen.example",
        "• säkerhetssamordnare Anna Berg, tfn 0500-12 34 56, e-post anna.berg@vikbo.example\n"
        "• kommunpolis Nils Alm, tfn 0500-65 43 21, e-post nils.alm@polisen.example",
    ],
)
def test_layouts_of_a_list(structure: Structure, listed: str) -> None:
    found = contacts_of(structure(f"1 Syfte\n\nLugna torg.\n\n2 Kontaktpersoner\n\n{listed}\n"))
    assert [(c.name, c.role, c.phone, c.email) for c in found] == [ANNA, NILS]


def test_each_value_has_its_words(structure: Structure) -> None:
    line = "Anna Berg, säkerhetssamordnare, 0500-12 34 56, anna.berg@vikbo.example"
    (found,) = contacts_of(structure(f"1 Syfte\n\nLugna torg.\n\n2 Kontaktpersoner\n\n{line}\n"))
    told = {name: e.text for name, e in found.evidence_by_field.items()}
    assert tuple(told[name] for name in ("name", "role", "phone", "email")) == ANNA


def test_a_phone_beside_a_name_anywhere(structure: Structure) -> None:
    (found,) = contacts_of(structure("1 Syfte\n\nFrågor besvaras av kommunpolis Nils Alm, tfn 0500-65 43 21.\n"))
    assert (found.name, found.role, found.phone) == NILS[:3]


def test_who_only_signs_is_no_contact(structure: Structure) -> None:
    outline = structure("1 Syfte\n\nLugna torg.\n\n2 Kontaktpersoner\n\nAnna Berg, säkerhetssamordnare\n")
    assert [c.name for c in contacts_of(outline)] == ["Anna Berg"]
    assert contacts_of(outline, [Signatory(name="Anna Berg")]) == []


def test_one_person_listed_twice_is_one(structure: Structure) -> None:
    line = "Nils Alm, kommunpolis, 0500-65 43 21, nils.alm@polisen.example"
    text = f"1 Syfte\n\nLugna torg.\n\n2 Kontaktpersoner\n\n{line}\n\n3 Mer\n\n{line}\n"
    assert len(contacts_of(structure(text))) == 1
    other = text.replace("@polisen", "@viken", 1)
    assert len(contacts_of(structure(other))) == 2


@pytest.mark.parametrize(
    "listed",
    [
        "Kontaktpersoner:\nAnna Berg, rektor\nNils Alm, kommunpolis",
        "Kontaktpersoner för avtalet är:\n- rektor Anna Berg\n- kommunpolis Nils Alm",
        "Kontaktperson hos skolan: Anna Berg, rektor\nKontaktperson hos polisen: Nils Alm, kommunpolis",
        "Kontaktpersoner\n\nSkolan: Anna Berg, rektor\nPolisen: Nils Alm, kommunpolis",
    ],
)
def test_persons_behind_labels(structure: Structure, listed: str) -> None:
    found = contacts_of(structure(f"Överenskommelse\n\nParterna vill ha lugna torg.\n\n{listed}\n"))
    assert [(c.name, c.role) for c in found] == [("Anna Berg", "rektor"), ("Nils Alm", "kommunpolis")]


def test_the_name_that_the_address_spells_is_the_person(structure: Structure) -> None:
    text = "Gruppen för Projekt Trygg: Anna Berg, anna.berg@vikbo.example, tel 070123 45 67\nBesöksadress Nya Torget"
    (found,) = contacts_of(structure(f"Missiv\n\nVi vill ha svar.\n\n{text}\n"))
    assert (found.name, found.phone) == ("Anna Berg", "070123 45 67")
