"""The correction of a whole document: its pages by source, its lines with the edits they already have."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from avskrift.corrections.lines import corrected_lines
from avskrift.corrections.repeated_lines import agreed
from avskrift.language.compounds import compounds
from avskrift.language.lexicon import lexicon
from avskrift.models.document import Document, Line, Page, PageSource
from avskrift.models.edits import (
    CorrectedLine,
    Edit,
    apply,
    compose,
    non_overlapping,
    raw_span,
    text_span,
    without_idle,
)
from avskrift.models.options import CorrectingOptions
from avskrift.runtime.failures import Failures

_LOG = logging.getLogger("avskrift.corrections")
_AS_READ = "the text stands as it was read"
_SOURCES = {
    PageSource.OCR: "the pages that an engine read",
    PageSource.PLAIN_TEXT: "the plain text",
}
"""Whose pages are corrected, and how messages name them; text layers that are trusted are exact."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How pages are read as one text."""

    sure: float = 0.88
    """The confidence from which an engine's word is left alone in a text without damage: of the words that Tesseract
    read right in clean scans and faxes, 95 of 100 have more; of those that it read wrong, one in three."""
    paragraph_space: float = 0.6
    """White space above a line, in line heights, that counts as a blank line between paragraphs."""
    compound_length: int = 8  # signs of a compound that counts as a word in headers and footers


SETTINGS = Settings()


def correct(document: Document, options: CorrectingOptions | None = None) -> Document:
    """The document with every line corrected. Pages from trusted text layers are exact and stay as they are.

    Pages whose correction fails stay as they were read, which the document's warnings say; the traceback goes
    to the log `avskrift.corrections`. Raises `UsageError` for a glossary that cannot be used, `LimitExceededError` for
    too long a text.
    """
    chosen = options or CorrectingOptions()
    failures = Failures(_LOG)
    corrected = failures.attempt("correcting the text", lambda: corrected_document(document, chosen), None, _AS_READ)
    return corrected if corrected is not None else _by_source(document, chosen)


def _by_source(document: Document, options: CorrectingOptions) -> Document:
    """The document with those pages corrected whose correction does not fail; pages of one source are corrected
    together."""
    failures = Failures(_LOG)
    for source, name in _SOURCES.items():
        group = replace(document, pages=tuple(p for p in document.pages if p.source is source), warnings=())
        attempt = partial(corrected_document, group, options)
        corrected = failures.attempt(f"correcting {name}", attempt, group, _AS_READ) if group.pages else group
        document = _with_pages(document, corrected.pages, corrected.warnings)
    return replace(document, warnings=(*document.warnings, *failures.messages))


def corrected_document(document: Document, options: CorrectingOptions) -> Document:
    """The document corrected. Pages of one source are judged together: one engine read them. What an old text layer
    says of a page that was read anew is a parallel reading."""
    if not options.enabled:
        return document
    for source in _SOURCES:
        pages, warnings = _corrected_pages([page for page in document.pages if page.source is source], options)
        document = _with_pages(document, pages, warnings)
    return document


def _with_pages(document: Document, pages: Iterable[Page], warnings: Iterable[str]) -> Document:
    """The document with some pages in place of those of the same numbers, and warnings that it does not have yet."""
    by_number = {page.number: page for page in (*document.pages, *pages)}
    return replace(
        document,
        pages=tuple(by_number[page.number] for page in document.pages),
        warnings=(*document.warnings, *(w for w in warnings if w not in document.warnings)),
    )


@dataclass(slots=True)
class _Rows:
    """The lines of pages as one text: for each row its page and line, None for a blank one between paragraphs, and the
    spans, by row, that an engine read unsurely."""

    texts: list[str] = field(default_factory=list)
    places: list[tuple[int, int] | None] = field(default_factory=list)
    unsure: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def _rows_of(pages: Sequence[Page]) -> _Rows:
    rows = _Rows()
    for number, page in enumerate(pages):
        for at, line in enumerate(page.lines):
            if line.space_before >= SETTINGS.paragraph_space and rows.texts:
                rows.texts.append("")
                rows.places.append(None)
            if page.source is PageSource.OCR and (spans := list(_unsure(line))):
                rows.unsure[len(rows.texts)] = spans
            rows.texts.append(line.text)
            rows.places.append((number, at))
    return rows


def _corrected_pages(pages: Sequence[Page], options: CorrectingOptions) -> tuple[list[Page], tuple[str, ...]]:
    """Pages of one source corrected, and what a person should know."""
    rows = _rows_of(pages)
    parallel = [row for page in pages for row in page.witness]
    result = corrected_lines(rows.texts, options, [parallel] if parallel else [], rows.unsure)
    found = {place: row for place, row in zip(rows.places, result.lines, strict=True) if place is not None}
    corrected = _with_lines(pages, found)
    repeated = {(place.page, place.line): row for place, row in agreed(corrected, _known(options)).items()}
    # Line numbers mean nothing to whoever holds the paper; only what is said of the whole is passed on.
    return _with_lines(corrected, repeated), tuple(w for w in result.warnings if "line" not in w)


def _with_lines(pages: Sequence[Page], corrected: Mapping[tuple[int, int], CorrectedLine]) -> list[Page]:
    """The pages with the lines that `corrected` holds by page and line."""
    return [
        replace(
            page,
            lines=tuple(
                _with_edits(line, corrected[number, at]) if (number, at) in corrected else line
                for at, line in enumerate(page.lines)
            ),
        )
        for number, page in enumerate(pages)
    ]


def _known(options: CorrectingOptions) -> Callable[[str], bool]:
    """Whether a string in small letters is a word."""
    words, made = lexicon(options.glossary), compounds(options.glossary)
    return lambda low: words.knows(low) or (len(low) >= SETTINGS.compound_length and made.best(low, True) is not None)


def _unsure(line: Line) -> Iterator[tuple[int, int]]:
    """The spans of the line's text that the engine read unsurely, those left out that were corrected since."""
    for word in line.words:
        edited = any(e.raw_start < word.end and word.start < e.raw_end for e in line.edits)
        if word.confidence < SETTINGS.sure and not edited:
            yield text_span(line.edits, word.start, word.end)


def _with_edits(line: Line, corrected: CorrectedLine) -> Line:
    """The line with the edits and suggestions it had and the new ones, which are about its text; a suggestion about
    what is now corrected is settled."""
    if not corrected.edits and not corrected.suggestions:
        return line
    edits = without_idle(line.raw, compose(line.edits, corrected.edits))
    made = [_of_raw(line, edit) for edit in corrected.edits]
    kept = non_overlapping(line.suggestions, made)
    suggestions = sorted(
        [*kept, *(_of_raw(line, s) for s in corrected.suggestions)], key=lambda s: (s.raw_start, s.raw_end)
    )
    return replace(line, text=apply(line.raw, edits), edits=edits, suggestions=tuple(suggestions))


def _of_raw(line: Line, edit: Edit) -> Edit:
    """An edit of the line's text, as one of its raw reading."""
    start, end = raw_span(line.edits, edit.raw_start, edit.raw_end)
    return replace(edit, raw_start=start, raw_end=end)
