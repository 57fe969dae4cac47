"""Pages by what they are for, and what a record tells of them."""

import pytest
from agreement_texts import parsed

from avskrift.ingest.files import plain_text
from avskrift.models.document import Document
from avskrift.parsing.sheets.sorted_pages import sorted_pages
from avskrift.parsing.vocabulary import Vocabulary

FIRST = """Samverkansöverenskommelse mellan Vikbo kommun och Polismyndigheten

1 Parter
Vikbo kommun och Polismyndigheten, lokalpolisområde Norra Viken, har kommit överens om följande.

2 Giltighetstid
Överenskommelsen gäller från den 1 juni 2031 till den 31 maj 2033.
"""
SECOND = """3 Styrgrupp
Styrgruppen består av kommunchefen och lokalpolisområdeschefen. Den träffas två gånger per år och följer upp
överenskommelsen varje höst. Resultatet redovisas för kommunstyrelsen och för polisens ledning.

4 Undertecknande
Vikbo den 12 maj 2031

Anna Berg
Kommunchef
"""


@pytest.mark.parametrize(
    ("pages", "remark"),
    [
        ((FIRST, SECOND, SECOND), "pages 2 and 3 are the same page, scanned twice; only page 2 was read"),
        ((FIRST, SECOND, FIRST, SECOND), "pages 3-4 are pages 1-2 scanned twice; only pages 1-2 were read"),
    ],
)
def test_a_page_that_was_scanned_twice_is_read_once_and_told(pages: tuple[str, ...], remark: str) -> None:
    record, once = parsed(*pages), parsed(FIRST, SECOND)
    assert [r.text for r in record.remarks if r.kind == "pages"] == [remark]
    assert remark in record.warnings and record.source.parts == []
    assert [(s.title, s.text) for s in record.sections] == [(s.title, s.text) for s in once.sections]
    assert [s.name for s in record.signatories] == ["Anna Berg"]
    assert record.source.pages == len(pages)


def test_a_sheet_that_parts_papers_is_no_text() -> None:
    record = parsed(FIRST, "SKILJEBLAD\nTa inte bort detta blad\n", SECOND)
    assert [s.title for s in record.sections] == ["Parter", "Giltighetstid", "Styrgrupp", "Undertecknande"]
    assert not [r for r in record.remarks if r.kind in ("pages", "parts")]
    text = "Skiljeblad får användas mellan avtalets delar. " * 5
    pages = sorted_pages(Document("a.txt", "0" * 64, plain_text.pages_of(text)), Vocabulary.shipped())
    assert pages.text.pages[0].lines
