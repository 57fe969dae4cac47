"""Text layers of PDF pages: whether one can be trusted, and its words.

A layer is trusted when it reads as Swedish: letters follow each other as in Swedish, å ä ö are there, and it is not
the invisible leaving of an old OCR that lacks any of this. The letter statistics are counted by
training/letter_statistics.py.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from avskrift.ingest.text_layer.glyph_ids import shift_of, unshifted
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

if TYPE_CHECKING:
    import pdfplumber.page

_FEWEST_LETTERS = 40
_ENOUGH_FOR_MARKS = 250
_LEAST_MARKS = 0.012
"""Share of letters that are å ä ö below which Swedish has lost them; whole texts have 0.05."""
_MOST_ALONE = 0.5
"""Share of a page's letters that stand by themselves, as those of a text on its side do; in running text 0.01."""
_STRANGEST = 3.6
"""Mean cost of a letter after the one before, above which text is no words; Swedish has 2.4 to 2.6, English 3.3."""
_STRANGE_RUN, _RUN_LENGTH, _MOST_STRANGE_RUNS = 4.6, 60, 0.06
"""A run of so many signs that costs so much is no words; of a page's runs so many may be so (names, formulas)."""
_COMBINING = {"¨": "\u0308", "´": "\u0301", "˚": "\u030a", "°": "\u030a"}


@dataclass(frozen=True, slots=True)
class TextLayerQuality:
    """Whether a text layer is trusted, and why not."""

    trusted: bool
    reason: str = ""


def verdict_on(text: str, *, invisible: bool, picture_share: float) -> TextLayerQuality:
    """The verdict on a page's text layer.

    `invisible` tells that the text is not drawn; `picture_share` is how much of the page pictures cover (0 to 1).
    """
    letters = [c for c in text if c.isalpha()]
    if len(letters) < _FEWEST_LETTERS:
        covered = picture_share > 0.4
        return TextLayerQuality(
            not covered and bool(letters), "hardly any text over a picture" if covered else "no text"
        )
    if text.count("(cid:") * 6 > 0.02 * len(text) or text.count("\ufffd") > 0.01 * len(text):
        return TextLayerQuality(False, "signs without a meaning")
    if sum(len(word) == 1 and word.isalpha() for word in text.split()) > _MOST_ALONE * len(letters):
        return TextLayerQuality(False, "the words are single letters")
    strange = strangeness(text)
    if strange > _STRANGEST:
        return TextLayerQuality(False, "the words are no words")
    runs = [text[i : i + _RUN_LENGTH] for i in range(0, len(text), _RUN_LENGTH)]
    worded = [run for run in runs if sum(c.isalpha() for c in run) > _RUN_LENGTH / 2]
    if sum(strangeness(run) > _STRANGE_RUN for run in worded) > max(1.0, _MOST_STRANGE_RUNS * len(worded)):
        return TextLayerQuality(False, "some of the words are no words")
    marks = sum(c in "åäöÅÄÖ" for c in letters) / len(letters)
    if len(letters) >= _ENOUGH_FOR_MARKS and marks < _LEAST_MARKS and _swedish(text):
        return TextLayerQuality(False, "å ä ö are lost")
    if invisible and picture_share > 0.4 and (marks < 2 * _LEAST_MARKS or strange > _STRANGEST - 0.7):
        return TextLayerQuality(False, "a poor old reading under the picture")
    return TextLayerQuality(True)


@cache
def _statistics() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        files("avskrift.ingest.text_layer").joinpath("swedish_letters.json").read_text(encoding="utf-8")
    )
    return found


def strangeness(text: str) -> float:
    """The mean cost (negative natural logarithm) of each letter after the one before, as Swedish."""
    data = _statistics()
    alphabet, costs = data["alphabet"], data["cost"]
    kept = "".join(
        c if c in alphabet else ("~" if not c.isspace() and not c.isdigit() and c not in ".,:;-–/()\"”'" else " ")
        for c in text.lower()
    )
    kept = re.sub(r"\s+", " ", kept)
    total = sum(6.0 if "~" in (a, b) else costs[a][b] for a, b in pairwise(kept))
    return total / max(1, len(kept) - 1)


def _swedish(text: str) -> bool:
    """Whether common small words of Swedish stand in the text, marks aside."""
    words = re.findall(r"[a-zåäö]+", text.lower())
    common = {
        "och",
        "att",
        "som",
        "av",
        "den",
        "det",
        "till",
        "en",
        "ett",
        "med",
        "inte",
        "ska",
        "skall",
        "for",
        "ar",
        "pa",
        "fran",
    }
    return sum(w in common for w in words) > 0.08 * max(1, len(words))


def words_of(page: "pdfplumber.page.Page") -> list[OcrWord]:
    """The words of a page's text layer with boxes and type, composed (NFC)."""
    found = page.extract_words(
        x_tolerance_ratio=0.28,
        y_tolerance=2,
        keep_blank_chars=False,
        use_text_flow=False,
        extra_attrs=["size", "fontname"],
        split_at_punctuation=False,
    )
    fonts: dict[str, list[str]] = {}
    for word in found:
        fonts.setdefault(str(word["fontname"]), []).append(str(word["text"]))
    shifts = {font: shift_of(texts, strangeness) for font, texts in fonts.items()}
    words = []
    for word in found:
        text = composed(str(word["text"]))
        if text.strip():
            box = BoundingBox(float(word["x0"]), float(word["top"]), float(word["x1"]), float(word["bottom"]))
            bold = re.search(r"bold|black|heavy|semib|-b(?:old)?$", str(word["fontname"]), re.IGNORECASE) is not None
            shift = shifts[str(word["fontname"])]
            read = OcrWord(text, box, 1.0, stated_size=float(word["size"]), bold=bold)
            shifted = "" if shift is None else unshifted(str(word["text"]), shift)
            words.append(read.with_correction(shifted, "shifted letters") if shifted else read)
    return words


_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "•", "\uf02d": "–", "\u00ad": "-"})


def composed(text: str) -> str:
    """`text` with its marks on their letters: decomposed ones, and dots that stand as signs of their own."""
    text = re.sub(r"([aouAOUeE])([¨´˚])", lambda m: m[1] + _COMBINING[m[2]], text)
    text = re.sub(r"([¨´˚])([aouAOUeE])", lambda m: m[2] + _COMBINING[m[1]], text)
    return unicodedata.normalize("NFC", text.translate(_BULLETS))
