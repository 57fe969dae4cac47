"""How likely a string is to be printed in a Swedish text, by the lexicon: what a choice between readings leans on."""

import re
from functools import lru_cache

from avskrift.language.compounds import compounds
from avskrift.language.lexicon import UNKNOWN, lexicon

_AROUND = ".,;:!?()[]\"”“’‘'*•–—-/"
_ALONE = "%§"
"""Signs that stand alone beside a number."""
_NUMBER = 14.0
"""What a number costs: as a rare word."""
_NUMBERED = re.compile(r"\d{1,4}[a-zA-Z]|[A-ZÅÄÖ]\d{1,4}")
"""`12a`, `A4`"""
_RARE = 14.0
"""What a rare word or a compound costs at most: how rare tells little of a place where a word is known to stand."""
_SIGNS = 12.0
"""What signs without a letter cost."""


@lru_cache(maxsize=20_000)
def spelling_cost(text: str) -> float:
    """The negative natural logarithm of how likely a word is, `UNKNOWN` for a string that is neither a word nor a
    number."""
    word = text.strip(_AROUND)
    if not word or word in _ALONE:
        return _SIGNS
    if _NUMBERED.fullmatch(word):
        return _NUMBER
    if any(c.isdigit() for c in word):
        plain = word.translate(str.maketrans("", "", " -–/:.,%§"))
        return _NUMBER if plain.isdigit() else UNKNOWN
    return max(_cost(part) for part in word.split("-") if part)


def is_known(text: str) -> bool:
    """Whether a string is a word or a number, with signs around it or not."""
    return spelling_cost(text) < UNKNOWN


def _cost(word: str) -> float:
    if _is_mixed(word):
        return UNKNOWN
    low = word.lower()
    cost = lexicon().cost(low)
    if cost < UNKNOWN:
        return min(cost, _RARE)
    return UNKNOWN if compounds().best(low, True) is None else _RARE


def _is_mixed(word: str) -> bool:
    """Whether capitals stand inside a word that is not all capitals: `kOmmun`."""
    return not (word.islower() or word.isupper() or word[1:].islower() or not word[1:])
