"""Full stops that were read as commas at a paragraph's end."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

_BULLETS = ("•", "▪")
_ENDS_WITH_COMMA = re.compile(r"[^\W\d_]{2,}(,)\s*$")


_BEFORE_CAPITAL = re.compile(r"[^\W\d_]{2,}(,) (?P<word>[A-ZÅÄÖ][a-zåäö]+) [a-zåäö]")


def commas_for_full_stops(line: str, begins_sentences: Callable[[str], bool]) -> list[int]:
    """Where commas inside a line must be full stops: a word follows that only a new sentence would capitalise.

    `begins_sentences` tells of a capitalised word whether it is no name.
    """
    return [m.start(1) for m in _BEFORE_CAPITAL.finditer(line) if begins_sentences(m["word"])]


def comma_for_full_stop(lines: Sequence[str], index: int) -> int | None:
    """Where lines[index] ends in a comma that must be a full stop, or None.

    It must be when the text stops there: a blank line or the end follows, or a line that begins with a capital
    or a bullet, and the line is no member of a list of short ones.
    """
    found = _ENDS_WITH_COMMA.search(lines[index])
    if found is None or len(lines[index].split()) < 2:
        return None
    following = lines[index + 1].strip() if index + 1 < len(lines) else ""
    blank = not following
    after_blank = next((row.strip() for row in lines[index + 1 :] if row.strip()), "")
    if blank and (not after_blank or after_blank[0].isupper() or after_blank[0] in "•▪-–"):
        return found.start(1)
    if following[:1] in _BULLETS:
        filled = [row.strip() for row in lines[max(0, index - 8) : index + 9] if row.strip()]
        ended = [row for row, after in pairwise(filled) if after[:1] in _BULLETS and row != lines[index].strip()]
        # Items of a list may all end in commas, as parts of one sentence.
        return found.start(1) if sum(row.endswith(",") for row in ended) <= 0.3 * len(ended) else None
    if re.match(r"\d\s+[A-ZÅÄÖ]", following):  # the next footnote
        return found.start(1)
    return None
