"""Names in the places of parties: members of a plural, and names that no rule knows."""

import pytest

from avskrift.models.agreement import PartyKind
from avskrift.parsing.fields.parties.names import UNKNOWN, names_in
from avskrift.parsing.structure.entities import kind_of_party
from avskrift.parsing.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("samt kommunerna Vikbo, Östra Åby och Torp.", ["Vikbo kommun", "Östra Åby kommun", "Torps kommun"]),
        ("följande kommuner i Vikens län: Vikbo samt Åby", ["Vikbo kommun", "Åby kommun"]),
        ("för Vikbo, Åby och Torps kommuner", ["Vikbo kommun", "Åby kommun", "Torps kommun"]),
        ("lokalpolisområdena Viken och Kusten", ["Lokalpolisområde Viken", "Lokalpolisområde Kusten"]),
        ("kommunerna Vikbo kommun och Åby kommun", ["Vikbo kommun", "Åby kommun"]),
    ],
)
def test_members_of_a_plural(vocabulary: Vocabulary, text: str, names: list[str]) -> None:
    assert [e.text for e in names_in(text, vocabulary)] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vikbo kommun, org.nr 212000-4516, och Torgvännerna i Viken, org.nr 802000-4516", "Torgvännerna i Viken"),
        ("Vikbo kommun, nedan kallad Kommunen, och Rädda Torgen, nedan kallad Föreningen", "Rädda Torgen"),
        ("Vikbo kommun (212000-4516) och Vikens byggkonsult (556000-4516)", "Vikens byggkonsult"),
        ("Vikbo kommun, Kulturförvaltningen, org.nr 212000-4516", None),
        ("Vikbo kommun, org.nr 212000-4516, Torggatan 1, Vikbo, nedan kallad Kommunen", None),
        ("Vikbo kommun och Torgvännerna", None),
    ],
)
def test_what_stands_before_a_number_or_a_term_is_a_party(vocabulary: Vocabulary, text: str, name: str | None) -> None:
    assert [e.text for e in names_in(text, vocabulary) if e.label == UNKNOWN] == ([] if name is None else [name])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mellan Vikbo stad, Statens torgverk samt Region Ån", ["Vikbo stad", "Statens torgverk", "Region Ån"]),
        ("Åns lagting, Ö stad och Åns park- och torgvård", ["Åns lagting", "Ö stad", "Åns park- och torgvård"]),
        ("Parterna i avtalet är Vikbo kommun. Torget Runt ska byggas", ["Vikbo kommun"]),
        ("mellan Torgvännerna och Bänkarna", []),
    ],
)  # fmt: skip
def test_what_is_joined_to_organisations_in_a_list_is_a_party(
    vocabulary: Vocabulary, text: str, names: list[str]
) -> None:
    assert [e.text for e in names_in(text, vocabulary, listed=True)] == names


@pytest.mark.parametrize(
    ("number", "term", "name", "kind"),
    [
        ("802000-4516", "", "Rädda Torgen", PartyKind.ASSOCIATION),
        ("556000-4516", "Föreningen", "Vikens byggkonsult", PartyKind.COMPANY),
        ("", "Kommunen", "Vikbo", PartyKind.MUNICIPALITY),
        ("", "", "Torgjouren Viken", PartyKind.ASSOCIATION),
        ("", "", "Statens torgverk", PartyKind.OTHER),
    ],
)
def test_what_an_unknown_party_is(vocabulary: Vocabulary, number: str, term: str, name: str, kind: PartyKind) -> None:
    assert kind_of_party({"number": number, "term": term, "name": name}, vocabulary) is kind
