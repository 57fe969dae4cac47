"""What stands at the head of list items: bullets, numbers, letters and Roman numerals, and which comes after which."""

import re
from collections.abc import Sequence

from avskrift.language import bullets
from avskrift.language.check_marks import SURE
from avskrift.parsing.structure.text_span import LocatedLine

BULLET = re.compile(
    rf"\s*(?P<marker>{bullets.BULLET}|{SURE}|[-–—](?=\s)|[{bullets.LETTERS}](?=\s+[A-ZÅÄÖ0-9]))\s*(?=\S)"
)
NUMBERED = re.compile(r"\s*(?P<marker>\(?\d{1,2}[.)]|[a-hA-H]\)|\d{1,2}\.\d{1,2}\.?(?=\s+[A-ZÅÄÖ]))\s+(?=\S)")
ROMAN = re.compile(r"\s*(?P<marker>(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})\b\.?)\s+(?=[A-ZÅÄÖ])")
_SECOND_WITHIN = re.compile(r"\s\(?[b2][.)]\s")
_NEAR_ITEM = 4
"""Lines within which the second item of a list follows its first."""
_NEAR_NUMERAL = 6
"""Lines within which the neighbour of a Roman numeral stands."""
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def is_next(old: str, new: str) -> bool:
    """Whether a number or letter is the one after another: 4 after 3, E after D."""
    if old.isdigit() and new.isdigit():
        return int(new) == int(old) + 1
    return len(old) == len(new) == 1 and old.isalpha() and ord(new) == ord(old) + 1


def follows(marker: str, text: str) -> bool:
    """Whether a line begins with the number or letter that comes after an item's `marker`."""
    found = NUMBERED.match(text)
    return found is not None and marker != "" and is_next(_bare(marker), _bare(found["marker"]))


def _bare(marker: str) -> str:
    return re.sub(r"[^\w.]|\.$", "", marker)


def begins_list(lines: Sequence[LocatedLine], index: int) -> bool:
    """Whether a line is the first of a numbered or lettered list, whatever sentence stood open before it."""
    found = NUMBERED.match(lines[index].text)
    if found is None or re.sub(r"\W", "", found["marker"]) not in ("a", "1"):
        return False
    if _SECOND_WITHIN.search(lines[index].text):
        return False  # items within a sentence
    return any(follows(found["marker"], p.text) for p in lines[index + 1 : index + 1 + _NEAR_ITEM])


def roman_marker(lines: Sequence[LocatedLine], index: int) -> re.Match[str] | None:
    """The Roman numeral that a line begins with, if the one before it stands near above (below I: II)."""
    found = ROMAN.match(lines[index].text)
    if found is None:
        return None
    numeral = found["marker"].rstrip(".")
    if numeral == "I":  # which is also a word
        return found if "II" in _numerals_in(lines[index + 1 : index + _NEAR_NUMERAL]) else None
    near = _numerals_in(lines[max(0, index - _NEAR_NUMERAL) : index])
    before = _NUMERALS[_NUMERALS.index(numeral) - 1]
    return found if before in near or (near and numeral not in ("V", "X")) else None


def _numerals_in(lines: Sequence[LocatedLine]) -> set[str]:
    """The Roman numerals that lines begin with."""
    return {m["marker"].rstrip(".") for p in lines if (m := ROMAN.match(p.text)) is not None}
