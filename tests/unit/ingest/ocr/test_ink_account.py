"""How much of a page's ink lies under the words that were read."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avskrift.ingest.ocr.ink_account import ink_read, unaccounted
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.models.geometry import BoundingBox

SIDE = 20
PLACES = [(x, y) for y in (200, 400, 600) for x in (100, 300, 500, 700)]
BOXES = [BoundingBox(x, y, x + SIDE, y + SIDE) for x, y in PLACES]


def page() -> PageImage:
    """Twelve black squares of one size."""
    grey = np.full((900, 900), 255, np.uint8)
    for x, y in PLACES:
        grey[y : y + SIDE, x : x + SIDE] = 0
    return PageImage.plain(grey)


@given(st.sets(st.sampled_from(range(len(BOXES)))), st.sets(st.sampled_from(range(len(BOXES)))))
def test_the_share_is_of_what_lies_in_no_figure(words: set[int], figures: set[int]) -> None:
    left = set(range(len(BOXES))) - figures
    share = ink_read(page(), [BOXES[n] for n in words], [BOXES[n] for n in figures])
    if not left:
        assert share is None
    else:
        assert share == pytest.approx(len(words & left) / len(left))


def test_a_blank_page_has_no_ink_to_account_for() -> None:
    assert ink_read(PageImage.plain(np.full((900, 900), 255, np.uint8)), [], []) is None


def test_edges_are_no_print() -> None:
    grey = np.full((900, 900), 255, np.uint8)
    grey[:, :20] = 0
    assert ink_read(PageImage.plain(grey), [], []) is None


def test_a_person_is_told_of_much_that_was_not_read() -> None:
    assert unaccounted(3, None) == unaccounted(3, 0.95) == ()
    assert unaccounted(3, 0.6) == ("page 3: 40 % of what is printed on it is under no word that was read",)
