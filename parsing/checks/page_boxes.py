"""Boxes of a record on the pages as they lie in the file: while a document is parsed they lie on upright pages."""

from collections.abc import Mapping
from typing import Any

from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.evidence import Evidence, Record
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_frame import PageFrame


def with_boxes_in_file(agreement: Agreement, document: Document) -> Agreement:
    """The record of `document` with the boxes of its evidence on the pages as they lie in the file."""
    frames = {page.number: page.frame for page in document.pages if page.frame is not None}
    askew = {number: frame for number, frame in frames.items() if not frame.as_it_lies}
    return agreement if not askew else agreement.model_copy(update=_changed(agreement, askew))


def _changed(record: Record, frames: Mapping[int, PageFrame]) -> dict[str, Any]:
    """The fields of a record that hold evidence of a page that lies otherwise than it was read, as they become."""
    fields = {name: getattr(record, name) for name in type(record).model_fields if name != "source"}
    return {name: new for name, value in fields.items() if (new := _placed(value, frames)) is not value}


def _placed(value: Any, frames: Mapping[int, PageFrame]) -> Any:
    if isinstance(value, Evidence):
        return _evidence(value, frames)
    if isinstance(value, Record):
        changed = _changed(value, frames)
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, list):
        items = [_placed(item, frames) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        return {key: _placed(item, frames) for key, item in value.items()}
    return value


def _evidence(evidence: Evidence, frames: Mapping[int, PageFrame]) -> Evidence:
    frame = frames.get(evidence.page)
    if frame is None or evidence.bbox is None:
        return evidence
    upright = BoundingBox(*evidence.bbox)
    corners = tuple(round(value, 1) for corner in frame.corners_in_file(upright) for value in corner)
    bbox = tuple(round(value, 1) for value in frame.box_in_file(upright))
    return evidence.model_copy(update={"bbox": bbox, "quadrilateral": corners if frame.skew else None})
