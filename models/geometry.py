"""Where something stands on a page."""

from collections.abc import Iterable
from typing import NamedTuple


class BoundingBox(NamedTuple):
    """A rectangle in PDF points (1/72 inch) from the top left of the page as it was read: upright and straight."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @classmethod
    def around(cls, boxes: Iterable["BoundingBox"]) -> "BoundingBox | None":
        """The smallest box that holds all of `boxes`; None when there are none."""
        every = list(boxes)
        if not every:
            return None
        return cls(
            min(b.x0 for b in every),
            min(b.top for b in every),
            max(b.x1 for b in every),
            max(b.bottom for b in every),
        )
