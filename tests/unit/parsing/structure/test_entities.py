"""Organisations, functions and names of persons in a text."""

import pytest

from avskrift.parsing.structure.entities import functions_in, is_person_name, organisations_in
from avskrift.parsing.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("Vikbo kommun och Polismyndigheten", [("Vikbo kommun", "municipality"), ("Polismyndigheten", "police")]),
        ("Lokalpolisområde Norra Viken", [("Lokalpolisområde Norra Viken", "police")]),
        ("Region Sunnan och Torgbolaget AB", [("Region Sunnan", "region"), ("Torgbolaget AB", "company")]),
        ("parterna vill ha lugna torg", []),
    ],
)  # fmt: skip
def test_organisations_by_kind(vocabulary: Vocabulary, text: str, organisations: list[tuple[str, str]]) -> None:
    found = organisations_in(text, vocabulary)
    assert [(e.text, e.label) for e in found] == organisations
    assert all(text[e.start : e.end] == e.text for e in found)


def test_functions(vocabulary: Vocabulary) -> None:
    assert [e.text for e in functions_in("kommundirektören och en kommunpolis möts", vocabulary)] == [
        "kommundirektören",
        "kommunpolis",
    ]
    assert functions_in("Vikbo kommun", vocabulary) == ()


@pytest.mark.parametrize("name", ["Anna Berg", "Anna-Karin von Berg", "A. Berg", "Anna Maria Berg Lund"])
def test_names_of_persons(vocabulary: Vocabulary, name: str) -> None:
    assert is_person_name(name, vocabulary)


@pytest.mark.parametrize(
    "text",
    ["Anna", "anna berg", "Vikbo kommun", "Anna Berg 2", "Kommundirektör Berg", "En Två Tre Fyra Fem", "Anna @Berg"],
)
def test_what_is_no_name(vocabulary: Vocabulary, text: str) -> None:
    assert not is_person_name(text, vocabulary)
