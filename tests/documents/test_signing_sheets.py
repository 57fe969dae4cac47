"""Sheets for signing drawn on pages: their rows in columns, below the text of an agreement, scanned."""

from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from avskrift.models.agreement import Agreement, DateRole
from avskrift.models.options import PipelineOptions
from avskrift.pipeline import parse_file

TEXT = """Samverkansöverenskommelse mellan Ekvalla kommun och Lokalpolisområde Södra Udden

1 Parter
Ekvalla kommun, nedan kommunen, och Lokalpolisområde Södra Udden, nedan polisen, har
kommit överens om följande. Samverkan ska vara långsiktig och bygga på kunskap.

2 Giltighetstid
Överenskommelsen gäller från den 1 juni 2041 till den 31 maj 2043.

3 Styrgrupp
Styrgruppen består av kommunchefen och lokalpolisområdeschefen. Den träffas två gånger per år.

4 Undertecknande
Överenskommelsen undertecknas digitalt, se nedan.
"""
BESIDE = """Underskrifter
Ärende: 7f0c2b1e-4a55-4e0e-9d1b-c0ffee220417
Handlingen har undertecknats elektroniskt av

Disa Kvarn|Undertecknat med: Freja eID+
Kommunchef, Ekvalla kommun|Tidpunkt: 2041-05-10 14:07:33 +02:00
Personnr: ********-****|IP: 203.0.113.7

Arvid Lind|Undertecknat med: BankID
Lokalpolisområdeschef, Polisen|Tidpunkt: 2041-05-11 09:12:01 +02:00
Personnr: ********-****|IP: 203.0.113.9

Händelser
2041-05-09 08:00:01|Ärendet skapades av Pia Remiss
2041-05-09 08:00:03|Inbjudan skickades till disa.kvarn@ekvalla.example
2041-05-10 14:07:33|Disa Kvarn undertecknade
2041-05-11 09:12:01|Arvid Lind undertecknade
2041-05-12 10:00:00|Ärendet avslutades
"""
TWO_COLUMNS = """Verifikat
Transaktion 09222115557431100042
Initierare|Signerande parter
Pia Remiss (PR)|Disa Kvarn (DK)
Ekvalla kommun|Kommunchef
pia.remiss@ekvalla.example|disa.kvarn@ekvalla.example
|Signerade 10 maj 2041 kl. 14:07 med BankID
|
|Arvid Lind (AL)
|Lokalpolisområdeschef
|arvid.lind@polisen.example
|Signerade 11 maj 2041 kl. 09:12 med BankID
"""
LIST = """Elektroniska underskrifter
Dokument-ID: 5d1c88ab9f1077aa
Namn|Tidpunkt
Disa Kvarn, kommunchef|10.05.2041 14:07:33
Arvid Lind, lokalpolisområdeschef|11.05.2041 09:12:01
Identitet styrkt med Freja eID+ eller BankID.
"""


def drawn(path: Path, *pages: str) -> Path:
    """A PDF of some pages of lines, cells parted by `|`."""
    pen = Canvas(str(path), pagesize=A4)
    for page in pages:
        for number, line in enumerate(page.splitlines()):
            for column, cell in enumerate(line.split("|")):
                pen.setFont("Helvetica", 10)
                pen.drawString(60 + 240 * column, 780 - 15 * number, cell)
        pen.showPage()
    pen.save()
    return path


def scanned(path: Path) -> Path:
    """The pages of a PDF as pictures, in a PDF beside it."""
    pages = [page.render(scale=200 / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(path)]
    copy = path.with_name("scan.pdf")
    pages[0].save(copy, save_all=True, append_images=pages[1:], resolution=200)
    return copy


def assert_signed(record: Agreement) -> None:
    told = [(s.name, (s.title or "").lower()) for s in record.signatories]
    assert told == [("Disa Kvarn", "kommunchef"), ("Arvid Lind", "lokalpolisområdeschef")]
    assert {d.date for d in record.dates if d.role is DateRole.SIGNED} == {"2041-05-10", "2041-05-11"}
    assert {d.date for d in record.dates if d.role is not DateRole.SIGNED} == {"2041-06-01", "2043-05-31"}
    assert [s.title for s in record.sections if s.number] == ["Parter", "Giltighetstid", "Styrgrupp", "Undertecknande"]
    assert not any("Remiss" in s.text or "203.0.113" in s.text for s in record.sections)


@pytest.mark.parametrize("sheet", [BESIDE, TWO_COLUMNS, LIST], ids=["beside", "two columns", "list"])
def test_a_drawn_sheet_is_read_row_by_row(tmp_path: Path, sheet: str) -> None:
    assert_signed(parse_file(drawn(tmp_path / "a.pdf", TEXT, sheet), PipelineOptions()))


@pytest.mark.parametrize("sheet", [BESIDE, TWO_COLUMNS, LIST], ids=["beside", "two columns", "list"])
def test_a_sheet_may_stand_below_the_text(tmp_path: Path, sheet: str) -> None:
    assert_signed(parse_file(drawn(tmp_path / "a.pdf", f"{TEXT}\n\n{sheet}"), PipelineOptions()))


@pytest.mark.parametrize("sheet", [BESIDE, TWO_COLUMNS, LIST], ids=["beside", "two columns", "list"])
def test_a_scanned_sheet_is_read_row_by_row(tmp_path: Path, sheet: str) -> None:
    assert_signed(parse_file(scanned(drawn(tmp_path / "a.pdf", f"{TEXT}\n\n{sheet}")), PipelineOptions()))
