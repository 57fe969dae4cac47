"""Dates that a document mentions, each once, in its most telling role."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DateRole, Period
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
