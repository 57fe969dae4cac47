"""What a page shows beyond its text and what holds no more: tick boxes, values set anew, struck-out words.

Found once on a page, and brought into its words whichever program gives these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

from avskrift.ingest.layout.gaps import closed_up
from avskrift.ingest.struck_warning import warnings_of_struck
from avskrift.ingest.text_layer.drawn_paths import pieces_on
from avskrift.ingest.text_layer.page_geometry import StoredBox, as_shown
from avskrift.ingest.text_layer.pen_strokes import pen_strokes, writing_on_blanks
from avskrift.ingest.text_layer.struck_out import StruckWord, struck_words_on, without_struck
from avskrift.ingest.text_layer.tick_boxes import TickBox, drawn_tick_boxes, with_signs
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Line, Region
from avskrift.models.geometry import BoundingBox

_LINE_HEIGHT = 1.2
"""Font sizes from one line of a text that is set anew to the next."""
_LETTER_WIDTH = 0.5
"""Font sizes that a letter is wide, more or less."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text that the page shows in a box, as stored, where nothing tells the places of its words."""

    box: StoredBox
    text: str


@dataclass(frozen=True, slots=True)
class AnnotatedMarks:
    """What the annotations of a page tell of its words: its `buttons`, the boxes of `fields` with text, `texts` that
    must be set anew, and the boxes that are `struck` out; all as stored."""

    buttons: tuple[TickBox, ...] = ()
    fields: tuple[StoredBox, ...] = ()
    texts: tuple[PlacedText, ...] = ()
    struck: tuple[StoredBox, ...] = ()


NOT_ANNOTATED = AnnotatedMarks()


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Of one page: what its annotations tell, tick boxes that are `drawn` on it, words that are `struck` out, and the
    boxes, as stored, of what a pen may have drawn (`strokes`)."""

    annotated: AnnotatedMarks = NOT_ANNOTATED
    drawn: tuple[TickBox, ...] = ()
    struck: tuple[StruckWord, ...] = ()
    strokes: tuple[StoredBox, ...] = ()

    def applied_to(self, words: Sequence[OcrWord], frame: StoredBox, rotation: int) -> list[OcrWord]:
        """`words` without those that are struck out, with signs for tick boxes and texts that were set anew; none
        where there were none. Boxes are in points from the top left of `frame`, shown turned by `rotation` degrees."""
        if not words or self == NO_MARKS:
            return list(words)
        size = median(word.font_size for word in words)
        placed = [word for text in self.annotated.texts for word in _set(text, size, frame, rotation)]
        left = [*without_struck(words, self.struck, frame, rotation), *placed]
        gaps = [region.bbox for region in self.regions(frame, rotation)]
        gaps += [as_shown(box, frame, rotation) for box in self.annotated.fields]
        return with_signs(closed_up(left, gaps), self.annotated.buttons, self.drawn, frame, rotation)

    def regions(self, frame: StoredBox, rotation: int) -> tuple[Region, ...]:
        """The words that are struck out, those of one stroke together; boxes as in `applied_to`."""
        found = []
        for _, group in groupby(self.struck, key=lambda word: word.rule):
            words = list(group)
            box = BoundingBox.enclosing(as_shown(word.box, frame, rotation) for word in words)
            found.append(Region("struck_out", box, " ".join(word.text for word in words)))
        return tuple(found)

    def writing(self, lines: Sequence[Line], frame: StoredBox, rotation: int) -> tuple[Region, ...]:
        """What is written by pen on the blanks of a page's `lines`; boxes as in `applied_to`."""
        return writing_on_blanks([as_shown(box, frame, rotation) for box in self.strokes], lines)

    def warnings(self, number: int) -> tuple[str, ...]:
        """What a person should know of the page of that number."""
        return warnings_of_struck(number, [word.text for word in self.struck])


NO_MARKS = PageMarks()


def marks_on(pdf_page: Any, layer: Any, annotated: AnnotatedMarks, turn: int) -> PageMarks:
    """The marks of a page: `pdf_page` is pypdfium2's, `layer` its text page; `annotated` is what its annotations tell,
    and `turn` by how many degrees clockwise it is turned to be read."""
    pieces = pieces_on(pdf_page)
    if not pieces and annotated == NOT_ANNOTATED:
        return NO_MARKS
    struck = struck_words_on(layer, pieces, annotated.struck, pdf_page.get_bbox(), pdf_page.get_rotation() + turn)
    return PageMarks(annotated, drawn_tick_boxes(pieces), struck, pen_strokes(pieces))


def _set(text: PlacedText, usual_size: float, frame: StoredBox, rotation: int) -> list[OcrWord]:
    """The words of a text set into its box, line by line, as far as it reaches."""
    box = as_shown(text.box, frame, rotation)
    lines = text.text.splitlines() or [""]
    size = min(usual_size, box.height / len(lines))
    step = min(size * _LINE_HEIGHT, box.height / len(lines))
    top = box.top if len(lines) > 1 else box.middle - size / 2
    words = []
    for number, line in enumerate(lines):
        wide = min(_LETTER_WIDTH * size, box.width / max(1, len(line)))
        at = 0
        for word in line.split():
            at = line.index(word, at)
            y = top + number * step
            place = BoundingBox(box.x0 + at * wide, y, box.x0 + (at + len(word)) * wide, y + size)
            words.append(OcrWord(word, place, 1.0, stated_size=size))
            at += len(word)
    return words
