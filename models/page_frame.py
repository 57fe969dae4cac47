"""How an upright, straightened page lies in its file: points and boxes from one to the other and back."""

from math import cos, radians, sin
from typing import NamedTuple

from avskrift.models.geometry import BoundingBox

Point = tuple[float, float]
"""From the left and from the top."""
Quadrilateral = tuple[Point, Point, Point, Point]
"""The corners of a box: top left, top right, bottom right, bottom left of the upright page."""


class PageFrame(NamedTuple):
    """A page of `width` by `height` as a viewer shows its file, which was turned by `rotation` degrees clockwise (0,
    90, 180, 270) and then straightened by `skew` degrees about its middle, counter-clockwise where that is more than 0.

    The unit is that of the points: PDF points, or pixels.
    """

    width: float
    height: float
    rotation: int = 0
    skew: float = 0.0

    @property
    def upright_size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        return (self.height, self.width) if self.rotation % 180 else (self.width, self.height)

    @property
    def as_it_lies(self) -> bool:
        """Whether the page was neither turned nor straightened."""
        return self.rotation % 360 == 0 and self.skew == 0.0

    def upright(self, point: Point) -> Point:
        """Where a point of the page in its file lies on the upright page."""
        x, y = point
        wide, tall = self.width, self.height
        for _ in range(self.rotation // 90 % 4):
            x, y = tall - y, x
            wide, tall = tall, wide
        return self._about_middle((x, y), self.skew)

    def in_file(self, point: Point) -> Point:
        """Where a point of the upright page lies on the page in its file."""
        x, y = self._about_middle(point, -self.skew)
        wide, tall = self.upright_size
        for _ in range(self.rotation // 90 % 4):
            x, y = y, wide - x
            wide, tall = tall, wide
        return x, y

    def upright_box(self, box: BoundingBox) -> BoundingBox:
        """The smallest box of the upright page around a box of the page in its file."""
        return _around(tuple(self.upright(corner) for corner in _corners(box)))

    def corners_in_file(self, box: BoundingBox) -> Quadrilateral:
        """Where the corners of a box of the upright page lie on the page in its file."""
        first, second, third, fourth = (self.in_file(corner) for corner in _corners(box))
        return first, second, third, fourth

    def box_in_file(self, box: BoundingBox) -> BoundingBox:
        """The smallest box of the page in its file around a box of the upright page."""
        return box if self.as_it_lies else _around(self.corners_in_file(box))

    def _about_middle(self, point: Point, degrees: float) -> Point:
        if degrees == 0.0:
            return point
        wide, tall = self.upright_size
        x, y = point[0] - wide / 2, point[1] - tall / 2
        across, down = cos(radians(degrees)), sin(radians(degrees))
        return across * x + down * y + wide / 2, -down * x + across * y + tall / 2


def _corners(box: BoundingBox) -> Quadrilateral:
    return (box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom)


def _around(points: tuple[Point, ...]) -> BoundingBox:
    xs, ys = zip(*points, strict=True)
    return BoundingBox(min(xs), min(ys), max(xs), max(ys))
