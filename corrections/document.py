"""The correction of a whole document: its pages by source, its lines with the edits they already have."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from avskrift.corrections.compounds import compounds
from avskrift.corrections.lexicon import lexicon
from avskrift.corrections.lines import MendedLine, mend
from avskrift.corrections.repeated_lines import agreed
from avskrift.models.document import Document, Doubt, Edit, Line, Page, PageSource
from avskrift.models.options import CorrectingOptions

_SURE = 0.88
"""The confidence from which an engine's word is left alone in a text without damage: of the words that Tesseract read
right in clean scans and faxes, 95 of 100 have more; of those that it read wrong, one in three."""
_PARAGRAPH_SPACE = 0.6
"""White space above a line, in line heights, that counts as a blank line between paragraphs."""


def corrected_document(document: Document, options: CorrectingOptions) -> Document:
    """The document mended. Pages of one source are judged together: one engine read them. What an old text layer
    says of a page that was read anew is a second witness."""
    if not options.enabled:
        return document
    pages = {page.number: page for page in document.pages}
    warnings = list(document.warnings)
    for source in (PageSource.OCR, PageSource.PLAIN_TEXT):
        group = [page for page in document.pages if page.source is source]
        mended, told = _mended(group, options)
        pages |= {page.number: page for page in mended}
        warnings += [w for w in told if w not in warnings]
    return replace(document, pages=tuple(pages[p.number] for p in document.pages), warnings=tuple(warnings))


def _mended(pages: Sequence[Page], options: CorrectingOptions) -> tuple[list[Page], tuple[str, ...]]:
    rows: list[str] = []
    places: list[tuple[int, int]] = []
    unsure: dict[int, list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for at, line in enumerate(page.lines):
            if line.space_before >= _PARAGRAPH_SPACE and rows:
                rows.append("")
                places.append((-1, -1))
            if page.source is PageSource.OCR and (spans := _unsure(line)):
                unsure[len(rows)] = spans
            rows.append(line.text)
            places.append((number, at))
    witness = [row for page in pages for row in page.witness]
    mending = mend(rows, options, [witness] if witness else [], unsure)
    lines: list[list[Line]] = [list(page.lines) for page in pages]
    for (number, at), row in zip(places, mending.lines, strict=True):
        if number >= 0 and (row.edits or row.doubts):
            lines[number][at] = _with_edits(lines[number][at], row)
    mended = [replace(page, lines=tuple(own)) for page, own in zip(pages, lines, strict=True)]
    for place, row in agreed(mended, _known(options)).items():
        lines[place.page][place.line] = _with_edits(lines[place.page][place.line], row)
    mended = [replace(page, lines=tuple(own)) for page, own in zip(pages, lines, strict=True)]
    # Line numbers mean nothing to whoever holds the paper; only what is said of the whole is passed on.
    return mended, tuple(w for w in mending.warnings if "line" not in w)


def _known(options: CorrectingOptions) -> Callable[[str], bool]:
    words, made = lexicon(options.glossary), compounds(options.glossary)
    return lambda low: words.knows(low) or (len(low) >= 8 and made.best(low, True) is not None)


def _unsure(line: Line) -> list[tuple[int, int]]:
    """The spans of the line's text that the engine read unsurely, those left out that a closer look mended."""
    spans = []
    for word in line.words:
        if word.confidence >= _SURE or any(e.raw_start < word.end and word.start < e.raw_end for e in line.edits):
            continue
        shift = sum(e.end - e.start - (e.raw_end - e.raw_start) for e in line.edits if e.raw_end <= word.start)
        spans.append((word.start + shift, word.end + shift))
    return spans


def _with_edits(line: Line, mended: MendedLine) -> Line:
    """The line with the edits it had and the new ones; a new edit that touches an old one takes its place."""
    if not line.edits:
        return line.corrected(mended.text, mended.edits, mended.doubts)
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
    doubts = [_doubt(line, d) for d in mended.doubts]
    return line.corrected(mended.text, tuple(sorted(edits, key=lambda e: e.start)), tuple(doubts))


def _doubt(line: Line, doubt: Doubt) -> Doubt:
    """A doubt about the line's text, as one about its raw reading."""
    start, end = line.raw_span(doubt.raw_start, doubt.raw_end)
    return replace(doubt, raw_start=start, raw_end=end)


def _shift(edits: Sequence[Edit], position: int) -> int:
    """How far the edits before `position` moved what stands there."""
    shift = 0
    for edit in edits:
        if edit.raw_end <= position:
            shift = edit.end - edit.raw_end
    return shift
