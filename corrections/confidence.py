"""How probable it is that a correction is right: a logistic curve for each kind, fitted on text of known damage.

The figures are in weights/confidence.json and come from training/calibrate.py; benchmarks/ shows how true they are.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_OTHERS = "glyphs"
"""The curve of rules that have none of their own."""
SPACED = ("letter-spacing", "letter-spacing, first glyph")
"""The curves of letter-spaced stretches: with the first glyph as read, and with another."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Bounds within which features are taken; the curves were fitted with these."""

    most_sure: float = 0.999  # no correction is more probable
    most_margin: float = 10.0
    least_log_prob: float = -10.0
    most_signs: int = 12
    steepest: float = 30.0  # the weighted sum beyond which the curve is flat


SETTINGS = Settings()


@cache
def _curves() -> dict[str, list[float]]:
    text = files("avskrift.corrections").joinpath("weights/confidence.json").read_text(encoding="utf-8")
    loaded: dict[str, list[float]] = json.loads(text)
    return loaded


def features(margin: float, log_prob: float, *, known: bool, was_known: bool, length: int) -> tuple[float, ...]:
    """What sureness is judged by.

    `margin` is how much cheaper a choice is than its best rival, `log_prob` the log-probability that the tagger gives
    it, `known` whether the lexicon knows it, `was_known` whether it knows what was read, and `length` how many signs
    that had.
    """
    near = min(max(margin, 0.0), SETTINGS.most_margin)
    likely = max(log_prob, SETTINGS.least_log_prob)
    size = min(length, SETTINGS.most_signs) / SETTINGS.most_signs
    return 1.0, near, math.exp(likely), likely, float(known), math.exp(-near), float(was_known), size


def probability(rule: str, judged_by: Sequence[float]) -> float:
    """The probability that a choice by `rule` is right, by its `features`."""
    curves = _curves()
    return logistic(curves.get(rule, curves[_OTHERS]), judged_by)


def spaced_features(cost: float, margin: float, shared: float, *, listed: bool) -> tuple[float, ...]:
    """What sureness of a letter-spaced stretch is judged by.

    `cost` is its cost for each letter, `margin` how much cheaper it is than its best rival, `shared` the share of the
    document's stretches that are like it in whether their first glyph was the printed one, and `listed` whether it is
    one word that the lexicon lists.
    """
    near = min(max(margin, 0.0), SETTINGS.most_margin)
    return 1.0, cost, near, math.exp(-near), shared, float(listed), cost * listed


def spaced_probability(judged_by: Sequence[float], rivals: int, *, changed: bool) -> float:
    """The probability that a letter-spaced stretch is read right, by its `spaced_features`; `changed` tells that its
    first glyph was, `rivals` is the number of words among which nothing but their frequency in prose chose: they share
    the probability."""
    one = logistic(_curves()[SPACED[changed]], judged_by)
    return round(one / (1 + rivals), 3)


def logistic(weights: Sequence[float], values: Sequence[float]) -> float:
    """The logistic function of the weighted sum, never quite certain."""
    total = sum(w * v for w, v in zip(weights, values, strict=True))
    bounded = max(-SETTINGS.steepest, min(SETTINGS.steepest, total))
    return round(min(SETTINGS.most_sure, 1.0 / (1.0 + math.exp(-bounded))), 3)
