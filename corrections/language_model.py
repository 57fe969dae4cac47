"""How likely a word is after another and before a sign, by counted pairs of neighbours and counted words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from avskrift.corrections.candidates import Candidate
from avskrift.language.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Settings:
    """Costs are negative natural logarithms of probabilities."""

    pair_weight: float = 0.65  # the weight (0 to 1) of counted pairs against single words where a pair was looked for
    sign_cost: float = 2.9
    """The cost of a full stop or a comma after any word: about one in eighteen words of running text has each."""
    no_context: float = 1.05  # what a word costs more where nothing is known of the word before it


SETTINGS = Settings()


def following(
    before: str | None,
    candidate: Candidate,
    homographs: Sequence[tuple[str, float]],
    after: str | None,
    lexicon: Lexicon,
) -> float:
    """The cost (negative natural logarithm) of the words of a `candidate` after a word, and of a sign after them.

    `before` is the word that they follow, `after` the sign that follows them; None says nothing of what stands there.
    `homographs` are the forms, with costs, among which the context chose this one: then it is the cost that any of
    them stands there. `lexicon` has the counted words and pairs.
    """
    if homographs:
        cost = -math.log(sum(math.exp(-_pair(before, form, prior, lexicon)) for form, prior in homographs))
    else:
        cost = _pair(before, candidate.words[0], candidate.prior, lexicon)
    for one, other in pairwise(candidate.words):
        cost += _pair(one, other, lexicon.cost(other), lexicon)
    if after is not None:
        cost += _pair(candidate.words[-1], after, SETTINGS.sign_cost, lexicon)
    return cost


def _pair(before: str | None, word: str, prior: float, lexicon: Lexicon) -> float:
    """The cost of `word`, by itself `prior`, after `before`."""
    if before is None:
        return prior + SETTINGS.no_context
    weight = SETTINGS.pair_weight
    return -math.log(weight * lexicon.after(before, word) + (1 - weight) * math.exp(-prior))
