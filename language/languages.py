"""In which language a stretch of text is written, by its small words: what is not Swedish is left alone."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from avskrift.language.data_files import load
from avskrift.language.fold import without_marks

SWEDISH = "sv"
_FEWEST_WORDS = 12
_LEAST_SHARE = 0.12
_AHEAD = 2.0
"""How many times more small words of its own than of Swedish another language needs."""


@cache
def _small_words() -> dict[str, frozenset[str]]:
    entries = load("languages").items()
    return {c: frozenset(map(without_marks, [*e.get("everywhere", ()), *e["words"]])) for c, e in entries}


@cache
def words_everywhere() -> frozenset[str]:
    """The small words that no page of Swedish lacks, without their marks."""
    return frozenset(map(without_marks, load("languages")[SWEDISH]["everywhere"]))


def name_of(code: str) -> str:
    """The English name of a language by its code."""
    return str(load("languages")[code]["name"])


def language_of(lines: Sequence[str]) -> str | None:
    """The code of the language that the lines are in; None where too few of their words tell."""
    words = [without_marks(w) for line in lines for w in re.findall(r"[^\W\d_]+", line.lower())]
    if len(words) < _FEWEST_WORDS:
        return None
    counted = Counter(words)
    small = _small_words()
    shares = {code: sum(counted[w] for w in own) / len(words) for code, own in small.items()}
    best = max(shares, key=lambda code: sum(counted[w] for w in small[code] - small[SWEDISH]))
    own = sum(counted[w] for w in small[best] - small[SWEDISH])
    swedish = sum(counted[w] for w in small[SWEDISH] - small[best])
    if best != SWEDISH and shares[best] >= _LEAST_SHARE and own > _AHEAD * swedish:
        return best
    return SWEDISH if shares[SWEDISH] >= _LEAST_SHARE else None


def foreign_lines(lines: Sequence[str]) -> dict[int, str]:
    """The lines that stand in paragraphs of another language, with its code."""
    found: dict[int, str] = {}
    first = 0
    for index in range(len(lines) + 1):
        if index == len(lines) or not lines[index].strip():
            code = language_of(lines[first:index])
            if code is not None and code != SWEDISH:
                found.update(dict.fromkeys(range(first, index), code))
            first = index + 1
    return found
