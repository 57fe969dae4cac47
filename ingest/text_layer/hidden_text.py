"""Words of a text layer that no reader of the page can see: white on white, invisible, covered, beside the page.

Only words that may be hidden by what the file says of them are looked at, and the drawn page decides: where it shows
something, white letters stand on a dark ground. An invisible layer over a scanned picture is the scan's own reading.
"""

import ctypes
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from avskrift.ingest.text_layer.page_geometry import Stored, as_seen
from avskrift.models.document import HiddenText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from avskrift.ingest.image.preprocessing import Grey
    from avskrift.ingest.words import OcrWord

_WHITE, _TRANSPARENT = 225, 32
"""Of 255: the weakest of red, green and blue in what may be white on white, and the most of what shines through."""
_SEEN_DPI = 100
_SEEN_CONTRAST, _SEEN_SHARE = 16, 0.015
"""Ink differs so much from its ground (of 255), on so much of a word's box at least."""
_SMALLEST_COVER = 20.0
"""Square points of what may cover a word."""
_WORD = re.compile(r"[^\s\x00-\x1f]+")
_MOST_COVERS = 200
_OVER = 0.2
"""Share of a covered word's box under a word that is drawn later: what the page shows there is the later word."""


@dataclass(frozen=True, slots=True)
class HiddenWord:
    """A word that cannot be seen: its stored box and why; whether another stands in its place."""

    box: Stored
    text: str
    reason: str
    overwritten: bool = False


def hidden_words_on(pdf_page: Any, layer: Any, draw: "Callable[[int], Grey]") -> tuple[HiddenWord, ...]:
    """The words of a page (pypdfium2's, with its text page) that cannot be seen. `draw` gives the page in grey at a
    resolution in dots an inch; it is called only where a word may be hidden."""
    crop: Stored = pdf_page.get_bbox()
    suspects = list(_suspects(pdf_page, layer, crop))
    if not suspects:
        return ()
    if all(_is_sure(s) for s in suspects):
        return tuple(suspects)
    picture = draw(_SEEN_DPI)
    rotation = pdf_page.get_rotation()
    wide, tall = (crop[2] - crop[0], crop[3] - crop[1])[:: -1 if rotation in (90, 270) else 1]
    across, down = picture.shape[1] / max(wide, 1.0), picture.shape[0] / max(tall, 1.0)

    def is_hidden(suspect: HiddenWord) -> bool:
        box = as_seen(suspect.box, crop, rotation)
        part = picture[
            max(0, int(box.top * down)) : max(0, int(box.bottom * down) + 1),
            max(0, int(box.x0 * across)) : max(0, int(box.x1 * across) + 1),
        ]
        return not _shows_something(part)

    return tuple(s for s in suspects if _is_sure(s) or is_hidden(s))


def _is_sure(suspect: HiddenWord) -> bool:
    """Whether a word is hidden whatever the page shows in its place."""
    return suspect.reason == "off-page" or suspect.overwritten


def without_hidden(
    words: "Sequence[OcrWord]", hidden: Sequence[HiddenWord], frame: Stored, rotation: int
) -> "list[OcrWord]":
    """The words that can be seen. Their boxes are those of `frame`, shown turned by `rotation` degrees clockwise."""
    if not hidden:
        return list(words)
    import numpy as np

    seen = [as_seen(h.box, frame, rotation) for h in hidden]
    x0, top, x1, bottom = np.array([(b.x0 - 1, b.top - 1, b.x1 + 1, b.bottom + 1) for b in seen]).T
    left = set(range(len(hidden)))

    def is_hidden(word: "OcrWord") -> bool:
        box = word.box
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        for place in np.flatnonzero((x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom)).tolist():
            if not hidden[place].overwritten:
                return True
            if place in left and hidden[place].text == word.text:  # one word for each: the other one may be the same
                left.remove(place)
                return True
        return False

    return [word for word in words if not is_hidden(word)]


def hidden_text_of(number: int, hidden: Sequence[HiddenWord]) -> tuple[tuple[HiddenText, ...], tuple[str, ...]]:
    """What was hidden on a page, words of one kind that follow each other together, and the warning about it."""
    groups: list[tuple[str, list[str]]] = []
    for word in hidden:
        if not groups or groups[-1][0] != word.reason:
            groups.append((word.reason, []))
        groups[-1][1].append(word.text)
    if not groups:
        return (), ()
    kinds = ", ".join(sorted({reason for reason, _ in groups}))
    noun = "word" if len(hidden) == 1 else "words"
    return (
        tuple(HiddenText(" ".join(words), reason) for reason, words in groups),
        (f"page {number} holds {len(hidden)} {noun} that cannot be seen ({kinds}); they were not read",),
    )


def _shows_something(part: "Grey") -> bool:
    import numpy as np

    if part.size == 0:
        return False
    apart = np.abs(part.astype(np.int16) - int(np.median(part))) > _SEEN_CONTRAST
    return bool(apart.mean() > _SEEN_SHARE)


def _suspects(pdf_page: Any, layer: Any, crop: Stored) -> Iterator[HiddenWord]:
    import pypdfium2.raw as pdfium

    colour = [ctypes.c_uint() for _ in range(4)]
    covers = _covers_of(pdf_page, layer)
    pictures: list[Stored] | None = None
    for text, box, index in _words(layer):
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        piece = pdfium.FPDFText_GetTextObject(layer, index)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(piece) if piece else pdfium.FPDF_TEXTRENDERMODE_FILL
        known = bool(pdfium.FPDFText_GetFillColor(layer, index, *colour))
        red, green, blue, alpha = (c.value for c in colour)
        if not _inside(middle, crop):
            yield HiddenWord(box, text, "off-page")
        elif mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
            if pictures is None:
                shown = pdf_page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
                pictures = [picture.get_bounds() for picture in shown]
            if not any(_inside(middle, picture) for picture in pictures):
                yield HiddenWord(box, text, "invisible")
        elif known and alpha < _TRANSPARENT:
            yield HiddenWord(box, text, "invisible")
        elif known and min(red, green, blue) >= _WHITE:
            yield HiddenWord(box, text, "white")
        elif covers is not None and (cover := covers.over(middle, _address_of(piece))) is not None:
            yield HiddenWord(box, text, "covered", covers.is_written_on(cover, box))


def _words(layer: Any) -> Iterator[tuple[str, Stored, int]]:
    """Each word of the layer, its stored box and the place of its first sign."""
    import pypdfium2.raw as pdfium

    count = layer.count_chars()
    text = layer.get_text_range()
    if len(text) != count:  # signs outside the basic plane
        text = "".join(chr(pdfium.FPDFText_GetUnicode(layer, n)) for n in range(count))
    rect = pdfium.FS_RECTF()
    for match in _WORD.finditer(text):
        edges = []
        for index in (match.start(), match.end() - 1):
            if pdfium.FPDFText_GetLooseCharBox(layer, index, ctypes.byref(rect)):
                edges.append((rect.left, rect.bottom, rect.right, rect.top))
        if edges:
            lefts, bottoms, rights, tops = zip(*edges, strict=True)
            yield match.group(), (min(lefts), min(bottoms), max(rights), max(tops)), match.start()


@dataclass(frozen=True, slots=True)
class _Cover:
    """A solid fill: its box, and its place in the order of drawing."""

    box: Stored
    place: int


class _Covers:
    """The solid fills of a page, and the words that are drawn after each."""

    def __init__(self, covers: Sequence[_Cover], order: Mapping[int, int], words: Sequence[tuple[int, Stored]]) -> None:
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

    def is_written_on(self, cover: int, box: Stored) -> bool:
        """Whether a word that is drawn on a fill lies over a box."""
        later = self._words_at > self._places[cover]
        on_it = later & (_shares(tuple(self._boxes[cover]), self._words) > 0)
        return bool((_shares(box, self._words[on_it]) > _OVER).any())


def _covers_of(pdf_page: Any, layer: Any) -> _Covers | None:
    """The solid fills that may hide words; None without any."""
    import pypdfium2.raw as pdfium

    covers = _covers(pdf_page)
    if not covers:
        return None
    count = pdfium.FPDFPage_CountObjects(pdf_page.raw)
    order = {_address_of(pdfium.FPDFPage_GetObject(pdf_page.raw, n)): n for n in range(count)}
    words = [(_address_of(pdfium.FPDFText_GetTextObject(layer, index)), box) for _, box, index in _words(layer)]
    return _Covers(covers, order, words)


def _address_of(piece: Any) -> int:
    """What tells an object of PDFium's from others."""
    return ctypes.cast(piece, ctypes.c_void_p).value or 0


def _shares(box: Stored, others: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """How much of `box` lies under each of the others, 0 to 1."""
    import numpy as np

    wide = np.minimum(box[2], others[:, 2]) - np.maximum(box[0], others[:, 0])
    tall = np.minimum(box[3], others[:, 3]) - np.maximum(box[1], others[:, 1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return np.where((wide > 0) & (tall > 0), wide * tall, 0.0) / area if area > 0 else np.zeros(len(others))


def _covers(pdf_page: Any) -> list[_Cover]:
    """The solid fills that are drawn after some text. Pictures are none: many scans lie over their reading."""
    import pypdfium2.raw as pdfium

    page = pdf_page.raw
    found: list[_Cover] = []
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    colour = [ctypes.c_uint() for _ in range(4)]
    edges = [ctypes.c_float() for _ in range(4)]
    text_before = False
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        piece = pdfium.FPDFPage_GetObject(page, number)
        kind = pdfium.FPDFPageObj_GetType(piece)
        text_before = text_before or kind == pdfium.FPDF_PAGEOBJ_TEXT
        if (
            kind != pdfium.FPDF_PAGEOBJ_PATH
            or not text_before
            or not pdfium.FPDFPath_GetDrawMode(piece, fill, stroke)
            or fill.value == pdfium.FPDF_FILLMODE_NONE
            or not pdfium.FPDFPageObj_GetBounds(piece, *edges)
        ):
            continue
        left, bottom, right, top = (e.value for e in edges)
        solid = pdfium.FPDFPageObj_GetFillColor(piece, *colour) and colour[3].value > 250
        if solid and (right - left) * (top - bottom) > _SMALLEST_COVER and min(right - left, top - bottom) > 2:
            found.append(_Cover((left, bottom, right, top), number))
            if len(found) > _MOST_COVERS:
                return []  # a drawing
    return found


def _inside(point: tuple[float, float], box: Stored) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
