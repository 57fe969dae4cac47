"""The OCR word: what an engine or a text layer read in one place of a page, before it is set into a line.

In a finished document the word is a `models.document.Word`, which knows its place in a line.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

from avskrift.models.geometry import BoundingBox

_ASCENDING = frozenset("bdfhkltåäöij!?()/§%@&|”“\"'")
_DESCENDING = frozenset("gjpqy,;()/|@")
_BELOW_BASELINE = frozenset("gjpqy,;()")
_ACCENTED_CAPITALS = frozenset("ÅÄÖÉÜ")


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word on an upright page; its box is in pixels of the picture that an engine read, in points once laid out.

    `text` is what was read, with a `confidence` of 0 to 1. `line` numbers the printed line that the engine read the
    word in, 0 where it gave none. `corrected` is what a closer look at the page showed the word to be, empty where the
    reading stands, and `corrected_by` the rule that looked, which becomes the rule of an edit of the line.
    `stated_size` is the font size that a text layer states, in the box's unit, None in a picture. `printed` tells of a
    page that an engine read that the word comes from its text layer.
    """

    text: str
    box: BoundingBox
    confidence: float
    line: int = 0
    corrected: str = ""
    corrected_by: str = ""
    stated_size: float | None = None
    bold: bool = False
    printed: bool = False

    @property
    def font_size(self) -> float:
        """The font size in the box's unit, estimated from the height of the letters where none is stated."""
        return estimated_font_size(self.text, self.box.height) if self.stated_size is None else self.stated_size

    @property
    def final_text(self) -> str:
        """The text as corrected, or as read."""
        return self.corrected or self.text

    def with_correction(self, text: str, rule: str) -> "OcrWord":
        """The word, which `rule` found to be `text`."""
        return replace(self, corrected=text, corrected_by=rule)


def estimated_font_size(text: str, height: float) -> float:
    """The font size of a word whose box is `height` high, in the same unit.

    Letters without a stroke up or down show half of the size (the x-height), capitals and ascenders three quarters,
    descenders a fifth more; marks over capitals stand higher still.
    """
    return height / _shown_share(text)


@lru_cache(maxsize=4096)
def _shown_share(text: str) -> float:
    up = any(c.isupper() or c.isdigit() or c in _ASCENDING for c in text)
    down = not _DESCENDING.isdisjoint(text)
    if not _ACCENTED_CAPITALS.isdisjoint(text):
        return 1.13 if down else 0.92
    return {(True, True): 0.95, (True, False): 0.74, (False, True): 0.72, (False, False): 0.5}[up, down]


def baseline_of(text: str, bottom: float, size: float) -> float:
    """Where the letters of a word stand whose box ends at `bottom`: descenders reach a fifth of the size lower."""
    return bottom - (0.0 if _BELOW_BASELINE.isdisjoint(text) else 0.21 * size)
