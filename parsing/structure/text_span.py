"""Running text that remembers where it was printed.

A span joins lines into one string, rejoins words that were hyphenated over a line end, and can say for any
stretch of that string which page, box and raw reading it came from. Every value of an agreement is cut out of
a span, which is how it gets its evidence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from avskrift.models.agreement import Evidence
from avskrift.models.document import WIDE_GAP, Line
from avskrift.models.edits import touching
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.structure.confidence import reading_confidence, rule_confidence

_HYPHEN_AT_END = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_COMPOUND_CONTINUES = re.compile(r"(?:och|eller|samt|respektive|resp\.?|till|/)(?!\w)")


@dataclass(frozen=True, slots=True)
class HeadingOdds:
    """How probable the learned reader thinks it (0 to 1) that a line is a heading, and that it goes on with the one
    above."""

    heading: float
    goes_on: float


@dataclass(frozen=True, slots=True)
class LocatedLine:
    """A line on its page; `number` is the line's place in the whole document, `odds` what the learned reader says of
    it."""

    page: int
    line: Line
    number: int
    odds: HeadingOdds | None = None

    @property
    def text(self) -> str:
        """The line's text."""
        return self.line.text


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters of a passage from `start` on are those of `line` from `line_start` on."""

    page: int
    line: Line
    line_start: int
    start: int
    length: int

    def between(self, start: int, end: int) -> "Piece":
        """What lies between two offsets into the passage, as a piece of the passage of that part alone."""
        first, last = max(start, self.start), min(end, self.start + self.length)
        return Piece(self.page, self.line, self.line_start + first - self.start, first - start, last - first)

    def reading(self) -> "Reading":
        """What was read where the piece stands."""
        end = self.line_start + self.length
        raw_start, raw_end = self.line.raw_span(self.line_start, end)
        words = self.line.words_of(self.line_start, end)
        edits = touching(self.line.edits, self.line_start, end)
        as_read = [w for w in words if not any(e.raw_start < w.end and e.raw_end > w.start for e in edits)]
        return Reading(
            self.page,
            self.line.raw[raw_start:raw_end],
            tuple(w.bbox for w in words if w.bbox is not None),
            min((w.confidence for w in as_read), default=1.0),
            min((e.confidence for e in edits), default=1.0),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read at one place: the page, the raw words and their boxes, the least confidence of those that were not
    changed (the engine's, 0 to 1), and that of the corrections."""

    page: int
    raw: str
    boxes: tuple[BoundingBox, ...]
    word_confidence: float
    edit_confidence: float


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A string and where its parts stand. Pieces are in order; joints between them belong to no piece."""

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def join(cls, lines: Iterable[LocatedLine]) -> "TextSpan":
        """One passage of whole lines: a space at each line end, none where a hyphen parts a word."""
        parts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        for located in lines:
            text = located.text
            left = len(text) - len(text.lstrip())
            text = text.strip()
            if not text:
                continue
            if parts:
                last = pieces[-1]
                if _HYPHEN_AT_END.search(parts[-1]) and text[0].islower() and not _COMPOUND_CONTINUES.match(text):
                    parts[-1] = parts[-1][:-1]
                    pieces[-1] = Piece(last.page, last.line, last.line_start, last.start, last.length - 1)
                    length -= 1
                else:
                    parts.append(" ")
                    length += 1
            parts.append(text)
            pieces.append(Piece(located.page, located.line, left, length, len(text)))
            length += len(text)
        return cls("".join(parts), tuple(pieces))

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def page(self) -> int:
        """The page on which the passage begins."""
        return self.pieces[0].page

    def cut(self, start: int, end: int | None = None) -> "TextSpan":
        """The passage of text[start:end], white space at its ends left out."""
        stop = len(self.text) if end is None else min(end, len(self.text))
        kept = self.text[start:stop]
        start, stop = stop - len(kept.lstrip()), start + len(kept.rstrip())
        if start >= stop:
            return TextSpan("", ())
        pieces = (piece.between(start, stop) for piece in self._touching(start, stop))
        return TextSpan(self.text[start:stop], tuple(piece for piece in pieces if piece.length > 0))

    def stripped(self, signs: str) -> "TextSpan":
        """The passage without white space and `signs` at either end."""
        body = self.text.strip(signs + " \t")
        if not body:
            return TextSpan("", ())
        start = self.text.index(body)
        return self.cut(start, start + len(body))

    def _touching(self, start: int, end: int) -> Sequence[Piece]:
        first = max(0, bisect_right([p.start for p in self.pieces], start) - 1)
        return [p for p in self.pieces[first:] if p.start < end]

    def holds(self, evidence: Evidence) -> bool:
        """Whether what some evidence is of begins within the passage, by where as much of it as its first line holds
        stands on that line."""
        for piece in self.pieces:
            if (piece.page, piece.line.number) == (evidence.page, evidence.line):
                at = _beginning_of(evidence.text, piece.line.text)
                if at is not None and piece.line_start <= at < piece.line_start + piece.length:
                    return True
        return False

    def evidence(self, field: str | None = None) -> Evidence:
        """Where the passage stands: its first page and line, the box of its words there, its raw reading.

        The confidence is the least of how probably its words are read right and its corrections are right, times how
        often the rules of `field` (a name in confidence.toml; None: no rule chose) choose right. Raises ValueError for
        an empty passage, KeyError for a field that is not listed.
        """
        if not self.pieces:
            raise ValueError("an empty passage proves nothing")
        readings = [piece.reading() for piece in self.pieces]
        box = BoundingBox.around([b for r in readings if r.page == self.page for b in r.boxes])
        read = reading_confidence(min(r.word_confidence for r in readings))
        chosen = 1.0 if field is None else rule_confidence(field)
        return Evidence(
            page=self.page,
            line=self.pieces[0].line.number,
            bbox=_rounded(box),
            text=self.text,
            raw=" ".join(r.raw for r in readings),
            confidence=round(max(0.0, min(read, *(r.edit_confidence for r in readings)) * chosen), 3),
        )


def _beginning_of(text: str, line: str) -> int | None:
    """Where the words of a text, or as many of them as stand there, begin on the line that it begins on."""
    words = text.split()
    places = (line.find(" ".join(words[:count])) for count in range(len(words), 0, -1))
    return next((at for at in places if at >= 0), None)


def _rounded(box: BoundingBox | None) -> tuple[float, float, float, float] | None:
    """A box as evidence tells it: x0, top, x1, bottom to a tenth of a point."""
    return None if box is None else (round(box.x0, 1), round(box.top, 1), round(box.x1, 1), round(box.bottom, 1))


def columns_of(passage: TextSpan) -> list[TextSpan]:
    """The parts of a line's passage that wide gaps part."""
    found: list[TextSpan] = []
    offset = 0
    for text in passage.text.split(WIDE_GAP):
        found.append(passage.cut(offset, offset + len(text)))
        offset += len(text) + len(WIDE_GAP)
    return found


def between(passages: Sequence[TextSpan], joint: str = " ") -> TextSpan:
    """One passage of several, `joint` between them."""
    text = ""
    pieces: list[Piece] = []
    for passage in passages:
        if not passage:
            continue
        if text:
            text += joint
        pieces.extend(Piece(p.page, p.line, p.line_start, p.start + len(text), p.length) for p in passage.pieces)
        text += passage.text
    return TextSpan(text, tuple(pieces))
