"""Pictures and words that no scan and no engine should give: nothing that looks at them raises an error.

Pictures are tiny, white, black, noise, ruled or of extreme shape; words have boxes of no size, outside the picture,
turned about or huge, and texts that are empty or one sign.
"""

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avskrift.ingest.image.picture import Grey, crop
from avskrift.ingest.image.preprocessing import (
    ScanCondition,
    lies_on_its_side,
    preprocess,
    scan_condition_of,
    skew_of,
)
from avskrift.ingest.image.stamps import without_ink_over_print
from avskrift.ingest.ocr.page import OrientedPage, read_page, upright
from avskrift.ingest.ocr.page_image import PageImage, page_image_of
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.ocr.refine.rubbish import drop_rubbish
from avskrift.ingest.ocr.refine.steps import REFINEMENTS
from avskrift.ingest.opened_pages import PageToOcr
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.failures import Failures

_T = TypeVar("_T")
SIDES = [(1, 1), (2, 2), (3, 1), (1, 3), (9, 11), (20, 20), (1, 300), (300, 1), (60, 200), (160, 120), (300, 260)]
TEXTS = [
    *(
        "",
        "a",
        ".",
        "-",
        "§",
        "1",
        "12",
        "1.",
        "•",
        "'",
        "!",
        "Ä",
        "|",
        "___",
        "²",
        "%",
        "5",
        "8",
        "50",
        "9o",
        "25",
        "94",
    ),
    *("samverkan", "arbetsgrupp'", "arbetsgrupp1", "text”", "Plan3", "24500", "123456789", "kap.", "lagen", "«Andel"),
    *("*Skola", "sida", "våld", "Sida", "före-", "2020-01-01", "FAX", "anna.berg", "polisen.se"),
]
quick = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class Strict(Failures):
    """Raises what fails."""

    def __init__(self) -> None:
        super().__init__(logging.getLogger("avskrift.ingest"))

    def attempt(self, what: str, act: Callable[[], _T], instead: _T, stands: str) -> _T:
        return act()


@st.composite
def pictures(draw: st.DrawFn) -> Grey:
    tall, wide = draw(st.sampled_from(SIDES))
    kind = draw(st.sampled_from(["white", "black", "grey", "noise", "ruled", "print", "print"]))
    noise = np.random.default_rng(draw(st.integers(0, 999)))
    if kind == "noise":
        return noise.integers(0, 256, (tall, wide)).astype(np.uint8)
    picture = np.full((tall, wide), {"black": 0, "grey": 140}.get(kind, 255), np.uint8)
    if kind == "ruled":
        picture[:: draw(st.integers(5, 60))] = 0
        picture[:, :: draw(st.integers(5, 90))] = 40
    if kind == "print":
        for foot in range(draw(st.integers(4, 30)), tall + 10, draw(st.integers(14, 40))):
            at = (draw(st.integers(-20, 20)), foot)
            cv2.putText(picture, "arbetsgrupp1 Plan3 25 9 1.", at, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 0, 1)
        picture[noise.random((tall, wide)) < draw(st.sampled_from([0.0, 0.0, 0.03]))] = 0
    return picture


@st.composite
def words(draw: st.DrawFn, picture: Grey) -> list[OcrWord]:
    tall, wide = picture.shape
    found, x, y, line = [], 0.0, float(draw(st.integers(-5, tall))), 1
    hostile = draw(st.booleans())
    for _ in range(draw(st.sampled_from([0, 1, 2, 5, 12]))):
        text = draw(st.sampled_from(TEXTS))
        height = draw(st.integers(4, 40))
        if hostile:
            x, y = (
                draw(st.sampled_from([-300.0, -1.0, 0.0, 0.5, side / 2, float(side), 1e6])) for side in (wide, tall)
            )
            x1, bottom = x + draw(st.sampled_from([-9, 0, 1, 50, 1e5])), y + draw(st.sampled_from([-9, 0, 1, 20, 1e5]))
        else:
            text = text or "a"
            x1, bottom = x + len(text) * height * 0.5, y + height
        sure = draw(st.sampled_from([0.0, 0.3, 0.7, 0.95, 1.0]))
        found.append(OcrWord(text, BoundingBox(x, y, x1, bottom), sure, line))
        x = x1 + draw(st.integers(-2, 20))
        if x > wide or draw(st.integers(0, 4)) == 0:
            x, y, line = float(draw(st.integers(-3, 30))), y + height, line + 1
    return found + found[: draw(st.integers(0, 2))]


@quick
@given(st.data())
def test_refinements(data: st.DataObject) -> None:
    picture = data.draw(pictures())
    condition = data.draw(
        st.sampled_from([ScanCondition(0, 0), ScanCondition(1, 0), ScanCondition(0, 20), ScanCondition(1, 20, True)])
    )
    image = page_image_of(picture, 200, condition, Strict(), twice=data.draw(st.booleans()))

    def look(part: Grey) -> list[OcrWord]:
        assert part.size > 0 and part.dtype == np.uint8
        return data.draw(words(part))

    def look_at_all(crops: Sequence[Grey]) -> list[list[OcrWord]]:
        return [look(crop) if crop.size else [] for crop in crops]  # engines read nothing in an empty one

    page = OcrPage(image, lambda image: look(image.picture), look_at_all, look_at_all)
    text = PageText(tuple(data.draw(words(image.picture))))
    for refinement in REFINEMENTS:
        text = refinement.apply(page, text)
    drop_rubbish(page, text)


class Imagining:
    """An engine that sees whatever it likes."""

    name = fingerprint = "imagining"
    gains_from_second_picture = True

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def check(self) -> None:
        return None

    def read_page(self, image: PageImage, timeout_seconds: float) -> list[OcrWord]:
        return self._data.draw(words(np.zeros((200, 200), np.uint8)))

    def read_lines(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        return [self._data.draw(words(np.zeros((200, 200), np.uint8))) for _ in crops]

    read_symbols = read_lines


@settings(quick, max_examples=10)
@given(st.data())
def test_whole_pages(data: st.DataObject) -> None:
    picture = data.draw(pictures())
    tall, wide = picture.shape
    pending = PageToOcr(1, wide * 0.36, tall * 0.36, lambda dpi: picture, "a picture")
    ready = upright(pending)
    strict = OrientedPage(ready.pending, ready.grey, ready.turn, ready.dpi, ready.condition, Strict(), ready.taken)
    page = read_page(strict, Imagining(data), 1.0)
    assert ready.failures.found == []
    assert [line.number for line in page.lines] == list(range(1, len(page.lines) + 1))


@pytest.mark.parametrize("shape", SIDES[:7])
@pytest.mark.parametrize("grey", [0, 255])
def test_a_picture_of_any_size_has_a_state(shape: tuple[int, int], grey: int) -> None:
    picture = np.full(shape, grey, np.uint8)
    picture[shape[0] // 2 :, : shape[1] // 2] = 30
    condition = scan_condition_of(picture, 200)
    assert condition.specks >= 0
    assert abs(skew_of(picture)) < 10
    assert lies_on_its_side(picture) in (True, False)
    for condition in (ScanCondition(1, 0), ScanCondition(0, 20), ScanCondition(1, 20, True)):
        assert preprocess(picture, 200, condition, twice=True).picture.size > 0
    assert without_ink_over_print(np.ascontiguousarray(np.stack([picture] * 3, axis=2)), 200).grey.shape == shape


def test_a_strip_of_a_few_pixels_across_stays_small() -> None:
    """Looking for the slope of a strip 3 by 14,000 pixels must not make a picture of 700 by three million of it."""
    strip = np.full((14_000, 3), 255, np.uint8)
    strip[::40] = 0
    assert abs(skew_of(strip)) < 10


@pytest.mark.parametrize("box", [(-9, -9, -2, -2), (5, 5, 3, 3), (50, 50, 90, 90), (0, -30, 10, -20)])
def test_what_lies_outside_a_picture_is_empty(box: tuple[float, float, float, float]) -> None:
    assert crop(np.zeros((40, 30), np.uint8), BoundingBox(*box)).size == 0


def test_a_part_that_reaches_out_is_cut_off() -> None:
    assert crop(np.zeros((40, 30), np.uint8), BoundingBox(-5, -5, 10, 100)).shape == (40, 10)
