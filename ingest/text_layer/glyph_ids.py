"""Text layers that hold the numbers of glyphs for letters: `*|UDQ3HUVVRQ` for *Göran Persson*.

A font that was embedded without a table of its letters gives each sign's place in the font instead. In fonts that keep
the order of the Macintosh set (TrueType's standard order: 258 glyphs, `A` the 36th) letters and figures lie 29 below
their ASCII codes, and å ä ö at fixed places; other fonts shift by another constant. What such a font's text is becomes
certain when one shift makes Swedish of it.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

_MACINTOSH = 29
_MARKED = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰"
"""Glyphs 98 to 197 of the Macintosh order, as far as texts use them (Apple's TrueType manual, table `post`)."""
_STANDARD = {"’": 39, "‘": 96}
"""Codes that the standard encoding of PDF shows as another sign than ASCII does (ISO 32000-1, annex D)."""
_SHIFTS = range(1, 64)
_LEAST_LETTERS = 8
_LETTERS = 0.7
"""So much of what a shift gives are letters: abbreviations and numbers tell nothing."""
_STRANGE, _SWEDISH, _BETTER = 3.9, 3.4, 1.2
"""Mean costs of letters (`text_layer.strangeness`): of what may be shifted at least, of what it becomes at most, and
the least difference between the two."""


def shift_of(words: Sequence[str], strangeness: Callable[[str], float]) -> int | None:
    """The shift that makes Swedish of the words of one font, None where they need none or none helps."""
    text = " ".join(words)
    if len(re.findall(r"\(cid:\d+\)|\S", text)) < _LEAST_LETTERS or strangeness(_shown(text)) < _STRANGE:
        return None
    shift: int
    for shift in (_MACINTOSH, *_SHIFTS):
        put_back = " ".join(unshifted(w, shift) for w in words)
        letters = sum(c.isalpha() for c in put_back) / max(1, sum(not c.isspace() for c in put_back))
        cost = strangeness(put_back)
        if letters > _LETTERS and cost < _SWEDISH and strangeness(_shown(text)) - cost > _BETTER:
            return shift
    return None


def _shown(text: str) -> str:
    return re.sub(r"\(cid:\d+\)", "~", text)


def unshifted(word: str, shift: int) -> str:
    """A word with every sign put back by `shift`; spaces between words of one run are signs too."""
    return " ".join("".join(_letter(m, shift) for m in re.finditer(r"\(cid:(\d+)\)|.", word)).split())


def _letter(match: "re.Match[str]", shift: int) -> str:
    code = int(match[1]) if match[1] else _STANDARD.get(match[0], ord(match[0]))
    if shift == _MACINTOSH and code >= 98:
        return _marked().get(code, "�")
    return chr(code + shift) if 32 <= code + shift < 127 else "�"


@cache
def _marked() -> dict[int, str]:
    return dict(enumerate(_MARKED, 98))
