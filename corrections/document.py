"""The correction of a whole document: its pages by source, its lines with the edits they already have."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from avskrift.corrections.lines import CorrectedLine, mend
from avskrift.corrections.repeated_lines import agreed
from avskrift.language.compounds import compounds
from avskrift.language.lexicon import lexicon
from avskrift.models.document import Document, Doubt, Line, Page, PageSource
from avskrift.models.edits import compose, raw_span, text_span, without_idle
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
        spans.append(text_span(line.edits, word.start, word.end))
    return spans


def _with_edits(line: Line, mended: CorrectedLine) -> Line:
    """The line with the edits and doubts it had and the new ones, which are about its text; a doubt about what is now
    mended is settled."""
    edits = without_idle(line.raw, mended.text, compose(line.edits, mended.edits))
    mending = [line.raw_span(e.raw_start, e.raw_end) for e in mended.edits]
    kept = [d for d in line.doubts if not any(a < d.raw_end and d.raw_start < b for a, b in mending)]
    doubts = sorted([*kept, *(_doubt(line, d) for d in mended.doubts)], key=lambda d: (d.raw_start, d.raw_end))
    return line.corrected(mended.text, edits, tuple(doubts))


def _doubt(line: Line, doubt: Doubt) -> Doubt:
    """A doubt about the line's text, as one about its raw reading."""
    start, end = raw_span(line.edits, doubt.raw_start, doubt.raw_end)
    return replace(doubt, raw_start=start, raw_end=end)
