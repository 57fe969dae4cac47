"""Boxes on a page or a picture: how they lie to each other, and what encloses several of them."""

from collections.abc import Iterable
from typing import NamedTuple


class BoundingBox(NamedTuple):
    """A rectangle, left to right and top to bottom.

    In a document: in PDF points (1/72 inch) from the top left of the page as it was read, upright and straight. While
    a page is read from its picture: in that picture's pixels.
    """

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide the box is, in its own unit."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """How high the box is, in its own unit."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    def shared_width(self, other: "BoundingBox") -> float:
        """How wide both boxes overlap from side to side; negative where they stand apart, by how far."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def shared_height(self, other: "BoundingBox") -> float:
        """How high both boxes overlap from top to bottom; negative where they stand apart, by how far."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def contains_centre(self, other: "BoundingBox") -> bool:
        """Whether the centre of `other` lies in this box or on its edge."""
        return self.x0 <= (other.x0 + other.x1) / 2 <= self.x1 and self.top <= other.middle <= self.bottom

    def moved(self, right: float, down: float) -> "BoundingBox":
        """The box moved so far."""
        return BoundingBox(self.x0 + right, self.top + down, self.x1 + right, self.bottom + down)

    def scaled(self, factor: float) -> "BoundingBox":
        """The box in another unit: all of its numbers times `factor`."""
        return BoundingBox(*(value * factor for value in self))

    def grown(self, left: float, top: float, right: float, bottom: float) -> "BoundingBox":
        """The box with its sides moved outwards by `left`, `top`, `right` and `bottom`."""
        return BoundingBox(self.x0 - left, self.top - top, self.x1 + right, self.bottom + bottom)

    def rounded(self, digits: int = 2) -> "BoundingBox":
        """The box with its numbers to so many `digits` behind the point."""
        return BoundingBox(*(round(value, digits) for value in self))

    @classmethod
    def enclosing(cls, boxes: Iterable["BoundingBox"]) -> "BoundingBox":
        """The smallest box that holds all of `boxes`. Raises `ValueError` when there are none."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return cls(min(lefts), min(tops), max(rights), max(bottoms))

    @classmethod
    def around(cls, boxes: Iterable["BoundingBox"]) -> "BoundingBox | None":
        """The smallest box that holds all of `boxes`; None when there are none."""
        every = list(boxes)
        return cls.enclosing(every) if every else None
