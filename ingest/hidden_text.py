"""Words of a text layer that no reader of the page can see: white on white, invisible, covered, beside the page.

Only words that may be hidden by what the file says of them are looked at, and the drawn page decides: where it shows
something, white letters stand on a dark ground. An invisible layer over a scanned picture is the scan's own reading.
"""

import ctypes
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from avskrift.ingest.page_geometry import Stored, as_seen
from avskrift.models.document import HiddenText
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    from avskrift.ingest.layout import PlacedWord
    from avskrift.ingest.picture import Grey

_WHITE, _TRANSPARENT = 225, 32
"""Of 255: the weakest of red, green and blue in what may be white on white, and the most of what shines through."""
_SEEN_DPI = 100
_SEEN_CONTRAST, _SEEN_SHARE = 16, 0.015
"""Ink differs so much from its ground (of 255), on so much of a word's box at least."""
_SMALLEST_COVER = 20.0
"""Square points of what may cover a word."""
_WORD = re.compile(r"[^\s\x00-\x1f]+")
_MOST_COVERS = 2000


@dataclass(frozen=True, slots=True)
class Hidden:
    """A word that cannot be seen: its stored box and why."""

    box: Stored
    text: str
    reason: str


def hidden_on(sheet: Any, layer: Any, draw: "Callable[[int], Grey]") -> tuple[Hidden, ...]:
    """The words of a page (pypdfium2's, with its text page) that cannot be seen. `draw` gives the page in grey at a
    resolution in dots an inch; it is called only where a word may be hidden."""
    crop: Stored = sheet.get_bbox()
    suspects = list(_suspects(sheet, layer, crop))
    if not suspects:
        return ()
    found = [s for s in suspects if s.reason == "off-page"]
    if len(found) == len(suspects):
        return tuple(found)
    picture = draw(_SEEN_DPI)
    rotation = sheet.get_rotation()
    wide, tall = (crop[2] - crop[0], crop[3] - crop[1])[:: -1 if rotation in (90, 270) else 1]
    across, down = picture.shape[1] / max(wide, 1.0), picture.shape[0] / max(tall, 1.0)
    for suspect in suspects:
        if suspect.reason != "off-page":
            box = as_seen(suspect.box, crop, rotation)
            part = picture[
                max(0, int(box.top * down)) : max(0, int(box.bottom * down) + 1),
                max(0, int(box.x0 * across)) : max(0, int(box.x1 * across) + 1),
            ]
            if not _shows_something(part):
                found.append(suspect)
    return tuple(found)


def without_hidden(
    words: "Sequence[PlacedWord]", hidden: Sequence[Hidden], frame: Stored, rotation: int
) -> "list[PlacedWord]":
    """The words that can be seen. Their boxes are those of `frame`, shown turned by `rotation` degrees clockwise."""
    if not hidden:
        return list(words)
    import numpy as np

    seen = [as_seen(h.box, frame, rotation) for h in hidden]
    x0, top, x1, bottom = np.array([(b.x0 - 1, b.top - 1, b.x1 + 1, b.bottom + 1) for b in seen]).T

    def is_hidden(box: BoundingBox) -> bool:
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        return bool(np.any((x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom)))

    return [word for word in words if not is_hidden(word.bbox)]


def told_of(number: int, hidden: Sequence[Hidden]) -> tuple[tuple[HiddenText, ...], tuple[str, ...]]:
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


def _suspects(sheet: Any, layer: Any, crop: Stored) -> Iterator[Hidden]:
    import pypdfium2.raw as pdfium

    colour = [ctypes.c_uint() for _ in range(4)]
    covers = _covers(sheet)
    pictures: list[Stored] | None = None
    for text, box, index in _words(layer):
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        piece = pdfium.FPDFText_GetTextObject(layer, index)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(piece) if piece else pdfium.FPDF_TEXTRENDERMODE_FILL
        known = bool(pdfium.FPDFText_GetFillColor(layer, index, *colour))
        red, green, blue, alpha = (c.value for c in colour)
        if not _inside(middle, crop):
            yield Hidden(box, text, "off-page")
        elif mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
            if pictures is None:
                shown = sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
                pictures = [picture.get_bounds() for picture in shown]
            if not any(_inside(middle, picture) for picture in pictures):
                yield Hidden(box, text, "invisible")
        elif known and alpha < _TRANSPARENT:
            yield Hidden(box, text, "invisible")
        elif known and min(red, green, blue) >= _WHITE:
            yield Hidden(box, text, "white")
        elif any(_inside(middle, cover) for cover in covers):
            yield Hidden(box, text, "covered")


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


def _covers(sheet: Any) -> list[Stored]:
    """The boxes of solid fills that are drawn after some text. Pictures are none: many scans lie over their reading."""
    import pypdfium2.raw as pdfium

    page, found = sheet.raw, []
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
            found.append((left, bottom, right, top))
            if len(found) > _MOST_COVERS:
                return []  # a drawing
    return found


def _inside(point: tuple[float, float], box: Stored) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
