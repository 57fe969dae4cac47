"""Bullets: the signs that stand before the items of a list, as they are printed and as symbol fonts give them."""

from collections.abc import Mapping

from avskrift.language.confusions import Use, single_readings
from avskrift.language.data_files import load

SIGNS: str = load("words")["signs"]["bullets"]
"""Every sign that is printed as a bullet; dashes are none, since they stand in sentences as well."""
FROM_SYMBOL_FONTS: Mapping[str, str] = load("words")["signs"]["symbol_fonts"]
"""The private signs by which text layers give bullets and dashes of symbol fonts, with what they show."""
READ_AS = single_readings("•", Use.BULLETS)
"""What OCR reads for a bullet that stands alone before a line."""
LETTERS = "".join(sign for sign in READ_AS if sign.isalpha())
"""Those of them that are letters."""
_PRIVATE = "".join(sign for sign, shown in FROM_SYMBOL_FONTS.items() if shown in SIGNS)
BULLET = f"[{SIGNS}{_PRIVATE}]"
"""A bullet, as part of a pattern."""
BULLET_INSIDE_LINE = f"[{''.join(sign for sign in SIGNS if sign not in load('words')['signs']['also_between_words'])}]"
"""A sign that is a bullet inside a line as well, as part of a pattern; others part words there (`Nord · Syd`)."""
BULLET_OR_DASH = f"[{SIGNS}{''.join(FROM_SYMBOL_FONTS)}{load('words')['signs']['dashes']}]"
"""A bullet or a dash, as part of a pattern."""


def begins_with_bullet(text: str) -> bool:
    """Whether the first sign of `text` is a bullet."""
    return text != "" and text[0] in SIGNS
