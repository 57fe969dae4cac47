"""How sure values are: how often the rules of a field choose right, and how often words are read right.

The figures stand in vocabulary/certainty.toml, with how they were measured.
"""

from itertools import pairwise

from avskrift.parsing.vocabulary import load, remembered


@remembered
def sure_of(field: str) -> float:
    """How probably the rules choose the right words for `field`; KeyError for a field that is not listed."""
    return float(load("certainty")["fields"][field])


@remembered
def read_right(confidence: float) -> float:
    """How probably a value is read right whose least sure word the engine gave `confidence` (0 to 1)."""
    knots: list[list[float]] = load("certainty")["words"]["knots"]
    for (low, of_low), (high, of_high) in pairwise(knots):
        if confidence <= high:
            share = max(0.0, confidence - low) / (high - low)
            return of_low + share * (of_high - of_low)
    return knots[-1][1]
