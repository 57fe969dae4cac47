"""The likeliest reading of a whole line: every word in the company of its neighbours.

A reading's cost is the sum of what the confusions table, the counted word pairs and the learned restorer say.
Words on which the restorer and the lexicon agree are settled first and are only context for the others.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from avskrift.corrections import confidence
from avskrift.corrections.candidates import Candidate, Candidates
from avskrift.corrections.homographs import Context, homographs
from avskrift.corrections.language_model import following
from avskrift.corrections.names import as_read, name_key
from avskrift.corrections.parallel_readings import Beside, Witnesses
from avskrift.corrections.rules import load
from avskrift.corrections.tagger import TagLattice
from avskrift.corrections.tokens import Chunk
from avskrift.language.compounds import agrees
from avskrift.language.lexicon import STRIP, Lexicon

_BEAM, _WIDE, _DEAR = 6, 7, 14.0
"""How many last words are followed, how many readings of a chunk, and how much dearer than the best."""
_LONGEST_MERGE = 3
_CHANNEL, _NETWORK, _LANGUAGE = 0.6, 0.7, 0.7
"""The weights of the confusions table, of the restorer and of the counted words and pairs."""
_HOMOGRAPH = 1.2
"""The weight of what the surroundings say about words that only marks tell apart."""
_FAR = 7.0
"""A form this much rarer than its commonest sister needs no weighing against it."""
_SURE_FORM = math.log(0.97)
_NO_WORD = 2.0
"""What a reading in small letters costs that is no word, beyond what the language says."""
_CASE, _ALL_CAPITALS = 1.0, 16
"""The weight of what capitals say; a shorter line in capitals may be an abbreviation."""
_LOOKS_SMALL = "I"
"""Capitals that may be small letters misread."""
_LABEL = 5.0
"""How much likelier a word is that stands before a colon as labels do."""
_NO_RIVAL = 9.0
_AGREED = math.log(0.3)
"""What a name that the document agrees on is given at least."""
_LIKELY, _STRAY = math.log(0.25), -6.5
_SETTLED = math.log(0.985)
"""A reading that the restorer gives this log-probability and the lexicon knows is not weighed further."""
_ALONE = math.log(0.85)
"""What is asked of the restorer where the lexicon knows no other reading than the restorer's."""


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
    told: float
    sisters: tuple[tuple[str, float], ...] = ()
    """The forms, with costs, among which the surroundings chose this one; else pairs of words tell them apart."""


@dataclass(frozen=True, slots=True)
class _State:
    cost: float
    word: str | None
    edge: _Edge | None
    before: "_State | None"


class Decoder:
    """Decodes lines of one text, with the evidence that its words, its restorer and its witnesses give."""

    def __init__(
        self,
        candidates: Candidates,
        lexicon: Lexicon,
        witnesses: Witnesses | None = None,
        names: Mapping[str, str] | None = None,
        surroundings: Context | None = None,
        capitalised: frozenset[str] = frozenset(),
        terms: frozenset[str] = frozenset(),
    ) -> None:
        """`names` are names that the document agrees on, by `names.name_key`.

        `capitalised` holds the strings that stand capitalised inside sentences somewhere, `terms` those that the
        document always writes so: *Parterna*.
        """
        self._capitalised, self._terms = capitalised, terms
        self._surroundings, self._homographs = surroundings, homographs(lexicon)
        self._candidates, self._lexicon, self._witnesses = candidates, lexicon, witnesses
        self._names = names or {}
        self._near = lru_cache(maxsize=20_000)(self._near_forms)

    def decode(
        self, number: int, chunks: Sequence[Chunk], verdict: TagLattice, before: str | None = None
    ) -> tuple[list[Choice], str | None]:
        """The choices that differ from line `number`, left to right, and the last word as it is now read.

        `before` is the word that the first chunk follows, where a sentence runs on from the line before.
        """
        line = _Line(number, chunks, verdict, [self._settled(number, chunk, verdict) for chunk in chunks])
        choices: list[Choice] = []
        place = 0
        while place < len(chunks):
            edge = line.settled[place]
            if edge is not None:
                if edge.candidate.rule:
                    choices.append(self._choice(replace(edge, first=place, last=place + 1), _NO_RIVAL, chunks))
                before = edge.candidate.words[-1]
                place += 1
                continue
            end = place + 1
            while end < len(chunks) and (line.settled[end] is None or line.settled[end - 1] is None):
                end += 1  # one settled word more, as context
            found, before = self._weighed(line, place, end, before)
            choices += found
            place = end
        return choices, before

    def _settled(self, number: int, chunk: Chunk, verdict: TagLattice) -> _Edge | None:
        """The reading of a chunk that needs no weighing: a fixed string, or what restorer and lexicon both say."""
        if chunk.fixed:
            low = "#" if chunk.text[0].isdigit() else chunk.text.lower()
            return _Edge(0, 1, Candidate(chunk.text, (low,), 0.0, 10.0, 0.0, True, ""), 0.0, 0.0)
        end = min(chunk.end + 1, len(verdict.line))
        sure = verdict.sureness(chunk.start, end)
        if sure < _ALONE or verdict.changes(chunk.end, end):
            return None
        changes = verdict.changes(chunk.start, chunk.end)
        text = verdict.reading(chunk.start, chunk.end) if changes else chunk.text
        for beside in self._beside(number, chunk.start, chunk.end, chunk.text):
            if text not in (beside.likeliest, beside.text):
                return None
        candidate = self._candidates.proposed(chunk.text, text) if changes else self._candidates.as_read(chunk.text)
        if candidate is None or not candidate.known:
            return None
        if sure < _SETTLED and not self._alone(chunk.text, text):
            return None
        forms = self._forms(number, chunk)
        if forms and forms.get(text.lower(), 0.0) < _SURE_FORM:
            return None
        return _Edge(0, 1, candidate, 0.0, sure)

    def _alone(self, read: str, text: str) -> bool:
        """Whether `text` is the one word that a string can be once its marks are given back."""
        low = read.lower()
        forms = self._lexicon.forms_of(low.translate(STRIP))
        return len(text) == len(read) > 3 and len(forms) == 1 and forms[0] == text.lower()

    def _forms(self, number: int, chunk: Chunk) -> dict[str, float]:
        """The log-probabilities of the forms that a chunk may be one of, by its surroundings; none if only one."""
        near = self._near(chunk.text)
        if len(near) < 2 or self._surroundings is None:
            return {}
        features = self._surroundings.features(number, chunk.start)
        return self._homographs.chances(near, features) if features is not None else {}

    def _near_forms(self, text: str) -> tuple[str, ...]:
        """The known forms that a string may show, those left out that are much rarer than the commonest."""
        low = text.lower()
        costs = {
            form: entry.cost
            for form in self._lexicon.forms_of(low.translate(STRIP))
            if agrees(form, low) and (entry := self._lexicon.entry(form)) is not None
        }
        limit = min(costs.values(), default=0.0) + _FAR
        return tuple(form for form, cost in costs.items() if cost < limit)

    def _beside(self, number: int, start: int, end: int, read: str) -> list[Beside]:
        """The other readings of a stretch; one that reads the very same tells nothing new."""
        if self._witnesses is None:
            return []
        return [b for b in self._witnesses.of(number, start, end) if b.text != read]

    def _weighed(self, line: "_Line", first: int, end: int, before: str | None) -> tuple[list[Choice], str | None]:
        """The cheapest path through the readings of chunks[first:end]."""
        edges = {place: self._edges(line, place, end) for place in range(first, end)}
        states: dict[int, list[_State]] = {first: [_State(0.0, before, None, None)]}
        for place in range(first, end):
            best: dict[str | None, _State] = {}
            for state in states.get(place, ()):
                old = best.get(state.word)
                if old is None or state.cost < old.cost:
                    best[state.word] = state
            chunk = line.chunks[place]
            for state in sorted(best.values(), key=lambda s: s.cost)[:_BEAM]:
                context = state.word if chunk.joined or place == 0 else chunk.before
                for edge in edges[place]:
                    after = line.chunks[edge.last - 1].after
                    language = following(context, edge.candidate, edge.sisters, after, self._lexicon)
                    cost = state.cost + edge.cost + _LANGUAGE * language
                    states.setdefault(edge.last, []).append(_State(cost, edge.candidate.words[-1], edge, state))
        reached: _State | None = min(states[end], key=lambda s: s.cost)
        path: list[_Edge] = []
        while reached is not None and reached.edge is not None:
            path.append(reached.edge)
            reached = reached.before
        path.reverse()
        choices = [
            self._choice(e, _margin(path, i, edges[e.first], line.chunks, self._lexicon), line.chunks)
            for i, e in enumerate(path)
            if e.candidate.rule
        ]
        return choices, path[-1].candidate.words[-1]

    def _choice(self, edge: _Edge, margin: float, chunks: Sequence[Chunk]) -> Choice:
        """An edge as a choice, with the probability that it is right."""
        read = [chunk.text for chunk in chunks[edge.first : edge.last]]
        candidate = edge.candidate
        was_known = all(self._candidates.as_read(text).known for text in read)
        size = sum(map(len, read))
        sure = confidence.probability(candidate.rule, margin, edge.told, candidate.known, was_known, size)
        return Choice(edge.first, edge.last, candidate.text, candidate.rule, sure)

    def _edges(self, line: "_Line", place: int, stop: int) -> list[_Edge]:
        """The readings that begin at a chunk."""
        ready = line.settled[place]
        if ready is not None:
            return [replace(ready, first=place, last=place + 1)]
        chunk = line.chunks[place]
        gap = _gap(line.chunks, place, line.verdict)
        found = []
        label = chunk.fresh and line.verdict.line[chunk.end : chunk.end + 1] == ":"
        forms = self._forms(line.number, chunk)
        sisters = tuple((f, self._lexicon.cost(f)) for f in forms)
        for c, told in self._readings(line, chunk):
            cost = _CHANNEL * c.channel + _NETWORK * (gap - told)
            cost += _CASE * self._case(line.verdict.line, chunk, c)
            if not c.known and not chunk.text[0].isupper():
                cost += _NO_WORD
            if label and c.known and c.words[0] in _labels():
                cost -= _LABEL
            apart = c.words[0] in forms and len(c.words) == 1
            if apart:
                cost -= _HOMOGRAPH * forms[c.words[0]]
            found.append(_Edge(place, place + 1, c, cost, told, sisters if apart else ()))
        found = _cheapest(found)
        for last in range(place + 2, min(stop, place + _LONGEST_MERGE) + 1):
            group = line.chunks[place:last]
            if any(c.fixed or not c.joined for c in group[1:]):
                break
            merged = self._merged(line, group)
            if merged is not None:
                candidate, told = merged
                cost = _CHANNEL * candidate.channel + _NETWORK * (_gap(line.chunks, last - 1, line.verdict) - told)
                found.append(_Edge(place, last, candidate, cost, told))
        return found

    def _case(self, line: str, chunk: Chunk, candidate: Candidate) -> float:
        """What the case of a word inside a sentence says against a reading: names are capitalised, others not, and
        abbreviations are what stands in capitals among small letters."""
        if not candidate.known:
            return 0.0
        least = 0.03
        if len(chunk.text) > 1 and chunk.text.isupper() and (not line.isupper() or len(line) < _ALL_CAPITALS):
            least = 0.005
        elif chunk.fresh and chunk.text not in self._capitalised:
            lowered = chunk.text[0].isupper() and chunk.text[0] not in _LOOKS_SMALL and candidate.text[0].islower()
            return -math.log(least) if lowered else 0.0  # what begins here stood in a capital
        usual = 1.0 if chunk.text in self._terms else candidate.capital
        share = min(1 - least, max(least, usual))
        return -math.log(share if candidate.text[:1].isupper() else 1.0 - share)

    def _merged(self, line: "_Line", group: Sequence[Chunk]) -> tuple[Candidate, float] | None:
        """One word that spaces part into `group`, with the log-probability that the restorer gives it."""
        start, end = group[0].start, group[-1].end
        for beside in self._beside(line.number, start, end, line.verdict.line[start:end]):
            text = beside.likeliest
            proposed = self._candidates.proposed("".join(c.text for c in group), text)
            if " " not in text and proposed is not None and proposed.known:
                told = line.verdict.log_probability(start, end, text)
                return replace(proposed, rule="witness", channel=0.0), told + beside.verdict.log_probability(
                    beside.start, beside.end, text
                )
        if not _may_join(group[-2].end, line.verdict):
            return None
        joined = "".join(c.text for c in group)
        for text, told in line.verdict.readings(start, end):
            proposed = self._candidates.merged(tuple(c.text for c in group), joined, text) if " " not in text else None
            if proposed is not None:
                return proposed, told
        return None

    def _readings(self, line: "_Line", chunk: Chunk) -> list[tuple[Candidate, float]]:
        """What a chunk may have been, with the log-probability that the restorer gives each, in all readings.

        The restorer's own readings come first; the confusions table is asked only where none of them is both
        likely and known.
        """
        candidates, verdict = self._candidates, line.verdict
        beside = self._beside(line.number, chunk.start, chunk.end, chunk.text)
        found: dict[str, tuple[Candidate, float]] = {}
        sure = False
        for text, told in verdict.readings(chunk.start, chunk.end):
            proposed = candidates.as_read(chunk.text) if text == chunk.text else candidates.proposed(chunk.text, text)
            if proposed is not None:
                found[text] = (proposed, told)
                sure = sure or (proposed.known and told > _LIKELY)
        for other in beside:
            for text in {other.text, *(t for t, _ in other.verdict.readings(other.start, other.end)[:4])}:
                proposed = candidates.proposed(chunk.text, text) if text not in found else None
                if proposed is not None:
                    found[text] = (
                        replace(proposed, rule="witness", channel=0.0),
                        verdict.log_probability(chunk.start, chunk.end, text),
                    )
                    sure = sure or proposed.known
        name = self._names.get(name_key(chunk.text)) if self._names and chunk.text[0].isupper() else None
        if name is not None:
            text = as_read(name, chunk.text)
            told = verdict.log_probability(chunk.start, chunk.end, text)
            found[text] = (candidates.agreed(chunk.text, text), max(told, _AGREED))
            sure = True
        for more in candidates.dressed(chunk.text) if sure else candidates.of(chunk.text):
            told = (
                found[more.text][1]
                if more.text in found
                else verdict.log_probability(chunk.start, chunk.end, more.text)
            )
            found[more.text] = (more, told)
        return [
            (c, told + sum(b.verdict.log_probability(b.start, b.end, text) for b in beside))
            for text, (c, told) in found.items()
        ]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    chunks: Sequence[Chunk]
    verdict: TagLattice
    settled: Sequence[_Edge | None]


@cache
def _labels() -> frozenset[str]:
    return frozenset(load("labels")["labels"])


def _cheapest(edges: list[_Edge]) -> list[_Edge]:
    """The readings worth following, the one as read among them."""
    if len(edges) <= 2:
        return edges
    ranked = sorted(edges, key=lambda e: e.cost + _LANGUAGE * e.candidate.prior)
    limit = ranked[0].cost + _LANGUAGE * ranked[0].candidate.prior + _DEAR
    kept = [e for e in ranked[:_WIDE] if e.cost + _LANGUAGE * e.candidate.prior < limit]
    return kept if any(not e.candidate.rule for e in kept) else [*kept, *(e for e in ranked if not e.candidate.rule)]


def _may_join(at: int, verdict: TagLattice) -> bool:
    """Whether the space at `at` may be a stray one."""
    return verdict.log_probability(at, at + 1, "") > _STRAY


def _gap(chunks: Sequence[Chunk], place: int, verdict: TagLattice) -> float:
    """The cost of keeping the single space after a chunk, as the restorer sees it; 0 at the end and before signs."""
    if place + 1 >= len(chunks) or not chunks[place + 1].joined:
        return 0.0
    at = chunks[place].end
    return -verdict.log_probability(at, at + 1, " ")


def _margin(
    path: Sequence[_Edge], index: int, rivals: Sequence[_Edge], chunks: Sequence[Chunk], lexicon: Lexicon
) -> float:
    """How much cheaper a choice is than the best other reading of the same chunks, neighbours as chosen."""
    chosen = path[index]
    first = chunks[chosen.first]
    before = path[index - 1].candidate.words[-1] if index and first.joined else first.before
    sign = chunks[chosen.last - 1].after
    follower = path[index + 1] if index + 1 < len(path) and chunks[path[index + 1].first].joined else None

    def local(edge: _Edge) -> float:
        cost = edge.cost + _LANGUAGE * following(before, edge.candidate, edge.sisters, sign, lexicon)
        if follower is not None:
            last = edge.candidate.words[-1]
            cost += _LANGUAGE * following(last, follower.candidate, follower.sisters, None, lexicon)
        return cost

    own = local(chosen)
    others = [local(e) for e in rivals if e.last == chosen.last and e.candidate.text != chosen.candidate.text]
    return (min(others) if others else own + _NO_RIVAL) - own
