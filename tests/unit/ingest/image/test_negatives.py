"""Light print on dark is read as a negative where all of the page is so, and nowhere else."""

import cv2
import numpy as np
import pytest
from drawn_text import Sheet
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from avskrift.ingest.image.negatives import is_negative, positive_of
from avskrift.ingest.image.picture import Grey

LINES = ("Samverkansöverenskommelse mellan", "kommunen och Polisen i Granvik", "gäller till och med december 2024")


def page() -> Grey:
    sheet = Sheet(900, 1200)
    for row in range(24):
        sheet.write(90, 120 + 42 * row, LINES[row % 3], 26)
    return sheet.grey


def film(grey: Grey) -> Grey:
    """As microfilm has it: neither black nor white, with grain."""
    grain = np.random.default_rng(3).normal(0, 8, grey.shape)
    return np.asarray(np.clip(235 - 0.75 * grey.astype(np.float64) + grain, 0, 255), np.uint8)


def test_a_page_is_no_negative_of_itself() -> None:
    grey = page()
    assert not is_negative(grey) and positive_of(grey) is grey


@pytest.mark.parametrize("framed", [False, True])
def test_light_print_on_dark(framed: bool) -> None:
    for negative in (np.asarray(255 - page(), np.uint8), film(page())):
        if framed:
            negative[:30] = negative[-30:] = 255
            negative[:, :25] = negative[:, -25:] = 255
        assert is_negative(negative)
        assert np.array_equal(positive_of(negative), 255 - negative)


def test_a_page_that_is_dark_in_part() -> None:
    for share in (0.3, 0.5, 0.7):
        grey = page().copy()
        end = int(share * grey.shape[0])
        grey[:end] = 255 - grey[:end]
        assert not is_negative(grey)


def test_a_dark_photograph() -> None:
    rng = np.random.default_rng(5)
    spots = cv2.GaussianBlur(rng.random((1200, 900)).astype(np.float32), (0, 0), 12)
    photograph = np.asarray(np.clip((spots - spots.mean()) * 3000 + 40, 0, 255), np.uint8)
    assert not is_negative(photograph)


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_pages_of_one_tone(grey: int) -> None:
    assert not is_negative(np.full((300, 200), grey, np.uint8))


@given(arrays(np.uint8, st.tuples(st.integers(1, 60), st.integers(1, 60))))
def test_any_picture(grey: Grey) -> None:
    assert positive_of(grey).shape == grey.shape
