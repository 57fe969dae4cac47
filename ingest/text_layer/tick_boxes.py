"""Tick boxes of a page as the signs ☐ and ☒: buttons of a form, and small squares that are drawn beside lines.

A square is ticked where a cross, a tick or a fill lies in it. Squares that touch each other are boxes for single
figures, filled ones without an empty one of their size in their column or row are bullets, and those of several colours
are the legend of a chart: none of them is a tick box.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from avskrift.ingest.text_layer.drawn_paths import Colour, DrawnPiece
from avskrift.ingest.text_layer.page_geometry import StoredBox, as_shown
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

EMPTY, TICKED = "☐", "☒"
_MARKS = frozenset("XxVv×✓✔✕✖✗✘☓√")
"""What is typed into a box to tick it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a drawn tick box is. Sizes are in points, shares of a side of the box."""

    smallest: float = 5.0
    largest: float = 16.0
    most_oblong: float = 1.25
    """How many times as long one side may be as the other."""
    off_edge: float = 0.12
    """Share by which the corners of an outline may lie off the box's edges."""
    apart: float = 1.0
    """Points that two boxes for single figures are apart at most."""
    same_size: float = 1.5
    """Points by which the sides of tick boxes of one form differ at most."""
    same_colour: int = 32
    """Of 255: by which red, green and blue of one colour differ at most."""
    mark_beyond: float = 0.35
    """Share by which a mark may reach out of its box."""
    least_mark: float = 0.3
    """Share of a side that a mark is wide and high at least; less is a speck."""
    beside: float = 2.5
    """Heights of a word that it stands from its box at most."""
    most: int = 400
    """Boxes of a page; more are a pattern."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class TickBox:
    """A tick box, as stored."""

    box: StoredBox
    ticked: bool


@dataclass(frozen=True, slots=True)
class _Square:
    box: StoredBox
    filled: bool
    colour: Colour | None

    @property
    def side(self) -> float:
        return max(self.box[2] - self.box[0], self.box[3] - self.box[1])


def drawn_tick_boxes(pieces: Sequence[DrawnPiece]) -> tuple[TickBox, ...]:
    """The squares among what is drawn on a page that may be tick boxes, wherever they stand."""
    squares = _outermost(piece for piece in pieces if _is_square(piece))
    if not 0 < len(squares) <= SETTINGS.most:
        return ()
    marks = [piece for piece in pieces if piece.dark or not _is_square(piece)]

    def may_be_ticked(square: _Square) -> bool:
        aligned = [other for other in squares if _is_aligned(square, other)]
        return any(not other.filled for other in aligned) and not _is_legend(aligned)

    def is_ticked(square: _Square) -> bool:
        return square.filled or any(_is_mark(piece, square) for piece in marks)

    found = [square for square in squares if not _touches(square, squares) and may_be_ticked(square)]
    return tuple(TickBox(square.box, is_ticked(square)) for square in found)


def with_signs(
    words: Sequence[OcrWord], buttons: Sequence[TickBox], drawn: Sequence[TickBox], frame: StoredBox, rotation: int
) -> list[OcrWord]:
    """`words` with a sign for each tick box: for all `buttons`, and for those `drawn` that stand beside a word.

    The words' boxes are in points from the top left of `frame`, which is shown turned by `rotation` degrees clockwise.
    What stands in a box is its mark and no word.
    """
    if not words or not (buttons or drawn):
        return list(words)
    left, signs = list(words), []
    height, size = median(word.box.height for word in words), median(word.font_size for word in words)

    def take(sign: str, box: BoundingBox, inside: Sequence[OcrWord]) -> None:
        left[:] = [word for word in left if word not in inside]
        half = min(box.height, height) / 2  # no higher than the words about it
        place = BoundingBox(box.x0, box.middle - half, box.x1, box.middle + half)
        signs.append(OcrWord(sign, place, 1.0, stated_size=size))

    for tick in buttons:
        box = as_shown(tick.box, frame, rotation)
        take(TICKED if tick.ticked else EMPTY, box, _signs_in(box, left))
    for tick in _not_below(buttons, drawn):
        box = as_shown(tick.box, frame, rotation)
        inside = _signs_in(box, left)
        if _is_empty_or_marked(inside) and _stands_beside(box, left, inside):
            take(TICKED if tick.ticked or inside else EMPTY, box, inside)
    return [*left, *signs]


def _not_below(buttons: Sequence[TickBox], drawn: Sequence[TickBox]) -> list[TickBox]:
    """Those of the `drawn` boxes that are not printed below a button."""
    places = [BoundingBox(*button.box) for button in buttons]
    free = []
    for tick in drawn:
        box = BoundingBox(*tick.box)
        if not any(box.contains_centre(place) or place.contains_centre(box) for place in places):
            free.append(tick)
    return free


def _signs_in(box: BoundingBox, words: Sequence[OcrWord]) -> list[OcrWord]:
    return [word for word in words if box.contains_centre(word.box) and len(word.text) == 1]


def _is_empty_or_marked(inside: Sequence[OcrWord]) -> bool:
    """Whether the signs in a box are none, or ticks alone; others are figures of a number."""
    return all(word.text in _MARKS for word in inside)


def _stands_beside(box: BoundingBox, words: Sequence[OcrWord], inside: Sequence[OcrWord]) -> bool:
    """Whether a word stands close to the right of a box, or to its left, at its height."""
    for word in words:
        at_height = box.shared_height(word.box) >= min(box.height, word.box.height) / 2
        near = SETTINGS.beside * word.box.height
        if at_height and word not in inside and -1 <= -box.shared_width(word.box) <= near:
            return True
    return False


def _is_square(piece: DrawnPiece) -> bool:
    wide, high = piece.box[2] - piece.box[0], piece.box[3] - piece.box[1]
    small, large = min(wide, high), max(wide, high)
    if not (SETTINGS.smallest <= small and large <= SETTINGS.largest and large <= SETTINGS.most_oblong * small):
        return False
    return (
        piece.straight and 4 <= len(piece.points) <= 6 and all(_is_corner(point, piece.box) for point in piece.points)
    )


def _is_corner(point: tuple[float, float], box: StoredBox) -> bool:
    off = SETTINGS.off_edge * (box[2] - box[0])
    return min(abs(point[0] - box[0]), abs(point[0] - box[2])) <= off and (
        min(abs(point[1] - box[1]), abs(point[1] - box[3])) <= off
    )


def _outermost(pieces: Iterator[DrawnPiece]) -> list[_Square]:
    """The outermost of squares that lie in each other."""
    squares: list[_Square] = []
    for piece in sorted(pieces, key=lambda piece: piece.box[0] - piece.box[2]):
        if not any(_lies_in(piece.box, square.box) for square in squares):
            squares.append(_Square(piece.box, piece.dark, piece.colour))
    return squares


def _is_aligned(square: _Square, other: _Square) -> bool:
    """Whether two squares have one size and stand in one column or row; a square does with itself."""
    off = SETTINGS.same_size
    near = min(abs(square.box[0] - other.box[0]), abs(square.box[1] - other.box[1]))
    return abs(square.side - other.side) <= off and near <= off


def _is_legend(squares: Sequence[_Square]) -> bool:
    """Whether squares name the colours of a chart: their dark fills differ, or some of the light ones beside them."""
    dark = [square.colour for square in squares if square.filled]
    light = [square.colour for square in squares if not square.filled]
    return bool(dark) and (_differ(dark) or _differ(light))


def _differ(colours: Sequence[Colour | None]) -> bool:
    """Whether some colours are not all one; None is paper."""
    fills = [colour or (255, 255, 255) for colour in colours]
    return any(max(parts) - min(parts) > SETTINGS.same_colour for parts in zip(*fills, strict=True))


def _lies_in(box: StoredBox, outer: StoredBox) -> bool:
    return box[0] >= outer[0] - 1 and box[1] >= outer[1] - 1 and box[2] <= outer[2] + 1 and box[3] <= outer[3] + 1


def _touches(square: _Square, squares: Sequence[_Square]) -> bool:
    apart = SETTINGS.apart
    left, bottom, right, top = square.box
    return any(
        other is not square
        and left - apart <= other.box[2]
        and other.box[0] <= right + apart
        and bottom - apart <= other.box[3]
        and other.box[1] <= top + apart
        for other in squares
    )


def _is_mark(piece: DrawnPiece, square: _Square) -> bool:
    """Whether what is drawn is a cross, or a stroke of one, a tick or a fill in a square."""
    beyond = SETTINGS.mark_beyond * square.side
    left, bottom, right, top = square.box
    box = piece.box
    return (
        _is_large_enough(box, square)
        and left - beyond <= box[0]
        and box[2] <= right + beyond
        and bottom - beyond <= box[1]
        and box[3] <= top + beyond
        and left <= (box[0] + box[2]) / 2 <= right
        and bottom <= (box[1] + box[3]) / 2 <= top
    )


def _is_large_enough(box: StoredBox, square: _Square) -> bool:
    least = SETTINGS.least_mark * square.side
    return box[2] - box[0] >= least and box[3] - box[1] >= least
