"""How likely a word is after another and before a sign, by counted pairs of neighbours and counted words."""

import math
from collections.abc import Sequence

from avskrift.corrections.candidates import Candidate
from avskrift.language.lexicon import Lexicon

_TRUST_PAIRS = 0.65
"""The weight of counted pairs against single words where a pair was looked for."""
_SIGN = 2.9
"""The cost of a full stop or a comma after any word: about one in eighteen words of running text has each."""
_NO_CONTEXT = 1.05


def following(
    before: str | None, candidate: Candidate, sisters: Sequence[tuple[str, float]], after: str | None, lexicon: Lexicon
) -> float:
    """The cost (negative natural logarithm) of a reading's words after `before`, and of the sign `after` them.

    `sisters` are the forms, with costs, among which the surroundings chose this one: then it is the cost that any of
    them stands there. None for `before` or `after` says nothing of what stands there.
    """
    if sisters:
        cost = -math.log(sum(math.exp(-_pair(before, form, prior, lexicon)) for form, prior in sisters))
    else:
        cost = _pair(before, candidate.words[0], candidate.prior, lexicon)
    for one, other in zip(candidate.words, candidate.words[1:], strict=False):
        cost += _pair(one, other, lexicon.cost(other), lexicon)
    if after is not None:
        cost += _pair(candidate.words[-1], after, _SIGN, lexicon)
    return cost


def _pair(before: str | None, word: str, prior: float, lexicon: Lexicon) -> float:
    if before is None:
        return prior + _NO_CONTEXT
    seen = lexicon.after(before, word)
    return -math.log(_TRUST_PAIRS * seen + (1 - _TRUST_PAIRS) * math.exp(-prior))
