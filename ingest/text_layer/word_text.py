"""The text and the type of a text layer's words, put into one form whichever program took them out."""

import re
import unicodedata

from avskrift.language.bullets import FROM_SYMBOL_FONTS

_COMBINING = {"¨": "\u0308", "´": "\u0301", "˚": "\u030a"}
_AFTER = re.compile(r"([aouAOUeE])([¨´˚])")
_BEFORE = re.compile(r"([¨´˚])([aouAOUeE])")
_SYMBOLS = str.maketrans(dict(FROM_SYMBOL_FONTS))
"""Bullets and dashes of the fonts Symbol and Wingdings, in the places for private use."""
_SOFT_HYPHEN_AT_END = re.compile("(?<=\\w)\u00ad$")
"""Of a word: a line breaks there, or the font gives its hyphen so. Others: `ingest/look_alikes.py`."""
_BOLD = re.compile(r"bold|black|heavy|semib|-b(?:old)?$", re.IGNORECASE)


def composed(text: str) -> str:
    """`text` with its marks on their letters (NFC): decomposed ones, and dots that stand as signs of their own."""
    text = _AFTER.sub(lambda m: m[1] + _COMBINING[m[2]], text)
    text = _BEFORE.sub(lambda m: m[2] + _COMBINING[m[1]], text)
    return unicodedata.normalize("NFC", _SOFT_HYPHEN_AT_END.sub("-", text.translate(_SYMBOLS)))


def is_bold(font: str) -> bool:
    """Whether a font is bold by its name."""
    return _BOLD.search(font) is not None
