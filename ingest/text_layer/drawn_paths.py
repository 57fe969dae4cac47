"""What is drawn on a page with lines and fills, piece by piece: where each lies, and whether it is seen.

A path may hold many pieces (the rules of a whole table, three tick boxes); each is told by itself.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from avskrift.ingest.text_layer.page_geometry import StoredBox

_DEEPEST = 3
"""Forms within forms that are looked into."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How much of a page's drawing is looked at, and what of it is seen."""

    most_paths: int = 4_000
    most_points: int = 40_000
    """More is a drawing, or a map: nothing in it is a rule or a box that stands with text."""
    least_opacity: int = 48
    """Of 255."""
    paper: int = 235
    """Of 255: the weakest of red, green and blue in what is as white as paper."""
    light: int = 170
    """Of 255: the mean of red, green and blue in what fills a box without being a mark in it."""


SETTINGS = Settings()

Colour = tuple[int, int, int]
_Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class DrawnPiece:
    """A stretch of a path that the pen drew without being lifted, or one that is filled.

    `points` are where the pen turned, and `box` holds them all, both as stored, the pen's width aside; `thickness` is
    that width in points, 0 without a stroke. `filled` tells of a fill that is darker than paper, `colour` what it is
    (red, green and blue, 0 to 255; None without such a fill), `dark` of one dark enough to be a mark. `straight` tells
    that there is no curve in it.
    """

    box: StoredBox
    points: tuple[tuple[float, float], ...]
    thickness: float
    dark: bool
    straight: bool
    colour: Colour | None

    @property
    def filled(self) -> bool:
        """Whether a fill is seen in it."""
        return self.colour is not None


def pieces_on(pdf_page: Any) -> list[DrawnPiece]:
    """The pieces of all paths of a page that are seen, those inside its forms with them; none of a page with very
    many."""
    import pypdfium2.raw as pdfium

    found: list[DrawnPiece] = []
    points = 0
    for paths, (path, matrix) in enumerate(_paths(pdf_page.raw, _UNMOVED, _DEEPEST), 1):
        points += max(0, pdfium.FPDFPath_CountSegments(path))
        if paths > SETTINGS.most_paths or points > SETTINGS.most_points:
            return []
        found.extend(_pieces(path, matrix))
    return found


def _paths(holder: Any, outer: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    """The paths of a page or of a form on it, each with the matrix from its numbers to places of the page."""
    import pypdfium2.raw as pdfium

    on_page = isinstance(holder, pdfium.FPDF_PAGE)
    count = pdfium.FPDFPage_CountObjects(holder) if on_page else pdfium.FPDFFormObj_CountObjects(holder)
    for number in range(count):
        drawn = pdfium.FPDFPage_GetObject(holder, number) if on_page else pdfium.FPDFFormObj_GetObject(holder, number)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield drawn, _product(_own_matrix(drawn), outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _paths(drawn, _product(_own_matrix(drawn), outer), depth - 1)


def _pieces(path: Any, matrix: _Matrix) -> Iterator[DrawnPiece]:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    inked = _colour(pdfium.FPDFPageObj_GetFillColor, path) if fill.value else None
    pen = _colour(pdfium.FPDFPageObj_GetStrokeColor, path) if stroke.value else None
    if inked is None and pen is None:
        return
    width = ctypes.c_float()
    thickness = 0.0
    if pen is not None and pdfium.FPDFPageObj_GetStrokeWidth(path, ctypes.byref(width)):
        thickness = max(width.value * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])), 0.1)
    for points, straight in _subpaths(path, matrix):
        x, y = [p[0] for p in points], [p[1] for p in points]
        box = (min(x), min(y), max(x), max(y))
        if all(map(math.isfinite, box)):
            dark = inked is not None and sum(inked) / 3 < SETTINGS.light
            yield DrawnPiece(box, tuple(points), thickness, dark, straight, inked)


def _colour(colour_of: Any, raw: Any) -> Colour | None:
    """Red, green and blue in a path's colour, 0 to 255; None where it cannot be seen on paper."""
    colour = [ctypes.c_uint() for _ in range(4)]
    if not colour_of(raw, *(ctypes.byref(part) for part in colour)):
        return None
    red, green, blue, opacity = (part.value for part in colour)
    if opacity < SETTINGS.least_opacity or min(red, green, blue) >= SETTINGS.paper:
        return None
    return red, green, blue


def _own_matrix(raw: Any) -> _Matrix:
    import pypdfium2.raw as pdfium

    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(raw, ctypes.byref(found)):
        return _UNMOVED
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        e * then[0] + f * then[2] + then[4],
        e * then[1] + f * then[3] + then[5],
    )


def _subpaths(raw: Any, matrix: _Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The points of each piece of a path, on the page, and whether no curve leads to any."""
    import pypdfium2.raw as pdfium

    points: list[tuple[float, float]] = []
    straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFPath_CountSegments(raw)):
        segment = pdfium.FPDFPath_GetPathSegment(raw, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, straight
            points, straight = [], True
        straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
        if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            a, b, c, d, e, f = matrix
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
    if len(points) > 1:
        yield points, straight
