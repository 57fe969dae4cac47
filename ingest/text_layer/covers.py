"""Solid fills of a page that may hide words, and the words that are drawn upon them."""

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from avskrift.ingest.text_layer.layer_words import words_of_layer
from avskrift.ingest.text_layer.page_geometry import StoredBox

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Settings:
    """What covers a word, and what is written on it."""

    solid: int = 250
    """Of 255: the opacity above which a fill covers what is below it."""
    least_cover: float = 20.0
    """Square points of what may cover a word ..."""
    least_cover_side: float = 2.0
    """... and points of its shorter side: less is a rule."""
    most_covers: int = 200
    """More solid fills are a drawing."""
    overwritten: float = 0.2
    """Share of a covered word's box under a word that is drawn later: what the page shows there is the later word."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class _Cover:
    """A solid fill: its box, and its place in the order of drawing."""

    box: StoredBox
    place: int


class Covers:
    """The solid fills of a page, and the words that are drawn after each."""

    def __init__(
        self, covers: Sequence[_Cover], order: Mapping[int, int], words: Sequence[tuple[int, StoredBox]]
    ) -> None:
        """`order` gives the place of an object in the order of drawing by its address, `words` the address of each
        word's object and the word's box."""
        import numpy as np

        self._order = order
        self._boxes = np.array([cover.box for cover in covers])
        self._places = np.array([cover.place for cover in covers])
        self._words = np.array([box for _, box in words]).reshape(-1, 4)
        self._words_at = np.array([order.get(piece, -1) for piece, _ in words], dtype=np.int64)

    def over(self, point: tuple[float, float], piece: int) -> int | None:
        """The first of the fills that cover a point and are drawn after an object; None without any."""
        import numpy as np

        x, y = point
        left, bottom, right, top = self._boxes.T
        around = (left <= x) & (x <= right) & (bottom <= y) & (y <= top)
        found = np.flatnonzero(around & (self._places >= self._order.get(piece, -1)))
        return int(found[0]) if found.size else None

    def is_written_on(self, cover: int, box: StoredBox) -> bool:
        """Whether a word that is drawn on a fill lies over a box."""
        later = self._words_at > self._places[cover]
        on_it = later & (_shares(tuple(self._boxes[cover]), self._words) > 0)
        return bool((_shares(box, self._words[on_it]) > SETTINGS.overwritten).any())


def covers_of(pdf_page: Any, layer: Any) -> Covers | None:
    """The solid fills that may hide words; None without any."""
    import pypdfium2.raw as pdfium

    covers = _solid_fills(pdf_page)
    if not covers:
        return None
    count = pdfium.FPDFPage_CountObjects(pdf_page.raw)
    order = {address_of(pdfium.FPDFPage_GetObject(pdf_page.raw, n)): n for n in range(count)}
    words = [(address_of(pdfium.FPDFText_GetTextObject(layer, index)), box) for _, box, index in words_of_layer(layer)]
    return Covers(covers, order, words)


def address_of(piece: Any) -> int:
    """The address of an object of PDFium's, by which it is known."""
    return ctypes.cast(piece, ctypes.c_void_p).value or 0


def _shares(box: StoredBox, others: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """How much of `box` lies under each of the others, 0 to 1."""
    import numpy as np

    wide = np.minimum(box[2], others[:, 2]) - np.maximum(box[0], others[:, 0])
    tall = np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return np.where((wide > 0) & (tall > 0), wide * tall, 0.0) / area if area > 0 else np.zeros(len(others))


def _solid_fills(pdf_page: Any) -> list[_Cover]:
    """The solid fills that are drawn after some text. Pictures are none: many scans lie over their reading."""
    import pypdfium2.raw as pdfium

    found: list[_Cover] = []
    text_before = False
    for number in range(pdfium.FPDFPage_CountObjects(pdf_page.raw)):
        drawn = pdfium.FPDFPage_GetObject(pdf_page.raw, number)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        text_before = text_before or kind == pdfium.FPDF_PAGEOBJ_TEXT
        if text_before and kind == pdfium.FPDF_PAGEOBJ_PATH and (box := _solid_box(drawn)) is not None:
            found.append(_Cover(box, number))
            if len(found) > SETTINGS.most_covers:
                return []
    return found


def _solid_box(path: Any) -> StoredBox | None:
    """The box of a path that is filled so that nothing is seen through it; None for another one, or a small one."""
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    colour = [ctypes.c_uint() for _ in range(4)]
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or fill.value == pdfium.FPDF_FILLMODE_NONE:
        return None
    if not pdfium.FPDFPageObj_GetBounds(path, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    wide, tall = right - left, top - bottom
    solid = pdfium.FPDFPageObj_GetFillColor(path, *colour) and colour[3].value > SETTINGS.solid
    large = wide * tall > SETTINGS.least_cover and min(wide, tall) > SETTINGS.least_cover_side
    return (left, bottom, right, top) if solid and large else None
