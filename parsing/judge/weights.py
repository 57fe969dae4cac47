"""The judge's weights: for each field a logistic regression, fitted on documents of writers that the network had not
seen.

`training/reader/fit_judge.py` writes them.
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any


def probability(field: str, features: Sequence[float]) -> float:
    """How probably a claim of `field` is right (0 to 1). Raises KeyError for a field that is not judged."""
    bias, weights = _fitted()[field]
    total = bias + sum(w * f for w, f in zip(weights, features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def is_judged(field: str) -> bool:
    """Whether the judge has weights for a field."""
    return field in _fitted()


def preference(share: float, *, by_rules: bool) -> float:
    """By what claims that contradict each other are ordered; `share` is the probability. A claim of the network alone
    must be so much more probable than one of the rules as the fit found best."""
    return share + float(_read()["rules first"]) * by_rules


def threshold(field: str, *, by_learned: bool = True) -> float:
    """How probable a value of a field is at least that is given, and how probable where the rules alone claim it."""
    both, alone = _thresholds().get(field, (0.5, 0.5))
    return both if by_learned else alone


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8"))
    return found


@cache
def _fitted() -> dict[str, tuple[float, tuple[float, ...]]]:
    return {name: (float(w["bias"]), tuple(w["weights"])) for name, w in _read()["fields"].items()}


@cache
def _thresholds() -> dict[str, tuple[float, float]]:
    return {name: (float(w["threshold"]), float(w["rules alone"])) for name, w in _read()["fields"].items()}
