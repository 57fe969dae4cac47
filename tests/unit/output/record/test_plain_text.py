"""The text of a document in reading order."""

from avskrift.ingest.files import plain_text
from avskrift.models.document import Document
from avskrift.output.record.plain_text import text_of


def test_lines_paragraphs_and_pages() -> None:
    document = Document("a.txt", "0" * 64, tuple(plain_text.pages_of("Syfte\nTrygghet.\n\nTid\n\fBilaga\n")))
    assert text_of(document) == "Syfte\nTrygghet.\n\nTid\n\fBilaga\n"
