"""Invented agreements in different manners: what the rules must find in each, and nothing beyond."""

from pathlib import Path
from typing import Any

import pytest

from avskrift.models.agreement import Agreement
from avskrift.models.options import ParsingOptions, PipelineOptions
from avskrift.pipeline import parse_file

FOLDER = Path(__file__).parent / "agreements"


def by_rules(path: Path) -> Agreement:
    return parse_file(path, PipelineOptions(parsing=ParsingOptions(learned=False)))


EXPECTED: dict[str, dict[str, Any]] = {
    "hedlunda-2022": {
        "parties": [
            ("Lokalpolisområde Norra Åsen", "police", "polisen"),
            ("Hedlunda kommun", "municipality", "kommunen"),
        ],
        "period": ("2022-01-01", "2025-12-31", False),
        "diary": ["KS-2021/00512", "A601.233/2021"],
        "groups": [("steering", 4, 2), ("working", 4, 26), ("forum", 3, 2)],
        "areas": ["Trygghet i offentlig miljö", "Barn och unga", "Våld i nära relationer"],
        "annexes": ["1", "2"],
        "signed": [("Karin Öhlund", "Kommunstyrelsens ordförande"), ("Stefan Brink", "Lokalpolisområdeschef")],
        "dates": {"2021-09-14": "decided", "2021-12-01": "signed", "2021-12-03": "signed"},
    },
    "alvestad-2020": {
        "parties": [("Älvestads kommun", "municipality", None), ("Polisområde Mellersta Dalen", "police", None)],
        "period": ("2020-03-01", "2023-12-31", True),
        "diary": [],
        "groups": [("steering", 3, 4), ("working", 3, 11)],
        "areas": ["Ungdomars missbruk", "Trygga centrummiljöer", "Bedrägerier mot äldre"],
        "annexes": [],
        "signed": [("Ingrid Malmsten", "kommundirektör"), ("Yusuf Karaca", "polisområdeschef")],
        "dates": {"2020-02-20": "signed"},
    },
    "tallsjo-2023": {
        "parties": [("Tallsjö kommun", "municipality", None), ("Lokalpolisområde Västra Heden", "police", None)],
        "period": ("2023-01-01", "2024-12-31", False),
        "diary": [],
        "groups": [],
        "areas": ["Trafik", "Skadegörelse", "Otrygga platser"],
        "annexes": [],
        "signed": [("Per Granath", "kommunalråd"), ("Lisa Forsgren", "lokalpolisområdeschef")],
        "dates": {"2022-12-15": "signed"},
    },
    "hamnstaden-2019": {
        "parties": [
            ("Södra Ängens stadsdelsförvaltning", "municipality", "Förvaltningen"),
            ("Lokalpolisområde Hamnen", "police", "Polisen"),
            ("Bostads AB Ängshem", "company", "Bolaget"),
        ],
        "period": ("2019-07-01", "2021-06-30", False),
        "diary": [],
        "groups": [("steering", 3, 4), ("preparation", 3, 12)],
        "areas": ["Narkotikahandel i bostadsområden", "Skolnärvaro och trygg skolväg", "Otillåten andrahandsuthyrning"],
        "annexes": ["1", "2", "3"],
        "signed": [
            ("Marianne Ekdahl", "Stadsdelsdirektör"),
            ("Jonas Wiklander", "Lokalpolisområdeschef"),
            ("Tove Ryd", "Verkställande direktör"),
        ],
        "dates": {"2019-06-12": "signed"},
    },
}


@pytest.fixture(scope="module", params=EXPECTED)
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Agreement]:
    return EXPECTED[request.param], by_rules(FOLDER / f"{request.param}.txt")


def test_parties(case: tuple[dict[str, Any], Agreement]) -> None:
    expected, record = case
    assert [(p.name, p.kind.value, p.defined_term) for p in record.parties] == expected["parties"]


def test_period_and_dates(case: tuple[dict[str, Any], Agreement]) -> None:
    expected, record = case
    period = record.period
    assert (period.valid_from, period.valid_to, period.until_further_notice) == expected["period"]
    roles = {d.date: d.role.value for d in record.dates}
    assert {date: roles.get(date) for date in expected["dates"]} == expected["dates"]


def test_groups(case: tuple[dict[str, Any], Agreement]) -> None:
    expected, record = case
    found = [(g.kind.value, len(g.members), g.meetings_per_year) for g in record.groups]
    assert found == expected["groups"]


def test_focus_areas_annexes_diary_numbers(case: tuple[dict[str, Any], Agreement]) -> None:
    expected, record = case
    assert [f.name for f in record.focus_areas] == expected["areas"]
    assert [a.number for a in record.annexes] == expected["annexes"]
    assert [d.number for d in record.document.diary_numbers] == expected["diary"]


def test_signatories(case: tuple[dict[str, Any], Agreement]) -> None:
    expected, record = case
    assert [(s.name, s.title) for s in record.signatories] == expected["signed"]


def test_a_wrong_check_digit_is_remarked_on() -> None:
    record = by_rules(FOLDER / "hamnstaden-2019.txt")
    assert [p.organisation_number_valid for p in record.parties] == [True, True, False]
    assert any("check digit" in w for w in record.warnings)


def test_contacts() -> None:
    record = by_rules(FOLDER / "alvestad-2020.txt")
    assert [(c.name, c.role, c.phone, c.email) for c in record.contacts] == [
        ("Eva-Lena Kvist", "Säkerhetssamordnare", "0456-12 34 56", "eva-lena.kvist@alvestad.example"),
        ("Henrik Stål", "Kommunpolis", "010-561 22 33", "henrik.stal@polisen.example"),
    ]


def test_evidence_is_made_of_what_stands_in_the_document() -> None:
    text = (FOLDER / "hedlunda-2022.txt").read_text(encoding="utf-8")
    words = set(text.split())
    for party in by_rules(FOLDER / "hedlunda-2022.txt").parties:
        for evidence in party.evidence_by_field.values():
            assert all(any(w in word for word in words) for w in evidence.raw.split())
