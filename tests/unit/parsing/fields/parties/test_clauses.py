"""The parties of one passage: each from its name to where the next begins."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.parties.clauses import parties_in
from avskrift.parsing.structure.text_span import TextSpan

Span = Callable[[str], TextSpan]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mellan Vikbo kommun och Lokalpolisområde Norra Viken", ["Vikbo kommun", "Lokalpolisområde Norra Viken"]),
        ("mellan Polismyndigheten, Lokalpolisområde Ån, och Vikbo kommun", ["Lokalpolisområde Ån", "Vikbo kommun"]),
        ("mellan Lokalpolisområde Viken, Polisområde Kust", ["Lokalpolisområde Viken"]),
        ("mellan Vikbo kommun genom Torgbolaget AB och Polismyndigheten", ["Torgbolaget AB"]),
        ("Vikbo kommun, nedan kallad Vikbo kommun", ["Vikbo kommun"]),
        ("parterna vill ha lugna torg", []),
    ],
)  # fmt: skip
def test_names(span: Span, text: str, names: list[str]) -> None:
    assert [p.name for p in parties_in(span(text))] == names


def test_what_stands_beside_a_name_has_its_words(span: Span) -> None:
    text = "Vikbo kommun, org.nr 212000-4516, Torggatan 1, 123 45 Vikbo, nedan kallad Kommunen, och Polismyndigheten"
    party, other = parties_in(span(text))
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


def test_a_number_that_fails_its_check_digit(span: Span) -> None:
    (party,) = parties_in(span("Vikbo kommun, org.nr 212000-4517"))
    assert (party.organisation_number, party.organisation_number_valid) == ("212000-4517", False)


def test_names_without_end_are_looked_at_as_far_as_any_agreement_goes(span: Span) -> None:
    assert len(parties_in(span("Vikbo kommun och " * 30))) == 30
    assert len(parties_in(span("Vikbo kommun och " * 260))) == 200
