"""The way of one page, with an engine that reads what a test says: set upright, laid out in points, failures told."""

from collections.abc import Sequence

import numpy as np
import pytest

from avskrift.ingest.image.picture import Colour, Grey
from avskrift.ingest.ocr.page import read_page, upright
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Page, PageSource, Quality
from avskrift.models.geometry import BoundingBox

WIDE, TALL = 700, 1000
"""Pixels at 200 dots an inch."""


class CannedEngine:
    """Reads every page as three words, surely where they stand in the upper half."""

    name = fingerprint = "canned"
    gains_from_second_picture = True

    def check(self) -> None:
        """Nothing can be missing."""

    def read_page(self, image: PageImage, timeout_seconds: float) -> list[OcrWord]:
        page = image.picture
        sure = 0.95 if page[: TALL // 2].mean() < page[TALL // 2 :].mean() else 0.4
        return [
            OcrWord("Vikbo", BoundingBox(100, 300, 200, 340), sure, 1),
            OcrWord("kommun", BoundingBox(220, 300, 360, 340), sure, 1),
            OcrWord("___", BoundingBox(100, 400, 300, 405), sure, 2),
        ]

    def read_lines(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        return [[] for _ in crops]

    read_symbols = read_lines


def printed() -> Grey:
    page: Grey = np.full((TALL, WIDE), 255, np.uint8)
    for x in range(100, 200, 20):
        page[300:340, x : x + 10] = page[300:340, x + 120 : x + 130] = 0
    return page


def read(page: Grey, colour: Colour | None = None) -> Page:
    tall, wide = page.shape
    render_colour = None if colour is None else lambda dpi: colour
    pending = PageToOcr(3, wide * 0.36, tall * 0.36, lambda dpi: page, "a picture", render_colour=render_colour)
    return read_page(upright(pending), CannedEngine(), 1.0)


def test_words_become_lines_in_points() -> None:
    page = read(printed())
    (line,) = page.lines
    assert (page.number, page.source, line.text) == (3, PageSource.OCR, "Vikbo kommun")
    assert [w.bbox for w in line.words] == [
        pytest.approx([36, 108, 72, 122.4]),
        pytest.approx([79.2, 108, 129.6, 122.4]),
    ]
    assert (page.rotation, page.confidence, page.quality) == (0, 0.95, Quality.GOOD)
    assert page.warnings == () and not page.incomplete


def test_a_page_upside_down_is_turned() -> None:
    page = read(np.ascontiguousarray(printed()[::-1, ::-1]))
    assert (page.rotation, page.confidence) == (180, 0.95)
    assert (page.width, page.height) == pytest.approx((WIDE * 0.36, TALL * 0.36))


def test_a_blank_page_is_not_read() -> None:
    page = read(np.full((TALL, WIDE), 255, np.uint8))
    assert page.lines == () and page.quality is None


def test_what_was_written_over_print_is_a_region() -> None:
    colour = np.stack([printed()] * 3, axis=2)
    colour[316:322, 90:370] = np.minimum(colour[316:322, 90:370], np.array([30, 50, 170], np.uint8))
    page = read(printed(), colour)
    (region,) = page.regions
    assert region.kind == "handwriting"
    assert region.bbox == pytest.approx([90 * 0.36, 316 * 0.36, 370 * 0.36, 322 * 0.36], abs=1)
