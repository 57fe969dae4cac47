"""`§ %` by the white spots that a sign encloses, `@` by its place in an address."""

import cv2
import numpy as np
import pytest

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.ocr.refine.signs import correct_signs
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

Spot = tuple[int, int]
SECTION: tuple[Spot, ...] = ((10, 20),)
EIGHT: tuple[Spot, ...] = ((10, 11), (10, 29))
SIX: tuple[Spot, ...] = ((10, 27),)
PERCENT: tuple[Spot, ...] = ((7, 11), (32, 28))
"""The middles of the white spots in blocks of ink that are 40 high, and 20 or 40 wide."""


def drawn(*signs: tuple[int, int, tuple[Spot, ...]]) -> PageImage:
    """A picture of such blocks: where each begins, how wide it is, its spots."""
    picture: Grey = np.full((120, 400), 255, np.uint8)
    for x, wide, spots in signs:
        cv2.rectangle(picture, (x, 40), (x + wide - 1, 79), 0, -1)
        for across, down in spots:
            cv2.circle(picture, (x + across, 40 + down), 3, 255, -1)
    return PageImage.plain(picture)


def word(text: str, x0: float, x1: float) -> OcrWord:
    return OcrWord(text, BoundingBox(x0, 40, x1, 80), 0.9, 1)


def printed(image: PageImage, *words: OcrWord) -> list[str]:
    return [w.final_text for w in correct_signs(OcrPage(image), PageText(words)).words]


@pytest.mark.parametrize("read", ["S", "8", "$", "5"])
def test_one_spot_at_half_the_height_is_a_section_sign(read: str) -> None:
    assert printed(drawn((20, 20, SECTION)), word(read, 20, 40), word("22", 60, 100)) == ["§", "22"]
    assert printed(drawn((120, 20, SECTION)), word("6", 80, 100), word(read, 120, 140)) == ["6", "§"]


@pytest.mark.parametrize("spots", [(), EIGHT, SIX])
def test_other_signs_are_none(spots: tuple[Spot, ...]) -> None:
    assert printed(drawn((20, 20, spots)), word("8", 20, 40), word("22", 60, 100)) == ["8", "22"]


def test_a_section_sign_stands_beside_a_number() -> None:
    assert printed(drawn((20, 20, SECTION)), word("S", 20, 40), word("Vik", 60, 100)) == ["S", "Vik"]
    assert printed(drawn((20, 20, SECTION)), word("S", 20, 40), word("22", 160, 200)) == ["S", "22"]


def test_a_section_sign_that_touches_its_number() -> None:
    assert printed(drawn((20, 20, SECTION), (44, 20, ())), word("S2", 20, 64)) == ["§ 2"]


def test_one_sign_that_was_read_as_two() -> None:
    assert printed(drawn((20, 20, SECTION)), word("§$", 20, 40)) == ["§"]
    assert printed(drawn((20, 20, SECTION), (44, 20, SECTION)), word("§S", 20, 64)) == ["§§"]


def test_two_spots_after_an_amount_are_a_percent_sign() -> None:
    image = drawn((120, 40, PERCENT))
    assert printed(image, word("9,2", 60, 110), word("H0", 120, 160)) == ["9,2", "%"]
    assert printed(image, word("kap", 60, 110), word("H0", 120, 160)) == ["kap", "H0"]
    assert printed(drawn((120, 40, EIGHT)), word("9,2", 60, 110), word("H0", 120, 160)) == ["9,2", "H0"]


def test_what_was_read_as_another_percent_sign_is_one() -> None:
    words = word("9,2", 60, 110), word("H", 120, 160), word("41,7", 180, 240), word("H", 250, 290)
    assert printed(drawn((120, 40, PERCENT), (250, 40, ())), *words) == ["9,2", "%", "41,7", "%"]


@pytest.mark.parametrize(
    ("read", "address"),
    [
        ("anna.bergQvikbo.example", "anna.berg@vikbo.example"),
        ("ks&vikbo.example,", "ks@vikbo.example,"),
        ("www.vikbo.example", "www.vikbo.example"),
        ("FoU-rapport", "FoU-rapport"),
    ],
)
def test_an_at_sign_in_an_address(read: str, address: str) -> None:
    assert printed(drawn(), word(read, 20, 300)) == [address]


@pytest.mark.parametrize("name", ["avtalOmsorg.pdf", "bilagaOversikt.docx", "ritningQ3-plan.dwg"])
def test_names_of_files_are_no_addresses(name: str) -> None:
    assert printed(drawn(), word(name, 40, 300)) == [name]


def test_a_number_beside_its_section_sign_stays() -> None:
    image = drawn((40, 20, EIGHT), (70, 20, SECTION))
    assert printed(image, word("8§", 40, 90)) == ["8§"]
