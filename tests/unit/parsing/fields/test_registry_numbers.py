"""Registry numbers: labelled ones, those in headers, and whose register they are of."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import Party, PartyKind
from avskrift.parsing.fields.registry_numbers import no_registry_numbers, of_another_agreement, registry_numbers_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
PARTIES = [
    Party(name="Vikbo kommun", kind=PartyKind.MUNICIPALITY, defined_term="Kommunen"),
    Party(name="Lokalpolisområde Norra Viken", kind=PartyKind.POLICE, defined_term="Polisen"),
]


@pytest.mark.parametrize(
    ("head", "numbers"),
    [
        ("Dnr KS 2031/0417", [("Vikbo kommun", "KS 2031/0417")]),
        ("Diarienummer: 2031-417", [("Vikbo kommun", "2031-417")]),
        ("Polisens dnr: A123.456/2031", [("Lokalpolisområde Norra Viken", "A123.456/2031")]),
        ("Dnr A123.456/2031", [("Lokalpolisområde Norra Viken", "A123.456/2031")]),
        ("Kommunens dnr: KS 2031/0417\nPolisens dnr: A123.456/2031",
         [("Vikbo kommun", "KS 2031/0417"), ("Lokalpolisområde Norra Viken", "A123.456/2031")]),
        ("Vikbo 2031-04-17", []),
        ("Vikbo kommun\n2031-2034", []),
        ("Dnr: 2031BN42", [("Vikbo kommun", "2031BN42")]),
        ("Datum Diarienummer\n2031-04-17 KS310417", [("Vikbo kommun", "KS310417")]),
        ("Den ersätter en tidigare överenskommelse, dnr KS 2027/0312.", []),
        ("Dnr KS 2031/0417\nÖverenskommelse med polisen 2027-2030, avslut", [("Vikbo kommun", "KS 2031/0417")]),
        ("Dnr KS 2031/0417 Överenskommelse 2027-2030", [("Vikbo kommun", "KS 2031/0417")]),
    ],
)  # fmt: skip
def test_numbers_and_their_holders(structure: Structure, head: str, numbers: list[tuple[str | None, str]]) -> None:
    outline = structure(f"Samverkansöverenskommelse\n{head}\n\n1 Syfte\n\nParterna vill ha lugna torg.\n")
    assert [(n.holder, n.number) for n in registry_numbers_of(outline, PARTIES)] == numbers


def test_a_holder_that_is_no_party_is_told_as_named(structure: Structure) -> None:
    outline = structure("Överenskommelse\nRegion Sunnan dnr: RS 2031-0042\n\n1 Syfte\n\nLugna torg.\n")
    (found,) = registry_numbers_of(outline)
    assert (found.holder, found.number) == ("Region Sunnan", "RS 2031-0042")
    assert found.evidence is not None and found.evidence.line == 2


def test_misreadings_of_one_number_are_one(structure: Structure) -> None:
    pages = "\f".join(
        f"Dnr {n}\n\nParterna vill ha lugna torg.\n" for n in ("KS 2031/0417", "KS 2031/0411", "KS 2031/0417")
    )
    assert [n.number for n in registry_numbers_of(structure(pages), PARTIES)] == ["KS 2031/0417"]


def test_what_is_said_of_another_agreement(structure: Structure) -> None:
    found = of_another_agreement(structure("Avtal\n\nDetta avtal, dnr KS 2031/0417, ersätter avtalet KS 2027/0120.\n"))
    assert [span.text.strip() for span in found] == ["avtalet KS 2027/0120."]


def test_years_behind_words_are_no_number(structure: Structure) -> None:
    outline = structure("Samverkansöverenskommelse\n\n1 Mål 2031-2034 för lugna torg\n\nParterna vill ha lugna torg.\n")
    assert [span.text for span in no_registry_numbers(outline)] == ["2031-2034"]
