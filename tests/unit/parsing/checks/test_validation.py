"""What a registrar is told: contradictions and gaps among the values of a record."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import (
    Activity,
    Agreement,
    Annex,
    DocumentHead,
    DocumentKind,
    Evidence,
    FocusArea,
    Group,
    GroupKind,
    Party,
    PartyKind,
    Period,
    Reference,
    RegistryNumber,
    Section,
    Signatory,
    SourceFile,
)
from avskrift.parsing.checks.validation import remarks_on
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
SOUND = Agreement(
    document=DocumentHead(kind=DocumentKind.AGREEMENT, title="Överenskommelse"),
    source=SourceFile(file="a.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"], page_confidences=[1.0]),
    parties=[
        Party(name="Vikbo kommun", kind=PartyKind.MUNICIPALITY, organisation_number="212000-4516",
              organisation_number_valid=True),
        Party(name="Polisen", kind=PartyKind.POLICE, organisation_number="202100-0076", organisation_number_valid=True),
    ],
    period=Period(valid_from="2021-01-01", valid_to="2022-12-31"),
    signatories=[Signatory(name="Anna Berg"), Signatory(name="Nils Alm")],
)  # fmt: skip


def evidence(text: str, page: int = 1) -> Evidence:
    return Evidence(page=page, line=1, bbox=None, text=text, raw=text, confidence=0.9)


VIKBO, POLICE = SOUND.parties
CASES: list[tuple[dict[str, object], str, str]] = [
    ({"parties": []}, "parties", "no parties were found"),
    ({"period": Period()}, "period", "no period of validity was found"),
    ({"period": Period(valid_from="2022-05-01", valid_to="2022")}, "", ""),
    (
        {"period": Period(valid_from="2022-05-01", valid_to="2021")},
        "period",
        "ends (2021) before it begins (2022-05-01)",
    ),
    (
        {"parties": [VIKBO.model_copy(update={"evidence": evidence("Vikbo kommun, 21200-4516, Torget 1")}), POLICE]},
        "organisation_number",
        "21200-4516 of Vikbo kommun has 9 digits",
    ),
    (
        {"parties": [VIKBO.model_copy(update={"organisation_number_valid": False}), POLICE]},
        "organisation_number",
        "212000-4516 of Vikbo kommun fails its check digit",
    ),
    (
        {"parties": [VIKBO, POLICE.model_copy(update={"organisation_number": "232100-0016"})]},
        "organisation_number",
        "232100-0016 is not one that a police like Polisen has",
    ),
    (
        {"parties": [VIKBO, VIKBO.model_copy(update={"name": "Viken kommun"})]},
        "organisation_number",
        "Vikbo kommun and Viken kommun bear the same organisation number",
    ),
    ({"groups": [Group(name="Rådet", kind=GroupKind.FORUM)]}, "groups", "no members of Rådet were found"),
    (
        {"focus_areas": [FocusArea(name="Torg", activities=[Activity(name="Ronder")]), FocusArea(name="Hamn")]},
        "focus_areas",
        "the area 'Hamn' has no activities, though others have",
    ),
    (
        {"annexes": [Annex(number="1")], "references": [Reference(text="bilaga 7")]},
        "annexes",
        "the text points to bilaga 7, which is not among the annexes",
    ),
    ({"signatories": []}, "signatories", "no signatories were found"),
    ({"signatories": SOUND.signatories[:1]}, "signatories", "2 parties, but signatures only of Anna Berg"),
]


@pytest.mark.parametrize(("changes", "kind", "text"), CASES)
def test_remarks(structure: Structure, changes: dict[str, object], kind: str, text: str) -> None:
    found = remarks_on(SOUND.model_copy(update=changes), structure("Överenskommelse\n"))
    assert [(r.kind, text in r.text) for r in found] == ([(kind, True)] if kind else [])


def test_a_sound_record_has_none(structure: Structure) -> None:
    assert remarks_on(SOUND, structure("Överenskommelse\n")) == []


def test_several_numbers_of_one_holder_point_to_the_second(structure: Structure) -> None:
    numbers = [RegistryNumber(holder="Vikbo", number=n, evidence=evidence(n)) for n in ("2031/1", "2031/2")]
    head = SOUND.document.model_copy(update={"diary_numbers": numbers})
    (remark,) = remarks_on(SOUND.model_copy(update={"document": head}), structure("Överenskommelse\n"))
    assert remark.text == "Vikbo has several diary numbers: 2031/1, 2031/2"
    assert remark.evidence == evidence("2031/2")


def test_an_area_that_only_an_annex_plans(structure: Structure) -> None:
    outline = structure(
        "Överenskommelse\n\n1 Syfte\n\nLugna torg.\n\fBilaga 1\n\nÅtgärdsplan\n\nVi vandrar varje fredag.\n"
    )
    areas = [FocusArea(name=name, evidence=evidence(name, page)) for name, page in (("Torg", 1), ("Hamn", 2))]
    (remark,) = remarks_on(SOUND.model_copy(update={"focus_areas": areas}), outline)
    assert remark.text == "an annex plans the area 'Hamn', which the agreement does not name"


def test_a_listed_annex_that_the_file_lacks(structure: Structure) -> None:
    listed = "Överenskommelse\n\n1 Bilagor\n\nBilaga 1 Karta\nBilaga 2 Plan\n\n2 Syfte\n\nLugna torg.\n"
    text = f"{listed}\fBilaga 2\n\nÅtgärdsplan\n\nVi vandrar varje fredag.\n"
    annexes = [Annex(number="1"), Annex(number="2")]
    (remark,) = remarks_on(SOUND.model_copy(update={"annexes": annexes}), structure(text))
    assert remark.text == "annex 1 is listed, but the file does not hold it"


def test_headings_that_only_the_contents_list(structure: Structure) -> None:
    text = "Innehåll\n1 Syfte ........ 1\n2 Kommunikation ........ 4\n3 Parter ........ 5\n\n1 Syfte\n\nLugna torg.\n"
    sections = [Section(title=title, level=1, page=1, text="") for title in ("Syfte", "Parter")]
    (remark,) = remarks_on(SOUND.model_copy(update={"sections": sections}), structure(text))
    assert remark.text == "the table of contents lists 'Kommunikation', which was not found as a heading"
    assert remark.evidence is not None and remark.evidence.line == 3


def test_pages_that_were_hard_to_read(structure: Structure) -> None:
    source = SOUND.source.model_copy(update={"page_confidences": [0.9, 0.65]})
    (remark,) = remarks_on(SOUND.model_copy(update={"source": source}), structure("Överenskommelse\n"))
    assert remark.kind == "reading" and remark.text.startswith("page 2 was hard to read (confidence 0.65)")
