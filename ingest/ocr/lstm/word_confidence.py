"""How sure a word that was read is: the probability that it is right, by logistic regression over what is known of it.

`training/fit_word_confidence.py` fits the weights on scans with true text.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FEATURES = ("constant", "letter", "known", "digits", "decided", "margin", "changed", "short", "doubts")


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """What is known of a word: the probability of its least sure letter (0 to 1), whether the lexicon knows it, and how
    many letters it has.

    `margin` is by how much it is likelier than any other text (natural logarithm) where several were weighed, None
    where it was read surely at once; `changed` tells whether another text was read first; `doubts` is the share of the
    page's words that were not read surely.
    """

    lowest: float
    known: bool
    letters: int
    digits: bool
    margin: float | None = None
    changed: bool = False
    doubts: float = 0.0

    def features(self) -> list[float]:
        """Its values of `FEATURES`."""
        decided = self.margin is not None
        return [
            1.0,
            _log_odds(self.lowest),
            float(self.known),
            float(self.digits),
            float(decided),
            min(self.margin, _WIDEST) if self.margin is not None else 0.0,
            float(self.changed),
            float(self.letters < _SHORT),
            self.doubts,
        ]


_WIDEST = 12.0
"""Natural logarithm: the widest margin that tells anything."""
_SHORT = 3
"""Letters of a word below which it may be anything."""


def confidence_of(evidence: WordEvidence) -> float:
    """The probability that a word is right."""
    weights = _weights()
    total = sum(weights[name] * value for name, value in zip(FEATURES, evidence.features(), strict=True))
    return round(1 / (1 + math.exp(-total)), 3)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


@cache
def _weights() -> Mapping[str, float]:
    text = files("avskrift.ingest.ocr.lstm").joinpath("data", "confidence.json").read_text(encoding="utf-8")
    return {str(name): float(value) for name, value in json.loads(text).items()}
