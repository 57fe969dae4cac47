"""What is written by pen on the blanks of a page that has a text layer: strokes with curves on rows of dots or
underscores, as programs for signing and tablets draw them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from avskrift.ingest.text_layer.drawn_paths import DrawnPiece
from avskrift.ingest.text_layer.page_geometry import StoredBox
from avskrift.models.document import Line, Region
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What a pen draws, and where. Sizes are in points. Judged on invented forms; none was tuned."""

    widest: float = 300.0
    """Strokes that are wider, or as high, are parts of a drawing,"""
    highest: float = 72.0
    """as are those that are higher than this,"""
    lowest: float = 2.0
    """and all are rules that are lower."""
    inside: float = 0.2
    """Share of the points of a stroke that lie within its box, off its edges, at least: those of circles and of boxes
    with round corners lie on them."""
    edge: float = 0.08
    """Share of a side of the box that is its edge."""
    least: float = 12.0
    """Width of what is written at least."""
    above: float = 1.5
    """Heights of its line by which writing stands above a blank at most."""
    line: float = 8.0
    """Height of a line at least: dots are lower."""


SETTINGS = Settings()
_BLANK = re.compile(r"[._…]{4,}|…+")
_BARE = re.compile(r"[._…]")


def pen_strokes(pieces: Sequence[DrawnPiece]) -> tuple[StoredBox, ...]:
    """The boxes, as stored, of what a pen may have drawn among the `pieces` of a page."""
    return tuple(piece.box for piece in pieces if not piece.straight and _is_written(piece))


def _is_written(piece: DrawnPiece) -> bool:
    x0, y0, x1, y1 = piece.box
    wide, high = x1 - x0, y1 - y0
    if wide > SETTINGS.widest or not SETTINGS.lowest <= high <= SETTINGS.highest or wide <= 0:
        return False
    across, up = SETTINGS.edge * wide, SETTINGS.edge * high
    inside = sum(x0 + across < x < x1 - across and y0 + up < y < y1 - up for x, y in piece.points)
    return inside >= SETTINGS.inside * len(piece.points)


def writing_on_blanks(strokes: Sequence[BoundingBox], lines: Sequence[Line]) -> tuple[Region, ...]:
    """What the `strokes` of a page write on the blanks of its `lines`, a region for each blank; all boxes as shown."""
    found = []
    for blank in _blanks_of(lines) if strokes else ():
        space = blank.grown(0, SETTINGS.above * max(blank.height, SETTINGS.line), 0, blank.height)
        own = [one for one in strokes if space.shared_width(one) > 0 and space.shared_height(one) > 0]
        written = [one for one in own if space.shared_height(one) >= one.height / 2]
        if written and BoundingBox.enclosing(written).width >= SETTINGS.least:
            found.append(Region("handwriting", BoundingBox.enclosing(written)))
    return tuple(found)


def _blanks_of(lines: Sequence[Line]) -> Iterator[BoundingBox]:
    """The boxes of rows of dots or underscores; of a word that ends in one, the part where it stands. Signs that stand
    apart make one row."""
    for line in lines:
        single = [word.bbox for word in line.words if word.bbox is not None and _BARE.fullmatch(word.raw)]
        if len(single) > len("...."):
            yield BoundingBox.enclosing(single)
        for word in line.words:
            if word.bbox is None or not word.raw:
                continue
            sign = word.bbox.width / len(word.raw)
            for match in _BLANK.finditer(word.raw):
                after = len(word.raw) - match.end()
                yield word.bbox.grown(-sign * match.start(), 0, -sign * after, 0)
