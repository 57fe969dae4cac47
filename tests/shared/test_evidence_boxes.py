"""Boxes of evidence drawn on the scans as they lie in their files: they enclose ink, whatever was done to the page."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
import pytest

from avskrift.ingest.image.picture import ink_in
from avskrift.models.agreement import Agreement
from avskrift.models.evidence import Evidence, Record
from avskrift.pipeline import parse_file

SHARED = Path(__file__).parents[3] / "shared" / "scans"
PROFILES = ("clean300", "office200", "bad150", "fax", "rotated", "rotflag", "badlayer", "mixed")
DPI = 100
AROUND = 0.3
"""Heights of a line around its box within which no other line has ink, or hardly any."""
SCANS = [path for profile in PROFILES for path in sorted(SHARED.glob(f"ostermalm2020.{profile}.pdf"))]


def evidences(value: object) -> Iterator[Evidence]:
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from evidences(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from evidences(item)
    elif isinstance(value, list):
        for item in value:
            yield from evidences(item)


def corners(evidence: Evidence) -> npt.NDArray[np.float64]:
    if evidence.quadrilateral is not None:
        return np.array(evidence.quadrilateral).reshape(4, 2)
    assert evidence.bbox is not None
    x0, top, x1, bottom = evidence.bbox
    return np.array([(x0, top), (x1, top), (x1, bottom), (x0, bottom)])


def grown(points: npt.NDArray[np.float64], height: float) -> npt.NDArray[np.float64]:
    outwards = np.sign(points - points.mean(axis=0))
    return np.asarray(points + outwards * AROUND * height)


def ink_within(ink: npt.NDArray[np.uint8], points: npt.NDArray[np.float64]) -> int:
    mask = np.zeros(ink.shape, np.uint8)
    cv2.fillConvexPoly(mask, np.round(points * DPI / 72).astype(np.int32), 255)
    return cv2.countNonZero(cv2.bitwise_and(ink, mask))


def overlaps(record: Agreement, path: Path) -> list[float]:
    """Of the ink in and closely around the box of each value of one line, the share that lies in the box."""
    found = []
    with pypdfium2.PdfDocument(path) as pdf:
        inks = [_ink_of(page) for page in pdf]
    for evidence in set(evidences(record)):
        if evidence.bbox is None:
            continue
        points = corners(evidence)
        height = float(np.linalg.norm(points[3] - points[0]))
        if height > 20:  # points: more than one line
            continue
        ink = inks[evidence.page - 1]
        around = ink_within(ink, grown(points, height))
        found.append(ink_within(ink, points) / around if around else 0.0)
    return found


def _ink_of(page: pypdfium2.PdfPage) -> npt.NDArray[np.uint8]:
    bitmap = page.render(scale=DPI / 72, grayscale=True)
    return np.asarray(ink_in(bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()))


@pytest.mark.skipif(not SCANS, reason="the shared scans are not here")
@pytest.mark.parametrize("path", [pytest.param(path, id=path.name.split(".")[1]) for path in SCANS])
def test_boxes_enclose_the_ink_of_their_words(path: Path) -> None:
    shares = overlaps(parse_file(path), path)
    assert len(shares) > 15
    assert min(shares) >= 0.8
