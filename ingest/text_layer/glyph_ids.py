"""Text layers that hold the numbers of glyphs for letters: `*|UDQ3HUVVRQ` for *Göran Persson*.

A font that was embedded without a table of its letters gives each sign's place in the font instead. In fonts that keep
the order of the Macintosh set (TrueType's standard order: 258 glyphs, `A` the 36th) letters and figures lie 29 below
their ASCII codes, and å ä ö at fixed places; other fonts shift by another constant. What such a font's text is becomes
certain when one shift makes Swedish of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.ingest.text_layer.letter_statistics import bigram_cross_entropy


@dataclass(frozen=True, slots=True)
class Settings:
    """When a shift is believed. Costs are those of `bigram_cross_entropy`, in nats."""

    fewest_characters: int = 8
    """Of a font: fewer tell nothing."""
    least_letters: float = 0.7
    """Share of what a shift gives that are letters: abbreviations and numbers tell nothing."""
    least_cost_before: float = 3.9
    most_cost_after: float = 3.4
    least_gain: float = 1.2
    """Costs of what may be shifted, of what it becomes, and the difference between the two."""


SETTINGS = Settings()

_MACINTOSH = 29
_MARKED = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰"
"""Glyphs 98 to 197 of the Macintosh order, as far as texts use them (Apple's TrueType manual, table `post`)."""
_STANDARD = {"’": 39, "‘": 96}
"""Codes that the standard encoding of PDF shows as another sign than ASCII does (ISO 32000-1, annex D)."""
_SHIFTS = range(1, 64)
_FIRST_MARKED = 98
_GLYPH = re.compile(r"\(cid:(\d+)\)|.")
_UNKNOWN = "\ufffd"


def shift_of(words: Sequence[str]) -> int | None:
    """The shift that makes Swedish of the words of one font, None where they need none or none helps."""
    text = " ".join(words)
    if len(re.findall(r"\(cid:\d+\)|\S", text)) < SETTINGS.fewest_characters:
        return None
    before = bigram_cross_entropy(re.sub(r"\(cid:\d+\)", "~", text))
    if before < SETTINGS.least_cost_before:
        return None
    return next((shift for shift in (_MACINTOSH, *_SHIFTS) if _is_swedish(words, shift, before)), None)


def _is_swedish(words: Sequence[str], shift: int, before: float) -> bool:
    text = " ".join(unshifted(word, shift) for word in words)
    letters = sum(c.isalpha() for c in text) / max(1, sum(not c.isspace() for c in text))
    if letters <= SETTINGS.least_letters:
        return False
    cost = bigram_cross_entropy(text)
    return cost < SETTINGS.most_cost_after and before - cost > SETTINGS.least_gain


def unshifted(word: str, shift: int) -> str:
    """A word with every sign put back by `shift`; spaces between words of one run are signs too."""
    return " ".join("".join(_letter(m, shift) for m in _GLYPH.finditer(word)).split())


def _letter(match: "re.Match[str]", shift: int) -> str:
    code = int(match[1]) if match[1] else _STANDARD.get(match[0], ord(match[0]))
    if shift == _MACINTOSH and code >= _FIRST_MARKED:
        place = code - _FIRST_MARKED
        return _MARKED[place] if place < len(_MARKED) else _UNKNOWN
    return chr(code + shift) if 32 <= code + shift < 127 else _UNKNOWN
