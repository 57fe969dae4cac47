"""A grey picture as an array, and what every look at one begins with: a part of it, its ink, its paper."""

from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.models.geometry import BoundingBox

_Number = TypeVar("_Number", bound=np.generic)
Grey = npt.NDArray[np.uint8]
"""Rows and columns of a picture, 0 black to 255 white. In a picture of ink, ink is 255 and the ground 0."""
_EVERY = 4
_FEWEST_ROWS = 400
"""Pictures with fewer rows are looked at whole."""
_SAMPLES = 4
"""Samples to the side of a square."""
_SAMPLED = 8
"""Pixels between the samples of a mask in which long runs are looked for."""
Colour = npt.NDArray[np.uint8]
"""Rows and columns of a picture, with red, green and blue of each point."""


def crop(picture: npt.NDArray[_Number], box: BoundingBox) -> npt.NDArray[_Number]:
    """The part of a picture in a box, cut at whole pixels, right and bottom left out; empty where it lies outside."""
    x0, top, x1, bottom = (max(0, int(value)) for value in box)
    return picture[top:bottom, x0:x1]


def ink_in(picture: Grey) -> Grey:
    """The ink of a picture, white on black, separated from the paper by Otsu's threshold."""
    if picture.size == 0:
        return picture
    return np.asarray(cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1], dtype=np.uint8)


def ink_level(picture: Grey) -> int:
    """The grey up to which a page is ink, by Otsu's threshold over every fourth row, which tells as much as all."""
    rows = picture[:: _EVERY if picture.shape[0] > _FEWEST_ROWS else 1]
    return int(cv2.threshold(rows, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[0])


def up_to(picture: Grey, grey: float) -> Grey:
    """What is as dark as a grey of 255 or darker, white on black."""
    return np.asarray(cv2.threshold(picture, grey, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def ink_share(picture: Grey) -> float:
    """The share of a picture that is dark, 0 to 1."""
    return cv2.countNonZero(up_to(picture, 127)) / max(1, picture.size)


def runs_of(filled: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where each run of what holds begins and before where it ends."""
    framed = np.zeros(len(filled) + 2, np.int8)
    framed[1:-1] = filled
    edges = np.flatnonzero(np.diff(framed)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def halved(picture: Grey) -> Grey:
    """The picture at half its size, each point the mean of four; a last odd row or column is left out."""
    tall, wide = picture.shape[0] // 2, picture.shape[1] // 2
    if min(tall, wide) == 0:
        return picture
    return np.asarray(
        cv2.resize(picture[: 2 * tall, : 2 * wide], (wide, tall), interpolation=cv2.INTER_AREA), dtype=np.uint8
    )


def paper_of(picture: Grey) -> int:
    """The grey of the paper, of 255: most of a page is paper."""
    return int(np.median(picture[::8, ::8]))


def grown(mask: "Grey | cv2.typing.MatLike", tall: int, wide: int | None = None) -> Grey:
    """What is white in a mask, dilated by a rectangle of `tall` by `wide` (or `tall`) pixels."""
    return np.asarray(cv2.dilate(mask, np.ones((tall, wide or tall), np.uint8)), dtype=np.uint8)


def opened(mask: "Grey | cv2.typing.MatLike", tall: int, wide: int) -> Grey:
    """What is white in a mask wherever a rectangle of `tall` by `wide` pixels fits (a morphological opening)."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((tall, wide), np.uint8)), dtype=np.uint8)


def lines_with_ink(mask: Grey, axis: int, reach: int = 1) -> npt.NDArray[np.intp]:
    """The places of the rows (`axis` 1) or columns (0) where a mask is white, and of `reach` on each side of them."""
    white = np.flatnonzero(mask.any(axis=axis))
    near = np.zeros(mask.shape[1 - axis] + 2 * reach, np.bool_)
    for shift in range(2 * reach + 1):
        near[white + shift] = True
    return np.flatnonzero(near[reach : len(near) - reach])


def squares(mask: Grey, side: int) -> Grey:
    """What is white in a mask wherever a square of `side` pixels fits: an opening.

    Only rows near places where samples a few pixels apart are all white are opened.
    """
    step = max(1, side // _SAMPLES)
    least = max(1, 2 * _fewest_samples(side, step) - 1)
    sampled = cv2.erode(np.ascontiguousarray(mask[::step, ::step]), np.ones((least, least), np.uint8))
    rows = step * np.flatnonzero(np.asarray(sampled).any(axis=1))
    found = np.zeros(mask.shape, np.uint8)
    for stretch in np.split(rows, np.flatnonzero(np.diff(rows) > 4 * side) + 1) if len(rows) else []:
        first, last = max(0, int(stretch[0]) - 2 * side), min(len(mask), int(stretch[-1]) + 2 * side)
        part = opened(mask[first:last], side, side)
        inner = slice(side if first > 0 else 0, len(part) - (side if last < len(mask) else 0))
        found[first:last][inner] = part[inner]  # at the side of a picture half a square is one
    return found


def _fewest_samples(length: int, step: int) -> int:
    """How many samples, `step` pixels apart, lie at least on what is half as long as `length`: at the side of a picture
    so much of a run is one."""
    return length // 2 // step


def _holds_run(sampled: Grey, length: int) -> npt.NDArray[np.bool_]:
    """Which rows may hold a run of so many pixels, by samples of them."""
    at_side = _fewest_samples(length, _SAMPLED)
    inner = np.asarray(cv2.erode(sampled, np.ones((1, length // _SAMPLED), np.uint8)) > 0).any(axis=1)
    return np.asarray(inner | sampled[:, :at_side].all(axis=1) | sampled[:, -at_side:].all(axis=1))


def runs_across(mask: Grey, length: int) -> Grey:
    """What is white in a mask in runs of at least `length` pixels from left to right: an opening by one row.

    Only rows where samples a few pixels apart are white for so long are opened, which few are.
    """
    if _fewest_samples(length, _SAMPLED) < 1:
        return opened(mask, 1, length)
    rows = np.flatnonzero(_holds_run(np.ascontiguousarray(mask[:, ::_SAMPLED]), length))
    found = np.zeros(mask.shape, np.uint8)
    if len(rows):
        found[rows] = opened(mask[rows], 1, length)
    return found


def runs_down(mask: Grey, length: int) -> Grey:
    """What is white in a mask in runs of at least `length` pixels from top to bottom, as `runs_across`."""
    if _fewest_samples(length, _SAMPLED) < 1:
        return opened(mask, length, 1)
    columns = np.flatnonzero(_holds_run(np.ascontiguousarray(mask[::_SAMPLED].T), length))
    found = np.zeros(mask.shape, np.uint8)
    if len(columns):
        found[:, columns] = opened(np.ascontiguousarray(mask[:, columns]), length, 1)
    return found
