"""How sure values are: how often rules choose right that no judge looks at, and how often words are read right.

The figures stand in confidence.toml, with how they were measured. They are no part of a vocabulary: what a user adds to
the rules does not change how sure ours are.
"""

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any


@cache
def _measured() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("confidence.toml").read_text(encoding="utf-8"))


def rule_confidence(field: str) -> float:
    """How probably the rules choose the right words for `field`, 1 where the judge says how sure each value is.

    KeyError for a field that is not listed.
    """
    return 1.0 if field in _judged() else float(_measured()["fields"][field])


@cache
def _judged() -> frozenset[str]:
    return frozenset(_measured()["judged"]["rules"])


def reading_confidence(confidence: float) -> float:
    """How probably a value is read right whose least sure word the engine gave `confidence` (0 to 1)."""
    knots: list[list[float]] = _measured()["words"]["knots"]
    for (low, of_low), (high, of_high) in pairwise(knots):
        if confidence <= high:
            share = max(0.0, confidence - low) / (high - low)
            return of_low + share * (of_high - of_low)
    return knots[-1][1]
