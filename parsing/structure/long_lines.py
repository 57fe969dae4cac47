"""Lines longer than any that is printed, cut: no rule looks at more than `LONGEST` signs of one line.

Text without line breaks may come as one line. What a rule does with a line takes longer the longer it is, and looking
up the words behind a value goes through all words of its line.
"""

from collections.abc import Iterator
from dataclasses import replace

from avskrift.models.document import Line
from avskrift.models.edits import shifted, text_spans
from avskrift.models.geometry import BoundingBox

LONGEST = 2_000
"""Signs of a line that the rules see together."""


def pieces_of(line: Line) -> Iterator[Line]:
    """The line itself, or the pieces of one that is too long, cut after spaces where there are some.

    Pieces keep the number of their line, and words, edits and suggestions with offsets into their own `raw` and `text`.
    """
    text = line.text
    if len(text) <= LONGEST:
        yield line
        return
    words, edits, suggestions = 0, 0, 0
    spans = list(text_spans(line.edits))
    start = raw_start = 0
    while start < len(text):
        end = len(text)
        if end - start > LONGEST:
            end = text.rfind(" ", start, start + LONGEST) + 1
            end = end if end > start else start + LONGEST
        # an edit is never cut: the piece ends behind it
        first_edit = edits
        while edits < len(spans) and spans[edits][0] < end:
            end = max(end, spans[edits][1])
            edits += 1
        shift = line.edits[edits - 1].raw_end - spans[edits - 1][1] if edits else 0
        raw_end = end + shift if end < len(text) else len(line.raw)
        first_word = words
        while words < len(line.words) and line.words[words].start < raw_end:
            words += 1
        first_suggestion = suggestions
        while suggestions < len(line.suggestions) and line.suggestions[suggestions].raw_start < raw_end:
            suggestions += 1
        own = line.words[first_word:words]
        boxes = [word.bbox for word in own if word.bbox is not None]
        yield replace(
            line,
            raw=line.raw[raw_start:raw_end],
            text=text[start:end],
            words=tuple(replace(w, start=w.start - raw_start) for w in own),
            bbox=line.bbox if not boxes else BoundingBox.around(boxes),
            edits=shifted(line.edits[first_edit:edits], -raw_start),
            suggestions=shifted(line.suggestions[first_suggestion:suggestions], -raw_start),
            space_before=line.space_before if start == 0 else 0.0,
            cell_starts=(),
        )
        start, raw_start = end, raw_end
