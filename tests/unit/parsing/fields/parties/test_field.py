"""The parties of a document, wherever it names them."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DocumentKind
from avskrift.parsing.fields.parties.field import parties_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
BOTH = ["Vikbo kommun", "Lokalpolisområde Norra Viken"]
TAIL = "\n\n2 Syfte\n\nParterna vill ha lugna torg.\n"

SOURCES = {
    "section": "Överenskommelse\n\n1 Parter\n\nVikbo kommun, org.nr 212000-4516, nedan kallad Kommunen, och "
    "Lokalpolisområde\nNorra Viken, org.nr 202100-0076, nedan kallat Polisen.",
    "section, one under the other": "Överenskommelse\n\n1 Parter\n\nVikbo kommun\norg.nr 212000-4516\nTorggatan 1, "
    "123 45 Vikbo\n\nLokalpolisområde Norra Viken\norg.nr 202100-0076\nHamngatan 2, 123 46 Vikbo",
    "section, side by side": "Överenskommelse\n\n1 Parter\n\nVikbo kommun             Lokalpolisområde Norra Viken\n"
    "org.nr 212000-4516       org.nr 202100-0076",
    "cover": "Överenskommelse mellan Vikbo kommun och Lokalpolisområde Norra Viken",
    "cover, a list": "Överenskommelse\n\nFöljande parter har träffat denna överenskommelse:\n\n• Vikbo kommun\n"
    "• Lokalpolisområde Norra Viken",
    "opening": "Vikbo kommun, nedan Kommunen, och Lokalpolisområde Norra Viken, nedan Polisen, har träffat följande "
    "överenskommelse.",
    "opening over the ends of lines": "Medborgarlöfte\n\nVårt löfte är ett avtal mellan Vikbo\nkommun och "
    "Lokalpolisområde\nNorra Viken och gäller ett år.",
    "section, names alone": "Överenskommelse\n\nParter\n\nVikbo kommun\nLokalpolisområde Norra Viken",
    "a list of clauses": "Överenskommelse\n\nFöljande parter har slutit avtal:\n\nVikbo kommun, org.nr "
    "212000-4516, Torget 1, 123 45 Vikbo\nKontaktperson: Kim Ek\n\nLokalpolisområde Norra Viken, org.nr 202100-0076\n"
    "Kontaktperson: Bo Ek",
    "a labelled list": "Överenskommelse\n\nParter:\nVikbo kommun, org.nr 212000-4516\nLokalpolisområde Norra Viken, "
    "org.nr 202100-0076",
    "mention": "Samverkan\n\nTillsammans vill Vikbo kommun och Lokalpolisområde Norra Viken ha lugna torg.",
}


@pytest.mark.parametrize("source", SOURCES)
def test_places_where_parties_are_named(structure: Structure, source: str) -> None:
    assert [p.name for p in parties_of(structure(SOURCES[source] + TAIL), DocumentKind.AGREEMENT)] == BOTH


def test_a_table_of_parties(structure: Structure) -> None:
    rows = (
        "Part                           Org.nr         Benämns\n"
        "Vikbo kommun                   212000-4516    Kommunen\n"
        "Lokalpolisområde Norra Viken   202100-0076    Polisen\n"
    )
    found = parties_of(structure(f"Överenskommelse\n\n1 Parter\n\n{rows}{TAIL}"), DocumentKind.AGREEMENT)
    assert [(p.name, p.organisation_number, p.defined_term) for p in found] == [
        ("Vikbo kommun", "212000-4516", "Kommunen"),
        ("Lokalpolisområde Norra Viken", "202100-0076", "Polisen"),
    ]


def test_what_one_place_lacks_is_taken_from_another(structure: Structure) -> None:
    text = (
        "Överenskommelse mellan Vikbo kommun, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, nedan kallat "
        "Polisen\n\n1 Parter\n\nVikbo kommun\norg.nr 212000-4516\n\nLokalpolisområde Norra Viken\norg.nr 202100-0076\n"
    )
    found = parties_of(structure(text + TAIL), DocumentKind.AGREEMENT)
    assert [(p.organisation_number, p.defined_term) for p in found] == [
        ("212000-4516", "Kommunen"),
        ("202100-0076", "Polisen"),
    ]
    assert all(list(p.evidence_by_field) == ["name", "organisation_number", "defined_term"] for p in found)


def test_terms_given_respectively(structure: Structure) -> None:
    text = f"{SOURCES['cover']}\n\n1 Syfte\n\nDe benämns kommunen respektive polisen.\n"
    found = parties_of(structure(text), DocumentKind.AGREEMENT)
    assert [p.defined_term for p in found] == ["kommunen", "polisen"]


def test_an_address_ends_where_its_line_does(structure: Structure) -> None:
    found = parties_of(structure(SOURCES["a list of clauses"] + TAIL), DocumentKind.AGREEMENT)
    assert found[0].address == "Torget 1, 123 45 Vikbo"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Löfte\n\nAv statistiken har Vikbo kommun och polisen tagit fram ett löfte.\n", ["Vikbo kommun", "Polisen"]),
        ("Avtal om gemensam nämnd för Vikbo och Torps kommuner\n", ["Vikbo kommun", "Torps kommun"]),
        ("Överenskommelse mellan Vikbo kommun och ideella organisationer\n", ["Vikbo kommun"]),
        ("Löfte\n\nDet som står här är mer än vad Vikbo kommun och polisen brukar göra.\n", []),
    ],
)
def test_parties_told_in_passing(structure: Structure, text: str, names: list[str]) -> None:
    assert [p.name for p in parties_of(structure(text + TAIL), DocumentKind.AGREEMENT)] == names


def test_who_has_no_parties(structure: Structure) -> None:
    outline = structure(SOURCES["mention"] + TAIL)
    assert parties_of(outline, DocumentKind.MEMO) == []
    assert parties_of(outline, DocumentKind.OTHER) == []
    assert parties_of(structure("Överenskommelse\n\n1 Syfte\n\nVikbo kommun vill.\n"), DocumentKind.AGREEMENT) == []
