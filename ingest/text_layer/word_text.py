"""The text and the type of a text layer's words, put into one form whichever program took them out."""

import re
import unicodedata

from avskrift.language.bullets import FROM_SYMBOL_FONTS
from avskrift.language.check_marks import WINGDINGS, WINGDINGS_2

_COMBINING = {"¨": "\u0308", "´": "\u0301", "˚": "\u030a"}
_AFTER = re.compile(r"([aouAOUeE])([¨´˚])")
_BEFORE = re.compile(r"([¨´˚])([aouAOUeE])")
_SYMBOLS = str.maketrans(dict(FROM_SYMBOL_FONTS))
"""Bullets and dashes of the fonts Symbol and Wingdings, in the places for private use."""
_SOFT_HYPHEN_AT_END = re.compile("(?<=\\w)\u00ad$")
"""Of a word: a line breaks there, or the font gives its hyphen so. Others: `ingest/look_alikes.py`."""
_SHADOWED = str.maketrans({**dict.fromkeys("❏❐❑❒", "☐"), "🗹": "☑", "🗵": "☒", "🗷": "☒"})
_DINGBATS = dict.fromkeys(b"opqr", "☐")
"""What boxes to tick are by their codes in ZapfDingbats."""
_NO_GLYPH = "\x00"
"""What layers have for a sign that its font lacks; the page shows an empty box, whatever was meant."""
_PRIVATE = range(0xF000, 0xF100)
"""Where text layers put the codes of such fonts."""
_BOLD = re.compile(r"bold|black|heavy|semib|-b(?:old)?$", re.IGNORECASE)


def composed(text: str) -> str:
    """`text` with its marks on their letters (NFC): decomposed ones, and dots that stand as signs of their own."""
    text = _AFTER.sub(lambda m: m[1] + _COMBINING[m[2]], text)
    text = _BEFORE.sub(lambda m: m[2] + _COMBINING[m[1]], text)
    return unicodedata.normalize("NFC", _SOFT_HYPHEN_AT_END.sub("-", text.translate(_SYMBOLS)))


def box_sign(text: str, font: str) -> str:
    """`text`, or the sign ☐, ☑ or ☒ where it is one sign that shows such a box in a `font` of signs."""
    if len(text) != 1:
        return text
    if text == _NO_GLYPH:
        return "☐"
    name = re.sub(r"[^a-z0-9]", "", font.lower())
    code = ord(text) - _PRIVATE.start if ord(text) in _PRIVATE else ord(text)
    if "wingdings2" in name:
        return WINGDINGS_2.get(code, text)
    if "wingdings" in name or (code != ord(text) and "symbol" not in name and "webdings" not in name):
        return WINGDINGS.get(code, text)
    if "dingbats" in name and code in _DINGBATS:
        return _DINGBATS[code]
    return text.translate(_SHADOWED)


def is_bold(font: str) -> bool:
    """Whether a font is bold by its name."""
    return _BOLD.search(font) is not None
