"""Organisations, functions and names of persons in a text."""

import pytest

from avskrift.parsing.fields.entities import functions_in, is_person_name, organisations_in


@pytest.mark.parametrize(
    ("text", "organisations"),
    [
        ("Vikbo kommun och Polismyndigheten", [("Vikbo kommun", "municipality"), ("Polismyndigheten", "police")]),
        ("Lokalpolisområde Norra Viken", [("Lokalpolisområde Norra Viken", "police")]),
        ("Region Sunnan och Torgbolaget AB", [("Region Sunnan", "region"), ("Torgbolaget AB", "company")]),
        ("parterna vill ha lugna torg", []),
    ],
)  # fmt: skip
def test_organisations_by_kind(text: str, organisations: list[tuple[str, str]]) -> None:
    found = organisations_in(text)
    assert [(e.text, e.label) for e in found] == organisations
    assert all(text[e.start : e.end] == e.text for e in found)


def test_functions() -> None:
    assert [e.text for e in functions_in("kommundirektören och en kommunpolis möts")] == [
        "kommundirektören",
        "kommunpolis",
    ]
    assert functions_in("Vikbo kommun") == ()


@pytest.mark.parametrize("name", ["Anna Berg", "Anna-Karin von Berg", "A. Berg", "Anna Maria Berg Lund"])
def test_names_of_persons(name: str) -> None:
    assert is_person_name(name)


@pytest.mark.parametrize(
    "text",
    ["Anna", "anna berg", "Vikbo kommun", "Anna Berg 2", "Kommundirektör Berg", "En Två Tre Fyra Fem", "Anna @Berg"],
)
def test_what_is_no_name(text: str) -> None:
    assert not is_person_name(text)
