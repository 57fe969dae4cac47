"""What on a page is drawn and not set in letters: logos, charts, pictures, signatures, punch holes, dark edges.

Before an engine reads, drawings are found by their shapes and painted over, so that nobody reads letters into them.
Afterwards the words that belong to a drawing (the name beside a logo, the figures along an axis, what was written by
hand on a rule) are told from the running text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.connected_components import Labels, shapes_in
from avskrift.ingest.image.preprocessing import Grey
from avskrift.ingest.image.ruling import Ruling
from avskrift.models.geometry import BoundingBox

Mask = tuple[slice, slice, Grey]
"""Rows and columns of a picture, and the shape within them."""

_DARK_GROUND, _CONTRAST = 110, 80
_FILL = 18
"""The side of the smallest square, in pixels at 200 dots an inch, that is a fill: strokes of letters are thinner."""
_TINT = 25
"""How much darker than the paper a fill is at least, of 255."""
_NEAR = 80
"""Parts of a drawing stand at most so far apart, in pixels at 200 dots an inch (1 cm)."""
_HEAD = 0.2
"""The share of the page's height where letterheads stand."""
_SPARSE = 0.2
_EVEN, _UNIFORM = 24, 0.85
"""A fill that holds neither text nor a picture: so little off its own grey (of 255) is such a share of it."""
_MOST_PIECES = 30


@dataclass(frozen=True, slots=True)
class Graphic:
    """A drawing: its kind (`logo`, `chart`, `picture`, `signature`, `drawing`) and its box in pixels."""

    kind: str
    box: BoundingBox


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawings of a page, and the picture without them."""

    graphics: tuple[Graphic, ...]
    picture: Grey


@dataclass(frozen=True, slots=True)
class _Piece:
    box: BoundingBox
    solid: bool
    uniform: bool


def drawn_on(
    picture: Grey, dpi: int, ink: Grey, ruling: Ruling, cells: Sequence[BoundingBox], paper: int, *, speckled: bool
) -> Drawn:
    """The drawings of a page. `ink` is the picture's ink, white on black; drawings are painted over with `paper`.

    In a `speckled` picture solid shapes have holes.
    """
    unit = dpi / 200
    height, width = picture.shape
    out = picture.copy()
    fills, waste, light = _fills(picture, unit, cells, paper, speckled=speckled)
    for box, ground in light:  # light letters on a dark ground: an engine is told to expect dark ones
        part = out[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)]
        part[:] = np.clip(255 + ground - part.astype(np.float32), 0, 255).astype(np.uint8)
    for mask in waste:
        _paint(out, mask, paper)
    pieces = []
    for box, mask, uniform in fills:
        pieces.append(_Piece(box, True, uniform))
        _paint(out, mask, paper)
    for box, mask in _large_shapes(ink, ruling, unit, cells, [box for box, _, _ in fills], many=speckled):
        pieces.append(_Piece(box, False, False))
        _paint(out, mask, paper)
    groups = _bars_together(_grouped(pieces, _NEAR * unit), unit)
    graphics = tuple(_graphic(group, height, unit) for group in groups)
    for graphic in graphics:
        if graphic.kind == "logo":  # its crown and other small parts
            box = graphic.box
            reach = 0.4 * box.height
            top, bottom = max(0, int(box.top - reach)), min(height, int(box.bottom + 0.1 * reach))
            left, right = max(0, int(box.x0) - 3), min(width, int(box.x1) + 3)
            out[top:bottom, left:right] = paper
    return Drawn(graphics, out)


def _paint(out: Grey, mask: Mask, paper: int) -> None:
    rows, columns, shape = mask
    out[rows, columns][shape > 0] = paper


def _mask(labels: Labels, label: int, box: BoundingBox, grow: int) -> Mask:
    """The shape of one label, grown by some pixels, with where it lies."""
    height, width = labels.shape
    rows = slice(max(0, int(box.top) - grow), min(height, int(box.bottom) + grow))
    columns = slice(max(0, int(box.x0) - grow), min(width, int(box.x1) + grow))
    shape = (labels[rows, columns] == label).astype(np.uint8)
    return rows, columns, np.asarray(cv2.dilate(shape, np.ones((2 * grow + 1, 2 * grow + 1), np.uint8)), dtype=np.uint8)


def _fills(
    picture: Grey, unit: float, cells: Sequence[BoundingBox], paper: int, *, speckled: bool
) -> tuple[list[tuple[BoundingBox, Mask, bool]], list[Mask], list[tuple[BoundingBox, float]]]:
    """Solid shapes of a drawing with whether their grey is even; those of the scanner, holes and dark edges; and the
    boxes of light letters on a dark ground, with its grey."""
    height, width = picture.shape
    side = max(3, int(_FILL * unit))
    tinted = np.asarray((picture < paper - _TINT) * np.uint8(255), dtype=np.uint8)
    hole = 3 if speckled else 1
    closed = cv2.morphologyEx(tinted, cv2.MORPH_CLOSE, np.ones((hole, hole), np.uint8))
    solid = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    labels, stats = shapes_in(np.asarray(solid, dtype=np.uint8))
    count = len(stats)
    found, waste, light = [], [], []
    grow = max(2, int(5 * unit))
    for label in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[label])
        box = BoundingBox(float(x), float(y), float(x + w), float(y + h))
        if x <= 2 or y <= 2 or x + w >= width - 2 or y + h >= height - 2:
            if w * h < 0.25 * width * height and (w < 0.1 * width or h < 0.1 * height):
                waste.append(_mask(labels, label, box, grow))
            continue
        if (
            any(_inside(box, cell) for cell in cells)
            and float(np.median(picture[y : y + h, x : x + w])) >= _DARK_GROUND
        ):
            continue  # a shaded cell
        round_ = 0.7 < area / (w * h) < 0.95 and 0.85 < w / h < 1.18 and 25 * unit < w < 90 * unit
        if round_ and (x + w < 0.09 * width or x > 0.91 * width or y + h < 0.05 * height):
            waste.append(_mask(labels, label, box, grow))
            continue
        smooth = cv2.medianBlur(np.ascontiguousarray(picture[y : y + h, x : x + w]), 5)
        inner = smooth[labels[y : y + h, x : x + w] == label]
        uniform = float(np.mean(abs(inner.astype(np.int16) - int(np.median(inner))) < _EVEN)) > _UNIFORM
        part = picture[y : y + h, x : x + w]
        contrast = float(np.percentile(part, 98) - np.percentile(part, 2))
        if (not uniform or contrast > _CONTRAST) and _holds_text(part, unit):
            ground = float(np.median(inner))
            if ground < _DARK_GROUND:
                light.append((box, ground))
            continue
        found.append((box, _mask(labels, label, box, grow), uniform))
    return found, waste, light


def _holds_text(part: Grey, unit: float) -> bool:
    """Whether letters stand on a tinted ground."""
    _, ink = cv2.threshold(part, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    if np.mean(ink > 0) > 0.5:
        ink = cv2.bitwise_not(ink)
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(ink, dtype=np.uint8), connectivity=8)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    letters = heights[(heights > 9 * unit) & (heights < 50 * unit)]
    return len(letters) >= 4 and bool(np.sum(abs(letters - np.median(letters)) < 0.5 * np.median(letters)) >= 4)


def _large_shapes(
    ink: Grey, ruling: Ruling, unit: float, cells: Sequence[BoundingBox], fills: Sequence[BoundingBox], *, many: bool
) -> list[tuple[BoundingBox, Mask]]:
    """Shapes of ink too large and too thin for letters, or drawn around a fill; no rules, no letters of a heading."""
    # Short rules may be of a crest: only long ones are taken away.
    reach = int(160 * unit)
    down = cv2.morphologyEx(ruling.down, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8))
    across = cv2.morphologyEx(ruling.across, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
    free = cv2.subtract(ink, cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8)))
    labels, stats = shapes_in(np.asarray(free, dtype=np.uint8), many=many)
    count = len(stats)
    height, width = ink.shape
    heights, widths = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    letters = heights[(heights > 9 * unit) & (heights < 60 * unit) & (widths < 60 * unit)]
    usual = float(np.median(letters)) if len(letters) else 20 * unit
    large = [
        i
        for i in range(1, count)
        if (heights[i] > 2.3 * usual and heights[i] > 36 * unit) or (widths[i] > 7 * usual and heights[i] > 1.6 * usual)
    ]
    found = []
    for label in large:
        x, y, w, h, area = (int(v) for v in stats[label])
        box = BoundingBox(float(x), float(y), float(x + w), float(y + h))
        if min(w, h) < 8 * unit or x <= 2 or y <= 2 or x + w >= width - 2 or y + h >= height - 2:
            continue
        if h > 10 * w and (x < 0.03 * width or x + w > 0.97 * width):
            continue  # a shadow along the edge
        if any(_inside(box, cell) for cell in cells):
            continue
        if any(_inside(fill, box) for fill in fills):
            found.append((box, _mask(labels, label, box, 2)))
            continue
        if area / (w * h) >= _SPARSE or _framed(labels[y : y + h, x : x + w] == label, unit):
            continue
        beside = sum(
            1
            for other in range(1, count)
            if other != label
            and 0.6 * h < heights[other] < 1.6 * h
            and abs(int(stats[other][1]) + int(heights[other]) - y - h) < 0.35 * h
            and max(x, int(stats[other][0])) - min(x + w, int(stats[other][0]) + int(widths[other])) < h
        )
        if beside < 1 or w > 3 * h:
            found.append((box, _mask(labels, label, box, 2)))
    return found if len(found) <= _MOST_PIECES else []


def _framed(shape: npt.NDArray[np.bool_], unit: float) -> bool:
    """Whether a shape is a piece of a table's frame: most of its ink runs straight across or down."""
    ink = shape.astype(np.uint8)
    reach = max(3, int(22 * unit))
    straight = cv2.bitwise_or(
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8)),
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8)),
    )
    return float(straight.sum()) > 0.5 * float(ink.sum())


def _inside(box: BoundingBox, outer: BoundingBox) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom


def _grouped(pieces: Sequence[_Piece], near: float) -> list[list[_Piece]]:
    groups: list[list[_Piece]] = []
    for piece in pieces:
        close = [g for g in groups if any(_distance(piece.box, other.box) < near for other in g)]
        groups = [g for g in groups if g not in close] + [[piece, *(p for g in close for p in g)]]
    return groups


def _bars_together(groups: Sequence[list[_Piece]], unit: float) -> list[list[_Piece]]:
    """The groups, those joined that hold solid shapes standing on the same line: the bars of one chart."""
    out: list[list[_Piece]] = []
    for group in groups:
        joined, rest = list(group), out
        while mates := [g for g in rest if _on_one_line(g, joined, unit)]:
            joined += [p for g in mates for p in g]
            rest = [g for g in rest if g not in mates]
        out = [*rest, joined]
    return out


def _on_one_line(one: Sequence[_Piece], other: Sequence[_Piece], unit: float) -> bool:
    return any(
        abs(a.box.bottom - b.box.bottom) < 24 * unit and _distance(a.box, b.box) < 400 * unit
        for a in one
        for b in other
        if a.solid and b.solid and min(a.box.height, b.box.height) > 2 * _FILL * unit
    )


def _distance(one: BoundingBox, other: BoundingBox) -> float:
    return max(
        max(one.x0, other.x0) - min(one.x1, other.x1), max(one.top, other.top) - min(one.bottom, other.bottom), 0.0
    )


def _graphic(group: Sequence[_Piece], page_height: int, unit: float) -> Graphic:
    box = BoundingBox.around(p.box for p in group)
    assert box is not None
    solid = [p for p in group if p.solid]
    if box.bottom < _HEAD * page_height and box.height < 320 * unit:
        return Graphic("logo", box)
    if len([p for p in solid if p.uniform and p.box.height > 1.5 * _FILL * unit]) >= 3:
        return Graphic("chart", box)
    if solid:
        return Graphic("picture", box)
    return Graphic("signature" if box.width > 1.5 * box.height else "drawing", box)
