"""How probable it is that a correction is right: a logistic curve for each kind, fitted on text of known damage.

The figures are in weights/confidence.json and come from training/calibrate.py; benchmarks/ shows how true they are.
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_OTHERS = "glyphs"
SPACED = ("letter-spacing", "letter-spacing, first glyph")
"""The curves of letter-spaced stretches: with the first glyph as read, and with another."""
_MOST_SURE = 0.999


@cache
def _curves() -> dict[str, list[float]]:
    text = files("avskrift.corrections").joinpath("weights/confidence.json").read_text(encoding="utf-8")
    loaded: dict[str, list[float]] = json.loads(text)
    return loaded


def features(margin: float, told: float, known: bool, was_known: bool, length: int) -> tuple[float, ...]:
    """What sureness is judged by: how much cheaper a choice is than its best rival, the log-probability that the
    restorer gives it, both within bounds, whether the lexicon knows it, whether it knows what was read, and how many
    signs that had."""
    near = min(max(margin, 0.0), 10.0)
    likely = max(told, -10.0)
    size = min(length, 12) / 12
    return 1.0, near, math.exp(likely), likely, float(known), math.exp(-near), float(was_known), size


def probability(rule: str, margin: float, told: float, known: bool, was_known: bool, length: int) -> float:
    """The probability that a choice by `rule` is right."""
    curves = _curves()
    return logistic(curves.get(rule, curves[_OTHERS]), features(margin, told, known, was_known, length))


def spaced_features(cost: float, margin: float, shared: float, listed: bool) -> tuple[float, ...]:
    """What sureness of a letter-spaced stretch is judged by: its cost for each letter, how much cheaper it is than its
    best rival, the share of the document's stretches that are like it in whether their first glyph was the printed one,
    and whether it is one word that the lexicon lists."""
    near = min(max(margin, 0.0), 10.0)
    return 1.0, cost, near, math.exp(-near), shared, float(listed), cost * listed


def spaced_probability(cost: float, margin: float, shared: float, listed: bool, rivals: int, *, changed: bool) -> float:
    """The probability that a letter-spaced stretch is read right; `changed` tells that its first glyph was, `rivals` is
    the number of words among which nothing but their frequency in prose chose: they share the probability."""
    one = logistic(_curves()[SPACED[changed]], spaced_features(cost, margin, shared, listed))
    return round(one / (1 + rivals), 3)


def logistic(weights: Sequence[float], values: Sequence[float]) -> float:
    """The logistic function of the weighted sum, never quite certain."""
    total = sum(w * v for w, v in zip(weights, values, strict=True))
    return round(min(_MOST_SURE, 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))), 3)
