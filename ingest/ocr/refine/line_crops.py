"""Parts of lines cut out of a page and read again, many at once."""

from collections.abc import Sequence
from dataclasses import replace

from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import ReadCrops
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


def read_boxes(image: PageImage, boxes: Sequence[BoundingBox], read: ReadCrops) -> list[list[OcrWord]]:
    """The words in each box of a page from left to right, their boxes on the page."""
    if not boxes:
        return []
    inside = [BoundingBox(*(max(0, int(value)) for value in box)) for box in boxes]
    readings = read([image.crop(box) for box in inside])
    return [
        [replace(w, box=w.box.moved(box.x0, box.top)) for w in words]
        for box, words in zip(inside, readings, strict=True)
    ]
