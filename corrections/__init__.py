"""From a reading to what was printed: spacing, glyph confusions and diacritics, each change recorded.

`lines` takes a text and gives it back line for line; `document` does so for the pages of a `Document`. The text
is judged first (`condition`): what is whole is left alone. `tokens` cuts lines into words, `candidates` proposes
what each may have been printed as (from `lexicon`, `compounds` and `confusions`), `decoder` picks the likeliest
line. The data are in `rules/` (read and changed by people) and `weights/` (counted from running text).
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from avskrift.models.document import Document, Page, PageSource
from avskrift.models.options import CorrectingOptions
from avskrift.runtime.failures import Failures

if TYPE_CHECKING:
    from avskrift.corrections.lines import CorrectedLine

__all__ = ["correct", "correct_lines"]

_LOG = logging.getLogger("avskrift.corrections")


def correct(document: Document, options: CorrectingOptions | None = None) -> Document:
    """The document with every line mended. Pages from trusted text layers are exact and stay as they are.

    Pages whose correction fails stay as they were read, which is told in the document's warnings; the traceback goes
    to the log `avskrift.corrections`. Raises `UsageError` for a glossary that cannot be used, `LimitExceededError` for
    too long a text.
    """
    from avskrift.corrections.document import corrected_document

    chosen = options or CorrectingOptions()
    failures = Failures(_LOG)
    whole = failures.attempt("correcting the text", lambda: corrected_document(document, chosen), None, _AS_READ)
    return whole if whole is not None else _by_source(document, chosen)


def _by_source(document: Document, options: CorrectingOptions) -> Document:
    """The document with those pages mended whose correction does not fail; pages of one source are mended together."""
    from avskrift.corrections.document import corrected_document

    failures = Failures(_LOG)
    pages: dict[int, Page] = {page.number: page for page in document.pages}
    warnings = list(document.warnings)
    for source, name in _SOURCES:
        group = replace(document, pages=tuple(p for p in document.pages if p.source is source), warnings=())
        if group.pages:
            mended = failures.attempt(
                f"correcting {name}", partial(corrected_document, group, options), group, _AS_READ
            )
            pages |= {page.number: page for page in mended.pages}
            warnings += [w for w in mended.warnings if w not in warnings]
    return replace(
        document, pages=tuple(pages[p.number] for p in document.pages), warnings=(*warnings, *failures.messages)
    )


_AS_READ = "the text stands as it was read"
_SOURCES = (
    (PageSource.OCR, "the pages that an engine read"),
    (PageSource.PLAIN_TEXT, "the plain text"),
)


def correct_lines(lines: Sequence[str], options: CorrectingOptions | None = None) -> "list[CorrectedLine]":
    """The lines mended, exactly one for each line given; taken together as one text of one condition."""
    from avskrift.corrections.lines import CorrectedLine, mend

    if options is not None and not options.enabled:
        return [CorrectedLine(line) for line in lines]
    return list(mend(lines, options).lines)
