"""The text of a document in reading order."""

from avskrift.models.document import Document

_PARAGRAPH_SPACE = 0.8


def text_of(document: Document) -> str:
    """The corrected lines, one a line, pages parted by form feeds; a blank line where white space parts paragraphs."""
    pages = []
    for page in document.pages:
        rows: list[str] = []
        for line in page.lines:
            if line.space_before >= _PARAGRAPH_SPACE and rows:
                rows.append("")
            rows.append(line.text)
        pages.append("\n".join(rows) + "\n")
    return "\f".join(pages)
