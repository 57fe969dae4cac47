"""What the judge knows of a claim: who makes it, how sure the network is of its words and their ends, what else speaks
for it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.language.fold import fold
from avskrift.parsing.judge.claims import Claim
from avskrift.parsing.learned.spans import LearnedReading

NAMES = (
    "rules",
    "learned",
    "both",
    "support",
    "least",
    "begins",
    "ends",
    "rival",
    "rules alone support",
    "rules alone begins",
    "places",
    "share agreed",
    "rules found",
    "learned found",
    "length",
    "owner",
)
"""The features, in the order of the weights."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of all claims of a field in a document: how many each witness makes, and how many they share."""

    rules: int
    learned: int
    shared: int

    @property
    def agreed(self) -> float:
        """The share of all claims that both make; 0.5 where there are none."""
        every = self.rules + self.learned - self.shared
        return self.shared / every if every else 0.5


def features_of(
    claim: Claim,
    witnesses: tuple[bool, bool],
    tags: Sequence[str],
    reading: LearnedReading,
    around: Around,
    owner: float = 1.0,
) -> tuple[float, ...]:
    """The features of a claim that the rules and the learned reader make or not (`witnesses`).

    `tags` are those that its words should bear, `owner` the probability of the object whose value it is.
    """
    by_rules, by_learned = witnesses
    start, end = claim.tokens
    words = reading.words_between(start, end)
    support, least, begins, ends, rival = reading.strengths(start, end, tags)
    key = fold(claim.text)
    places = sum(s.tag == tags[0] and fold(s.text) == key for s in reading.values)
    alone = by_rules and not by_learned
    return (
        float(by_rules),
        float(by_learned),
        float(by_rules and by_learned),
        _logit(support),
        _logit(least),
        begins,
        ends,
        rival,
        _logit(support) if alone else 0.0,
        begins if alone else 0.0,
        math.log1p(places),
        around.agreed,
        math.log1p(around.rules),
        math.log1p(around.learned),
        math.log1p(words),
        owner,
    )


def _logit(share: float) -> float:
    bounded = min(0.995, max(0.005, share))
    return math.log(bounded / (1 - bounded)) / 5
