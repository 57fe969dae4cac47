"""Straight rules in a picture: of tables, under signatures, above footnotes."""

from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.image.connected_components import components_of
from avskrift.ingest.image.picture import Grey, grown, opened, white_where
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What is a rule. Pixels are at 200 dots an inch: 100 are 12.7 mm.

    Pages whose condition is bad (noisy, unevenly lit) are judged by the figures of faint rules, all others by the first
    two (`ingest/ocr/page_image.py` decides).
    """

    shortest_across: int = 70  # pixels
    shortest_down: int = 45  # pixels
    faint_across: int = 170  # pixels of the shortest rule that is faint and broken
    faint_down: int = 100  # pixels
    faint: int = 12  # how much darker than white, of 255, a faint rule is
    dark: float = 0.7  # share of a faint rule's length that is dark at least
    light: float = 0.45  # share of what runs beside a faint rule that is dark at most
    beside: int = 7  # pixels from a faint rule to what runs beside it
    reach: int = 5  # pixels from a single rule that nothing running down comes near
    thickest: int = 24  # pixels of a single rule
    shortest_single: int = 90  # pixels
    # What parts text, and is longer than any stroke of a letter:
    parting_across: int = 90  # pixels
    parting_down: int = 52  # pixels


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Ruling:
    """Pictures of the rules alone, white (255) on black: those that run across the page and those that run down."""

    across: Grey
    down: Grey

    @property
    def both(self) -> Grey:
        """All rules in one picture."""
        return np.asarray(cv2.bitwise_or(self.across, self.down), dtype=np.uint8)


def no_ruling(picture: Grey) -> Ruling:
    """The ruling of a picture without rules."""
    return Ruling(np.zeros_like(picture), np.zeros_like(picture))


def ruling_of(ink: Grey, dpi: int) -> Ruling:
    """The rules in a picture of ink, white on black, of `dpi` dots an inch."""
    unit = dpi / 200
    return Ruling(
        opened(ink, 1, int(SETTINGS.shortest_across * unit)), opened(ink, int(SETTINGS.shortest_down * unit), 1)
    )


def faint_ruling_of(picture: Grey, dpi: int) -> Ruling:
    """The rules in a bad picture, where they are faint and broken: thin stretches that are dark nearly all along."""
    unit = dpi / 200
    tinted = white_where(picture < 255 - SETTINGS.faint)
    upright = np.ascontiguousarray(np.rot90(tinted, -1))
    down = np.rot90(_faint_across(upright, int(SETTINGS.faint_down * unit), unit))
    return Ruling(_faint_across(tinted, int(SETTINGS.faint_across * unit), unit), np.ascontiguousarray(down))


def _faint_across(tinted: Grey, wide: int, unit: float) -> Grey:
    """The rules across: pixels around which so many are dark to the left and right, and few above and below."""
    along = cv2.blur(grown(tinted, 3, 1), (wide, 1))
    offset = max(3, int(SETTINGS.beside * unit))
    above, below = np.zeros_like(along), np.zeros_like(along)
    above[offset:], below[:-offset] = along[:-offset], along[offset:]
    beside = np.maximum(above, below)
    return grown(white_where((along > 255 * SETTINGS.dark) & (beside < 255 * SETTINGS.light)), 1, wide // 2)


def rules_in(ruling: Ruling, ink: Grey) -> Ruling:
    """The rules that are ink still: a dark ground, as long as rules are, is none once its letters are turned dark."""
    return Ruling(
        np.asarray(cv2.bitwise_and(ruling.across, ink), dtype=np.uint8),
        np.asarray(cv2.bitwise_and(ruling.down, ink), dtype=np.uint8),
    )


def parting_rules(ruling: Ruling, dpi: int) -> Ruling:
    """The rules that are longer than strokes of letters: a short one may be the stem of a large letter."""
    unit = dpi / 200
    return Ruling(
        _longer(ruling.across, cv2.CC_STAT_WIDTH, SETTINGS.parting_across * unit),
        _longer(ruling.down, cv2.CC_STAT_HEIGHT, SETTINGS.parting_down * unit),
    )


def _longer(rules: Grey, side: int, pixels: float) -> Grey:
    if not rules.any():
        return rules
    shapes = components_of(rules, many=True)
    out = rules.copy()
    for label in np.flatnonzero(shapes.table[1:, side] <= pixels) + 1:
        x, y, w, h, _ = shapes.table[label]
        part = out[y : y + h, x : x + w]
        part[shapes.labels[y : y + h, x : x + w] == label] = 0
    return out


def single_rules(ruling: Ruling, dpi: int) -> list[BoundingBox]:
    """The thin rules across that meet no rule running down, as boxes in pixels: to write on, or above footnotes."""
    unit = dpi / 200
    reach = int(SETTINGS.reach * unit) | 1
    if not ruling.across.any():
        return []
    rules = components_of(grown(ruling.across, reach, 3 * reach))
    crossed = set(np.unique(rules.labels[grown(ruling.down, reach) > 0]).tolist())
    fits = (rules.heights < SETTINGS.thickest * unit) & (rules.widths > SETTINGS.shortest_single * unit)
    return [rule.box for rule in rules.chosen(fits) if rule.label not in crossed]
