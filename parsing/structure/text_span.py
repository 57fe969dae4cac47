"""Running text that remembers where it was printed.

A passage joins lines into one string, mends words that were hyphenated over a line end, and can say for any
stretch of that string which page, box and raw reading it came from. Every value of an agreement is cut out of
a passage, which is how it gets its evidence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from avskrift.models.agreement import Evidence
from avskrift.models.document import WIDE_GAP, Line
from avskrift.models.edits import touching
from avskrift.models.geometry import BoundingBox
from avskrift.parsing.structure.confidence import read_right, sure_of

_HYPHEN_AT_END = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_COMPOUND_CONTINUES = re.compile(r"(?:och|eller|samt|respektive|resp\.?|till|/)(?!\w)")


@dataclass(frozen=True, slots=True)
class LocatedLine:
    """A line on its page; `number` is the line's place in the whole document."""

    page: int
    line: Line
    number: int

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters of a passage from `start` on are those of `line` from `line_start` on."""

    page: int
    line: Line
    line_start: int
    start: int
    length: int


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
        for placed in lines:
            text = placed.text
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
            pieces.append(Piece(placed.page, placed.line, left, length, len(text)))
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
        while start < stop and self.text[start].isspace():
            start += 1
        while stop > start and self.text[stop - 1].isspace():
            stop -= 1
        pieces = []
        for piece in self._touching(start, stop):
            first = max(start, piece.start)
            last = min(stop, piece.start + piece.length)
            if first < last:
                pieces.append(
                    Piece(
                        piece.page,
                        piece.line,
                        piece.line_start + first - piece.start,
                        first - start,
                        last - first,
                    )
                )
        return TextSpan(self.text[start:stop], tuple(pieces))

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

    def evidence(self, field: str | None = None) -> Evidence:
        """Where the passage stands: its first page and line, the box of its words there, its raw reading.

        The confidence is the least of how probably its words are read right and its corrections are right, times how
        often the rules of `field` (a name in certainty.toml; None: no rule chose) choose right. Raises ValueError for
        an empty passage, KeyError for a field that is not listed.
        """
        if not self.pieces:
            raise ValueError("an empty passage proves nothing")
        boxes: list[BoundingBox] = []
        raw: list[str] = []
        read = mended = 1.0
        for piece in self.pieces:
            end = piece.line_start + piece.length
            raw_start, raw_end = piece.line.raw_span(piece.line_start, end)
            raw.append(piece.line.raw[raw_start:raw_end])
            words = piece.line.words_of(piece.line_start, end)
            edits = touching(piece.line.edits, piece.line_start, end)
            mended = min([mended, *(e.confidence for e in edits)])
            as_read = [w for w in words if not any(e.raw_start < w.end and e.raw_end > w.start for e in edits)]
            read = min([read, *(w.confidence for w in as_read)])
            if piece.page == self.page:
                boxes.extend(w.bbox for w in words if w.bbox is not None)
        box = BoundingBox.around(boxes)
        return Evidence(
            page=self.page,
            line=self.pieces[0].line.number,
            bbox=None if box is None else (round(box.x0, 1), round(box.top, 1), round(box.x1, 1), round(box.bottom, 1)),
            text=self.text,
            raw=" ".join(raw),
            confidence=round(max(0.0, min(read_right(read), mended) * (1.0 if field is None else sure_of(field))), 3),
        )


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
