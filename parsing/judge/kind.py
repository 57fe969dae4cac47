"""Of what kind a document is, by what the learned reader found in it, the words of its first lines, and what the rules
say.

A multinomial logistic regression over few features, fitted on documents of writers that the network had not seen
(`training/reader/fit_judge.py`); it answers with probabilities.
"""

import json
import math
import zlib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from avskrift.models.agreement import DocumentKind
from avskrift.parsing.learned.spans import LearnedReading
from avskrift.parsing.learned.tags import VALUE_TAGS

KINDS = tuple(DocumentKind)
_WORDS = 384
"""Numbers that the words of the first lines are hashed to."""
_FIRST_TOKENS = 90
_LEAST_SURE = 0.8
"""How probable another kind than the rules' is at least where it is believed. Judged, not tuned."""


def features_of(reading: LearnedReading, by_rules: DocumentKind | None) -> dict[int, float]:
    """The features of a document that are not 0, by number."""
    found: dict[int, float] = {}
    if by_rules is not None:
        found[KINDS.index(by_rules)] = 1.0
    counted = Counter(span.tag for span in reading.values)
    for i, tag in enumerate(VALUE_TAGS):
        if counted[tag]:
            found[len(KINDS) + 2 * i] = 0.5
            found[len(KINDS) + 2 * i + 1] = math.log1p(counted[tag]) / 3
    base = len(KINDS) + 2 * len(VALUE_TAGS)
    for word in reading.document.words[:_FIRST_TOKENS]:
        if len(word) > 2:
            found[base + zlib.crc32(word[:9].encode()) % _WORDS] = 0.5
    return found


def probabilities(features: Mapping[int, float]) -> dict[DocumentKind, float]:
    """How probable each kind is; the sum is 1."""
    bias, weights = _fitted()
    totals = [b + sum(w[i] * v for i, v in features.items()) for b, w in zip(bias, weights, strict=True)]
    raised = [math.exp(t - max(totals)) for t in totals]
    return {kind: r / sum(raised) for kind, r in zip(KINDS, raised, strict=True)}


def judged_kind(reading: LearnedReading, by_rules: DocumentKind | None) -> DocumentKind | None:
    """The kind of a document: the rules' unless another is surely likelier."""
    if not _fitted()[0]:
        return by_rules
    shares = probabilities(features_of(reading, by_rules))
    best = max(shares, key=lambda kind: shares[kind])
    if best is by_rules or shares[best] < _LEAST_SURE:
        return by_rules
    return best


@cache
def _fitted() -> tuple[list[float], list[list[float]]]:
    text = files(__package__).joinpath("kind_weights.json").read_text(encoding="utf-8")
    found = json.loads(text)
    return found["bias"], found["weights"]
