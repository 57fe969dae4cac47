"""Lines longer than any that is printed, cut: no rule looks at more than `LONGEST` signs of one line.

Text without line breaks may come as one line. What a rule does with a line takes longer the longer it is, and looking
up the words behind a value goes through all words of its line.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from avskrift.models.document import Line
from avskrift.models.edits import shifted
from avskrift.models.geometry import BoundingBox

LONGEST = 2_000
"""Signs of a line that the rules see together."""


def pieces_of(line: Line) -> Iterator[Line]:
    """The line itself, or the pieces of one that is too long, cut after spaces where there are some.

    Pieces keep the number of their line, and words, edits and doubts with offsets into their own `raw` and `text`.
    """
    if len(line.text) <= LONGEST:
        yield line
        return
    start = _Place()
    while start.text < len(line.text):
        end = _next_cut(line, start)
        yield _piece(line, start, end)
        start = end


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where a line is cut: offsets in its `text` and `raw`, and how many of its words, edits and doubts lie
    before."""

    text: int = 0
    raw: int = 0
    words: int = 0
    edits: int = 0
    doubts: int = 0


def _next_cut(line: Line, start: _Place) -> _Place:
    end = len(line.text)
    if end - start.text > LONGEST:
        end = line.text.rfind(" ", start.text, start.text + LONGEST) + 1
        end = end if end > start.text else start.text + LONGEST
    edits = start.edits
    while edits < len(line.edits) and line.edits[edits].start < end:
        end = max(end, line.edits[edits].end)  # an edit is never cut: the piece ends behind it
        edits += 1
    shift = line.edits[edits - 1].raw_end - line.edits[edits - 1].end if edits else 0
    raw_end = end + shift if end < len(line.text) else len(line.raw)
    words = bisect_left(line.words, raw_end, start.words, key=lambda word: word.start)
    doubts = bisect_left(line.doubts, raw_end, start.doubts, key=lambda doubt: doubt.raw_start)
    return _Place(end, raw_end, words, edits, doubts)


def _piece(line: Line, start: _Place, end: _Place) -> Line:
    """The line from one place to another."""
    words = line.words[start.words : end.words]
    boxes = [word.bbox for word in words if word.bbox is not None]
    return replace(
        line,
        raw=line.raw[start.raw : end.raw],
        text=line.text[start.text : end.text],
        words=tuple(replace(w, start=w.start - start.raw) for w in words),
        bbox=BoundingBox.around(boxes) if boxes else line.bbox,
        edits=shifted(line.edits[start.edits : end.edits], -start.raw, -start.text),
        doubts=tuple(
            replace(d, raw_start=d.raw_start - start.raw, raw_end=d.raw_end - start.raw)
            for d in line.doubts[start.doubts : end.doubts]
        ),
        space_before=0.0 if start.text else line.space_before,
        cell_starts=(),
    )
