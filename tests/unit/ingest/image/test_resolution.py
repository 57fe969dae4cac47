"""What a file says of its resolution is a claim: letters and the formats of paper measure it."""

from pathlib import Path

import numpy as np
import pytest
from drawn_text import Sheet
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from avskrift.ingest import read
from avskrift.ingest.image.picture import Grey
from avskrift.ingest.image.resolution import is_odd_sheet, letter_size, measured, not_believed
from avskrift.models.document import Document

LINES = (
    "Samverkansöverenskommelse mellan kommunen och Polisen",
    "Kommunen och Polisen ska tillsammans öka tryggheten på",
    "torget och i skolornas närområden, där oron är störst.",
    "Överenskommelsen gäller till och med december 2024.",
)
SIZES = {"A4": (1240, 1754), "A3": (2480, 1754), "A5": (874, 1240)}
"""Pixels at 150 dots an inch."""


def sheet(paper: str = "A4", size: int = 22, lines: int = 4) -> Sheet:
    """A sheet of 150 dots an inch with print of so many pixels."""
    drawn = Sheet(*SIZES[paper])
    for row, text in enumerate(LINES[:lines]):
        drawn.write(90, 150 + 3 * size * row, text, size)
    return drawn


def document_of(path: Path) -> Document:
    return read(path)


@pytest.mark.parametrize("size", [16, 22, 34])
def test_letters_are_measured(size: int) -> None:
    assert letter_size(sheet(size=size).grey) == pytest.approx(size, rel=0.15)
    assert letter_size(sheet(lines=0).grey) is None


@pytest.mark.parametrize("claim", [36, 72, 96, 600, 1200])
@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_a_claim_that_makes_no_sheet(claim: int, paper: str) -> None:
    found = measured(sheet(paper).grey, claim, claim)
    assert claim * found.times == pytest.approx(150, rel=0.01)
    assert f"claims {claim} dots an inch" in not_believed(found, claim)


@pytest.mark.parametrize("claim", [140, 150, 170])
@pytest.mark.parametrize("paper", ["A4", "A3", "A5"])
def test_a_claim_that_may_be_true(claim: int, paper: str) -> None:
    found = measured(sheet(paper).grey, claim, claim)
    assert found.times == 1 and not_believed(found, claim) == ""


def test_rows_and_columns_of_different_density() -> None:
    grey = sheet().grey[::2]
    found = measured(np.ascontiguousarray(grey), 72, 36)
    assert 72 * found.times == pytest.approx(150, rel=0.01)


def test_a_poster_on_a4_is_a4() -> None:
    assert measured(sheet(size=50).grey, 150, 150).times == 1


def test_a_clipping_is_told_by_its_letters() -> None:
    clipping: Grey = np.ascontiguousarray(sheet().grey[100:420, 60:1000])
    assert measured(clipping, 150, 150).times == 1
    assert 600 * measured(clipping, 600, 600).times == pytest.approx(150, rel=0.15)


def test_without_letters_or_proportions_a_small_picture_is_left_alone() -> None:
    assert measured(np.full((90, 200), 255, np.uint8), 300, 300).times == 1


@given(st.integers(1, 3000), st.integers(1, 3000), st.floats(1, 1300))
def test_any_picture_has_a_resolution(wide: int, tall: int, claim: float) -> None:
    found = measured(np.full((tall, wide), 255, np.uint8), claim, claim)
    assert found.times > 0


@pytest.mark.parametrize(
    ("sides", "odd"), [((8.27, 11.69), False), ((16.5, 11.7), False), ((23, 32), True), ((3, 4), True)]
)
def test_sheets(sides: tuple[float, float], odd: bool) -> None:
    assert is_odd_sheet(*sides) is odd


@pytest.mark.parametrize("claim", [1, 72, 600])
@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_a_document(tmp_path: Path, claim: int, kind: str) -> None:
    path = tmp_path / f"avtal.{kind}"
    picture = sheet().picture
    if kind == "pdf":
        picture.save(path, resolution=claim)
    else:
        picture.save(path, dpi=(claim, claim))
    (page,) = document_of(path).pages
    assert [line.text for line in page.lines] == list(LINES)
    assert {round(line.font_size or 0) for line in page.lines} <= {10, 11, 12}
    assert (claim, kind) == (1, "png") or any(f"page 1 claims {claim} dots" in text for text in page.warnings)
    width, height = (1240 * 72 / claim, 1754 * 72 / claim) if kind == "pdf" else (595.2, 841.9)
    assert page.width == pytest.approx(width, rel=0.01) and page.height == pytest.approx(height, rel=0.01)
    first = page.lines[0].bbox
    assert first is not None and first.x0 / width == pytest.approx(90 / 1240, abs=0.01)
    assert first.bottom / height == pytest.approx(155 / 1754, abs=0.01)


def test_a_picture_that_claims_nothing(tmp_path: Path) -> None:
    path = tmp_path / "avtal.png"
    Image.fromarray(sheet("A3").grey).save(path)
    (page,) = document_of(path).pages
    assert page.width == pytest.approx(1190.6, rel=0.01) and page.warnings == ()
