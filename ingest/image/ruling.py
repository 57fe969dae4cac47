"""Straight rules in a picture: of tables, under signatures, above footnotes."""

from dataclasses import dataclass

import cv2
import numpy as np

from avskrift.ingest.image.connected_components import components_of
from avskrift.ingest.image.picture import Grey, grown, lines_with_ink, runs_across, runs_down, up_to
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
    faint: int = 6  # how much darker than white, of 255, a faint rule is: at half the size, where it is looked for, it
    # is fainter still. Of 4 to 20 tried on nine pages with tables, 4 to 7 found all cells and no other rules
    dark: float = 0.7  # share of a faint rule's length that is dark at least
    light: float = 0.45  # share of what runs beside a faint rule that is dark at most
    beside: int = 7  # pixels from a faint rule to what runs beside it
    reach: int = 5  # pixels from a single rule that nothing running down comes near
    thickest: int = 24  # pixels of a single rule
    shortest_single: int = 90  # pixels
    # What parts text, and is longer than any stroke of a letter:
    parting_across: int = 90  # pixels
    parting_down: int = 52  # pixels
    parting_letters: tuple[float, float] = (6.0, 3.5)  # usual letters' heights, across and down, at least


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Ruling:
    """Pictures of the rules alone, white (255) on black: those that run across the page and those that run down.

    They are as large as the picture that the rules were looked for in, which may be the page's at half its size.
    """

    across: Grey
    down: Grey

    @property
    def both(self) -> Grey:
        """All rules in one picture."""
        return np.asarray(cv2.bitwise_or(self.across, self.down), dtype=np.uint8)

    def as_large_as(self, picture: Grey) -> Grey:
        """All rules in one picture of the size of another."""
        if self.across.shape == picture.shape:
            return self.both
        size = picture.shape[1], picture.shape[0]
        return np.asarray(cv2.resize(self.both, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def no_ruling(picture: Grey) -> Ruling:
    """The ruling of a picture without rules."""
    return Ruling(np.zeros(picture.shape, np.uint8), np.zeros(picture.shape, np.uint8))


def ruling_of(ink: Grey, dpi: int) -> Ruling:
    """The rules in a picture of ink, white on black, of `dpi` dots an inch."""
    unit = dpi / 200
    return Ruling(
        runs_across(ink, int(SETTINGS.shortest_across * unit)), runs_down(ink, int(SETTINGS.shortest_down * unit))
    )


def faint_ruling_of(picture: Grey, dpi: int) -> Ruling:
    """The rules in a bad picture, where they are faint and broken: thin stretches that are dark nearly all along."""
    unit = dpi / 200
    tinted = up_to(picture, 254 - SETTINGS.faint)
    turned = np.asarray(cv2.rotate(tinted, cv2.ROTATE_90_CLOCKWISE), dtype=np.uint8)
    down = cv2.rotate(_faint_across(turned, int(SETTINGS.faint_down * unit), unit), cv2.ROTATE_90_COUNTERCLOCKWISE)
    return Ruling(_faint_across(tinted, int(SETTINGS.faint_across * unit), unit), np.asarray(down, dtype=np.uint8))


def _faint_across(tinted: Grey, wide: int, unit: float) -> Grey:
    """The rules across: pixels around which so many are dark to the left and right, and few above and below."""
    along = cv2.blur(grown(tinted, 3, 1), (wide, 1))
    rules = np.asarray(cv2.threshold(along, int(255 * SETTINGS.dark), 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    alone = up_to(np.asarray(along, dtype=np.uint8), 255 * SETTINGS.light)
    offset = max(3, int(SETTINGS.beside * unit))
    rules[offset:] &= alone[:-offset]
    rules[:-offset] &= alone[offset:]
    return grown(rules, 1, wide // 2) if rules.any() else rules


def without_rules(ink: Grey, ruling: Ruling, around: int, least: int = 1) -> Grey:
    """A picture of `ink` without the rules of `ruling`, which is as large, and what lies around them.

    Taken out are rules of `least` pixels at least, and a square of `around` pixels about each of their points.
    """
    left = ink.copy()
    rows, columns = (lines_with_ink(mask, axis, around // 2) for mask, axis in ((ruling.across, 1), (ruling.down, 0)))
    if len(rows):
        left[rows] = cv2.subtract(left[rows], grown(runs_across(ruling.across[rows], least), around))
    if len(columns):
        left[:, columns] = cv2.subtract(left[:, columns], grown(runs_down(ruling.down[:, columns], least), around))
    return left


def rules_in(ruling: Ruling, ink: Grey) -> Ruling:
    """The rules that are ink still: a dark ground, as long as rules are, is none once its letters are turned dark."""
    return Ruling(
        np.asarray(cv2.bitwise_and(ruling.across, ink), dtype=np.uint8),
        np.asarray(cv2.bitwise_and(ruling.down, ink), dtype=np.uint8),
    )


def parting_rules(ruling: Ruling, dpi: float, letter: float = 0.0) -> Ruling:
    """The rules that are longer than strokes of letters: a short one may be the stem of a large letter. `letter` is the
    height of the page's usual letter, in pixels of the ruling."""
    unit = dpi / 200
    across, down = (SETTINGS.parting_letters[0] * letter, SETTINGS.parting_letters[1] * letter)
    return Ruling(
        _longer(ruling.across, cv2.CC_STAT_WIDTH, max(SETTINGS.parting_across * unit, across)),
        _longer(ruling.down, cv2.CC_STAT_HEIGHT, max(SETTINGS.parting_down * unit, down)),
    )


def _longer(rules: Grey, side: int, pixels: float) -> Grey:
    if not rules.any():
        return rules
    shapes = components_of(rules)
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
    rows = np.flatnonzero(ruling.across.any(axis=1))
    near = slice(max(0, int(rows[0]) - 2 * reach), int(rows[-1]) + 2 * reach)
    rules = components_of(grown(ruling.across[near], reach, 3 * reach))
    crossed = set(np.unique(rules.labels[grown(ruling.down[near], reach) > 0]).tolist())
    fits = (rules.heights < SETTINGS.thickest * unit) & (rules.widths > SETTINGS.shortest_single * unit)
    return [rule.box.moved(0, near.start) for rule in rules.chosen(fits) if rule.label not in crossed]
