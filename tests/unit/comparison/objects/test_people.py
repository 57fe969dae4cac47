"""How parties, signatories and contacts are matched."""

from typing import Any

import pytest

from avskrift.comparison.objects.people import CONTACTS, PARTIES, SETTINGS, SIGNATORIES
from avskrift.models.agreement import Contact, Party, PartyKind, Signatory
from avskrift.models.comparison import ObjectChangeType


def party(name: str, kind: PartyKind = PartyKind.MUNICIPALITY, **more: Any) -> Party:
    return Party(name=name, kind=kind, **more)


def test_a_party_of_the_same_name_is_the_same() -> None:
    score = PARTIES.score(party("Ekhaga kommun"), party("EKHAGA KOMMUN"))
    assert score.value == 1.0 and score.because == ("the same name",)


def test_signs_add_up_and_are_told() -> None:
    old = party("Ekhaga stad", organisation_number="202100-0000", defined_term="Kommunen")
    new = party("Norra regionen", organisation_number="202100-0000", defined_term="kommunen")
    score = PARTIES.score(old, new)
    assert score.value == pytest.approx(0.25 + 0.2 + 0.2)
    assert score.because == (
        "the same organisation number",
        "both are of the kind municipality",
        "both are called kommunen",
    )
    assert PARTIES.score(old, party("Ekhaga stad och landsbygd")).value <= SETTINGS.most_unlike_named


def test_parties_that_share_nothing() -> None:
    score = PARTIES.score(party("Ekhaga kommun"), party("Polismyndigheten", PartyKind.POLICE))
    assert score.value < PARTIES.enough and not score.because


def test_another_place_is_another_party() -> None:
    old, longer = party("Ekhaga kommun"), party("Ekhaga kommun, socialförvaltningen")
    assert PARTIES.renamed(old, party("Rosvik kommun")) is ObjectChangeType.REPLACED
    assert PARTIES.renamed(old, longer) is ObjectChangeType.RENAMED


def test_whoever_holds_the_office_replaces_its_holder() -> None:
    old, new = (Signatory(name=name, title="Kommunstyrelsens ordförande") for name in ("Åsa Lund", "Bo Ek"))
    score = SIGNATORIES.score(old, new)
    assert score.value == pytest.approx(SETTINGS.same_office) and score.because == ("the same office",)
    assert SIGNATORIES.renamed(old, new) is ObjectChangeType.REPLACED
    assert SIGNATORIES.score(old, Signatory(name="Bo Ek")).value == 0.0


def test_two_titles_of_the_police_may_be_one_office() -> None:
    old, new = Signatory(name="A B", title="Närpolischef"), Signatory(name="C D", title="Lokalpolisområdeschef")
    assert SIGNATORIES.score(old, new).value >= SETTINGS.same_office * SETTINGS.both_police >= SIGNATORIES.enough


def test_contacts_by_name_address_or_office() -> None:
    old = Contact(name="Eva Ask", email="eva@exempel.se", role="Samordnare")
    assert CONTACTS.score(old, Contact(name="eva ask")).value == 1.0
    assert CONTACTS.score(old, Contact(email="eva@exempel.se")).value == SETTINGS.same_address
    assert CONTACTS.score(old, Contact(name="Lars Al", role="samordnare")).value == pytest.approx(SETTINGS.same_office)
    assert CONTACTS.name(Contact(phone="0123-456 78")) == "0123-456 78"
