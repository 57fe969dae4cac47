"""Which claims are of one value."""

import pytest

from avskrift.models.agreement import Evidence, Group, GroupKind, Party, PartyKind, Signatory
from avskrift.parsing.judge.claims import (
    ALIKE,
    Claim,
    alikeness,
    is_alike,
    paired,
    with_own_members,
    with_owners_of_rules,
)


def claim(text: str, start: int = 0) -> Claim:
    return Claim(text, None, (start, start + 2))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Vikbo kommun", "VIKBO KOMMUN", True),
        ("Polismyndigheten", "Polismyndighetcn", True),
        ("2019-03-01", "2019-03-02", False),  # a day apart is another day
        ("212000-4516", "212000 4516", True),
        ("Vikbo kommun", "Vikbolands kommun", False),
    ],
)
def test_values_are_the_same_but_for_letters_misread_and_numbers_to_the_digit(one: str, other: str, same: bool) -> None:
    assert (alikeness(one, other) >= ALIKE) is same


def test_claims_of_one_value_are_paired_and_the_others_stand_alone() -> None:
    found = set(paired("groups", [claim("Viken"), claim("Polisen")], [claim("polisen"), claim("Regionen")]))
    assert found == {(1, 0), (0, None), (None, 1)}


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("parties", "Viken", "Vikens kommun", True),
        ("parties", "Vikbo stad", "Vikbo", True),
        ("parties", "Viken", "Vikens simklubb", False),
        ("groups", "Viken", "Vikens kommun", False),
    ],
)
def test_a_party_may_be_named_without_its_kind(field: str, one: str, other: str, same: bool) -> None:
    assert is_alike(field, one, other) is same


def signatory(name: str, office: str, line: int) -> Signatory:
    title = Evidence(page=1, line=line, bbox=None, text=office, raw=office, confidence=1.0)
    return Signatory(name=name, title=office, evidence_by_field={"title": title})


def test_an_office_that_is_anothers_by_the_layout_is_not_taken_from_what_is_near() -> None:
    rules = [signatory("Anna Ek", "Ordförande", 1), signatory("Bo Al", "Justerare", 3)]
    network = [signatory("Anna Ek", "Justerare", 3), signatory("Bo Al", "Sekreterare", 5)]
    first, second = with_owners_of_rules("signatories", rules, network)
    assert (first.name, first.title, first.evidence_by_field) == ("Anna Ek", None, {})
    assert second == network[1]
    assert with_owners_of_rules("signatories", rules, rules) == rules


def test_one_office_may_be_that_of_two_on_one_line() -> None:
    both = [signatory("Anna Ek", "Kommundirektör", 1), signatory("Bo Al", "Kommundirektör", 1)]
    assert with_owners_of_rules("signatories", both, both) == both


def party(name: str, line: int, **values: str) -> Party:
    stands = {
        key: Evidence(page=1, line=line, bbox=None, text=text, raw=text, confidence=1.0)
        for key, text in {"name": name, **values}.items()
    }
    made = Party(name=name, kind=PartyKind.OTHER, evidence=stands["name"], evidence_by_field=stands)
    return made.model_copy(update=values)


def test_whose_number_the_network_read_it_half_names() -> None:
    rules = [party("Vikbo kommun", 1, organisation_number="212000-4516"), party("Lokalpolisområde Norra Viken", 2)]
    network = [party("Lokalpolisområde Norra Viken", 2)]
    wrong = rules[0].evidence_by_field["organisation_number"]
    network[0] = network[0].model_copy(
        update={
            "organisation_number": "212000-4516",
            "evidence_by_field": {**network[0].evidence_by_field, "organisation_number": wrong},
        }
    )
    area, municipality = with_owners_of_rules("parties", rules, network)
    assert (area.name, area.organisation_number) == ("Lokalpolisområde Norra Viken", None)
    assert (municipality.name, municipality.organisation_number) == ("Vikbo kommun", "212000-4516")
    assert set(municipality.evidence_by_field) == {"name", "organisation_number"}


def group(name: str, *members: tuple[str, int]) -> Group:
    """A group with members, each on a line of page 1."""
    read = {
        f"members.{i}": Evidence(page=1, line=line, bbox=None, text=text, raw=text, confidence=1.0)
        for i, (text, line) in enumerate(members)
    }
    return Group(name=name, kind=GroupKind.OTHER, members=[text for text, _ in members], evidence_by_field=read)


def test_members_that_are_anothers_by_the_layout_are_not_taken_from_what_is_near() -> None:
    rules = [group("Styrgrupp", ("rektor", 1)), group("Arbetsgrupp", ("polis", 3), ("rektor", 1))]
    judged = group("Styrgrupp", ("Arbetsgrupp polis", 3), ("rektor", 1), ("brandchef", 2))
    found = with_own_members(judged, rules)
    assert found.members == ["rektor", "brandchef"]
    assert [e.text for e in found.evidence_by_field.values()] == ["rektor", "brandchef"]
    assert with_own_members(judged, rules[:1]) == judged
