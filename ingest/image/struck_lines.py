"""Struck-out words in a picture: a rule with ink above and below it all along, which is one through letters.

An underline has letters above and hardly anything below, the border of a table neither, a line to write on runs on far
beyond what stands on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.picture import Grey, crop, ink_in, paper_of
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What a rule through letters is. Pixels are at 200 dots an inch."""

    cell: int = 24  # pixels along the rule, more than a letter and the space beside it
    crossed: float = 0.75  # share of such stretches that have ink above and below
    least_ink: float = 0.2  # share of the rule's length that has ink above, and below
    most_ink: float = 0.75  # and beyond which it is a bar in something dark
    through: float = 0.15  # share of the length where one stroke reaches through the rule
    near: int = 3  # pixels from the rule in which ink counts
    highest: int = 28  # pixels from the rule to the top or the foot of the letters at most
    least_height: int = 10  # pixels of the letters, with the rule
    row_ink: float = 0.04  # share of a row that is ink, in ascenders at least; the ragged edge of a rule has less
    least_side: float = 3.0  # rows of letters above the rule, and below
    beyond: int = 3  # pixels that are painted over on each side


SETTINGS = Settings()
_Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class StruckLine:
    """Struck-out letters of a printed line: their box, and their picture without the rule, as far as it can be had."""

    box: BoundingBox
    picture: Grey


def struck_lines_in(picture: Grey, rules: Sequence[BoundingBox], dpi: int) -> list[StruckLine]:
    """The letters in a picture of `dpi` dots an inch that one of its single `rules` runs through."""
    found: list[StruckLine] = []
    for rule in rules:
        line = _struck(picture, rule, dpi / 200)
        if line is not None and not any(known.box.contains_centre(line.box) for known in found):
            found.append(line)  # two rules run through some
    return found


def without_struck(picture: Grey, struck: Sequence[StruckLine], dpi: int) -> Grey:
    """A picture in which struck-out letters are painted over, the rules through them too."""
    left, paper, beyond = picture.copy(), paper_of(picture), round(SETTINGS.beyond * dpi / 200)
    for line in struck:
        crop(left, line.box.grown(beyond, beyond, beyond, beyond))[:] = paper
    return left


def _struck(picture: Grey, rule: BoundingBox, unit: float) -> StruckLine | None:
    high = round(SETTINGS.highest * unit)
    top = max(0, int(rule.top) - high)
    around = BoundingBox(int(rule.x0), top, int(rule.x1), int(rule.bottom) + high)
    part = crop(picture, around)
    if part.size == 0:
        return None
    ink = ink_in(part) > 0
    near, cell = max(2, round(SETTINGS.near * unit)), max(4, round(SETTINGS.cell * unit))
    above, below, on_rule = _beside(ink, (int(rule.top) - top, int(rule.bottom) - top), near, cell)
    if not _is_crossed(above, below, cell):
        return None
    rows = np.flatnonzero(on_rule.any(axis=1))
    first, last = int(rows[0]), int(rows[-1]) + 1
    upper, lower = _ink_ends(ink[:first][::-1]), _ink_ends(ink[last:])
    letters = min(_rows_of_letters(ink[:first][::-1]), _rows_of_letters(ink[last:]))
    if upper + lower + last - first < SETTINGS.least_height * unit or letters < SETTINGS.least_side * unit:
        return None
    bare = part.copy()
    bare[on_rule & ~(above & below)] = paper_of(picture)
    box = BoundingBox(around.x0, top + first - upper, around.x1, top + last + lower)
    return StruckLine(box, np.ascontiguousarray(bare[first - upper : last + lower]))


def _beside(ink: _Flags, rows: tuple[int, int], near: int, cell: int) -> tuple[_Flags, _Flags, _Flags]:
    """Which columns have ink right above and right below a rule that lies between two `rows` and may slope, and the
    points of the rule; each `cell` of columns is looked at by itself."""
    above, below = np.zeros(ink.shape[1], np.bool_), np.zeros(ink.shape[1], np.bool_)
    on_rule = np.zeros(ink.shape, np.bool_)
    highest = max(0, rows[0] - 1)
    for at in range(0, ink.shape[1], cell):
        part = ink[:, at : at + cell]
        found = np.flatnonzero(part[highest : rows[1] + 1].mean(axis=1) > SETTINGS.most_ink) + highest
        if not found.size:
            continue  # what was taken for a rule is none here
        first, last = int(found[0]), int(found[-1]) + 1
        above[at : at + cell] = part[max(0, first - near) : first].any(axis=0)
        below[at : at + cell] = part[last : last + near].any(axis=0)
        on_rule[first:last, at : at + cell] = True
    return above, below, on_rule


def _is_crossed(above: _Flags, below: _Flags, cell: int) -> bool:
    shares = above.mean(), below.mean()
    if min(shares) < SETTINGS.least_ink or max(shares) > SETTINGS.most_ink:
        return False
    starts = range(0, max(1, len(above) - cell // 2), cell)
    crossed = [bool(above[at : at + cell].any() and below[at : at + cell].any()) for at in starts]
    return sum(crossed) >= SETTINGS.crossed * len(crossed) and (above & below).mean() > SETTINGS.through


def _rows_of_letters(rows: _Flags) -> int:
    """How many rows hold as much ink as letters do, before the first that does not."""
    thin = np.flatnonzero(rows.mean(axis=1) < SETTINGS.row_ink)
    return int(thin[0]) if thin.size else len(rows)


def _ink_ends(rows: _Flags) -> int:
    """How many rows hold ink before the first that holds none."""
    empty = np.flatnonzero(~rows.any(axis=1))
    return int(empty[0]) if empty.size else len(rows)
