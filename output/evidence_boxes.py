"""Boxes of evidence on the page as it lies in its file, as records hold them, and on the upright page."""

from avskrift.models.agreement import SourceFile
from avskrift.models.evidence import Evidence
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_frame import PageFrame


def frame_of(source: SourceFile, page: int) -> PageFrame | None:
    """How a page, counted from 1, lies in its file; None in plain text, and in records of versions that did not tell
    it, whose boxes are those of the upright page."""
    if not 1 <= page <= min(len(source.page_sizes), len(source.page_rotations), len(source.page_skews)):
        return None
    size = source.page_sizes[page - 1]
    return None if size is None else PageFrame(*size, source.page_rotations[page - 1], source.page_skews[page - 1])


def upright_box(evidence: Evidence, frame: PageFrame | None) -> BoundingBox | None:
    """The box of some evidence on the upright, straightened page, in PDF points from its top left; None without any.

    `frame` is how its page lies in its file (`frame_of`), None where its box is that of the upright page already.
    """
    if evidence.bbox is None:
        return None
    box = BoundingBox(*evidence.bbox)
    if frame is None:
        return box
    if evidence.quadrilateral is None:
        return frame.upright_box(box)
    numbers = evidence.quadrilateral
    first, opposite = frame.upright((numbers[0], numbers[1])), frame.upright((numbers[4], numbers[5]))
    return BoundingBox(*first, *opposite)
