"""The likeliest reading of a whole line: a beam search for the cheapest path through its word lattice.

A path costs what its edges cost and what the counted words and pairs say of words that follow each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from avskrift.corrections import confidence
from avskrift.corrections.language_model import following
from avskrift.corrections.tag_lattice import TagLattice
from avskrift.corrections.tokens import Token
from avskrift.corrections.word_lattice import SETTINGS as WEIGHTS
from avskrift.corrections.word_lattice import Edge, Evidence, TokenLine, WordLattice
from avskrift.models.edits import Edit


@dataclass(frozen=True, slots=True)
class Settings:
    """How far readings are followed."""

    beam: int = 6  # how many last words are followed at each token
    no_rival: float = 9.0
    """How much cheaper than its best rival a choice counts that has none (negative natural logarithm)."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class _State:
    """The cheapest way to a place with one last word."""

    cost: float
    word: str | None
    edge: Edge | None
    before: "_State | None"


class Decoder:
    """Decodes the lines of one text."""

    def __init__(self, evidence: Evidence) -> None:
        self._candidates, self._lexicon = evidence.candidates, evidence.lexicon
        self._lattice = WordLattice(evidence)

    def decode(
        self, number: int, tokens: Sequence[Token], lattice: TagLattice, before: str | None = None
    ) -> tuple[list[Edit], str | None]:
        """The edits that the likeliest reading makes, left to right, and the last word as it is now read.

        `number` is the place of the line in the text, `tokens` those of the line that may be read anew, `lattice` what
        the tagger says of the line; `before` is the word that the first token follows, where a sentence runs on from
        the line before.
        """
        line = self._lattice.line(number, tokens, lattice)
        edits: list[Edit] = []
        for first, end in _stretches(line):
            settled = line.settled[first]
            if settled is not None:  # a stretch that begins with a settled token is that token
                path = [replace(settled, first=first, last=end)]
                margins = [SETTINGS.no_rival]
            else:
                edges = {place: self._lattice.edges(line, place, end) for place in range(first, end)}
                path = self._cheapest_path(line, edges, (first, end), before)
                margins = [self._margin(line, path, index, edges[edge.first]) for index, edge in enumerate(path)]
            edits += [
                self._edit(line, edge, margin)
                for edge, margin in zip(path, margins, strict=True)
                if edge.candidate.rule
            ]
            before = path[-1].candidate.words[-1]
        return edits, before

    def _cheapest_path(
        self, line: TokenLine, edges: Mapping[int, Sequence[Edge]], span: tuple[int, int], before: str | None
    ) -> list[Edge]:
        """The cheapest path over the tokens of `span` through their `edges`, which follow the word `before`."""
        first, end = span
        states: dict[int, list[_State]] = {first: [_State(0.0, before, None, None)]}
        for place in range(first, end):
            token = line.tokens[place]
            for state in _beam(states.get(place, ())):
                context = state.word if token.joined or place == 0 else token.before
                for edge in edges[place]:
                    cost = state.cost + edge.cost + self._language_cost(line, context, edge)
                    states.setdefault(edge.last, []).append(_State(cost, edge.candidate.words[-1], edge, state))
        reached = min(states[end], key=lambda s: s.cost)
        return list(_edges_to(reached))[::-1]

    def _language_cost(self, line: TokenLine, before: str | None, edge: Edge) -> float:
        """What counted words and pairs say against an edge after a word."""
        after = line.tokens[edge.last - 1].after
        return WEIGHTS.language * following(before, edge.candidate, edge.homographs, after, self._lexicon)

    def _margin(self, line: TokenLine, path: Sequence[Edge], index: int, rivals: Sequence[Edge]) -> float:
        """How much cheaper an edge of the path is than the best other reading of its tokens, neighbours as chosen."""
        chosen = path[index]
        token = line.tokens[chosen.first]
        before = path[index - 1].candidate.words[-1] if index and token.joined else token.before
        follower = path[index + 1] if index + 1 < len(path) and line.tokens[path[index + 1].first].joined else None

        def cost_here(edge: Edge) -> float:
            cost = edge.cost + self._language_cost(line, before, edge)
            if follower is not None:
                last, homographs = edge.candidate.words[-1], follower.homographs
                cost += WEIGHTS.language * following(last, follower.candidate, homographs, None, self._lexicon)
            return cost

        own = cost_here(chosen)
        others = [cost_here(e) for e in rivals if e.last == chosen.last and e.candidate.text != chosen.candidate.text]
        return (min(others) if others else own + SETTINGS.no_rival) - own

    def _edit(self, line: TokenLine, edge: Edge, margin: float) -> Edit:
        """An edge as an edit of the line, with the probability that it is right."""
        tokens = line.tokens[edge.first : edge.last]
        candidate = edge.candidate
        sure = confidence.probability(
            candidate.rule,
            confidence.features(
                margin,
                edge.log_prob,
                known=candidate.known,
                was_known=all(self._candidates.as_read(token.text).known for token in tokens),
                length=sum(len(token.text) for token in tokens),
            ),
        )
        return Edit(tokens[0].start, tokens[-1].end, candidate.text, candidate.rule, sure)


def _stretches(line: TokenLine) -> Iterator[tuple[int, int]]:
    """The tokens of a line that are weighed together: each settled one by itself, and those between, with one settled
    token more as context."""
    first, size = 0, len(line.tokens)
    while first < size:
        end = first + 1
        if line.settled[first] is None:
            while end < size and (line.settled[end] is None or line.settled[end - 1] is None):
                end += 1
        yield first, end
        first = end


def _beam(states: Sequence[_State]) -> list[_State]:
    """The cheapest states, one for each last word."""
    best: dict[str | None, _State] = {}
    for state in states:
        old = best.get(state.word)
        if old is None or state.cost < old.cost:
            best[state.word] = state
    return sorted(best.values(), key=lambda s: s.cost)[: SETTINGS.beam]


def _edges_to(state: _State | None) -> Iterator[Edge]:
    """The edges that lead to a state, the last one first."""
    while state is not None and state.edge is not None:
        yield state.edge
        state = state.before
