"""Boxes to tick, as they are printed, typed or read: open ones and ticked ones.

Some signs are nothing else (☐ ☒ [x]); others are bullets too (□ ■ ○), and letters that an engine read for a drawn box
(`O`, `D`, `X`). Those are boxes only where what stands beside them proves it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_OPEN = r"☐|\[[ _\u00a0]{0,3}\]|\([ _\u00a0]{1,3}\)"
_TICKED = r"[☒☑🗹🗷🗵]|\[\s?[xX×✓✔]\s?\]|\(\s?[xX×✓✔]\s?\)"
_MAYBE_OPEN = "[□▢◻⬜❏❑❐❒○◯]"
_MAYBE_TICKED = "[■▣◼⬛●◉⊠⊗✓✔✗✘]"
_READ_OPEN = r"(?:O|D|0|Q|o)(?=\s+[^\W\d_])"
_READ_TICKED = r"(?:X|x|×)(?=\s+\w)"
WINGDINGS = {0xA8: "☐", 0x6F: "☐", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0x71: "□", 0x72: "□"}
WINGDINGS_2 = {0xA3: "☐", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒"}
"""What boxes are by their codes in fonts of signs."""
SURE = rf"(?:{_OPEN}|{_TICKED})"
"""A box that is nothing else, as part of a pattern."""
_MARK = re.compile(
    rf"(?P<open>{_OPEN})|(?P<ticked>{_TICKED})|(?P<maybe_open>{_MAYBE_OPEN})|(?P<maybe_ticked>{_MAYBE_TICKED})"
)
_AT_START = re.compile(rf"\s*(?:(?P<read_open>{_READ_OPEN})|(?P<read_ticked>{_READ_TICKED}))")


@dataclass(frozen=True, slots=True)
class CheckMark:
    """text[start:end] is, or may be, a box: `ticked` or open. `sure` tells that it can be nothing else, `letter` that
    it is one which may stand for a drawn box."""

    start: int
    end: int
    ticked: bool
    sure: bool
    letter: bool = False


def check_marks_in(text: str) -> list[CheckMark]:
    """Every sign of a text that is or may be a box, in order; a letter only where it begins the text."""
    found = [
        CheckMark(m.start(), m.end(), str(m.lastgroup).endswith("ticked"), m.lastgroup in ("open", "ticked"))
        for m in _MARK.finditer(text)
    ]
    read = _AT_START.match(text)
    if read is not None and not (found and found[0].start < read.end()):
        start = read.end() - len(read.group().strip())
        found.insert(0, CheckMark(start, read.end(), read.lastgroup == "read_ticked", sure=False, letter=True))
    return found


def may_be_boxes(marks: Iterable[CheckMark]) -> bool:
    """Whether boxes may be among some signs: one that can be nothing else, or open ones and ticked ones."""
    kinds = {(mark.sure, mark.ticked) for mark in marks}
    return any(sure for sure, _ in kinds) or len(kinds) == 2
