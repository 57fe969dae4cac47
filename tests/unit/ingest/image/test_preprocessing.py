"""The condition of scans, and what is done to bad ones: straightened, evened, specks taken out."""

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.image.preprocessing import (
    ScanCondition,
    lies_on_its_side,
    preprocess,
    quarter_turned,
    scan_condition_of,
    skew_of,
    straightened,
)


@pytest.fixture(scope="module")
def page() -> Grey:
    """A page of print at 200 dots an inch."""
    drawn: Grey = np.full((1000, 800), 255, np.uint8)
    words = ["Vikbo", "kommun", "och", "lokalpolisen", "ska", "under", "perioden", "arbeta", "tillsammans"]
    for row in range(18):
        line = " ".join(words[row % 9 :] + words[: row % 9])[: 22 + row % 5]
        cv2.putText(drawn, line, (90, 120 + 45 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 0, 3)
    return drawn


@pytest.fixture(scope="module")
def speckled(page: Grey) -> Grey:
    drawn = page.copy()
    drawn[np.random.default_rng(1).random(page.shape) < 0.003] = 0
    return drawn


def test_a_clean_page_is_not_bad(page: Grey) -> None:
    condition = scan_condition_of(page, 200)
    assert not condition.bad and condition.two_toned


def test_specks_and_shadows_are_bad(page: Grey, speckled: Grey) -> None:
    assert scan_condition_of(speckled, 200).speckled
    shadow = np.linspace(0.5, 1.0, page.shape[1])
    dim = scan_condition_of(np.asarray(page * shadow, dtype=np.uint8), 200)
    assert dim.uneven and not dim.two_toned


@pytest.mark.parametrize("degrees", [-3.0, 0.0, 1.5])
def test_a_page_is_straightened_by_its_skew(page: Grey, degrees: float) -> None:
    turned = straightened(page, 0, degrees)
    assert skew_of(turned) == pytest.approx(-degrees, abs=0.15)
    ready = preprocess(turned, 200, ScanCondition(0, 0))
    assert ready.skew == pytest.approx(-degrees, abs=0.15)
    assert skew_of(ready.picture) == pytest.approx(0.0, abs=0.15)


def test_a_page_without_lines_of_text_is_left_as_it_is() -> None:
    page: Grey = np.full((1200, 1000), 255, np.uint8)
    assert skew_of(page) == 0
    cv2.circle(page, (300, 120), 50, 0, -1)
    assert skew_of(page) == 0


def test_a_page_on_its_side(page: Grey) -> None:
    assert not lies_on_its_side(page) and not lies_on_its_side(quarter_turned(page, 180))
    assert lies_on_its_side(quarter_turned(page, 90)) and lies_on_its_side(quarter_turned(page, 270))


def test_a_clean_page_keeps_its_size_and_greys(page: Grey) -> None:
    ready = preprocess(page, 200, ScanCondition(0, 0))
    assert (ready.dpi, ready.skew, ready.smoother) == (200, 0.0, None)
    assert np.array_equal(ready.picture, page)


def test_specks_are_painted_over_and_letters_stay(page: Grey, speckled: Grey) -> None:
    ready = preprocess(speckled, 200, ScanCondition(1, 0, two_toned=True))
    assert (ready.dpi, ready.picture.shape, ready.smoother) == (300, (1500, 1200), None)
    margin = speckled[:66], ready.picture[:100]  # nothing is printed there
    assert (margin[0] < 100).sum() > 100 > 5 * (margin[1] < 100).sum()
    assert (ready.picture < 100).mean() == pytest.approx((page < 100).mean(), rel=0.25)


def test_uneven_light_is_evened_for_two_readings(page: Grey) -> None:
    shaded = np.asarray(page * np.linspace(0.5, 0.9, page.shape[1]), dtype=np.uint8)
    ready = preprocess(shaded, 200, ScanCondition(0, 40), twice=True)
    assert preprocess(shaded, 200, ScanCondition(0, 40)).smoother is None
    assert ready.smoother is not None and ready.smoother.shape == ready.picture.shape == (1500, 1200)
    assert int(ready.picture[20, 60:-60].min()) > 235  # paper, from the dark side to the light one
    assert int(ready.picture.min()) < 30
