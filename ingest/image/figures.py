"""What on a page is drawn and not set in letters: logos, charts, pictures, signatures, punch holes, dark edges.

Before an engine reads, figures are found by their shapes and painted over, so that nobody reads letters into them.
The words that belong to a figure are separated from the running text after the page is read (`ocr.refine.figure_text`).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.ingest.grouping import grouped
from avskrift.ingest.image.connected_components import Component, Components, Mask, components_of
from avskrift.ingest.image.picture import (
    Grey,
    crop,
    halved,
    ink_in,
    runs_across,
    runs_down,
    squares,
    up_to,
)
from avskrift.ingest.image.ruling import Ruling, without_rules
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What is a figure. Pixels are at 200 dots an inch (100 are 12.7 mm), greys of 255, shares 0 to 1."""

    # Fills: solid grounds, bars of charts, pictures.
    fill: int = 18  # pixels of the smallest square that is a fill: strokes of letters are thinner
    tint: int = 25  # how much darker than the paper a fill is at least
    dark_ground: int = 110  # grey below which letters on it are light
    even: int = 24  # so little off its own grey is a fill that holds neither text nor a picture,
    uniform: float = 0.85  # on such a share of it
    contrast: int = 80  # between the darkest and the lightest 2 % of a fill from which it may hold text
    fewest_letters: int = 4  # of about one height, on a ground that holds text
    letter_height: tuple[int, int] = (9, 50)  # pixels
    grow: int = 5  # pixels around a fill that are painted over with it
    # What the scanner adds: dark edges and punch holes.
    edge: int = 2  # pixels from the side of the picture
    edge_share: float = 0.1  # of the page's width or height that a dark edge takes at most
    edge_area: float = 0.25  # share of the page
    hole_diameter: tuple[int, int] = (25, 90)  # pixels
    hole_fill: tuple[float, float] = (0.7, 0.95)  # share of its box that a disk fills
    hole_aspect: tuple[float, float] = (0.85, 1.18)  # width to height
    hole_margin: float = 0.09  # share of the page's width, from a side, where holes are
    hole_head: float = 0.05  # share of the page's height
    # Large thin shapes: frames, signatures, drawings.
    long_rule: int = 160  # pixels from which a rule is no part of a crest
    text_height: tuple[int, int] = (9, 60)  # pixels of shapes that the usual height of letters is taken from
    default_height: int = 20  # pixels of letters, where there are none
    tall: float = 2.3  # letters high
    tall_pixels: int = 36
    wide: float = 7.0  # letters wide,
    wide_height: float = 1.6  # and so many high
    thinnest: int = 8  # pixels
    sparse: float = 0.2  # share of its box that a drawing fills at most
    shadow_aspect: float = 10.0  # height to width of a shadow along the edge
    shadow_margin: float = 0.03  # share of the page's width
    straight: int = 22  # pixels of a straight stretch of a table's frame
    framed: float = 0.5  # share of a frame's ink in such stretches
    heading_aspect: float = 3.0  # width to height up to which a shape beside its like is a letter of a heading
    most_shapes: int = 30  # with more the page is not text with figures
    # Groups of shapes.
    near: int = 80  # pixels between the parts of a figure at most (1 cm)
    base: int = 24  # pixels within which the bars of a chart stand on one line,
    bars_apart: int = 400  # pixels between two of them
    chart_bars: int = 3
    head: float = 0.2  # share of the page's height where letterheads stand
    logo_height: int = 320  # pixels
    logo_reach: float = 0.4  # share of a logo's height above it where its crown may stand
    signature_aspect: float = 1.5  # width to height from which a drawing is a signature


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its kind (`logo`, `chart`, `picture`, `signature`, `drawing`) and its box in pixels."""

    kind: str
    box: BoundingBox


@dataclass(frozen=True, slots=True)
class FoundFigures:
    """The figures of a page, and the picture without them."""

    figures: tuple[Figure, ...]
    picture: Grey


@dataclass(frozen=True, slots=True)
class _Shape:
    """A part of a figure: `solid` is a fill, `uniform` one of an even grey."""

    box: BoundingBox
    mask: Mask
    solid: bool = False
    uniform: bool = False


@dataclass(slots=True)
class _Fills:
    """The fills of a page that are of figures, the shapes that the scanner added, and the dark grounds of light
    letters with their grey."""

    shapes: list[_Shape]
    waste: list[Mask]
    dark_grounds: list[tuple[BoundingBox, float]]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's picture with what was found on it so far; `unit` is pixels to one at 200 dots an inch."""

    picture: Grey
    unit: float
    cells: Sequence[BoundingBox]

    @property
    def height(self) -> int:
        return int(self.picture.shape[0])

    @property
    def width(self) -> int:
        return int(self.picture.shape[1])

    def touches_side(self, box: BoundingBox) -> bool:
        edge = SETTINGS.edge
        at_side = box.x0 <= edge or box.x1 >= self.width - edge
        return at_side or box.top <= edge or box.bottom >= self.height - edge

    def in_cell(self, box: BoundingBox) -> bool:
        return any(cell.contains_centre(box) for cell in self.cells)


def find_figures(
    picture: Grey, dpi: int, ink: Grey, ruling: Ruling, cells: Sequence[BoundingBox], paper: int, *, speckled: bool
) -> FoundFigures:
    """The figures of a page, and the page without them.

    `picture` has `dpi` dots an inch; `ink` is its ink, white on black, `ruling` its rules, both as large as the picture
    or half as large, at which size figures are then looked for; `cells` are the boxes of its tables' cells. Figures are
    painted over with `paper`, the grey of the paper. In a `speckled` picture solid shapes have holes, which
    close at half the size.
    """
    times = 1 if ink.shape == picture.shape else 2
    page = _Page(picture if times == 1 else halved(picture), dpi / times / 200, [c.scaled(1 / times) for c in cells])
    out = picture.copy()
    fills = _fills(page, paper, with_holes=speckled and times == 1)
    for box, ground in fills.dark_grounds:  # light letters on a dark ground: an engine is told to expect dark ones
        part = crop(out, box.scaled(times))
        part[:] = np.clip(255 + ground - part.astype(np.float32), 0, 255).astype(np.uint8)
    shapes = [*fills.shapes, *_large_shapes(page, ink, ruling, [s.box for s in fills.shapes])]
    for mask in [*fills.waste, *(shape.mask for shape in shapes)]:
        mask.enlarged(times).paint(out, paper)
    found = (_figure(group, page) for group in _figure_groups(shapes, page.unit))
    figures = tuple(Figure(figure.kind, figure.box.scaled(times)) for figure in found)
    for figure in figures:
        if figure.kind == "logo":  # its crown and other small parts
            reach = SETTINGS.logo_reach * figure.box.height
            crop(out, figure.box.grown(3, reach, 3, 0.1 * reach))[:] = paper
    return FoundFigures(figures, out)


def _fills(page: _Page, paper: int, *, with_holes: bool) -> _Fills:
    side = max(3, math.ceil(SETTINGS.fill * page.unit))
    tinted = up_to(page.picture, paper - SETTINGS.tint - 1)
    if with_holes:
        tinted = np.asarray(cv2.morphologyEx(tinted, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    solid = components_of(squares(tinted, side))
    grow = max(2, int(SETTINGS.grow * page.unit))
    found = _Fills([], [], [])
    for fill in solid.chosen():
        if page.touches_side(fill.box):
            if _is_dark_edge(fill.box, page):
                found.waste.append(solid.mask(fill, grow))
        elif _is_shaded_cell(fill.box, page):
            continue
        elif _is_punch_hole(fill, page):
            found.waste.append(solid.mask(fill, grow))
        else:
            _sort_fill(fill, solid, page, grow, found)
    return found


def _sort_fill(fill: Component, solid: Components, page: _Page, grow: int, found: _Fills) -> None:
    """Puts a fill among figures; one that holds text is none, and a ground only where its letters are light."""
    part = crop(page.picture, fill.box)
    inside = crop(solid.labels, fill.box) == fill.label
    inner = cv2.medianBlur(np.ascontiguousarray(part), 5)[inside]
    off = abs(inner.astype(np.int16) - int(np.median(inner)))
    uniform = float(np.mean(off < SETTINGS.even)) > SETTINGS.uniform
    contrast = float(np.percentile(part, 98) - np.percentile(part, 2))
    if (uniform and contrast <= SETTINGS.contrast) or not _holds_text(part, page.unit):
        found.shapes.append(_Shape(fill.box, solid.mask(fill, grow), solid=True, uniform=uniform))
    elif (ground := float(np.median(inner))) < SETTINGS.dark_ground:
        found.dark_grounds.append((fill.box, ground))


def _is_dark_edge(box: BoundingBox, page: _Page) -> bool:
    small = box.width * box.height < SETTINGS.edge_area * page.width * page.height
    share = SETTINGS.edge_share
    return small and (box.width < share * page.width or box.height < share * page.height)


def _is_shaded_cell(box: BoundingBox, page: _Page) -> bool:
    return page.in_cell(box) and float(np.median(crop(page.picture, box))) >= SETTINGS.dark_ground


def _is_punch_hole(fill: Component, page: _Page) -> bool:
    box = fill.box
    least, most = (pixels * page.unit for pixels in SETTINGS.hole_diameter)
    is_round = (
        SETTINGS.hole_fill[0] < fill.area / (box.width * box.height) < SETTINGS.hole_fill[1]
        and SETTINGS.hole_aspect[0] < box.width / box.height < SETTINGS.hole_aspect[1]
        and least < box.width < most
    )
    margin = SETTINGS.hole_margin * page.width
    in_margin = box.x1 < margin or box.x0 > (1 - SETTINGS.hole_margin) * page.width
    return is_round and (in_margin or box.bottom < SETTINGS.hole_head * page.height)


def _holds_text(part: Grey, unit: float) -> bool:
    """Whether letters stand on a tinted ground: shapes of about one height."""
    ink = ink_in(part)
    if np.mean(ink > 0) > 0.5:
        ink = np.asarray(cv2.bitwise_not(ink), dtype=np.uint8)
    heights = components_of(ink).heights[1:]
    least, most = (pixels * unit for pixels in SETTINGS.letter_height)
    letters = heights[(heights > least) & (heights < most)]
    if len(letters) < SETTINGS.fewest_letters:
        return False
    usual = np.median(letters)
    return bool(np.sum(abs(letters - usual) < 0.5 * usual) >= SETTINGS.fewest_letters)


def _large_shapes(page: _Page, ink: Grey, ruling: Ruling, fills: Sequence[BoundingBox]) -> list[_Shape]:
    """Shapes of ink too large and too thin for letters, or drawn around a fill; no rules, no letters of a heading."""
    shapes = components_of(without_rules(ink, ruling, 3, least=int(SETTINGS.long_rule * page.unit)))
    usual = _usual_height(shapes, page.unit)
    heights, widths = shapes.heights, shapes.widths
    tall = (heights > SETTINGS.tall * usual) & (heights > SETTINGS.tall_pixels * page.unit)
    large = tall | ((widths > SETTINGS.wide * usual) & (heights > SETTINGS.wide_height * usual))
    found = [
        _Shape(shape.box, shapes.mask(shape, 2))
        for shape in shapes.chosen(large)
        if not _is_of_page(shape.box, page)
        and (any(shape.box.contains_centre(fill) for fill in fills) or _is_drawn(shape, shapes, page.unit))
    ]
    return found if len(found) <= SETTINGS.most_shapes else []


def _usual_height(shapes: Components, unit: float) -> float:
    least, most = (pixels * unit for pixels in SETTINGS.text_height)
    heights = shapes.heights
    letters = heights[(heights > least) & (heights < most) & (shapes.widths < most)]
    return float(np.median(letters)) if len(letters) else SETTINGS.default_height * unit


def _is_of_page(box: BoundingBox, page: _Page) -> bool:
    """Whether a shape is thin as a rule, the shadow of an edge, or in a table."""
    if min(box.width, box.height) < SETTINGS.thinnest * page.unit or page.touches_side(box):
        return True
    margin = SETTINGS.shadow_margin
    at_edge = box.x0 < margin * page.width or box.x1 > (1 - margin) * page.width
    return (at_edge and box.height > SETTINGS.shadow_aspect * box.width) or page.in_cell(box)


def _is_drawn(shape: Component, shapes: Components, unit: float) -> bool:
    """Whether a large shape is sparse, no frame of a table, and no letter among its like."""
    box = shape.box
    if shape.area / (box.width * box.height) >= SETTINGS.sparse:
        return False
    if box.width <= SETTINGS.heading_aspect * box.height and _has_like_beside(shape, shapes):
        return False
    return not _is_frame(crop(shapes.labels, box) == shape.label, unit)


def _has_like_beside(shape: Component, shapes: Components) -> bool:
    """Whether a shape of about the same height stands on the same line right beside it, as in a heading."""
    box, (lefts, tops) = shape.box, shapes.table[:, :2].T
    alike = (0.6 * box.height < shapes.heights) & (shapes.heights < 1.6 * box.height)
    level = abs(tops + shapes.heights - box.bottom) < 0.35 * box.height
    near = np.maximum(box.x0, lefts) - np.minimum(box.x1, lefts + shapes.widths) < box.height
    beside = alike & level & near
    beside[[0, shape.label]] = False
    return bool(beside.any())


def _is_frame(shape: npt.NDArray[np.bool_], unit: float) -> bool:
    """Whether a shape is a piece of a table's frame: most of its ink runs straight across or down."""
    ink = shape.astype(np.uint8)
    reach = max(3, int(SETTINGS.straight * unit))
    straight = cv2.bitwise_or(runs_across(ink, reach), runs_down(ink, reach))
    return cv2.countNonZero(straight) > SETTINGS.framed * cv2.countNonZero(ink)


def _figure_groups(shapes: Iterable[_Shape], unit: float) -> list[list[_Shape]]:
    """The shapes by figure: those near each other, and solid ones on one line, the bars of a chart."""
    near = grouped(shapes, lambda a, b: _distance(a.box, b.box) < SETTINGS.near * unit)
    charts = grouped(near, lambda a, b: any(_are_bars(one, other, unit) for one in a for other in b))
    return [[shape for group in groups for shape in group] for groups in charts]


def _are_bars(one: _Shape, other: _Shape, unit: float) -> bool:
    return (
        one.solid
        and other.solid
        and abs(one.box.bottom - other.box.bottom) < SETTINGS.base * unit
        and _distance(one.box, other.box) < SETTINGS.bars_apart * unit
        and min(one.box.height, other.box.height) > 2 * SETTINGS.fill * unit
    )


def _distance(one: BoundingBox, other: BoundingBox) -> float:
    return max(-one.shared_width(other), -one.shared_height(other), 0.0)


def _figure(group: Sequence[_Shape], page: _Page) -> Figure:
    box = BoundingBox.enclosing(shape.box for shape in group)
    return Figure(_kind(group, box, page), box)


def _kind(group: Sequence[_Shape], box: BoundingBox, page: _Page) -> str:
    if box.bottom < SETTINGS.head * page.height and box.height < SETTINGS.logo_height * page.unit:
        return "logo"
    bars = sum(shape.uniform and shape.box.height > 1.5 * SETTINGS.fill * page.unit for shape in group)
    if bars >= SETTINGS.chart_bars:
        return "chart"
    if any(shape.solid for shape in group):
        return "picture"
    return "signature" if box.width > SETTINGS.signature_aspect * box.height else "drawing"
