"""The likeliest reading of a whole line: every word in the company of its neighbours."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.corrections.candidates import Candidate, Candidates
from avskrift.corrections.lexicon import Lexicon
from avskrift.corrections.tokens import Chunk

_TRUST_PAIRS = 0.65
_BEAM = 10
_SIGN = 2.9
"""The cost of a full stop or a comma after any word: about one in eighteen words of running text has each."""
_LONGEST_MERGE = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """chunks[first:last] are read as `text`, by `rule`, with a probability."""

    first: int
    last: int
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Edge:
    first: int
    last: int
    candidate: Candidate
    cost: float


@dataclass(frozen=True, slots=True)
class _State:
    cost: float
    word: str | None
    edge: _Edge | None
    before: "_State | None"


def decode(
    chunks: Sequence[Chunk], candidates: Candidates, lexicon: Lexicon, before: str | None = None
) -> tuple[list[Choice], str | None]:
    """The choices that differ from the reading, left to right, and the last word as it is now read.

    `before` is the word that the first chunk follows, where a sentence runs on from the line before.
    """
    edges = _edges(chunks, candidates)
    states: list[list[_State]] = [[_State(0.0, before, None, None)]] + [[] for _ in chunks]
    for place in range(len(chunks)):
        best: dict[str | None, _State] = {}
        for state in states[place]:
            old = best.get(state.word)
            if old is None or state.cost < old.cost:
                best[state.word] = state
        alive = sorted(best.values(), key=lambda s: s.cost)[:_BEAM]
        for state in alive:
            chunk = chunks[place]
            context = state.word if chunk.joined or place == 0 else chunk.before
            for edge in edges[place]:
                cost = state.cost + edge.cost + _language(context, edge.candidate, chunks[edge.last - 1].after, lexicon)
                states[edge.last].append(_State(cost, edge.candidate.words[-1], edge, state))
    end: _State | None = min(states[-1], key=lambda s: s.cost) if chunks else None
    path: list[_Edge] = []
    while end is not None and end.edge is not None:
        path.append(end.edge)
        end = end.before
    path.reverse()
    choices = [
        Choice(e.first, e.last, e.candidate.text, e.candidate.rule, _confidence(path, i, edges, chunks, lexicon))
        for i, e in enumerate(path)
        if e.candidate.rule
    ]
    return choices, path[-1].candidate.words[-1] if path else None


def _edges(chunks: Sequence[Chunk], candidates: Candidates) -> list[list[_Edge]]:
    """For each chunk the readings that begin there."""
    found: list[list[_Edge]] = []
    for place, chunk in enumerate(chunks):
        if chunk.fixed:
            low = "#" if chunk.text[0].isdigit() else chunk.text.lower()
            found.append([_Edge(place, place + 1, Candidate(chunk.text, (low,), 0.0, 10.0, 0.0, True, ""), 0.0)])
            continue
        here = [_Edge(place, place + 1, c, c.channel + _case(chunk, c)) for c in candidates.of(chunk.text)]
        for last in range(place + 2, min(len(chunks), place + _LONGEST_MERGE) + 1):
            group = chunks[place:last]
            if any(c.fixed or not c.joined for c in group[1:]):
                break
            merged = candidates.merged(tuple(c.text for c in group))
            if merged is not None:
                here.append(_Edge(place, last, merged, merged.channel))
        found.append(here)
    return found


def _case(chunk: Chunk, candidate: Candidate) -> float:
    """What the case of a word inside a sentence says against a reading: names are capitalised, others not."""
    if chunk.fresh or not candidate.known:
        return 0.0
    share = min(0.97, max(0.03, candidate.capital))
    return -math.log(share if candidate.text[:1].isupper() else 1.0 - share)


def _language(before: str | None, candidate: Candidate, after: str | None, lexicon: Lexicon) -> float:
    """The cost of the candidate's words after `before` and of the sign `after` them: pairs and single words."""
    cost = _pair(before, candidate.words[0], candidate.prior, lexicon)
    for one, other in zip(candidate.words, candidate.words[1:], strict=False):
        entry = lexicon.entry(other)
        cost += _pair(one, other, entry.cost if entry is not None else 20.0, lexicon)
    if after is not None:
        cost += _pair(candidate.words[-1], after, _SIGN, lexicon)
    return cost


def _pair(before: str | None, word: str, prior: float, lexicon: Lexicon) -> float:
    seen = lexicon.after(before, word) if before is not None else 0.0
    return (
        -math.log(_TRUST_PAIRS * seen + (1 - _TRUST_PAIRS) * math.exp(-prior)) if before is not None else prior + 1.05
    )


def _confidence(
    path: Sequence[_Edge], index: int, edges: Sequence[Sequence[_Edge]], chunks: Sequence[Chunk], lexicon: Lexicon
) -> float:
    """How sure a choice is: its cost against the best other reading of the same chunks, neighbours as chosen.

    The logistic curve's slope and offset were set by hand on a few texts: an order of sureness, not yet a
    calibrated probability.
    """
    chosen = path[index]
    first = chunks[chosen.first]
    before = path[index - 1].candidate.words[-1] if index and first.joined else first.before
    sign = chunks[chosen.last - 1].after
    follower = path[index + 1] if index + 1 < len(path) and chunks[path[index + 1].first].joined else None

    def local(edge: _Edge) -> float:
        cost = edge.cost + _language(before, edge.candidate, sign, lexicon)
        if follower is not None:
            cost += _language(edge.candidate.words[-1], follower.candidate, None, lexicon)
        return cost

    own = local(chosen)
    others = [
        local(e) for e in edges[chosen.first] if e.last == chosen.last and e.candidate.text != chosen.candidate.text
    ]
    margin = (min(others) if others else own + 6.0) - own
    return round(1.0 / (1.0 + math.exp(-(0.6 * margin + 0.8))), 3)
