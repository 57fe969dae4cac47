"""A page of a document as people look at it: its picture, or its lines."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageView:
    """`width` and `height` in PDF points, as boxes of evidence are; `picture` is a JPEG of the upright, straightened
    page, None where there is none. `lines` are its lines as mended, in reading order, from 1; empty where unknown."""

    number: int
    width: float
    height: float
    picture: bytes | None = None
    lines: tuple[str, ...] = ()
