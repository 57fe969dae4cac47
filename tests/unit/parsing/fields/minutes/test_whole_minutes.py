"""Minutes as a municipality writes them, whole: who met, who was there, what was decided, when it was posted."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import DocumentKind
from avskrift.models.minutes import Minutes
from avskrift.parsing.fields.minutes.field import minutes_of
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]

SHEET = """VIKBO KOMMUN                  SAMMANTRÄDESPROTOKOLL                 1 (3)
Kommunstyrelsen               Sammanträdesdatum
                              2031-05-12

Plats och tid        Stadshuset, sal Eken, kl. 13.15–15.40

Beslutande           Anna Berg (S), ordförande
                     Nils Alm (C), 1:e vice ordförande
                     Eva Lund (M), §§ 41–42
                     Ola Ek (M), ersättare för Eva Lund (M) § 43

Ej tjänstgörande     Siv Dal (S)
ersättare

Övriga närvarande    Tore Vik, kommunchef
                     Maj Holm, sekreterare
                     Per Sund, chef för lokalpolisområde Norra Viken, § 42

Utses att justera    Eva Lund

Justeringens         Kommunkansliet 2031-05-19
plats och tid

Underskrifter        Sekreterare   ..............................   Paragrafer 41–43
                                   Maj Holm

                     Ordförande    ..............................
                                   Anna Berg

                     Justerande    ..............................
                                   Eva Lund

                     ANSLAG/BEVIS
                     Justeringen har tillkännagivits genom anslag.

Organ                Kommunstyrelsen
Sammanträdesdatum    2031-05-12
Datum då anslaget    2031-05-20      Datum då anslaget     2031-06-11
sätts upp                            tas ned
Förvaringsplats      Kommunkansliet
\fVIKBO KOMMUN                  SAMMANTRÄDESPROTOKOLL                 2 (3)
Kommunstyrelsen               2031-05-12

§ 41

Fastställande av dagordning

Kommunstyrelsens beslut
Dagordningen fastställs.

Justerandes sign                              Utdragsbestyrkande
\fVIKBO KOMMUN                  SAMMANTRÄDESPROTOKOLL                 3 (3)
Kommunstyrelsen               2031-05-12

§ 42                                             Dnr KS 2031/0417

Överenskommelse om lugna torg mellan kommunen och
polisen

Sammanfattning av ärendet
Kommunchefen föreslår att överenskommelsen godkänns.

Yrkanden
Nils Alm (C) yrkar avslag.

Kommunstyrelsen beslutar

att   godkänna överenskommelsen, samt
att   uppdra åt kommunchefen att under-
      teckna den.

Nils Alm (C) reserverar sig mot beslutet.

Beslutet skickas till
Polisen

§ 43   Meddelanden

Rapporten om torgen lades till handlingarna. Anna Berg tackade för ordet.

Justerandes sign                              Utdragsbestyrkande
"""


@pytest.fixture(scope="module")
def minutes(structure: Structure) -> Minutes:
    found = minutes_of(structure(SHEET), DocumentKind.PROTOCOL_EXCERPT)
    assert found is not None
    return found


def test_the_meeting(minutes: Minutes) -> None:
    assert (minutes.body, minutes.date, minutes.place) == ("Kommunstyrelsen", "2031-05-12", "Stadshuset, sal Eken")


def test_who_was_there(minutes: Minutes) -> None:
    assert [(p.name, p.role, p.political_party) for p in minutes.present] == [
        ("Anna Berg", "ordförande", "S"),
        ("Nils Alm", "1:e vice ordförande", "C"),
        ("Eva Lund", None, "M"),
        ("Ola Ek", "ersättare", "M"),
        ("Siv Dal", "ersättare", "S"),
        ("Tore Vik", "kommunchef", None),
        ("Maj Holm", "sekreterare", None),
        ("Per Sund", "chef för lokalpolisområde Norra Viken", None),
    ]
    assert minutes.adjusters == ["Eva Lund"]


def test_what_was_decided(minutes: Minutes) -> None:
    agenda, agreement, messages = minutes.items
    assert (agenda.paragraph, agenda.title, agenda.decision) == (
        "41",
        "Fastställande av dagordning",
        "Dagordningen fastställs.",
    )
    assert agreement.title == "Överenskommelse om lugna torg mellan kommunen och polisen"
    assert agreement.diary_number == "KS 2031/0417"
    assert agreement.decision == ("att godkänna överenskommelsen, samt att uppdra åt kommunchefen att underteckna den.")
    assert (messages.title, messages.decision) == ("Meddelanden", "Rapporten om torgen lades till handlingarna.")


def test_the_notice_board(minutes: Minutes) -> None:
    assert (minutes.posted, minutes.taken_down) == ("2031-05-20", "2031-06-11")


def test_every_value_has_its_place(minutes: Minutes) -> None:
    assert set(minutes.evidence_by_field) == {"body", "date", "place", "adjusters.0", "posted", "taken_down"}
    assert {name: e.line for name, e in minutes.evidence_by_field.items()}["adjusters.0"] == 19
    assert [item.evidence_by_field["paragraph"].page for item in minutes.items] == [2, 3, 3]
    assert minutes.present[4].evidence_by_field["role"].text == "Ej tjänstgörande ersättare"
    assert minutes.items[1].evidence_by_field["decision"].line == 17
