"""Parts of pictures, their ink and their paper; shapes that touching pixels form."""

import numpy as np
import pytest

from avskrift.ingest.image.connected_components import components_in, components_of
from avskrift.ingest.image.picture import (
    Grey,
    crop,
    grown,
    halved,
    ink_in,
    ink_level,
    ink_share,
    opened,
    paper_of,
    runs_across,
    runs_down,
    squares,
    up_to,
)
from avskrift.models.geometry import BoundingBox


def paper_with(*boxes: tuple[int, int, int, int], paper: int = 230, ink: int = 40) -> Grey:
    page: Grey = np.full((100, 200), paper, np.uint8)
    for x0, top, x1, bottom in boxes:
        page[top:bottom, x0:x1] = ink
    return page


def test_a_crop_is_cut_at_whole_pixels() -> None:
    page = np.arange(40, dtype=np.uint8).reshape(5, 8)
    assert crop(page, BoundingBox(1.9, 2.2, 4.1, 3.9)).tolist() == [[17, 18, 19]]
    assert crop(page, BoundingBox(-5, -5, 2, 1)).tolist() == [[0, 1]]
    assert crop(page, BoundingBox(20, 20, 30, 30)).size == 0


def test_ink_is_told_from_the_paper_of_its_part() -> None:
    """A faint stroke is ink where nothing darker stands beside it."""
    faint = paper_with((20, 20, 40, 30), ink=180)
    assert int((ink_in(faint) > 0).sum()) == 200
    beside_black = paper_with((20, 20, 40, 30), (60, 20, 120, 80), ink=180)
    beside_black[20:80, 60:120] = 0
    assert not ink_in(beside_black)[20:30, 20:40].any()
    assert ink_in(np.zeros((0, 5), np.uint8)).size == 0


def test_paper_is_what_most_of_a_page_is() -> None:
    assert paper_of(paper_with((0, 0, 80, 90))) == 230
    assert ink_share(paper_with((0, 0, 100, 50))) == 0.25


def test_masks_are_grown_and_opened() -> None:
    ink = up_to(paper_with((50, 50, 60, 52), (100, 50, 102, 52)), 99)
    assert (grown(ink, 3) > 0).sum() == 12 * 4 + 4 * 4
    assert (grown(ink, 1, 5) > 0).sum() == 14 * 2 + 6 * 2
    assert (opened(ink, 1, 5) > 0).sum() == 20  # only the long one holds five pixels in a row


def a_page_of_shapes(seed: int) -> Grey:
    """White rectangles of all sizes, thin ones most often, some at the page's sides."""
    chance = np.random.default_rng(seed)
    mask: Grey = np.zeros((700, 500), np.uint8)
    for _ in range(60):
        top, left = int(chance.integers(-20, 700)), int(chance.integers(-20, 500))
        tall, wide = (int(side) for side in chance.choice([1, 2, 3, 9, 17, 19, 40, 90, 160], 2))
        mask[max(0, top) : max(0, top + tall), max(0, left) : max(0, left + wide)] = 255
    return mask


@pytest.mark.parametrize("seed", range(5))
def test_large_shapes_are_found_as_by_opening_all_of_the_page(seed: int) -> None:
    mask = a_page_of_shapes(seed)
    assert (runs_across(mask, 70) == opened(mask, 1, 70)).all()
    assert (runs_down(mask, 45) == opened(mask, 45, 1)).all()
    assert (squares(mask, 18) == opened(mask, 18, 18)).all()


def test_half_the_size_is_the_mean_of_four() -> None:
    page: Grey = np.array([[0, 100, 9], [200, 100, 9], [9, 9, 9]], np.uint8)
    assert halved(page).tolist() == [[100]]
    assert halved(page[:1]).shape == (1, 3)


def test_the_level_of_ink_lies_between_ink_and_paper() -> None:
    tall = np.tile(paper_with((20, 20, 120, 60)), (8, 1))
    assert 40 <= ink_level(tall) < 230
    assert (up_to(tall, ink_level(tall)) == ink_in(tall)).all()


@pytest.mark.parametrize("seed", range(5))
def test_shapes_are_the_same_with_and_without_empty_rows_and_columns(seed: int) -> None:
    mask = a_page_of_shapes(seed)
    page: Grey = np.zeros((2000, 1500), np.uint8)
    page[400:1100, 300:800] = mask
    (few, all_of_it) = components_of(page), components_of(mask)
    assert sorted((c.box.moved(-300, -400), c.area) for c in few.chosen()) == sorted(
        (c.box, c.area) for c in all_of_it.chosen()
    )
    assert ((few.labels[400:1100, 300:800] > 0) == (mask > 0)).all() and (few.labels > 0).sum() == (mask > 0).sum()


def test_shapes_have_boxes_and_areas() -> None:
    ink = ink_in(paper_with((10, 10, 20, 14), (50, 40, 52, 60)))
    first, second = sorted(components_in(ink, (100, 1000)), key=lambda c: c.box)
    assert (first.box, first.area) == ((110, 1010, 120, 1014), 40)
    assert (second.box, second.area) == ((150, 1040, 152, 1060), 40)
    assert components_in(np.zeros((0, 0), np.uint8)) == []


@pytest.mark.parametrize(("connectivity", "count"), [(8, 1), (4, 2)])
def test_corners_touch_or_not(connectivity: int, count: int) -> None:
    ink = ink_in(paper_with((10, 10, 20, 20), (20, 20, 30, 30)))
    assert len(list(components_of(ink, connectivity=connectivity).chosen())) == count


def test_shapes_are_chosen_and_painted_over() -> None:
    page = paper_with((10, 10, 20, 14), (50, 40, 80, 60))
    shapes = components_of(ink_in(page))
    (large,) = shapes.chosen(shapes.areas > 100)
    shapes.mask(large, 2).paint(page, 230)
    assert page[12, 15] == 40
    assert (page[30:70, 40:90] == 230).all()


def test_so_many_shapes_that_labels_are_wide() -> None:
    ink = np.zeros((600, 600), np.uint8)
    ink[::2, ::2] = 255
    assert len(components_of(ink).table) == 300 * 300 + 1
