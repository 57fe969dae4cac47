"""The lines of text in a picture, found from the shapes of its ink: where each stands, how high its letters are, how it
slopes.

Letters are chained from left to right; pieces of one line are joined unless a wide gap or a rule parts them; dots,
marks, stops and hyphens go to the line that they stand at. Reading order is no matter here (`ingest/layout`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.connected_components import Components, components_of
from avskrift.ingest.image.line_chains import Parted, chained_letters, widest_gap
from avskrift.ingest.image.picture import Grey
from avskrift.models.geometry import BoundingBox

_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """What is a letter, and what belongs to a line. Heights are the usual height of a letter on the page, sizes the
    height of a line's own letters (without strokes up and down); pixels are at 200 dots an inch."""

    letter: tuple[float, float] = (5.0, 70.0)  # pixels of height that tell what is usual
    letter_width: tuple[float, float] = (2.0, 90.0)  # pixels
    filled: float = 0.1  # share of its box that such a letter fills
    height: tuple[float, float] = (0.4, 5.0)  # heights of a letter that begins or goes on a line
    width: tuple[float, float] = (0.08, 12.0)  # heights
    flat: float = 5.0  # times its height that a letter is wide at most
    fill: float = 0.08  # share of its box that it fills
    stroke: tuple[float, float] = (0.3, 0.65)  # heights of a quotation mark's stroke: no letter is narrower and lower
    mark_width: float = 2.5  # heights of a dot, mark, stop or hyphen
    mark_area: float = 0.012  # square heights
    edge: float = 0.03  # share of the picture's width at either side, where shadows stand
    near_edge: float = 0.035  # the same for pieces of three shapes at most
    # Pieces of one line.
    level: float = 0.6  # share of the lower piece's size that two pieces share in height
    alike: float = 2.2  # times as large one may be as the other
    strays: int = 3  # shapes of a piece that may lie inside another one or close to it: a mark over a letter, a broken
    # stroke, a raised figure,
    close: float = 0.6  # sizes away at most
    stray_size: float = 1.2  # sizes that such a piece is high at most
    stripe: float = 4.0  # heights of the stripes of a page that pieces are looked up in
    number_gap: float = 5.0  # sizes between the number of a list, of three shapes at most, and its line
    # The slope of a line.
    shapes_to_fit: int = 6
    sizes_to_fit: float = 6.0  # sizes that such a line is long
    off_line: float = 0.25  # sizes from the baseline that a letter standing on it is at most
    on_line: float = 0.45  # share of the letters that stand on it
    steepest: float = 0.03
    # What stands above and below.
    above: float = 1.0  # sizes above small letters that capitals and their marks reach
    below: float = 0.5  # sizes below the baseline
    mark_above: float = 0.95  # sizes from small letters up to the middle of a mark of the line
    mark_below: float = 0.45
    mark_before: float = 3.2  # sizes from a bullet to its line
    mark_after: float = 1.3  # sizes from a line to its stop
    lowest: float = 0.5  # heights of a line at least


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in pixels: its `box`, where small letters end and where they stand at the middle of the box
    (`x_top`, `baseline`), by how much it falls for each pixel to the right, and how many shapes it has."""

    box: BoundingBox
    x_top: float
    baseline: float
    slope: float
    shapes: int


class _Shapes:
    """The boxes of a picture's shapes."""

    def __init__(self, components: Components) -> None:
        table = components.table[1:].astype(np.float64)
        self.x0, self.top = table[:, 0], table[:, 1]
        self.x1, self.bottom = table[:, 0] + table[:, 2], table[:, 1] + table[:, 3]
        self.width, self.height, self.area = table[:, 2], table[:, 3], table[:, 4]

    def box(self, place: int) -> BoundingBox:
        """The box of one."""
        return BoundingBox(*map(float, (self.x0[place], self.top[place], self.x1[place], self.bottom[place])))


@dataclass(slots=True)
class _Piece:
    """A piece of a line: the places of its shapes, its ends, its letters' heights at its middle, its slope."""

    members: list[int]
    x0: float
    x1: float
    x_top: float
    baseline: float
    slope: float

    @property
    def size(self) -> float:
        return max(1.0, self.baseline - self.x_top)

    def falls(self, x: float) -> float:
        """How many pixels lower than at its middle it stands at `x`."""
        return self.slope * (x - (self.x0 + self.x1) / 2)


def text_lines_of(ink: Grey, dpi: float, parted: Parted) -> list[TextLine]:
    """The lines of text in `ink`, a picture of ink (white on black) of `dpi` dots an inch.

    `parted` tells where rules part what stands beside each other.
    """
    shapes = _Shapes(components_of(ink))
    usual = usual_height(shapes.height, shapes.width, shapes.area, dpi)
    if usual == 0.0:
        return []
    letters, marks = _letters_and_marks(shapes, usual, ink.shape)
    order = sorted(np.flatnonzero(letters).tolist(), key=lambda place: float(shapes.x0[place]))
    chains = chained_letters([(place, shapes.box(place)) for place in order], usual, parted)
    pieces = _joined([_piece(chain, shapes) for chain in chains], shapes, usual, parted)
    _add_marks(pieces, np.flatnonzero(marks).tolist(), shapes)
    lines = [(piece, _line(piece, shapes)) for piece in pieces]
    return [line for piece, line in lines if _is_line(piece, line, usual, ink.shape[1])]


def usual_height(heights: _Floats, widths: _Floats, areas: _Floats, dpi: float) -> float:
    """The height of the usual letter among shapes of such `heights`, `widths` and `areas` at `dpi` dots an inch, in
    pixels: the median, large ones counting more; 0 without any."""
    unit = dpi / 200
    (low, high), (narrow, wide) = SETTINGS.letter, SETTINGS.letter_width
    fits = (heights >= low * unit) & (heights <= high * unit) & (widths >= narrow * unit) & (widths <= wide * unit)
    fits &= areas >= SETTINGS.filled * widths * heights
    if not fits.any():
        return 0.0
    order = np.argsort(heights[fits], kind="stable")
    weight = np.cumsum(areas[fits][order])
    return float(heights[fits][order][np.searchsorted(weight, weight[-1] / 2)])


def usual_letter(ink: Grey, dpi: float) -> float:
    """The height in pixels of the usual letter in a picture of `ink` of `dpi` dots an inch, by the middle of the page;
    0 without any."""
    tall = ink.shape[0]
    shapes = _Shapes(components_of(np.ascontiguousarray(ink[tall // 4 : tall - tall // 4])))
    return usual_height(shapes.height, shapes.width, shapes.area, dpi)


def _letters_and_marks(
    shapes: _Shapes, usual: float, shape: tuple[int, ...]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which shapes are letters, and which may be dots, marks, stops or hyphens."""
    tall, wide = shape
    (low, high), (narrow, broad) = SETTINGS.height, SETTINGS.width
    letters = (shapes.height >= low * usual) & (shapes.height <= high * usual)
    letters &= (shapes.width >= narrow * usual) & (shapes.width <= broad * usual)
    letters &= shapes.width <= SETTINGS.flat * shapes.height
    letters &= shapes.area >= SETTINGS.fill * shapes.width * shapes.height
    letters &= (shapes.width >= SETTINGS.stroke[0] * usual) | (shapes.height >= SETTINGS.stroke[1] * usual)
    marks = ~letters & (shapes.height <= usual) & (shapes.width <= SETTINGS.mark_width * usual)
    marks &= shapes.area >= max(2.0, SETTINGS.mark_area * usual * usual)
    inside = (shapes.x1 >= SETTINGS.edge * wide) & (shapes.x0 <= (1 - SETTINGS.edge) * wide)
    inside &= (shapes.x0 > 1) & (shapes.x1 < wide - 1) & (shapes.top > 1) & (shapes.bottom < tall - 1)
    return letters & inside, marks & inside


def _piece(members: list[int], shapes: _Shapes) -> _Piece:
    """A piece of such shapes, its slope fitted to where its letters stand."""
    tops, bottoms = shapes.top[members], shapes.bottom[members]
    x0, x1 = float(shapes.x0[members].min()), float(shapes.x1[members].max())
    piece = _Piece(members, x0, x1, float(np.median(tops)), float(np.median(bottoms)), 0.0)
    long = x1 - x0 > SETTINGS.sizes_to_fit * piece.size
    if len(members) < SETTINGS.shapes_to_fit or not long:
        return piece
    away = (shapes.x0[members] + shapes.x1[members]) / 2 - (x0 + x1) / 2
    slope, standing = _fitted(away, bottoms, piece)
    if np.mean(standing) >= SETTINGS.on_line and abs(slope) < SETTINGS.steepest:
        piece.slope = slope
        piece.baseline = float(np.median((bottoms - slope * away)[standing]))
        piece.x_top = float(np.median(tops - slope * away))
    return piece


def _fitted(away: _Floats, bottoms: _Floats, piece: _Piece) -> tuple[float, npt.NDArray[np.bool_]]:
    """The slope of the line that most letters stand on, `away` pixels from its middle, and which these are."""
    standing = np.ones(len(away), bool)
    slope, height = 0.0, piece.baseline
    limit = max(SETTINGS.off_line * piece.size, 2.0)
    for _ in range(4):
        if np.count_nonzero(standing) < SETTINGS.shapes_to_fit - 1:
            break
        spread = float(np.sum((away[standing] - away[standing].mean()) ** 2))
        if spread == 0.0:
            break
        mean, middle = float(bottoms[standing].mean()), float(away[standing].mean())
        slope = float(np.sum((away[standing] - middle) * (bottoms[standing] - mean)) / spread)
        height = mean - slope * middle
        now = np.abs(bottoms - height - slope * away) < limit
        if np.array_equal(now, standing):
            break
        standing = now
    return slope, standing


def _joined(pieces: list[_Piece], shapes: _Shapes, usual: float, parted: Parted) -> list[_Piece]:
    """The pieces, those of one line as one."""
    changed = True
    while changed:
        changed = False
        pieces.sort(key=lambda piece: -len(piece.members))
        kept: list[_Piece] = []
        stripes: dict[int, list[int]] = {}
        for piece in pieces:
            near = sorted({place for stripe in _stripes(piece, usual) for place in stripes.get(stripe, ())})
            home = next((place for place in near if _is_one_line(kept[place], piece, usual, parted)), None)
            if home is None:
                home = len(kept)
                kept.append(piece)
            else:
                kept[home] = _piece(kept[home].members + piece.members, shapes)
                changed = True
            for stripe in _stripes(kept[home], usual):
                if home not in stripes.setdefault(stripe, []):
                    stripes[stripe].append(home)
        pieces = kept
    return pieces


def _stripes(piece: _Piece, usual: float) -> Iterable[int]:
    """The stripes of the page that a piece stands in, with its slope and what reaches above and below it."""
    fall = abs(piece.slope) * (piece.x1 - piece.x0) / 2 + SETTINGS.above * piece.size
    height = SETTINGS.stripe * usual
    return range(int((piece.x_top - fall) // height), int((piece.baseline + fall) // height) + 1)


def _is_one_line(long: _Piece, short: _Piece, usual: float, parted: Parted) -> bool:
    """Whether a piece goes on another one that has as many shapes or more, or lies inside it."""
    gap = max(long.x0, short.x0) - min(long.x1, short.x1)
    few = len(short.members) <= SETTINGS.strays
    widest = widest_gap(long.size, short.size if len(short.members) > 2 else long.size, usual)
    if gap > (SETTINGS.number_gap * long.size if few and short.x1 < long.x0 else widest):
        return False
    falls = long.falls((short.x0 + short.x1) / 2)
    top, baseline = long.x_top + falls, long.baseline + falls
    if few and gap < SETTINGS.close * long.size:
        high = short.x_top > top - SETTINGS.above * long.size and short.baseline < baseline + SETTINGS.below * long.size
        if high and short.size < SETTINGS.stray_size * long.size:
            return True
    sizes = sorted((long.size, short.size))
    if min(baseline, short.baseline) - max(top, short.x_top) < SETTINGS.level * sizes[0]:
        return False
    if sizes[1] > SETTINGS.alike * sizes[0] and not few:
        return False
    return gap <= 0 or not parted(min(long.x1, short.x1), max(long.x0, short.x0), (top + baseline) / 2)


def _add_marks(pieces: Sequence[_Piece], marks: Iterable[int], shapes: _Shapes) -> None:
    """Gives each mark to the line that it stands at, if any."""
    if not pieces:
        return
    table = np.array([[p.x0, p.x1, p.x_top, p.baseline, p.size, p.slope, len(p.members)] for p in pieces])
    x0, x1, tops, baselines, sizes, slopes, counts = table.T
    middles = (x0 + x1) / 2
    for mark in marks:
        x, y = (shapes.x0[mark] + shapes.x1[mark]) / 2, (shapes.top[mark] + shapes.bottom[mark]) / 2
        falls = slopes * (x - middles)
        gap = np.maximum(x0 - shapes.x1[mark], shapes.x0[mark] - x1)
        reach = np.where(shapes.x1[mark] < x0, SETTINGS.mark_before, SETTINGS.mark_after) * sizes
        fits = (y > tops + falls - SETTINGS.mark_above * sizes) & (y < baselines + falls + SETTINGS.mark_below * sizes)
        fits &= (gap < reach) & ((counts > 1) | (gap < 0.5 * sizes))
        if fits.any():
            away = np.abs(y - (tops + baselines) / 2 - falls) / sizes + np.maximum(gap, 0) / sizes
            pieces[int(np.where(fits, away, np.inf).argmin())].members.append(mark)


def _line(piece: _Piece, shapes: _Shapes) -> TextLine:
    """The finished line: its box holds its shapes, but for what reaches farther up or down than letters do."""
    members = piece.members
    x0, x1 = float(shapes.x0[members].min()), float(shapes.x1[members].max())
    middle = (x0 + x1) / 2
    x_top, baseline = piece.x_top + piece.falls(middle), piece.baseline + piece.falls(middle)
    falls = piece.slope * ((shapes.x0[members] + shapes.x1[members]) / 2 - middle)
    top = max(float((shapes.top[members] - falls).min()), x_top - SETTINGS.above * piece.size)
    bottom = min(float((shapes.bottom[members] - falls).max()), baseline + SETTINGS.below * piece.size)
    return TextLine(BoundingBox(x0, top, x1, bottom), x_top, baseline, piece.slope, len(members))


def _is_line(piece: _Piece, line: TextLine, usual: float, wide: int) -> bool:
    """Whether a line is high enough, and none of the shadow at the picture's side."""
    if len(piece.members) <= SETTINGS.strays:
        near = SETTINGS.near_edge * wide
        if line.box.x1 < near or line.box.x0 > wide - near:
            return False
    return line.box.height >= SETTINGS.lowest * usual
