"""What is done to a page's words after an engine has read them: one refinement after the other, in order.

A refinement takes the words as they stand and gives them back, some of them with what a closer look showed. One that
fails leaves them as they were.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from avskrift.ingest.ocr.page_image import Sheet
from avskrift.ingest.ocr.refine.bullets import Marks, marks_on, with_marks
from avskrift.ingest.ocr.refine.capitals import with_capitals
from avskrift.ingest.ocr.refine.figure_text import Depicted, told_apart
from avskrift.ingest.ocr.refine.hyphens import with_hyphens
from avskrift.ingest.ocr.refine.line_crops import Look, read_strips
from avskrift.ingest.ocr.refine.merge import merged, wanted
from avskrift.ingest.ocr.refine.missed_text import with_unread
from avskrift.ingest.ocr.refine.spaces import with_spaces
from avskrift.ingest.ocr.refine.superscripts import RaisedMarks, raised_on, with_raised
from avskrift.ingest.ocr.refine.symbols import seen_again
from avskrift.ingest.words import OcrWord
from avskrift.runtime.failures import Failures

_STANDS = "the words stand as they were read before"


@dataclass(slots=True)
class PageContext:
    """What refinements know of a page besides its words, and what they find there for each other.

    `look` reads a picture of a whole page, `look_at_lines` one of a few lines, `look_for_signs` one of a few lines that
    may hold `§ % @`; all raise `EngineFailedError`. `bad` tells that the page may hold 65,000 shapes. `depicted` are
    the drawings with their words; `list_marks` and `raised` the marks found by their shape, `strips` what an engine
    read of both.
    """

    sheet: Sheet
    bad: bool
    look: Look
    look_at_lines: Look
    look_for_signs: Look
    depicted: list[Depicted] = field(default_factory=list)
    list_marks: Marks = field(default_factory=lambda: Marks((), (), (), ()))
    raised: RaisedMarks = field(default_factory=lambda: RaisedMarks((), ()))
    strips: Sequence[Sequence[OcrWord]] = ()


@dataclass(frozen=True, slots=True)
class Refinement:
    """`name` is what the refinement does, as the subject of a sentence; `apply` must not change the words it is
    given."""

    name: str
    apply: Callable[[PageContext, Sequence[OcrWord]], list[OcrWord]]


def refined(context: PageContext, seen: Sequence[OcrWord], failures: Failures) -> list[OcrWord]:
    """The words after all refinements, those that fail left out."""
    words = list(seen)
    for refinement in REFINEMENTS:
        words = _applied(refinement, context, words, failures)
    return words


def _applied(refinement: Refinement, context: PageContext, words: list[OcrWord], failures: Failures) -> list[OcrWord]:
    return failures.attempt(refinement.name, lambda: refinement.apply(context, tuple(words)), words, _STANDS)


def _read_twice(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    if context.sheet.smoother is None or not wanted(seen):
        return list(seen)
    return merged(seen, context.look(context.sheet.smoother))


def _with_unread(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    sheet = context.sheet
    return with_unread(sheet.picture, sheet.ink, sheet.ruling, seen, context.look_at_lines, many=context.bad)


def _without_depicted(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    sheet = context.sheet
    words, context.depicted = told_apart(seen, sheet.graphics, sheet.rules, sheet.picture)
    return words


def _seen_again(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    return seen_again(context.sheet.picture, seen, context.look_for_signs)


def _with_bullets(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    """The words with the list marks that are told by their shape; the others are kept to be read."""
    marks = marks_on(context.sheet.picture, context.sheet.ink, seen)
    context.list_marks = marks
    return list(marks.seen)


def _raised_found(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    context.raised = raised_on(context.sheet.picture, seen)
    return list(seen)


def _strips_read(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    """The words as they are; the strips of list marks and raised figures are read at once, which saves an engine's
    start."""
    context.strips = read_strips([*context.list_marks.strips, *context.raised.strips], context.look_at_lines)
    return list(seen)


def _with_list_marks(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    marks = context.list_marks
    if not context.strips or not marks.unread:
        return list(seen)
    return with_marks(marks, context.strips[: len(marks.strips)])


def _with_footnote_marks(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    if not context.strips or not context.raised.found:
        return list(seen)
    return with_raised(context.raised, seen, context.strips[len(context.list_marks.strips) :])


def _with_capitals(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    return with_capitals(context.sheet.picture, seen)


def _with_spaces(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    return with_spaces(context.sheet.picture, seen)


def _with_hyphens(context: PageContext, seen: Sequence[OcrWord]) -> list[OcrWord]:
    return with_hyphens(context.sheet.picture, seen)


REFINEMENTS = (
    Refinement("reading a second, smoother picture of the page", _read_twice),
    Refinement("looking for letters that the engine passed over", _with_unread),
    Refinement("telling the words of drawings from the text", _without_depicted),
    Refinement("looking a second time for § % @", _seen_again),
    Refinement("looking for the bullets of lists", _with_bullets),
    Refinement("looking for raised figures", _raised_found),
    Refinement("reading the marks of lists and footnotes", _strips_read),
    Refinement("setting the marks of lists", _with_list_marks),
    Refinement("setting the marks of footnotes", _with_footnote_marks),
    Refinement("telling capitals by their height", _with_capitals),
    Refinement("looking for missed spaces", _with_spaces),
    Refinement("looking for hyphens at the ends of lines", _with_hyphens),
)
"""In the order in which they are made: each sees the words as the one before left them."""
