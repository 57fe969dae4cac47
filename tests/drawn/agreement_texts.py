"""An invented agreement as text, and the record of pages of text."""

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.parsing import parse

AGREEMENT = """Samverkansöverenskommelse mellan Vikbo kommun och Polismyndigheten

1 Parter
Vikbo kommun och Polismyndigheten, lokalpolisområde Norra Viken, har kommit överens om följande.

2 Giltighetstid
Överenskommelsen gäller från den 1 juni 2031 till den 31 maj 2033.

3 Styrgrupp
Styrgruppen består av kommunchefen och lokalpolisområdeschefen. Den träffas två gånger per år.
"""
"""Its last section is that of the steering group."""


def parsed(*pages: str) -> Agreement:
    """The record of a text of so many pages."""
    return parse(Document("fil.txt", "0" * 64, plain_text.pages_of("\f".join(pages))))
