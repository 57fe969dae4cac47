"""How much of a page's print the words account for that were read of it."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.image.picture import crop, grown
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.models.geometry import BoundingBox
from avskrift.models.limits import LEAST_INK_READ


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as print, and what lies under a word."""

    beyond: float = 0.25
    """Heights of a word's box that its ink may lie beyond it: dots and marks, the tail of a letter."""
    widest_beyond: float = 12.0
    """Pixels at most."""
    edge: float = 0.03
    """Share of the picture's sides where shadows and punch holes are."""
    rule_margin: int = 3
    """Pixels around a rule that are its own ink."""
    least: float = 0.0005
    """Share of the picture under ink below which a page has none to account for."""


SETTINGS = Settings()


def ink_read(image: PageImage, words: Iterable[BoundingBox], figures: Iterable[BoundingBox]) -> float | None:
    """The share of a page's ink under `words`, 0 to 1, where its rules, its edges and what lies in `figures` are no
    ink; None where the page has none. Boxes are in pixels."""
    ink = image.page_ink.copy()
    if image.ruling.across.any() or image.ruling.down.any():
        ink[grown(image.ruling.as_large_as(ink), SETTINGS.rule_margin) > 0] = 0
    tall, wide = ink.shape
    down, across = int(SETTINGS.edge * tall), int(SETTINGS.edge * wide)
    ink = np.ascontiguousarray(ink[down : tall - down, across : wide - across])
    for box in figures:
        crop(ink, box.moved(-across, -down))[:] = 0
    total = cv2.countNonZero(ink)
    if total < SETTINGS.least * ink.size:
        return None
    for box in words:
        beyond = min(SETTINGS.widest_beyond, SETTINGS.beyond * box.height)
        crop(ink, box.grown(beyond, beyond, beyond, beyond).moved(-across, -down))[:] = 0
    return 1.0 - cv2.countNonZero(ink) / total


def unaccounted(number: int, share: float | None) -> tuple[str, ...]:
    """What a person should know of page `number`, of whose ink words account for such a `share`."""
    if share is None or share >= LEAST_INK_READ:
        return ()
    return (f"page {number}: {round(100 * (1 - share))} % of what is printed on it is under no word that was read",)
