"""What the judge knows of a claim: who makes it, how sure the network is of its words and their ends, what else speaks
for it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

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
    "rules rich",
    "learned rich",
    "binding",
    "unknown words",
    "rules alone unknown words",
    "tokens",
    "rules alone tokens",
)
"""The features, in the order of the weights."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of all claims of a field in a document: how many each witness makes, how many they share, and
    whether the document binds somebody (an agreement, a plan) or only tells of others that do."""

    rules: int
    learned: int
    shared: int
    binding: bool = True

    @property
    def agreed(self) -> float:
        """The share of all claims that both make; 0.5 where there are none."""
        every = self.rules + self.learned - self.shared
        return self.shared / every if every else 0.5


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind a claim: the places where the witnesses read it (tokens from and behind), who makes it, and
    how many values more each of them tells of the same object."""

    places: tuple[tuple[int, int], ...]
    by_rules: bool
    by_learned: bool
    rules_rich: int = 0
    learned_rich: int = 0


def features_of(
    claim: Claim,
    behind: Support,
    tags: Sequence[str],
    reading: LearnedReading,
    around: Around,
    owner: float = 1.0,
) -> tuple[float, ...]:
    """The features of a `claim`, by the place of it where the network is surest.

    `behind` says who makes it, `reading` is what the network says of the document, `around` what is known of all
    claims of the field. `tags` are those that its words should bear, `owner` the probability of the object whose value
    it is.
    """
    by_rules, by_learned = behind.by_rules, behind.by_learned
    words = reading.words_between(*claim.tokens)
    support, least, begins, ends, rival = max(reading.strengths(*place, tags) for place in behind.places)
    places = reading.times_named(tags[0], claim.text)
    alone = by_rules and not by_learned
    unknown, size = 5 * reading.document.unknown_words, math.log1p(len(reading.document.tokens)) / 8
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
        math.log1p(behind.rules_rich),
        math.log1p(behind.learned_rich),
        float(around.binding),
        unknown,
        unknown if alone else 0.0,
        size,
        size if alone else 0.0,
    )


def _logit(share: float) -> float:
    bounded = min(0.995, max(0.005, share))
    return math.log(bounded / (1 - bounded)) / 5
