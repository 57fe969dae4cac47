"""The resolution of a picture, measured from its ink: what a file states is a claim.

Phones and scanner programs state 1, 72 or 96 dots an inch whatever the picture has. The letters of a page are of some
ten points, and most sheets are A4, A3 or A5: both together tell what a claim is worth.
"""

from dataclasses import dataclass
from math import inf, log

import numpy as np

from avskrift.ingest.image.connected_components import components_of
from avskrift.ingest.image.negatives import positive_of
from avskrift.ingest.image.picture import Grey, halved, ink_level, up_to


@dataclass(frozen=True, slots=True)
class Settings:
    """What a sheet and its letters are like. Inches and points are those that a claim makes of pixels."""

    sheets: tuple[tuple[float, float], ...] = ((8.27, 11.69), (11.69, 16.54), (5.83, 8.27), (8.5, 11.0))
    """Inches of A4, A3, A5 (ISO 216) and Letter, the likeliest first."""
    other_format: float = 0.2
    """How much nearer, as a logarithm, letters must come to the usual size for a format other than the first."""
    largest: tuple[float, float] = (12.3, 17.4)
    """Inches of the shorter and the longer side that a sheet has at most: A3 and a little,"""
    smallest: float = 7.4
    """and of the longer side that it has at least: A5 without its margins."""
    same_size: float = 0.03
    """Share of its sides by which a sheet may differ from a format, or its proportions from those of one."""
    letters: tuple[float, float] = (6.0, 20.0)
    """Points that the letters of a page have."""
    usual: float = 10.5
    """Points of running text."""
    believed: float = 1.35
    """Times more, or less, than what is measured that a claim is believed."""
    usual_dpi: tuple[int, ...] = (72, 96, 100, 120, 150, 200, 240, 300, 400, 600)
    same_dpi: float = 0.12
    """Share by which a resolution that letters tell may differ from a usual one that is then taken."""
    fewest_letters: int = 60
    """Shapes that tell how large letters are."""
    longest_side: int = 5200
    """Pixels of the picture that letters are measured in, at most."""
    least_height: int = 5
    """Pixels of a letter's shape,"""
    least_of_upper: float = 0.4
    """and share of what three quarters are lower than: less are dots and stops."""
    shown: float = 0.56
    """Share of its size that the shape of a letter is high in the middle of all: most letters have no stems."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Measured:
    """How many times as many dots an inch a picture has as it claims, and the sheet that the claim would make, in
    millimetres; `times` is 1 where the claim is believed."""

    times: float
    sheet: tuple[int, int]


def measured(grey: Grey, across: float, down: float, *, claimed: bool = True) -> Measured:
    """What the claim of the picture `grey` is worth that it has so many dots an inch `across` and `down`. A resolution
    that was not `claimed` is only a guess, which letters and formats overrule."""
    tall, wide = grey.shape
    width, height = wide / across, tall / down
    sheet = round(25.4 * width), round(25.4 * height)
    odd = is_odd_sheet(width, height)
    if claimed and not odd and _is_format(width, height):
        return Measured(1.0, sheet)
    pixels = letter_size(grey)
    points = None if pixels is None else 72 * pixels / down
    if claimed and not odd and (points is None or _may_be_letters(points)):
        return Measured(1.0, sheet)
    times = _times(sorted((width, height)), points, down)
    near = 1 / SETTINGS.believed <= times <= SETTINGS.believed
    return Measured(1.0 if claimed and near and (points is None or _may_be_letters(points)) else times, sheet)


def not_believed(found: Measured, claimed: float) -> str:
    """What is to be said of a claim of so many dots an inch, empty where it is believed."""
    if found.times == 1:
        return ""
    wide, tall = found.sheet
    return (
        f"claims {claimed:.0f} dots an inch, which makes a sheet of {wide} by {tall} mm; "
        f"by its letters and proportions it has {claimed * found.times:.0f} and was read so"
    )


def is_odd_sheet(width: float, height: float) -> bool:
    """Whether a sheet of so many inches is larger than A3 or smaller than A5."""
    shorter, longer = sorted((width, height))
    largest = SETTINGS.largest
    return shorter > largest[0] or longer > largest[1] or longer < SETTINGS.smallest


def letter_size(grey: Grey) -> float | None:
    """The font size of most letters of a picture, in its pixels; None where there are few letters."""
    small, scale = positive_of(grey), 1
    while max(small.shape) > SETTINGS.longest_side:
        small, scale = halved(small), scale * 2
    shapes = components_of(up_to(small, ink_level(small)))
    heights, widths, areas = (
        np.asarray(part[1:], np.float64) for part in (shapes.heights, shapes.widths, shapes.areas)
    )
    lettered = (
        (heights >= SETTINGS.least_height)
        & (heights < small.shape[0] / 12)
        & (widths < 4 * heights)
        & (heights < 8 * widths)
        & (areas > 0.12 * widths * heights)
    )
    found = heights[lettered]
    if len(found) < SETTINGS.fewest_letters:
        return None
    found = found[found >= SETTINGS.least_of_upper * np.percentile(found, 75)]
    return float(np.median(found)) * scale / SETTINGS.shown


def _times(sheet: list[float], points: float | None, dpi: float) -> float:
    """How many times smaller a sheet of so many inches (the shorter side first) is in truth, by its proportions and by
    its letters, which are of so many `points` by the claim of so many dots an inch."""
    formats = [sheet[1] / b for a, b in SETTINGS.sheets if _is_about(sheet[1] * a, sheet[0] * b)]
    if points is None:  # what is small may be a clipping
        return (formats or [sheet[0] / SETTINGS.sheets[0][0]])[0] if sheet[1] > SETTINGS.largest[1] else 1.0

    def unlikely(times: float) -> float:
        return abs(log(points / times / SETTINGS.usual)) + (0 if times == formats[0] else SETTINGS.other_format)

    best = min(formats, key=unlikely, default=None)
    if best is not None and _may_be_letters(points / best):
        return best
    by_letters = dpi * points / SETTINGS.usual
    usual = min(SETTINGS.usual_dpi, key=lambda known: abs(log(known / by_letters)))
    return (usual if abs(usual / by_letters - 1) <= SETTINGS.same_dpi else by_letters) / dpi


def _may_be_letters(points: float) -> bool:
    least, most = SETTINGS.letters
    return least <= points <= most


def _is_format(width: float, height: float) -> bool:
    shorter, longer = sorted((width, height))
    return any(_is_about(shorter, a) and _is_about(longer, b) for a, b in SETTINGS.sheets)


def _is_about(one: float, other: float) -> bool:
    return abs(one / (other or inf) - 1) <= SETTINGS.same_size
