"""Gaps in lines that part nothing: where words were struck out, where a value does not fill its field."""

from collections.abc import Sequence
from dataclasses import replace

from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

_CLOSE, _SPACE = 1.2, 0.25
"""Heights of a gap between words within which words stand close to it, and the space that is left of it."""


def closed_up(words: Sequence[OcrWord], gaps: Sequence[BoundingBox]) -> list[OcrWord]:
    """`words` that go on behind what was struck out, or behind a field that its value does not fill: the word before
    such a gap reaches up to the word behind, so that the gap parts no columns."""
    closed = list(words)
    for gap in gaps:
        row = [n for n, word in enumerate(closed) if word.box.shared_height(gap) > word.box.height / 2]
        reach = _CLOSE * gap.height
        before = [n for n in row if gap.x0 - reach <= closed[n].box.x1 <= gap.x1 and closed[n].box.x0 < gap.x1 - 1]
        behind = [n for n in row if gap.x1 - 1 <= closed[n].box.x0 <= gap.x1 + reach]
        if before and behind:
            last = max(before, key=lambda n: closed[n].box.x1)
            edge = min(closed[n].box.x0 for n in behind) - _SPACE * gap.height
            if edge > closed[last].box.x1:
                closed[last] = replace(closed[last], box=closed[last].box._replace(x1=edge))
    return closed
