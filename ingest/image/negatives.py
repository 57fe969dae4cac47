"""Negatives, as microfilm gives them: light print on a dark ground, on the whole page.

A page that is dark in part keeps its tones (`figures.py` inverts parts), and so does a photograph.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avskrift.ingest.image.connected_components import components_of
from avskrift.ingest.image.picture import Grey, halved, ink_level, up_to


@dataclass(frozen=True, slots=True)
class Settings:
    """What a negative is like. Shares are of the page unless something else is named."""

    dark: float = 0.7  # share that is dark
    tiles: tuple[int, int] = (8, 6)  # rows and columns of tiles, within the page's edge
    dark_tiles: float = 0.9  # share of the tiles that are dark in most: a page that is dark in part has others
    edge: int = 20  # one part in so many of each side is edge: film has a light frame, or a dark one
    light: tuple[float, float] = (0.0015, 0.3)  # share that is light: print
    fewest_letters: int = 24
    letter_height: tuple[int, int] = (5, 60)  # pixels, at half the size of the picture
    one_size: float = 2.2  # times the usual height, or its inverse, within which letters are,
    of_one_size: float = 0.75  # in such a share: what is light in a photograph is of any size


SETTINGS = Settings()


def is_negative(grey: Grey) -> bool:
    """Whether a page's picture shows light letters on a dark ground. Of any other page a few samples tell."""
    sample = grey[::8, ::8]
    if sample.size == 0:
        return False
    darkest, middle, lightest = np.percentile(sample, (2, 50, 98))
    if 2 * middle >= darkest + lightest:
        return False
    level = ink_level(grey)
    dark = grey[::4, ::4] <= level
    light = 1.0 - float(dark.mean())
    if dark.mean() < SETTINGS.dark or not SETTINGS.light[0] <= light <= SETTINGS.light[1]:
        return False
    return _is_dark_throughout(dark) and _shows_letters(255 - halved(grey), 255 - level)


def positive_of(grey: Grey) -> Grey:
    """The picture with dark letters on a light ground: exchanged where it `is_negative`."""
    return np.asarray(255 - grey, dtype=np.uint8) if is_negative(grey) else grey


def _is_dark_throughout(dark: npt.NDArray[np.bool_]) -> bool:
    tall, wide = (max(1, side // SETTINGS.edge) for side in dark.shape)
    inner = dark[tall:-tall, wide:-wide]
    rows, columns = SETTINGS.tiles
    tiles = [tile for band in np.array_split(inner, rows) for tile in np.array_split(band, columns, axis=1)]
    filled = [float(tile.mean()) > 0.5 for tile in tiles if tile.size]
    return sum(filled) >= SETTINGS.dark_tiles * len(filled) > 0


def _shows_letters(positive: Grey, level: int) -> bool:
    """Whether what is dark once light and dark are exchanged are letters."""
    heights = components_of(up_to(positive, level)).heights[1:]
    least, most = SETTINGS.letter_height
    letters = heights[(heights >= least) & (heights <= most)]
    if len(letters) < SETTINGS.fewest_letters:
        return False
    usual = float(np.median(letters))
    same = (letters <= SETTINGS.one_size * usual) & (letters * SETTINGS.one_size >= usual)
    return float(same.mean()) >= SETTINGS.of_one_size
