"""A record of a short agreement, and a document of an archive made of it."""

from collections.abc import Callable

import pytest

from avskrift.ingest.files import plain_text
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.finished import FinishedDocument
from avskrift.parsing import parse

TEXT = """ Samverkansöverenskommelse

Vikbo kommun, org.nr 212000-4516, nedan kallad Kommunen, och Lokalpolisområde Norra Viken, nedan kallat Polisen, har
träffat följande överenskommelse.

Styrgruppen består av kommundirektören och lokalpolisområdeschefen. Den sammanträder två gånger per år.
"""


@pytest.fixture(scope="session")
def record() -> Agreement:
    """The record of `TEXT`."""
    return parse(Document("a.txt", "0" * 64, plain_text.pages_of(TEXT), None))


@pytest.fixture
def document(record: Agreement) -> Callable[..., FinishedDocument]:
    """Makes a finished document: of the record with other values, under a name."""

    def make(name: str = "a.txt", **values: object) -> FinishedDocument:
        return FinishedDocument(name, "done", None, record.model_copy(update=values), TEXT)

    return make
