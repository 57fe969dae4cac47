"""Characters that print like others and are written otherwise: folded to the common ones, once, in every kind of file.

Hyphens and minus signs become `-`, ligatures letters, wide forms narrow ones; signs without a width go. A soft hyphen
goes too where it parts a word's small letters, for it is printed only where a line breaks; at the end of a line, and
where a word could not be broken, it is a hyphen.
"""

import re

_HYPHENS = "\u2010\u2011\u2012\u2212\ufe63"
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_WIDE = {chr(0xFEE0 + sign): chr(sign) for sign in range(0x21, 0x7F)}
_FOLDED = str.maketrans(dict.fromkeys(_HYPHENS, "-") | _LIGATURES | _WIDE)
_WITHOUT_WIDTH = (
    "\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f"
)
_DROPPED = re.compile(f"[{_WITHOUT_WIDTH}]")
_SOFT = "\u00ad"
_NO_BREAK = re.compile(f"(?:(?<=[A-ZÅÄÖ0-9])|(?<=\\b[^\\W\\d_])){_SOFT}(?=\\w)|{_SOFT}(?=\\d)")
"""A soft hyphen where no word is broken (`2016-2020`, `EU-stöd`, `e-post`): the font's or the program's hyphen."""
_SOFT_RUN = re.compile(f"{_SOFT}+")
_SOFT_AT_END = re.compile(f"(?<=\\w){_SOFT}$")
_ANY = re.compile(f"[{_WITHOUT_WIDTH}{_SOFT}{_HYPHENS}{''.join(_LIGATURES)}\uff01-\uff5e]")
_INVISIBLE = re.compile(f"[{_WITHOUT_WIDTH}{_SOFT}]")


def holds_look_alikes(text: str) -> bool:
    """Whether `folded` may change a text."""
    return _ANY.search(text) is not None


def invisible_in(text: str) -> int:
    """How many signs of a text have no width, soft hyphens with them."""
    return len(_INVISIBLE.findall(text))


def folded(text: str, *, ends_line: bool = False) -> str:
    """A text with the signs that it looks as if it had; `ends_line` where a line ends with it."""
    if not holds_look_alikes(text):
        return text
    text = _DROPPED.sub("", text.translate(_FOLDED))
    if _SOFT not in text:
        return text
    text = _SOFT_RUN.sub(_SOFT, text)
    if ends_line:
        text = _SOFT_AT_END.sub("-", text)
    return _NO_BREAK.sub("-", text).replace(_SOFT, "")
