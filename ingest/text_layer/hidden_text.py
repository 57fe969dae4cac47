"""Words of a text layer that no reader of the page can see: white on white, invisible, covered, off the page, or not
drawn for whatever reason (a layer that is switched off, a clip).

The drawn page decides: where it shows something, white letters stand on a dark ground; where it shows nothing at all,
a word is not there, whatever the file says of it. An invisible layer over a scanned picture is the scan's own reading.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from avskrift.ingest.text_layer.covers import Covers, address_of, covers_of
from avskrift.ingest.text_layer.layer_words import words_of_layer
from avskrift.ingest.text_layer.page_geometry import StoredBox, as_shown
from avskrift.models.document import HiddenText
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    from avskrift.ingest.image.picture import Grey
    from avskrift.ingest.words import OcrWord


@dataclass(frozen=True, slots=True)
class Settings:
    """When a word may be hidden, and when the drawn page shows it nevertheless."""

    white: int = 225
    """Of 255: the weakest of red, green and blue in what may be white on white."""
    transparent: int = 32
    """Of 255: the opacity below which a word shines through at most."""
    dpi: int = 100
    """Dots an inch at which the page is drawn."""
    ink_contrast: int = 16
    ink_share: float = 0.015
    """Ink differs by so much from its ground (of 255), on so much of the box of a word that the file may hide."""
    blank_contrast: int = 8
    """Of 255: a word's box within which the page differs by no more shows nothing."""
    fewest_of_a_reading: int = 20
    """Words under a picture, and none upon it, that may be its own reading."""
    reach: float = 1.0
    """Points by which the middle of a word may lie outside of the box of a hidden one and be the same."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class HiddenWord:
    """A word that cannot be seen: its stored box and why; whether another stands in its place."""

    box: StoredBox
    text: str
    reason: str
    overwritten: bool = False


def hidden_words_on(
    pdf_page: Any,
    layer: Any,
    draw: "Callable[[int], Grey]",
    draw_without_text: "Callable[[int], Grey] | None" = None,
) -> tuple[HiddenWord, ...]:
    """The words of `pdf_page` (pypdfium2's, with its text page `layer`) that cannot be seen. `draw` gives the page in
    grey at a resolution in dots an inch, `draw_without_text` the same without its text, for words that may lie under a
    picture; None where the words are the reading of the page's picture."""
    look = _Look(pdf_page, layer, covers_of(pdf_page, layer))
    words = list(_looked_at(look, layer))
    if all(_is_sure(word) for word in words):
        return tuple(words)
    page = _DrawnPage(draw(SETTINGS.dpi), pdf_page.get_bbox(), pdf_page.get_rotation())

    hidden = [_as_hidden(word, page) for word in words]
    if draw_without_text is not None:
        left = [n for n, word in enumerate(hidden) if word is None]
        pictured = [n for n in left if look.is_over_a_picture(words[n].box)]
        white = [n for n in left if words[n].reason == "white"]
        if pictured or white:
            bare = _DrawnPage(draw_without_text(SETTINGS.dpi), page.crop, page.rotation)
            _look_beneath(hidden, words, (page, bare), pictured, white)
    return tuple(word for word in hidden if word is not None)


def _look_beneath(
    hidden: list[HiddenWord | None],
    words: Sequence[HiddenWord],
    drawn: tuple["_DrawnPage", "_DrawnPage"],
    pictured: Sequence[int],
    white: Sequence[int],
) -> None:
    """Enters into `hidden` what the page without its text shows of the words in the boxes of pictures and of the white
    ones, both given by their places among `words`; `drawn` is the page with its text and without."""
    page, bare = drawn
    for n in _covered(pictured, words, page, bare):
        hidden[n] = replace(words[n], reason="covered", overwritten=True)
    for n in white:
        if _is_paper(bare.part(words[n].box)):  # what the page shows there is another word
            hidden[n] = replace(words[n], overwritten=True)


def _covered(pictured: Sequence[int], words: Sequence[HiddenWord], page: "_DrawnPage", bare: "_DrawnPage") -> list[int]:
    """Those of the words in the boxes of pictures that change nothing of the page; none where that is all of them: a
    picture lies over its own reading."""
    found = [n for n in pictured if _are_alike(page.part(words[n].box), bare.part(words[n].box))]
    return found if len(found) < max(len(pictured), SETTINGS.fewest_of_a_reading) else []


def _as_hidden(word: HiddenWord, page: "_DrawnPage") -> HiddenWord | None:
    """The word with the reason for which the drawn page does not show it; None where it does."""
    if _is_sure(word):
        return word
    part = page.part(word.box)
    if word.reason:
        return None if _shows_something(part) else word
    return replace(word, reason="not drawn") if _is_blank(part) else None


@dataclass(frozen=True, slots=True)
class _DrawnPage:
    """A page as drawn: its picture, and the stored frame that this shows, turned by so many degrees clockwise."""

    picture: "Grey"
    crop: StoredBox
    rotation: int

    def part(self, stored: StoredBox) -> "Grey":
        """What it shows in a stored box."""
        left, bottom, right, top = self.crop
        wide, tall = (right - left, top - bottom)[:: -1 if self.rotation in (90, 270) else 1]
        across, down = self.picture.shape[1] / max(wide, 1.0), self.picture.shape[0] / max(tall, 1.0)
        box = as_shown(stored, self.crop, self.rotation)
        return self.picture[
            max(0, int(box.top * down)) : max(0, int(box.bottom * down) + 1),
            max(0, int(box.x0 * across)) : max(0, int(box.x1 * across) + 1),
        ]


def _is_paper(part: "Grey") -> bool:
    """Whether a part without its text is as light as what may be white on white."""
    import numpy as np

    return part.size > 0 and float(np.median(part)) >= SETTINGS.white


def _are_alike(part: "Grey", other: "Grey") -> bool:
    """Whether two parts show the same."""
    import numpy as np

    if part.shape != other.shape or part.size == 0:
        return False
    return int(np.abs(part.astype(np.int16) - other.astype(np.int16)).max()) <= SETTINGS.blank_contrast


def _is_sure(word: HiddenWord) -> bool:
    """Whether a word is hidden whatever the page shows in its place."""
    return word.reason == "off-page" or word.overwritten


def without_hidden(
    words: "Sequence[OcrWord]", hidden: Sequence[HiddenWord], frame: StoredBox, rotation: int
) -> "list[OcrWord]":
    """Those of `words` that are none of the `hidden` ones. Their boxes are in points from the top left of `frame`,
    which is shown turned by `rotation` degrees clockwise."""
    if not hidden:
        return list(words)
    import numpy as np

    boxes = [as_shown(h.box, frame, rotation) for h in hidden]
    reach = SETTINGS.reach
    x0, top, x1, bottom = np.array([(b.x0 - reach, b.top - reach, b.x1 + reach, b.bottom + reach) for b in boxes]).T
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


def hidden_text_of(
    number: int, hidden: Sequence[HiddenWord], frame: StoredBox, rotation: int
) -> tuple[tuple[HiddenText, ...], tuple[str, ...]]:
    """What is `hidden` on page `number`, words of one kind that follow each other together, and the warning about it.
    The page shows `frame`, turned by `rotation` degrees clockwise."""
    groups: list[tuple[str, list[HiddenWord]]] = []
    for word in hidden:
        if not groups or groups[-1][0] != word.reason:
            groups.append((word.reason, []))
        groups[-1][1].append(word)
    if not groups:
        return (), ()
    kinds = ", ".join(sorted({reason for reason, _ in groups}))
    noun = "word" if len(hidden) == 1 else "words"
    return (
        tuple(_together(words, reason, frame, rotation) for reason, words in groups),
        (f"page {number} holds {len(hidden)} {noun} that cannot be seen ({kinds}); they were not read",),
    )


def _together(words: Sequence[HiddenWord], reason: str, frame: StoredBox, rotation: int) -> HiddenText:
    box = BoundingBox.enclosing(as_shown(word.box, frame, rotation) for word in words)
    return HiddenText(" ".join(word.text for word in words), reason, box.rounded())


def _shows_something(part: "Grey") -> bool:
    import numpy as np

    if part.size == 0:
        return False
    ink = np.abs(part.astype(np.int16) - int(np.median(part))) > SETTINGS.ink_contrast
    return bool(ink.mean() > SETTINGS.ink_share)


def _is_blank(part: "Grey") -> bool:
    """Whether a part of the page is of one grey."""
    return part.size > 0 and int(part.max()) - int(part.min()) <= SETTINGS.blank_contrast


def _looked_at(look: "_Look", layer: Any) -> Iterator[HiddenWord]:
    """All words, with the reason for which the file may hide them, empty without any."""
    for text, box, index in words_of_layer(layer):
        reason = look.reason(box, index)
        yield HiddenWord(box, text, reason, reason == "covered" and look.is_overwritten(box, index))


class _Look:
    """What a page says of its words: `covers` are the fills that may lie over them, None without any."""

    def __init__(self, pdf_page: Any, layer: Any, covers: Covers | None) -> None:
        self._page, self._layer, self._covers = pdf_page, layer, covers
        self._crop: StoredBox = pdf_page.get_bbox()
        self._colour = [ctypes.c_uint() for _ in range(4)]

    @cached_property
    def _pictures(self) -> list[StoredBox]:
        import pypdfium2.raw as pdfium

        shown = self._page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        return [picture.get_bounds() for picture in shown]

    def reason(self, box: StoredBox, index: int) -> str:
        """Why a word may be hidden, the first letter of which is that of `index`; empty for one that is not."""
        import pypdfium2.raw as pdfium

        middle = _middle(box)
        if not _is_inside(middle, self._crop):
            return "off-page"
        text = pdfium.FPDFText_GetTextObject(self._layer, index)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text) if text else pdfium.FPDF_TEXTRENDERMODE_FILL
        if mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP):
            return "" if any(_is_inside(middle, picture) for picture in self._pictures) else "invisible"
        if pdfium.FPDFText_GetFillColor(self._layer, index, *self._colour):
            red, green, blue, alpha = (part.value for part in self._colour)
            if alpha < SETTINGS.transparent:
                return "invisible"
            if min(red, green, blue) >= SETTINGS.white:
                return "white"
        return "covered" if self._cover_over(box, index) is not None else ""

    def is_over_a_picture(self, box: StoredBox) -> bool:
        """Whether a word lies in the box of a picture."""
        middle = _middle(box)
        return any(_is_inside(middle, picture) for picture in self._pictures)

    def is_overwritten(self, box: StoredBox, index: int) -> bool:
        """Whether another word stands on what covers a word."""
        cover = self._cover_over(box, index)
        return cover is not None and self._covers is not None and self._covers.is_written_on(cover, box)

    def _cover_over(self, box: StoredBox, index: int) -> int | None:
        import pypdfium2.raw as pdfium

        if self._covers is None:
            return None
        return self._covers.over(_middle(box), address_of(pdfium.FPDFText_GetTextObject(self._layer, index)))


def _middle(box: StoredBox) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _is_inside(point: tuple[float, float], box: StoredBox) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
