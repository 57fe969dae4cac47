"""The correction of a whole document: its pages by source, its lines with the edits they already have."""

from collections.abc import Sequence
from dataclasses import replace

from avskrift.corrections.lines import MendedLine, mend
from avskrift.models.document import Document, Edit, Line, Page, PageSource
from avskrift.models.options import CorrectingOptions

_PARAGRAPH_SPACE = 0.6
"""White space above a line, in line heights, that counts as a blank line between paragraphs."""


def corrected_document(document: Document, options: CorrectingOptions) -> Document:
    """The document mended. Pages of one source are judged together: one engine read them."""
    if not options.enabled:
        return document
    pages = {page.number: page for page in document.pages}
    for source in (PageSource.OCR, PageSource.PLAIN_TEXT):
        group = [page for page in document.pages if page.source is source]
        for page in _mended(group):
            pages[page.number] = page
    return replace(document, pages=tuple(pages[page.number] for page in document.pages))


def _mended(pages: Sequence[Page]) -> list[Page]:
    rows: list[str] = []
    places: list[tuple[int, int]] = []
    for number, page in enumerate(pages):
        for at, line in enumerate(page.lines):
            if line.space_before >= _PARAGRAPH_SPACE and rows:
                rows.append("")
                places.append((-1, -1))
            rows.append(line.text)
            places.append((number, at))
    mended = mend(rows)
    lines: list[list[Line]] = [list(page.lines) for page in pages]
    for (number, at), row in zip(places, mended, strict=True):
        if number >= 0 and row.edits:
            lines[number][at] = _with_edits(lines[number][at], row)
    return [replace(page, lines=tuple(own)) for page, own in zip(pages, lines, strict=True)]


def _with_edits(line: Line, mended: MendedLine) -> Line:
    """The line with the edits it had and the new ones; a new edit that touches an old one takes its place."""
    if not line.edits:
        return line.corrected(mended.text, mended.edits)
    edits: list[Edit] = []
    new = list(mended.edits)
    for old in line.edits:
        touching = [e for e in new if e.raw_start < old.end and e.raw_end > old.start]
        if not touching:
            start = old.start + _shift(mended.edits, old.start)
            edits.append(replace(old, start=start, end=start + old.end - old.start))
    for edit in new:
        raw_start, raw_end = line.raw_span(edit.raw_start, edit.raw_end)
        edits.append(replace(edit, raw_start=raw_start, raw_end=raw_end))
    return line.corrected(mended.text, tuple(sorted(edits, key=lambda e: e.start)))


def _shift(edits: Sequence[Edit], position: int) -> int:
    """How far the edits before `position` moved what stands there."""
    shift = 0
    for edit in edits:
        if edit.raw_end <= position:
            shift = edit.end - edit.raw_end
    return shift
