"""Sheets of services for electronic signing: known by several marks, read for who signed and when."""

import pytest

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement, DateRole
from avskrift.models.document import Document, LineRole
from avskrift.parsing import parse
from avskrift.parsing.sheets.signing_services import signing_sheets, with_feet_of_services
from avskrift.parsing.vocabulary import Vocabulary

AGREEMENT = """Samverkansöverenskommelse mellan Vikbo kommun och Polismyndigheten

1 Parter
Vikbo kommun och Polismyndigheten, lokalpolisområde Norra Viken, har kommit överens om följande.

2 Giltighetstid
Överenskommelsen gäller från den 1 juni 2031 till den 31 maj 2033.

3 Styrgrupp
Styrgruppen består av kommunchefen och lokalpolisområdeschefen. Den träffas två gånger per år.
Kontakt: Berit Ström, berit.strom@vikbo.example, legitimerar sig med BankID.
"""
SWEDISH = """Verifikat
Transaktion 09222115557431100042
Dokument
Överenskommelse.pdf
Initierare
Elin Ek (EE)
Vikbo kommun
elin.ek@vikbo.example
Signerande parter
ANNA MARIA BERG (AB)
Vikbo kommun
anna.berg@vikbo.example
Signerade med BankID 2031-05-10 08:31:55 CET (+0100)
Nils Alm (NA)
Polismyndigheten
nils.alm@polisen.example
Signerade 2031-05-11 15:40:08 CET (+0100)
Händelser
2031-05-09 10:00:01 Elin Ek skickade dokumentet, IP: 203.0.113.9
"""
ENGLISH = """Certificate Of Completion
Envelope Id: 3F2504E04F8941D39A0C0305E82C3301
Subject: Överenskommelse.pdf
Envelope Originator
Elin Ek
elin.ek@vikbo.example
IP Address: 203.0.113.9
Signer Events   Signature   Timestamp
Anna Berg
anna.berg@vikbo.example
Kommunchef
Security Level: Email, Account Authentication
Sent: 2031-05-09 10:00:01
Viewed: 2031-05-10 08:30:00
Signed: 2031-05-10 08:31:55
Carbon Copy Events   Status   Timestamp
Per Lund
per.lund@vikbo.example
Sent: 2031-05-09 10:00:01
"""
LOG = """Final Audit Report
Created: 2031-05-09
By: Elin Ek (elin.ek@vikbo.example)
Transaction ID: CBJCHBCAABAAx1yzAbCdEf
Document created by Elin Ek (elin.ek@vikbo.example)
2031-05-09 - 10:00:01 GMT - IP address: 203.0.113.9
Document e-signed by Anna Berg (anna.berg@vikbo.example)
Signature Date: 2031-05-10 - 08:31:55 GMT
Agreement completed. 2031-05-10 - 08:31:55 GMT
Adobe Acrobat Sign
"""
PRINTED = """4 Undertecknande
Överenskommelsen har upprättats i två likalydande exemplar.

Vikbo den 12 maj 2031

Anna Berg
Kommunchef
"""


def parsed(*pages: str) -> Agreement:
    return parse(Document("fil.txt", "0" * 64, plain_text.pages_of("\f".join(pages))))


@pytest.mark.parametrize(
    ("sheet", "names", "days"),
    [
        (SWEDISH, ["Anna Maria Berg", "Nils Alm"], {"2031-05-10", "2031-05-11"}),
        (ENGLISH, ["Anna Berg"], {"2031-05-10"}),
        (LOG, ["Anna Berg"], {"2031-05-10"}),
    ],
)
def test_who_signed_is_a_signatory_and_nothing_else_of_the_sheet_is_text(
    sheet: str, names: list[str], days: set[str]
) -> None:
    record = parsed(AGREEMENT, sheet)
    assert [s.name for s in record.signatories] == names
    assert {d.date for d in record.dates if d.role is DateRole.SIGNED} == days
    assert {d.date for d in record.dates} == days | {"2031-06-01", "2033-05-31"}
    assert {c.email for c in record.contacts} <= {"berit.strom@vikbo.example"}
    assert not any(line in section.text for section in record.sections for line in sheet.splitlines()[:3])
    assert record.source.parts == []
    assert {s.evidence.page for s in record.signatories if s.evidence is not None} == {2}


def test_the_same_person_is_one_whoever_spells_the_name() -> None:
    record = parsed(AGREEMENT + PRINTED, SWEDISH)
    assert [(s.name, s.title) for s in record.signatories] == [("Anna Berg", "Kommunchef"), ("Nils Alm", None)]


def test_an_office_is_taken_from_the_sheet() -> None:
    assert [s.title for s in parsed(AGREEMENT, ENGLISH).signatories] == ["Kommunchef"]


def test_text_that_names_addresses_and_identities_is_no_sheet() -> None:
    contacts = AGREEMENT + "Transaktion 09222115557431100042   Signerat 2031-05-10 08:31:55\n"
    pages = plain_text.pages_of("\f".join((contacts, SWEDISH, LOG, AGREEMENT)))
    assert signing_sheets(pages, Vocabulary.shipped()) == {2, 3}


def test_a_log_goes_on_with_its_sheet() -> None:
    log = "2031-05-09 10:00:01 Anna Berg öppnade dokumentet\n2031-05-10 08:31:55 Anna Berg signerade dokumentet\n"
    pages = plain_text.pages_of("\f".join((AGREEMENT, SWEDISH, log)))
    assert signing_sheets(pages, Vocabulary.shipped()) == {2, 3}
    assert signing_sheets(pages[::2], Vocabulary.shipped()) == set()


def test_what_a_service_prints_below_a_page_is_its_footer() -> None:
    foot = "Transaktion 09222115557431100042   Signerat AB, NA\n"
    (page,) = plain_text.pages_of(AGREEMENT + foot)
    told = with_feet_of_services(page, Vocabulary.shipped())
    assert [line.text for line in told.lines if line.role is LineRole.FOOTER] == [foot.strip()]
    (plain,) = plain_text.pages_of(AGREEMENT)
    assert with_feet_of_services(plain, Vocabulary.shipped()) is plain
