"""Sheets for signing in the manners of many services, with one to three signers and days written in several ways: as
text, with places on the page, below the text of an agreement."""

import pytest

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement, DateRole
from avskrift.models.document import Document
from avskrift.parsing import parse, parse_parts

AGREEMENT = """Samverkansöverenskommelse mellan Ekvalla kommun och Lokalpolisområde Södra Udden

1 Parter
Ekvalla kommun, nedan kommunen, och Lokalpolisområde Södra Udden, nedan polisen, har kommit överens om följande.

2 Giltighetstid
Överenskommelsen gäller från den 1 juni 2041 till den 31 maj 2043.

3 Styrgrupp
Styrgruppen består av kommunchefen och lokalpolisområdeschefen. Den träffas två gånger per år.

4 Undertecknande
Överenskommelsen undertecknas digitalt.
"""
PEOPLE = (
    ("Disa Kvarn", "Kommunchef", "2041-05-10"),
    ("Arvid Lind", "Lokalpolisområdeschef", "2041-05-11"),
    ("Stina Hed", "Räddningschef", "2041-05-12"),
)
HOLDERS = ("Ekvalla kommun", "Polismyndigheten", "Räddningstjänsten Udden")
MAILS = ("disa.kvarn@ekvalla.example", "arvid.lind@polisen.example", "stina.hed@udden.example")
MONTHS = ["januari", "februari", "mars", "april", "maj", "juni"]


def iso(day: str) -> str:
    return f"{day} 14:07:33 UTC+1"


def words(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year} kl. 14:07"


def dots(day: str) -> str:
    return f"{'.'.join(reversed(day.split('-')))} 14:07"


DAYS = {"iso": iso, "words": words, "dots": dots}
MANNERS = {
    "getaccept": (
        "Signaturcertifikat\nDokument: Overenskommelse.pdf\nDokument-ID: 60b725f10c9c85c70d97880dfe8191b3\n"
        "Signerat med GetAccept\n\nAvsändare\nPia Remiss\npia.remiss@ekvalla.example\n\nDeltagare\n",
        "Namn: {name}\nE-post: {mail}\nFöretag: {holder}\nTitel: {title}\nRoll: Signatär\nSignerad: {day}\n"
        "Verifierad med BankID\nIP-adress: 203.0.113.7\n\n",
        "Aktivitetslogg\n2041-05-09 09:00:01 Pia Remiss skickade dokumentet\n",
    ),
    "oneflow": (
        "Verifikat\nAvtals-ID 7431958\nAvtalet skapades av Pia Remiss, Ekvalla kommun, 2041-05-09 09:00\n\n"
        "Avtalet har signerats digitalt av följande parter:\n\n",
        "{holder}\n{name}\n{title}\n{mail}\nSignerade med Svenskt BankID\n{day}\nIP 203.0.113.7\n\n",
        "Signerat via Oneflow\n",
    ),
    "penneo": (
        "Underskrifterna i detta dokument är juridiskt bindande. Dokumentet är undertecknat med hjälp av Penneo.\n"
        "Undertecknarnas identitet har lagrats och visas nedan.\n\nDokumentet är undertecknat digitalt\n",
        "{upper}\n{title}\nPå uppdrag av: {holder}\nSerienummer: 19ad4471-0f2c-4b0b-9f6e-d8a3c14570be\n"
        "IP: 203.0.113.7\n{day}\n\n",
        "Penneo dokumentnyckel: K3W5T-Q8ZXN-2J7BM-RV4CY-9HD6F\n",
    ),
    "verified": (
        "Signeringsbevis\nDokument-ID: 5d1c88ab9f1077aa\nAvtalet har undertecknats via Verified\n\nUndertecknat av\n",
        "{name}, {title}, {holder}\n{mail}\nUndertecknat den {day} med BankID\n\n",
        "Kopia till\nPia Remiss\npia.remiss@ekvalla.example\n",
    ),
    "signport": (
        "Underskriftsbevis\nHandling: overenskommelse.pdf\nSHA-256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c\n"
        "Skapat av: Pia Remiss\n\n",
        "Undertecknare: {name}\nTitel: {title}\nOrganisation: {holder}\nTidpunkt: {day}\nLegitimering: Freja eID+\n\n",
        "Dokumentet är undertecknat med SignPort\n",
    ),
    "kivra": (
        "Signeringskvitto\nSignerat via Kivra\nReferensnummer: 4b0b9f6ed8a3\n\nSignerat av\n",
        "{name}\n{title}, {holder}\nPersonnummer: 19********\nSignerade {day} med BankID\n\n",
        "Skickat av\nPia Remiss\n2041-05-09 09:00:01\n",
    ),
    "adobe": (
        "Overenskommelse Ekvalla\nSlutlig granskningsrapport   2041-05-12\nSkapat:   2041-05-09\n"
        "Av:   Pia Remiss (pia.remiss@ekvalla.example)\nStatus:   Signerat\n"
        "Transaktions-ID:   CBJCHBCAABAAx1yzAbCdEf12345\n\nHistorik\n"
        "Dokumentet har skapats av Pia Remiss (pia.remiss@ekvalla.example)\n2041-05-09 - 09:00:01 GMT\n",
        "Dokumentet har skickats via e-post till {name} ({mail}) för signering\n2041-05-09 - 09:01:01 GMT\n"
        "Dokumentet har signerats elektroniskt av {name} ({mail})\nSignaturdatum: {day} - Tidskälla: server\n",
        "Avtalet har slutförts.\n2041-05-13 - 09:00:01 GMT\n",
    ),
    "table": (
        "Elektroniska underskrifter\nÄrende-ID: 7f0c2b1e-4a55-4e0e-9d1b-c0ffee220417\n\nNamn   Titel   Signerat\n",
        "{name}   {title}, {holder}   {day}\n",
        "Underskrifterna är gjorda med avancerad elektronisk underskrift (eIDAS).\n",
    ),
    "log first": (
        "Signeringslogg\nTransaktion 09222115557431100042\n\nHändelser\n2041-05-09 09:00:01\n"
        "Pia Remiss skapade ärendet\n",
        "{day}\n{name} signerade med BankID\n",
        "2041-05-13 08:00:00\nÄrendet avslutades\nIP-adress: 203.0.113.7\n",
    ),
}
"""The head of a sheet, what it tells of each signer, and its end."""
UNTITLED = {"adobe", "log first"}
"""Manners that tell no offices."""


def sheet(manner: str, signers: int, written: str) -> str:
    head, each, end = MANNERS[manner]
    told = [
        each.format(name=name, upper=name.upper(), title=title, holder=holder, mail=mail, day=DAYS[written](day))
        for (name, title, day), holder, mail in zip(PEOPLE[:signers], HOLDERS, MAILS, strict=False)
    ]
    return head + "".join(told) + end


def parsed(*pages: str) -> Agreement:
    return parse(Document("fil.txt", "0" * 64, plain_text.pages_of("\f".join(pages))))


def assert_told(record: Agreement, manner: str, signers: int) -> None:
    names, titles, days = zip(*PEOPLE[:signers], strict=True)
    assert [s.name for s in record.signatories] == list(names)
    assert [s.title for s in record.signatories] == ([None] * signers if manner in UNTITLED else list(titles))
    assert {d.date for d in record.dates if d.role is DateRole.SIGNED} == set(days)
    assert {d.date for d in record.dates} == {*days, "2041-06-01", "2043-05-31"}
    assert [s.title for s in record.sections if s.number] == ["Parter", "Giltighetstid", "Styrgrupp", "Undertecknande"]
    assert not any("203.0.113" in s.text or "Pia Remiss" in s.text for s in record.sections)


@pytest.mark.parametrize("written", DAYS)
@pytest.mark.parametrize("signers", [1, 3])
@pytest.mark.parametrize("manner", MANNERS)
def test_a_sheet_tells_who_signed_and_when(manner: str, signers: int, written: str) -> None:
    assert_told(parsed(AGREEMENT, sheet(manner, signers, written)), manner, signers)


@pytest.mark.parametrize("signers", [1, 3])
@pytest.mark.parametrize("manner", MANNERS)
def test_a_service_may_fill_the_lower_part_of_the_last_page(manner: str, signers: int) -> None:
    assert_told(parsed(AGREEMENT + "\n\n" + sheet(manner, signers, "iso")), manner, signers)


SECOND_AGREEMENT = AGREEMENT.replace("Ekvalla", "Holmby").replace("Södra Udden", "Norra Holmen").replace("2041", "2042")


@pytest.mark.parametrize(("first", "second"), [("kivra", "signport"), ("penneo", "getaccept"), ("table", "oneflow")])
def test_each_agreement_of_a_file_has_the_signers_of_its_own_sheet(first: str, second: str) -> None:
    others = sheet(second, 2, "iso")
    for old, new in (("Disa Kvarn", "Frida Ask"), ("Arvid Lind", "Olof Tall"), ("2041-05-1", "2042-03-1")):
        others = others.replace(old, new).replace(old.upper(), new.upper())
    pages = "\f".join((AGREEMENT, sheet(first, 2, "iso"), SECOND_AGREEMENT, others))
    records = parse_parts(Document("fil.txt", "0" * 64, plain_text.pages_of(pages)))
    told = [[s.name for s in record.signatories] for record in records]
    assert told == [["Disa Kvarn", "Arvid Lind"], ["Frida Ask", "Olof Tall"]]
    days = [{d.date for d in record.dates if d.role is DateRole.SIGNED} for record in records]
    assert days == [{"2041-05-10", "2041-05-11"}, {"2042-03-10", "2042-03-11"}]
