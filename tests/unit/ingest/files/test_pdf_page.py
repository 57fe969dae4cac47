"""What a page of a PDF shows apart from its text: its pictures, and the page drawn."""

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from avskrift.ingest.files.pdf_page import objects_of, rendered, rendered_in_colour


def scan(mode: str) -> pypdfium2.PdfDocument:
    """A page of 4 by 3 inches, scanned at 150 dots an inch in a mode of PIL's: grains, and a dark bar."""
    page = np.random.default_rng(2).integers(180, 256, (450, 600), np.uint8)
    page[200:230, 100:500] = 20
    data = io.BytesIO()
    Image.fromarray(page).convert(mode).save(data, "PDF", resolution=150)
    return pypdfium2.PdfDocument(data.getvalue())


@pytest.mark.parametrize(("mode", "toned", "coloured"), [("1", False, False), ("L", True, False), ("RGB", True, True)])
def test_what_the_largest_picture_of_a_page_is_like(mode: str, toned: bool, coloured: bool) -> None:
    with scan(mode) as document:
        objects = objects_of(document[0])
        picture = objects.largest
        assert (picture.pixels, picture.toned, picture.coloured) == (600 * 450, toned, coloured)
        assert picture.dpi == pytest.approx(150)
        assert objects.picture_share == pytest.approx(1.0) and objects.paths == 0


@pytest.mark.parametrize("dpi", [100, 150, 200])
def test_a_scan_in_grey_has_the_same_greys_however_it_is_drawn(dpi: int) -> None:
    with scan("L") as document:
        grey = rendered(document[0], dpi)
        assert grey.shape == pytest.approx((3 * dpi, 4 * dpi), abs=1) and grey.dtype == np.uint8
        assert np.array_equal(rendered(document[0], dpi, toned=True), grey)
        assert np.array_equal(rendered_in_colour(document[0], dpi)[:, :, 1], grey)
