"""A grey picture as an array, and what every look at one begins with: a part of it, its ink, its paper."""

from typing import TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from avskrift.models.geometry import BoundingBox

_Number = TypeVar("_Number", bound=np.generic)
Grey = npt.NDArray[np.uint8]
"""Rows and columns of a picture, 0 black to 255 white. In a picture of ink, ink is 255 and the ground 0."""
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


def ink_share(picture: Grey) -> float:
    """The share of a picture that is dark, 0 to 1."""
    return float(np.mean(picture < 128))


def paper_of(picture: Grey) -> int:
    """The grey of the paper, of 255: most of a page is paper."""
    return int(np.median(picture[::8, ::8]))


def grown(mask: "Grey | cv2.typing.MatLike", tall: int, wide: int | None = None) -> Grey:
    """What is white in a mask, dilated by a rectangle of `tall` by `wide` (or `tall`) pixels."""
    return np.asarray(cv2.dilate(mask, np.ones((tall, wide or tall), np.uint8)), dtype=np.uint8)


def opened(mask: "Grey | cv2.typing.MatLike", tall: int, wide: int) -> Grey:
    """What is white in a mask wherever a rectangle of `tall` by `wide` pixels fits (a morphological opening)."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((tall, wide), np.uint8)), dtype=np.uint8)


def white_where(mask: npt.NDArray[np.bool_]) -> Grey:
    """A mask as a picture: 255 where it holds, 0 elsewhere."""
    return np.asarray(mask * np.uint8(255), dtype=np.uint8)
