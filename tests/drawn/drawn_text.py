"""Text drawn letter by letter, so that a test knows where each letter stands; the font comes with reportlab."""

from functools import cache
from pathlib import Path

import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFont

from avskrift.ingest.image.picture import Grey, ink_in
from avskrift.models.geometry import BoundingBox


@cache
def font(size: int, face: str = "Vera") -> ImageFont.FreeTypeFont:
    """Bitstream Vera (`VeraBd` is its bold face), which knows the letters of Latin-1, in pixels."""
    return ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / f"{face}.ttf"), size)


@cache
def _ink_box(letter: str, size: int, face: str) -> tuple[int, int, int, int]:
    """The box of a letter's ink, from where the pen stands on the baseline."""
    drawn = Image.new("L", (4 * size, 4 * size))
    ImageDraw.Draw(drawn).text((size, 2 * size), letter, fill=255, font=font(size, face), anchor="ls")
    x0, top, x1, bottom = drawn.getbbox() or (0, 0, 0, 0)
    return x0 - size, top - 2 * size, x1 - size, bottom - 2 * size


class Sheet:
    """White paper that text is drawn on in black; `letters` has each drawn letter with the box of its ink."""

    def __init__(self, width: int = 1600, height: int = 400) -> None:
        self.picture = Image.new("L", (width, height), 255)
        self.letters: list[tuple[str, BoundingBox]] = []
        self.pen = ImageDraw.Draw(self.picture)

    def write(
        self, x: int, baseline: int, text: str, size: int = 30, face: str = "Vera", apart: int = 0
    ) -> BoundingBox:
        """Draws a line from `x` on, its letters `apart` pixels farther apart; the box of its ink."""
        used = font(size, face)
        drawn = []
        for letter in text:
            if letter != " ":
                self.pen.text((x, baseline), letter, fill=0, font=used, anchor="ls")
                x0, top, x1, bottom = _ink_box(letter, size, face)
                drawn.append((letter, BoundingBox(x + x0, baseline + top, x + x1, baseline + bottom)))
            x += round(used.getlength(letter)) + apart
        self.letters += drawn
        return BoundingBox.enclosing(box for _, box in drawn)

    def rule(self, x0: int, top: int, x1: int, bottom: int) -> None:
        """Draws a black bar, right and bottom left out."""
        self.pen.rectangle((x0, top, x1 - 1, bottom - 1), fill=0)

    @property
    def grey(self) -> Grey:
        """The picture."""
        return np.asarray(self.picture)

    @property
    def ink(self) -> Grey:
        """The ink of the picture, white on black."""
        return ink_in(self.grey)
