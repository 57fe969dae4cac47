"""A page of a document as people look at it: its picture, or its lines."""

from dataclasses import dataclass

from avskrift.models.page_frame import PageFrame


@dataclass(frozen=True, slots=True)
class PageView:
    """`width` and `height` of the upright page in PDF points; `picture` is a JPEG of the upright, straightened page,
    None where there is none, and `frame` how it lies in its file, None where boxes of evidence are those of the upright
    page. `lines` are its lines as mended, in reading order, from 1; empty where unknown."""

    number: int
    width: float
    height: float
    picture: bytes | None = None
    lines: tuple[str, ...] = ()
    frame: PageFrame | None = None
