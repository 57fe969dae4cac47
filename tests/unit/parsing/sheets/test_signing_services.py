"""Sheets of services for electronic signing: known by several marks, read for who signed and when."""

import pytest
from agreement_texts import AGREEMENT, parsed

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import DateRole
from avskrift.models.document import LineRole
from avskrift.parsing.sheets.signing_services import signing_sheets, with_feet_of_services
from avskrift.parsing.vocabulary import Vocabulary

WITH_CONTACT = f"""{AGREEMENT}Kontakt: Berit Ström, berit.strom@vikbo.example, legitimerar sig med BankID.
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
OF_SERVICES = {
    "assently": """Assently
Signeringskvitto
Ärende: Överenskommelse om samverkan
Ärende-ID: 8f14e45f-ceea-467f-a9e1-2b1f3a77c0de
Status: Slutfört 2031-05-11 15:40

Parter
Anna Berg
Vikbo kommun
anna.berg@vikbo.example
Signerade med BankID 2031-05-10 08:31, IP 203.0.113.9

Nils Alm
Polismyndigheten
nils.alm@polisen.example
Signerade med BankID 2031-05-11 15:40, IP 203.0.113.10

Händelselogg
2031-05-09 10:00 Ärendet skapades av Elin Ek
2031-05-09 10:01 Ärendet skickades till Anna Berg och Nils Alm
2031-05-10 08:30 Anna Berg öppnade ärendet
2031-05-10 08:31 Anna Berg signerade ärendet
""",
    "addo": """Följande handlingar har undertecknats den 11 maj 2031

Överenskommelse om samverkan.pdf
(421233 byte)
SHA-512: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

Underskrifter
2031-05-10 08:31:55 (CET)
Anna Maria Berg
anna.berg@vikbo.example
Signerat med e-legitimation (BankID)
2031-05-11 15:40:08 (CET)
Nils Alm
nils.alm@polisen.example
Signerat med e-legitimation (BankID)

Undertecknandet intygas av Visma Addo
Transaktions-ID: 5f4dcc3b5aa765d61d8327deb882cf99
""",
    "addo2": """Handlingen är undertecknad med Visma Addo
Dokumentnamn: Överenskommelse.pdf
Addo ID-nummer: 1a79a4d6-0de6-7188-e8e5-b326e338ae53

Namn                 Titel                   Datum
Anna Berg            Kommunchef              2031-05-10 08:31
Nils Alm             Lokalpolisområdeschef   2031-05-11 15:40

Identifierad med BankID
IP-adress: 203.0.113.9
""",
    "docusign": """Certificate Of Completion
Envelope Id: 3F2504E04F8941D39A0C0305E82C3301   Status: Completed
Subject: Complete with DocuSign: Överenskommelse.pdf
Source Envelope:
Document Pages: 3   Signatures: 2   Envelope Originator:
Certificate Pages: 2   Initials: 0   Elin Ek
AutoNav: Enabled   Vikbo
EnvelopeId Stamping: Enabled   elin.ek@vikbo.example
Time Zone: (UTC+01:00) Amsterdam, Berlin   IP Address: 203.0.113.9
Record Tracking
Status: Original   Holder: Elin Ek   Location: DocuSign
2031-05-09 10:00:01   elin.ek@vikbo.example
Signer Events   Signature   Timestamp
Anna Berg   Sent: 2031-05-09 10:00:01
anna.berg@vikbo.example   Viewed: 2031-05-10 08:30:00
Kommunchef   Signed: 2031-05-10 08:31:55
Security Level: Email, Account Authentication (None)
Signature Adoption: Pre-selected Style
Using IP Address: 203.0.113.10
Electronic Record and Signature Disclosure:
Not Offered via DocuSign
Nils Alm   Sent: 2031-05-10 08:31:56
nils.alm@polisen.example   Viewed: 2031-05-11 15:39:00
Security Level: Email   Signed: 2031-05-11 15:40:08
In Person Signer Events   Signature   Timestamp
Carbon Copy Events   Status   Timestamp
Per Lund   COPIED   Sent: 2031-05-11 15:40:09
per.lund@vikbo.example
Envelope Summary Events   Status   Timestamps
Envelope Sent   Hashed/Encrypted   2031-05-09 10:00:01
Completed   Security Checked   2031-05-11 15:40:08
""",
    "getaccept": """Signature Certificate
Document name: Överenskommelse.pdf
Document ID: 60b725f10c9c85c70d97880dfe8191b3
Powered by GetAccept

Participants
VIKBO KOMMUN Sweden
Anna Berg
anna.berg@vikbo.example
Signed 2031-05-10 08:31:55 UTC
Authenticated with Swedish BankID
IP: 203.0.113.9

POLISMYNDIGHETEN Sweden
Nils Alm
nils.alm@polisen.example
Signed 2031-05-11 15:40:08 UTC
Authenticated with Swedish BankID
IP: 203.0.113.10
""",
    "digisign": """Detta dokument är digitalt signerat
Signerat med DigiSign
Dokument-ID: 098f6bcd4621d373cade4e832627b4f6

Undertecknat av:
Anna Berg, Vikbo kommun
Kommunchef
Datum: 2031-05-10 08:31:55
Personnummer: 19700101-XXXX (BankID)

Nils Alm, Polismyndigheten
Lokalpolisområdeschef
Datum: 2031-05-11 15:40:08
Personnummer: 19650505-XXXX (BankID)
""",
    "scrive2": """Verifikat
Dokument-ID 09222115557431100042
Dokument
Överenskommelse
Huvuddokument
3 sidor
Startades 2031-05-09 10:14:22 CET (+0100) av Elin Ek (EE)
Färdigställt 2031-05-11 15:40:08 CET (+0100)

Initierare                              Signerande parter
Elin Ek (EE)                            Anna Berg (AB)
Vikbo kommun                            Vikbo kommun
elin.ek@vikbo.example                   anna.berg@vikbo.example
+46701234567                            Signerade 2031-05-10 08:31:55 CET (+0100)

Nils Alm (NA)
Polismyndigheten
nils.alm@polisen.example
Namnet som returnerades från svenskt BankID var "NILS ERIK ALM"
Signerade 2031-05-11 15:40:08 CET (+0100)

Detta verifikat är utfärdat av Scrive. Information i kursiv stil är säkert verifierad av Scrive.
""",
    "adobe_sv": """Slutlig granskningsrapport   2031-05-11
Skapat: 2031-05-09
Av: Elin Ek (elin.ek@vikbo.example)
Status: Signerat
Transaktions-ID: CBJCHBCAABAAx1yzAbCdEf12345
Historik för "Överenskommelse"
Dokumentet skapades av Elin Ek (elin.ek@vikbo.example)
2031-05-09 - 10:00:01 GMT - IP-adress: 203.0.113.9
Dokumentet skickades med e-post till Anna Berg (anna.berg@vikbo.example) för signering
2031-05-09 - 10:00:09 GMT
E-postmeddelandet visades av Anna Berg (anna.berg@vikbo.example)
2031-05-10 - 08:30:00 GMT
Dokumentet e-signerades av Anna Berg (anna.berg@vikbo.example)
Signeringsdatum: 2031-05-10 - 08:31:55 GMT - Tidskälla: server
Dokumentet e-signerades av Nils Alm (nils.alm@polisen.example)
Signeringsdatum: 2031-05-11 - 15:40:08 GMT - Tidskälla: server
Avtalet har slutförts.
2031-05-11 - 15:40:08 GMT
""",
}
"""Sheets as several services print them, with invented persons."""
PRINTED = """4 Undertecknande
Överenskommelsen har upprättats i två likalydande exemplar.

Vikbo den 12 maj 2031

Anna Berg
Kommunchef
"""


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
    record = parsed(WITH_CONTACT, sheet)
    assert [s.name for s in record.signatories] == names
    assert {d.date for d in record.dates if d.role is DateRole.SIGNED} == days
    assert {d.date for d in record.dates} == days | {"2031-06-01", "2033-05-31"}
    assert {c.email for c in record.contacts} <= {"berit.strom@vikbo.example"}
    assert not any(line in section.text for section in record.sections for line in sheet.splitlines()[:3])
    assert record.source.parts == []
    assert {s.evidence.page for s in record.signatories if s.evidence is not None} == {2}


def test_the_same_person_is_one_whoever_spells_the_name() -> None:
    record = parsed(WITH_CONTACT + PRINTED, SWEDISH)
    assert [(s.name, s.title) for s in record.signatories] == [("Anna Berg", "Kommunchef"), ("Nils Alm", None)]


def test_who_is_named_behind_another_label_did_not_sign() -> None:
    log = LOG.replace("By: Elin Ek", "By:   Elin Ek").replace(
        "Transaction ID: ", "Status:   Signed\nTransaction ID:   "
    )
    record = parsed(WITH_CONTACT, log)
    assert [s.name for s in record.signatories] == ["Anna Berg"]


def test_an_office_is_taken_from_the_sheet() -> None:
    assert [s.title for s in parsed(WITH_CONTACT, ENGLISH).signatories] == ["Kommunchef"]


def test_text_that_names_addresses_and_identities_is_no_sheet() -> None:
    contacts = WITH_CONTACT + "Transaktion 09222115557431100042   Signerat 2031-05-10 08:31:55\n"
    pages = plain_text.pages_of("\f".join((contacts, SWEDISH, LOG, WITH_CONTACT)))
    assert signing_sheets(pages, Vocabulary.shipped()) == {2, 3}


def test_a_log_goes_on_with_its_sheet() -> None:
    log = "2031-05-09 10:00:01 Anna Berg öppnade dokumentet\n2031-05-10 08:31:55 Anna Berg signerade dokumentet\n"
    pages = plain_text.pages_of("\f".join((WITH_CONTACT, SWEDISH, log)))
    assert signing_sheets(pages, Vocabulary.shipped()) == {2, 3}
    assert signing_sheets(pages[::2], Vocabulary.shipped()) == set()


def test_what_a_service_prints_below_a_page_is_its_footer() -> None:
    foot = "Transaktion 09222115557431100042   Signerat AB, NA\n"
    (page,) = plain_text.pages_of(WITH_CONTACT + foot)
    told = with_feet_of_services(page, Vocabulary.shipped())
    assert [line.text for line in told.lines if line.role is LineRole.FOOTER] == [foot.strip()]
    (plain,) = plain_text.pages_of(WITH_CONTACT)
    assert with_feet_of_services(plain, Vocabulary.shipped()) is plain


@pytest.mark.parametrize("service", OF_SERVICES)
def test_sheets_of_several_services(service: str) -> None:
    record = parsed(WITH_CONTACT, OF_SERVICES[service])
    first = "Anna Maria Berg" if service == "addo" else "Anna Berg"
    assert [s.name for s in record.signatories] == [first, "Nils Alm"]
    days = {d.date for d in record.dates if d.role is DateRole.SIGNED}
    assert days == {"2031-05-10", "2031-05-11"} and len(record.dates) == 4
    assert [g.name for g in record.groups] == ["Styrgrupp"]
    assert {s.page for s in record.sections} == {1} and record.document.diary_numbers == []
