"""Names that no list knows, as the document itself shows them: its readings of one name vote.

`Fjardvik`, `Flardvik` and `Fjärdvik` are one name; it is read as the restorer, over all its occurrences, makes
likeliest. Only capitalised words that the lexicon does not know, and that stand at least twice, are names here.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from avskrift.corrections.alignment import key_of

_SHORTEST = 4
_FEWEST = 2
_LEAD = 1.15
"""How many times the votes of the next reading the first needs."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A capitalised unknown word as read, and what it may have been with log-probabilities."""

    read: str
    readings: tuple[tuple[str, float], ...]


def names_of(occurrences: Iterable[Occurrence], is_word: Callable[[str], bool]) -> dict[str, str]:
    """The agreed reading of each name, by the key that its readings share (without a genitive s)."""
    groups: dict[str, list[Occurrence]] = defaultdict(list)
    for one in occurrences:
        if len(one.read) >= _SHORTEST:
            groups[name_key(one.read)].append(one)
    found: dict[str, str] = {}
    for key, members in groups.items():
        if len(members) < _FEWEST or len({m.read for m in members}) < 2:
            continue
        votes: dict[str, float] = defaultdict(float)
        for member in members:
            for text, told in member.readings:
                if text.isalpha() and text[0].isupper() and name_key(text) == key:
                    votes[_bare(text)] += math.exp(told)
        ranked = sorted(votes.items(), key=lambda v: -v[1])[:2]
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]):
            continue
        if not is_word(ranked[0][0].lower()):
            found[key] = ranked[0][0]
    return found


def name_key(text: str) -> str:
    """What the readings of one name share: no marks, no case, look-alikes as one sign, no genitive."""
    return _bare(key_of(text))


def as_read(name: str, read: str) -> str:
    """A name with the genitive s of its reading, in capitals where that is."""
    whole = name + "s" if read.lower().endswith("s") and not name.endswith("s") else name
    return whole.upper() if read.isupper() else whole


def _bare(text: str) -> str:
    return text[:-1] if text.endswith("s") and len(text) > _SHORTEST else text
