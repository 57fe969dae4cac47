"""Names that no list knows, as the document itself shows them: its readings of one name vote.

`Fjardvik`, `Flardvik` and `Fjärdvik` are one name; it is read as the tagger, over all its occurrences, makes
likeliest. Only capitalised words that the lexicon does not know, and that stand at least twice, are names here.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from avskrift.language.confusions import shape_key


@dataclass(frozen=True, slots=True)
class Settings:
    """When the readings of a name agree."""

    shortest: int = 4  # signs of a name
    fewest: int = 2  # occurrences of a name
    lead: float = 1.15  # how many times the votes of the next reading the first needs


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A capitalised unknown word as read, and what it may have been with log-probabilities."""

    read: str
    readings: tuple[tuple[str, float], ...]


def names_of(occurrences: Iterable[Occurrence], is_word: Callable[[str], bool]) -> dict[str, str]:
    """The agreed reading of each name, by the key that its readings share (without a genitive s).

    `is_word` tells of a string in small letters whether the lexicon knows it: what is a word is no name.
    """
    groups: dict[str, list[Occurrence]] = defaultdict(list)
    for one in occurrences:
        if len(one.read) >= SETTINGS.shortest:
            groups[name_key(one.read)].append(one)
    found: dict[str, str] = {}
    for key, members in groups.items():
        if len(members) >= SETTINGS.fewest and len({m.read for m in members}) > 1:
            name = _winner(_votes(key, members))
            if name is not None and not is_word(name.lower()):
                found[key] = name
    return found


def _votes(key: str, members: Iterable[Occurrence]) -> dict[str, float]:
    """How probable each reading of a name is, summed over its occurrences."""
    votes: dict[str, float] = defaultdict(float)
    for member in members:
        for text, log_prob in member.readings:
            if text.isalpha() and text[0].isupper() and name_key(text) == key:
                votes[_without_genitive(text)] += math.exp(log_prob)
    return votes


def _winner(votes: Mapping[str, float]) -> str | None:
    """The reading that leads clearly; None where none does."""
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])[:2]
    if not ranked or (len(ranked) > 1 and ranked[0][1] < SETTINGS.lead * ranked[1][1]):
        return None
    return ranked[0][0]


def name_key(text: str) -> str:
    """What the readings of one name share: no marks, no case, look-alikes as one sign, no genitive."""
    return _without_genitive(shape_key(text))


def as_read(name: str, read: str) -> str:
    """A name with the genitive s of its reading, in capitals where that is."""
    shown = name + "s" if read.lower().endswith("s") and not name.endswith("s") else name
    return shown.upper() if read.isupper() else shown


def _without_genitive(text: str) -> str:
    return text[:-1] if text.endswith("s") and len(text) > SETTINGS.shortest else text
