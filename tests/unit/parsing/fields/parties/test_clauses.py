"""The parties of one passage: each from its name to where the next begins."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import Party
from avskrift.parsing.fields.parties.clauses import parties_in
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import Vocabulary

Parties = Callable[[str], list[Party]]


@pytest.fixture
def parties(span: Callable[[str], TextSpan], vocabulary: Vocabulary) -> Parties:
    return lambda text: [party.record() for party in parties_in(span(text), vocabulary)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mellan Vikbo kommun och Lokalpolisområde Norra Viken", ["Vikbo kommun", "Lokalpolisområde Norra Viken"]),
        ("mellan Polismyndigheten, Lokalpolisområde Ån, och Vikbo kommun", ["Lokalpolisområde Ån", "Vikbo kommun"]),
        ("mellan Lokalpolisområde Viken, Polisområde Kust", ["Lokalpolisområde Viken"]),
        ("mellan Vikbo kommun genom Torgbolaget AB och Polismyndigheten", ["Torgbolaget AB"]),
        ("Vikbo kommun, nedan kallad Vikbo kommun", ["Vikbo kommun"]),
        ("mellan Vikbo kommun och Lokalpolisområde Vikens åbygd", ["Vikbo kommun", "Lokalpolisområde Vikens åbygd"]),
        ("mellan Vikbo kommun och polisen region kust/lokalpolisområde Ån", ["Vikbo kommun", "Lokalpolisområde Ån"]),
        ("mellan Polisen, Polisregion Ö, Lokalpolisområde Ån, och Åby stad", ["Lokalpolisområde Ån", "Åby stad"]),
        ("I Vikbo kommun byggs torg", ["Vikbo kommun"]),
        ("parterna vill ha lugna torg", []),
    ],
)  # fmt: skip
def test_names(parties: Parties, text: str, names: list[str]) -> None:
    assert [p.name for p in parties(text)] == names


def test_what_stands_beside_a_name_has_its_words(parties: Parties) -> None:
    text = "Vikbo kommun, org.nr 212000-4516, Torggatan 1, 123 45 Vikbo, nedan kallad Kommunen, och Polismyndigheten"
    party, other = parties(text)
    assert (party.organisation_number, party.organisation_number_valid) == ("212000-4516", True)
    assert (party.address, party.defined_term) == ("Torggatan 1, 123 45 Vikbo", "Kommunen")
    assert {name: e.text for name, e in party.evidence_by_field.items()} == {
        "name": "Vikbo kommun",
        "organisation_number": "212000-4516",
        "defined_term": "Kommunen",
        "address": "Torggatan 1, 123 45 Vikbo",
    }
    assert party.evidence is not None and party.evidence.text.startswith("Vikbo kommun, org.nr")
    assert (other.organisation_number, other.organisation_number_valid) == (None, None)


def test_a_number_that_fails_its_check_digit(parties: Parties) -> None:
    (party,) = parties("Vikbo kommun, org.nr 212000-4517")
    assert (party.organisation_number, party.organisation_number_valid) == ("212000-4517", False)


def test_names_without_end_are_looked_at_as_far_as_any_agreement_goes(parties: Parties) -> None:
    assert len(parties("Vikbo kommun och " * 30)) == 30
    assert len(parties("Vikbo kommun och " * 260)) == 200
