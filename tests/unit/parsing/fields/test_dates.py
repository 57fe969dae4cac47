"""Dates that a document mentions, each once, in its most telling role."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DateRole, DocumentKind, Evidence, Period, Signatory
from avskrift.parsing.fields.dates import mentions_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
DECIDED = {"2020-11-03": "decided", "2020-11-04": "decided"}
FILL = "Parterna vill ha lugna torg och trygga hamnar.\n" * 16


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Överenskommelsen gäller från den 1 maj 2021.", {"2021-05-01": "valid_from"}),
        ("Nämnden beslutade den 4 mars 2020 om den.", {"2020-03-04": "decided"}),
        ("Den antogs av nämnderna i Viken 2020-11-03, Vikbo 2020-11-04.", DECIDED),
        ("Marknaden hölls den 9 juni 2019.", {"2019-06-09": "other"}),
        (f"{FILL}\nVikbo den 9 december 2021", {"2021-12-09": "signed"}),
        ("Marknaden hölls den 9 juni 2019. Nämnden beslutade den 9 juni 2019 om den.", {"2019-06-09": "decided"}),
        ("Marknaden hölls den 31 februari 2019.", {}),
        (f"{FILL}\nTjänsteskrivelse den 9 december 2021", {"2021-12-09": "other"}),
        (f"{FILL}\nSenast uppdaterad 9 december 2021", {"2021-12-09": "other"}),
        ("Vikbo    2020-03-04 § 31    Anna Berg", {"2020-03-04": "decided"}),
    ],
)  # fmt: skip
def test_roles(structure: Structure, text: str, roles: dict[str, str]) -> None:
    period = Period(valid_from="2021-05-01")
    found = mentions_of(structure(f"Överenskommelse\n\n1 Syfte\n\n{text}\n"), period)
    assert {m.date: m.role.value for m in found} == roles


def test_a_date_tells_its_words_and_their_place(structure: Structure) -> None:
    (found,) = mentions_of(structure("Överenskommelse\n\nMarknaden hölls den 9 juni 2019.\n"), Period())
    assert (found.text, found.role) == ("9 juni 2019", DateRole.OTHER)
    assert found.evidence is not None and (found.evidence.line, found.evidence.text) == (3, "9 juni 2019")


def test_dates_beside_who_signs_are_of_the_signing(structure: Structure) -> None:
    text = "Vikbo den 2 maj 2031\n\nAnna Berg, rektor, 2031-05-03 kl. 9.15\n2031-05-04 10:20\nKontrollerad 2031-05-05"
    signed = Signatory(
        name="Anna Berg", evidence=Evidence(page=1, line=5, bbox=None, text="Anna Berg", raw="", confidence=1)
    )
    found = mentions_of(structure(f"Avtal\n\n{text}\n"), Period(), [signed])
    assert [m.role.value for m in found] == ["signed", "signed", "signed", "other"]
    assert [m.role.value for m in mentions_of(structure(f"Avtal\n\n{text}\n"), Period())] == ["other"] * 4


def test_the_first_date_of_a_protocol_is_of_the_meeting(structure: Structure) -> None:
    text = "Protokollsutdrag\nNämnden\n2031-05-03\n\nUnderlag\nYttrande den 9 april 2031\n"
    found = mentions_of(structure(text), Period(), kind=DocumentKind.PROTOCOL_EXCERPT)
    assert [m.role.value for m in found] == ["meeting", "other"]
