"""Boxes of evidence on the page in its file, and on the upright page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.models.agreement import SourceFile
from avskrift.models.document import Document, Line, Page, PageSource, Word
from avskrift.models.evidence import Evidence
from avskrift.models.geometry import BoundingBox
from avskrift.output.evidence_boxes import frame_of, upright_box
from avskrift.parsing import parse

WORDS = "Avtalet gäller från och med den 1 mars 2021 till och med den 28 februari 2023."


def document(rotation: int, skew: float) -> Document:
    """A page that was turned and straightened, with one line of text at a known place of the upright page."""
    box = BoundingBox(100, 200, 400, 212)
    words = tuple(
        Word(raw, WORDS.index(raw), BoundingBox(100 + 20 * n, 200, 118 + 20 * n, 212), 0.9)
        for n, raw in enumerate(WORDS.split())
    )
    line = Line(1, WORDS, WORDS, words, box)
    width, height = (842.0, 595.0) if rotation % 180 else (595.0, 842.0)
    page = Page(1, PageSource.OCR, (line,), width, height, rotation=rotation, skew=skew)
    return Document("a.pdf", "0" * 64, (page,), "none")


@given(st.sampled_from([0, 90, 180, 270]), st.floats(-5, 5).map(lambda x: round(x, 2)))
def test_a_record_leads_back_to_the_upright_box(rotation: int, skew: float) -> None:
    plain, turned = (parse(document(*how)) for how in ((0, 0.0), (rotation, skew)))
    one, other = plain.period.evidence_by_field["valid_from"], turned.period.evidence_by_field["valid_from"]
    assert one.bbox is not None and other.bbox is not None
    assert (other.quadrilateral is None) == (skew == 0.0)
    frame = frame_of(turned.source, 1)
    assert frame is not None
    assert upright_box(other, frame) == pytest.approx(one.bbox, abs=0.2)
    if other.quadrilateral is not None:
        xs, ys = other.quadrilateral[::2], other.quadrilateral[1::2]
        assert other.bbox == pytest.approx((min(xs), min(ys), max(xs), max(ys)), abs=0.11)


def test_records_of_earlier_versions_have_upright_boxes() -> None:
    source = SourceFile(file="a.pdf", sha256="0", pages=1, page_sources=["ocr"], page_rotations=[90], page_skews=[1.0])
    evidence = Evidence(page=1, bbox=(1, 2, 3, 4), text="x", raw="x", confidence=1)
    assert frame_of(source, 1) is None and upright_box(evidence, None) == (1, 2, 3, 4)
    assert upright_box(evidence.model_copy(update={"bbox": None}), None) is None
