"""From a reading to what was printed: spacing, glyph confusions and diacritics, each change recorded.

`lines` takes a text and gives it back line for line; `document` does so for the pages of a `Document`. The text
is judged first (`condition`): what is whole is left alone. `tokens` cuts lines into words, `candidates` proposes
what each may have been printed as (from `lexicon`, `compounds` and `confusions`), `decoder` picks the likeliest
line. The data are in `rules/` (read and changed by people) and `weights/` (counted from running text).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from avskrift.models.document import Document
from avskrift.models.options import CorrectingOptions

if TYPE_CHECKING:
    from avskrift.corrections.lines import MendedLine

__all__ = ["correct", "correct_lines"]


def correct(document: Document, options: CorrectingOptions | None = None) -> Document:
    """The document with every line mended. Pages from trusted text layers are exact and stay as they are."""
    from avskrift.corrections.document import corrected_document

    return corrected_document(document, options or CorrectingOptions())


def correct_lines(lines: Sequence[str], options: CorrectingOptions | None = None) -> "list[MendedLine]":
    """The lines mended, exactly one for each line given; taken together as one text of one condition."""
    from avskrift.corrections.lines import MendedLine, mend

    if options is not None and not options.enabled:
        return [MendedLine(line) for line in lines]
    return list(mend(lines, options).lines)
