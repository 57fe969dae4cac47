"""Lines longer than any that is printed, cut: no rule looks at more than `LONGEST` signs of one line.

Text without line breaks may come as one line. What a rule does with a line takes longer the longer it is, and looking
up the words behind a value goes through all words of its line.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from avskrift.models.document import Line
from avskrift.models.edits import shifted, text_spans
from avskrift.models.geometry import BoundingBox

LONGEST = 2_000
"""Signs of a line that the rules see together."""


def pieces_of(line: Line) -> Iterator[Line]:
    """The line itself, or the pieces of one that is too long, cut after spaces where there are some.

    Pieces keep the number of their line, and words, edits and suggestions with offsets into their own `raw` and `text`.
    """
    if len(line.text) <= LONGEST:
        yield line
        return
    spans = list(text_spans(line.edits))
    start = _Place()
    while start.text < len(line.text):
        end = _next_cut(line, start, spans)
        yield _piece(line, start, end)
        start = end


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where a line is cut: offsets in its `text` and `raw`, and how many of its words, edits and suggestions
    lie before."""

    text: int = 0
    raw: int = 0
    words: int = 0
    edits: int = 0
    suggestions: int = 0


def _next_cut(line: Line, start: _Place, spans: Sequence[tuple[int, int]]) -> _Place:
    """The next place where a line is cut; `spans` are those of its edits in its text."""
    end = len(line.text)
    if end - start.text > LONGEST:
        end = line.text.rfind(" ", start.text, start.text + LONGEST) + 1
        end = end if end > start.text else start.text + LONGEST
    edits = start.edits
    while edits < len(spans) and spans[edits][0] < end:
        end = max(end, spans[edits][1])  # an edit is never cut: the piece ends behind it
        edits += 1
    shift = line.edits[edits - 1].raw_end - spans[edits - 1][1] if edits else 0
    raw_end = end + shift if end < len(line.text) else len(line.raw)
    words = bisect_left(line.words, raw_end, start.words, key=lambda word: word.start)
    suggestions = bisect_left(line.suggestions, raw_end, start.suggestions, key=lambda edit: edit.raw_start)
    return _Place(end, raw_end, words, edits, suggestions)


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
        edits=shifted(line.edits[start.edits : end.edits], -start.raw),
        suggestions=shifted(line.suggestions[start.suggestions : end.suggestions], -start.raw),
        space_before=0.0 if start.text else line.space_before,
        cell_starts=(),
    )
