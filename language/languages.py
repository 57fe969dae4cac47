"""In which language a stretch of text is written, by its small words: what is not Swedish is left alone."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from avskrift.language.data_files import load
from avskrift.language.fold import without_marks

SWEDISH = "sv"


@dataclass(frozen=True, slots=True)
class Settings:
    """When small words tell a language; by trial on agreements with stretches of other languages."""

    fewest_words: int = 12
    """Words of a stretch that is judged at all."""
    least_share: float = 0.12
    """The share of a stretch's words that are small words of its language."""
    ahead: float = 2.0
    """How many times more small words of its own than of Swedish another language needs."""


SETTINGS = Settings()


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
    if len(words) < SETTINGS.fewest_words:
        return None
    counted = Counter(words)
    small = _small_words()
    shares = {code: sum(counted[w] for w in own) / len(words) for code, own in small.items()}
    best = max(shares, key=lambda code: sum(counted[w] for w in small[code] - small[SWEDISH]))
    own = sum(counted[w] for w in small[best] - small[SWEDISH])
    swedish = sum(counted[w] for w in small[SWEDISH] - small[best])
    if best != SWEDISH and shares[best] >= SETTINGS.least_share and own > SETTINGS.ahead * swedish:
        return best
    return SWEDISH if shares[SWEDISH] >= SETTINGS.least_share else None


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
