"""What is drawn on a page: found by its shape, painted over, and told from tables and text."""

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.figures import FoundFigures, find_figures
from avskrift.ingest.image.picture import Grey, halved, ink_in
from avskrift.ingest.image.ruling import ruling_of
from avskrift.models.geometry import BoundingBox

PAPER = 250


def text_page() -> Grey:
    page: Grey = np.full((2000, 1600), PAPER, np.uint8)
    for foot in range(900, 1900, 45):
        cv2.putText(page, "Vikbo kommun och polisen samverkar", (250, foot), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    return page


def figures_on(page: Grey, cells: tuple[BoundingBox, ...] = ()) -> FoundFigures:
    ink = ink_in(page)
    return find_figures(page, 200, ink, ruling_of(ink, 200), cells, PAPER, speckled=False)


def kinds(page: Grey) -> list[str]:
    return [figure.kind for figure in figures_on(page).figures]


def is_blank(part: Grey) -> bool:
    return int(part.min()) > PAPER - 30


def test_text_is_no_figure_and_stays() -> None:
    page = text_page()
    found = figures_on(page)
    assert found.figures == ()
    assert np.array_equal(found.picture, page)


def test_a_solid_shape_in_the_head_is_a_logo() -> None:
    page = text_page()
    cv2.circle(page, (200, 150), 60, 30, -1)
    (logo,) = figures_on(page).figures
    assert logo.kind == "logo"
    assert logo.box.contains_centre(BoundingBox(195, 145, 205, 155))
    assert is_blank(figures_on(page).picture[60:240, 110:290])


def test_at_half_the_size_the_same_figures_are_found() -> None:
    """What is painted over is of the whole page, boxes too."""
    page = np.repeat(np.repeat(text_page(), 2, axis=0), 2, axis=1)
    cv2.circle(page, (400, 300), 120, 30, -1)
    small = ink_in(halved(page))
    found = find_figures(page, 400, small, ruling_of(small, 200), (), PAPER, speckled=False)
    assert [figure.kind for figure in found.figures] == ["logo"]
    assert found.figures[0].box == pytest.approx((280, 180, 521, 421), abs=4)
    assert is_blank(found.picture[120:480, 220:580])
    assert np.array_equal(found.picture[1000:], page[1000:])


def test_bars_on_one_line_are_a_chart() -> None:
    page = text_page()
    for k, tall in enumerate((100, 180, 140, 220)):
        page[800 - tall : 800, 500 + 150 * k : 580 + 150 * k] = 90
    (chart,) = figures_on(page).figures
    assert chart.kind == "chart"
    assert chart.box == pytest.approx((500, 580, 1030, 800), abs=2)


def test_an_uneven_ground_without_letters_is_a_picture() -> None:
    page = text_page()
    page[500:800, 600:1000] = np.linspace(60, 200, 400).astype(np.uint8)
    assert kinds(page) == ["picture"]


def test_a_thin_scribble_is_a_signature() -> None:
    page = text_page()
    x = np.arange(300, 700)
    wave = np.stack([x, 600 + 60 * np.sin(x / 25) * np.cos(x / 90)], axis=1).astype(np.int32)
    cv2.polylines(page, [wave], False, 20, 3)
    assert kinds(page) == ["signature"]


def test_light_letters_on_a_dark_ground_become_dark_on_light() -> None:
    page = text_page()
    page[500:600, 300:1300] = 50
    cv2.putText(page, "HANDLINGSPLAN", (350, 565), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 250, 4)
    found = figures_on(page)
    assert found.figures == ()
    ground, letters = found.picture[510:520, 310:330], found.picture[520:590, 350:800]
    assert int(ground.min()) > 200 and int(letters.min()) < 80


def test_what_the_scanner_adds_is_painted_over_and_no_figure() -> None:
    page = text_page()
    page[:, :40] = 60  # a dark edge
    cv2.circle(page, (90, 700), 28, 70, -1)  # a punch hole
    found = figures_on(page)
    assert found.figures == ()
    assert is_blank(found.picture[:, :140])


def test_shaded_cells_and_frames_of_tables_stay() -> None:
    page = text_page()
    cell = BoundingBox(300, 500, 700, 560)
    page[500:560, 300:700] = 200
    assert figures_on(page, (cell,)).figures == ()
    assert [f.kind for f in figures_on(page).figures] == ["picture"]
    framed = text_page()
    cv2.rectangle(framed, (300, 400), (1300, 800), 0, 3)
    assert kinds(framed) == []
