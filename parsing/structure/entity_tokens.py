"""The words of a text as the rules of entities see them: cut at blanks, signs at their ends cut off.

They are cut as spaCy's `Tokenizer` cuts with the same rules (a test compares both). That class cannot be had without
all of spaCy, whose import takes longer than the reading of a page.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

BEFORE_A_WORD, AFTER_A_WORD = "(\"'”“»«[<=|*~_•-", ",.;:!?)\"'”“»]>"
"""Signs that are cut off a word's ends; hyphenated and slashed names stay whole."""
OFFICES_IN_ONE_WORD = re.compile(r"(?<=[^\W\d_]{3})/(?=(?:lokal|när)?polis|kommun|region\b|stads)", re.IGNORECASE)
"""A stroke that parts two names."""
ABBREVIATION = re.compile(r"^(?:t\.f\.|tf\.|m\.fl\.|bitr\.|vik\.)$", re.IGNORECASE)
"""What keeps its stop."""
_RUN = re.compile(r"\S+|\s+")
_KEPT = 16_384
"""Words whose pieces are kept."""


class Token(NamedTuple):
    """text[start:end]; `spaced`: a blank follows that is no token."""

    start: int
    end: int
    spaced: bool


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of `text` in order. One blank between words is none; more of them, or other white space, are one."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        if text[start].isspace():
            start += start > 0 and text[start] == " "
            if start < end:
                yield Token(start, end, False)
            continue
        *ends, last = _piece_ends(run.group())
        for piece_end in ends:
            yield Token(start, run.start() + piece_end, False)
            start = run.start() + piece_end
        yield Token(start, run.start() + last, text[end : end + 1] == " ")


@lru_cache(maxsize=_KEPT)
def _piece_ends(word: str) -> tuple[int, ...]:
    """Where the pieces of a word end, counted from its start."""
    start, end = 0, len(word)
    before, after = [], []
    while start < end and not ABBREVIATION.match(word[start:end]):
        has_sign_before, has_sign_after = word[start] in BEFORE_A_WORD, word[end - 1] in AFTER_A_WORD
        if not has_sign_before and not has_sign_after:
            break
        if has_sign_before:
            start += 1
            before.append(start)
        if has_sign_after and start < end:
            after.append(end)
            end -= 1
    within: list[int] = []
    for found in OFFICES_IN_ONE_WORD.finditer(word, start, end):
        within += found.span()
    return (*before, *within, *([end] if start < end else []), *reversed(after))
