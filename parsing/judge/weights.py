"""The judge's weights: for each field a logistic regression, fitted on documents of writers that the network had not
seen.

`training/reader/fit_judge.py` writes them.
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


def probability(field: str, features: Sequence[float]) -> float:
    """How probably a claim of `field` is right (0 to 1). Raises KeyError for a field that is not judged."""
    bias, weights = _fitted()[field]
    total = bias + sum(w * f for w, f in zip(weights, features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def is_judged(field: str) -> bool:
    """Whether the judge has weights for a field."""
    return field in _fitted()


RULES_ALONE = 0.002
"""How probable a claim is at least that the rules alone make: what the network does not confirm is given with the low
probability that it has, not left out. Where a text is damaged, or of a manner that nobody wrote for training, the
network says nothing and the rules are often right. Judged, not fitted.
"""

RULES_FIRST = 0.6
"""How much more probable a claim of the network alone must be than one of the rules that it contradicts. Judged, not
fitted."""


def preference(share: float, *, by_rules: bool) -> float:
    """By what claims that contradict each other are ordered; `share` is the probability."""
    return share + RULES_FIRST * by_rules


def threshold(field: str, *, by_learned: bool = True) -> float:
    """How probable a value of a field is at least that is given; less where the rules alone claim it."""
    return _thresholds().get(field, 0.5) if by_learned else RULES_ALONE


@cache
def _read() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(
        files(__package__).joinpath("weights.json").read_text(encoding="utf-8")
    )
    return found


@cache
def _fitted() -> dict[str, tuple[float, tuple[float, ...]]]:
    return {name: (float(w["bias"]), tuple(w["weights"])) for name, w in _read().items()}  # type: ignore[arg-type]


@cache
def _thresholds() -> dict[str, float]:
    return {name: float(w["threshold"]) for name, w in _read().items()}  # type: ignore[arg-type]
