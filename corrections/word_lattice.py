"""What each token of a line may have been, each reading with its cost: the edges among which the decoder finds a path.

A reading's cost is the sum of what the confusions table, the learned tagger, the case of the token and the words around
a homograph say. Tokens on which the tagger and the lexicon agree are settled: they have one edge and are only context
for the others.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from avskrift.corrections.candidates import Candidate, Candidates
from avskrift.corrections.damage import known_forms
from avskrift.corrections.homographs import Context, homographs
from avskrift.corrections.names import as_read, name_key
from avskrift.corrections.parallel_readings import AlignedStretch, ParallelReadings
from avskrift.corrections.rules import load
from avskrift.corrections.tag_lattice import TagLattice
from avskrift.corrections.tokens import Token
from avskrift.language.fold import without_marks
from avskrift.language.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Settings:
    """Costs are negative natural logarithms of probabilities, tuned on damaged text (training/calibrate.py)."""

    most_readings: int = 7  # how many readings of a token are followed
    dearest: float = 14.0  # how much dearer than the best they may be
    longest_merge: int = 3  # tokens that may be one word that stray spaces part
    channel: float = 0.6  # the weight of the confusions table
    network: float = 0.7  # of the tagger
    language: float = 0.7  # of the counted words and pairs
    homograph: float = 1.2  # the weight of what the context says about words that only marks tell apart
    rare_form: float = 7.0  # a form this much rarer than the commonest of its homographs needs no weighing against it
    sure_form: float = math.log(0.97)  # the log-probability from which the context has chosen a homograph
    no_word: float = 2.0  # what a reading in small letters costs that is no word, beyond what the language says
    case: float = 1.0  # the weight of what capitals say
    least_share: float = 0.03
    least_share_capitals: float = 0.005
    """The least probability that is given to a case, and to that of a token in capitals among small letters."""
    all_capitals: int = 16  # a shorter line (in signs) in capitals may be an abbreviation
    label: float = 5.0  # how much likelier a word is that stands before a colon as labels do
    agreed: float = math.log(0.3)  # what a name that the document agrees on is given at least (log-probability)
    likely: float = math.log(0.25)
    """The log-probability from which a known reading of the tagger needs no confusions table."""
    stray_space: float = -6.5  # the log-probability from which a space may be a stray one
    settled: float = math.log(0.985)
    """A reading that the tagger gives this log-probability and the lexicon knows is not weighed further."""
    only_form: float = math.log(0.85)
    """What is asked of the tagger where the lexicon knows no other reading than the tagger's."""
    only_form_length: int = 4  # signs of such a word
    parallel_readings: int = 4  # readings of a parallel stretch that are taken over


SETTINGS = Settings()
_LOOKS_SMALL = "I"
"""Capitals that may be small letters misread."""
_CACHED = 20_000


@dataclass(frozen=True, slots=True)
class Edge:
    """tokens[first:last] are read as `candidate`, at `cost`; the tagger gives it `log_prob`."""

    first: int
    last: int
    candidate: Candidate
    cost: float
    log_prob: float
    homographs: tuple[tuple[str, float], ...] = ()
    """The forms, with costs, among which the context chose this one; else pairs of words tell them apart."""


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A line of the text: its place, its tokens, what the tagger says of it, and the edges of tokens that are
    settled."""

    number: int
    tokens: Sequence[Token]
    lattice: TagLattice
    settled: Sequence[Edge | None] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a whole text when one of its lines is decoded."""

    candidates: Candidates
    lexicon: Lexicon
    parallel: ParallelReadings | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """Names that the document agrees on, by `names.name_key`."""
    context: Context | None = None
    capitalised: frozenset[str] = frozenset()
    """Strings that stand capitalised inside sentences somewhere."""
    terms: frozenset[str] = frozenset()
    """Words that the document always capitalises: *Parterna*."""


class WordLattice:
    """The edges of the lines of one text."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._candidates, self._lexicon = evidence.candidates, evidence.lexicon
        self._homographs = homographs(evidence.lexicon)
        self._near_forms = lru_cache(maxsize=_CACHED)(self._near_forms_of)

    def line(self, number: int, tokens: Sequence[Token], lattice: TagLattice) -> TokenLine:
        """The line with those tokens settled that need no weighing."""
        line = TokenLine(number, tokens, lattice)
        return replace(line, settled=[self._settled(line, token) for token in tokens])

    def edges(self, line: TokenLine, place: int, stop: int) -> list[Edge]:
        """The readings that begin at the token `place` and end before the token `stop`."""
        ready = line.settled[place]
        if ready is not None:
            return [replace(ready, first=place, last=place + 1)]
        edges = _cheapest(self._single(line, place))
        for last in range(place + 2, min(stop, place + SETTINGS.longest_merge) + 1):
            group = line.tokens[place:last]
            if any(t.fixed or not t.joined for t in group[1:]):
                break
            merged = self._merged(line, group)
            if merged is not None:
                candidate, log_prob = merged
                edges.append(Edge(place, last, candidate, self._cost(line, last - 1, candidate, log_prob), log_prob))
        return edges

    def _settled(self, line: TokenLine, token: Token) -> Edge | None:
        """The reading of a token that needs no weighing: a fixed string, or what tagger and lexicon both say."""
        if token.fixed:
            return _fixed_edge(token.text)
        lattice = line.lattice
        end = min(token.end + 1, len(lattice.line))
        sure = lattice.sureness(token.start, end)
        if sure < SETTINGS.only_form or lattice.changes(token.end, end):
            return None
        changes = lattice.changes(token.start, token.end)
        text = lattice.reading(token.start, token.end) if changes else token.text
        candidate = self._candidates.proposed(token.text, text) if changes else self._candidates.as_read(token.text)
        if candidate is None or not candidate.known or not self._nothing_else(line, token, text, sure):
            return None
        return Edge(0, 1, candidate, 0.0, sure)

    def _nothing_else(self, line: TokenLine, token: Token, text: str, sure: float) -> bool:
        """Whether neither the lexicon nor another reading nor the context knows better than the tagger, who is `sure`
        of `text`."""
        if sure < SETTINGS.settled and not self._is_only_form(token.text, text):
            return False
        others = self._parallel(line.number, token.start, token.end, token.text)
        if any(text not in (other.likeliest, other.text) for other in others):
            return False
        forms = self._forms(line.number, token)
        return not forms or forms.get(text.lower(), 0.0) >= SETTINGS.sure_form

    def _is_only_form(self, read: str, text: str) -> bool:
        """Whether `text` is the one word that a string can be once its marks are given back."""
        if not len(text) == len(read) >= SETTINGS.only_form_length:
            return False
        return list(self._lexicon.forms_of(without_marks(read.lower()))) == [text.lower()]

    def _forms(self, number: int, token: Token) -> dict[str, float]:
        """The log-probabilities of the forms that a token may be one of, by its context; none if only one."""
        near = self._near_forms(token.text)
        if len(near) < 2 or self._evidence.context is None:
            return {}
        features = self._evidence.context.features(number, token.start)
        return self._homographs.log_probabilities(near, features) if features is not None else {}

    def _near_forms_of(self, text: str) -> tuple[str, ...]:
        """The known forms that a string may show, those left out that are much rarer than the commonest."""
        forms = known_forms(text.lower(), self._lexicon)
        limit = min((entry.cost for _, entry in forms), default=0.0) + SETTINGS.rare_form
        return tuple(form for form, entry in forms if entry.cost < limit)

    def _parallel(self, number: int, start: int, end: int, read: str) -> list[AlignedStretch]:
        """The other readings of a stretch; one that reads the very same tells nothing new."""
        if self._evidence.parallel is None:
            return []
        return [a for a in self._evidence.parallel.stretches_at(number, start, end) if a.text != read]

    def _single(self, line: TokenLine, place: int) -> list[Edge]:
        """The readings of one token."""
        token = line.tokens[place]
        forms = self._forms(line.number, token)
        homographs = tuple((form, self._lexicon.cost(form)) for form in forms)
        edges = []
        for candidate, log_prob in self._readings(line, token):
            cost = self._cost(line, place, candidate, log_prob) + self._word_cost(line, token, candidate)
            chosen = forms.get(candidate.words[0]) if len(candidate.words) == 1 else None
            if chosen is None:
                edges.append(Edge(place, place + 1, candidate, cost, log_prob))
            else:
                cost -= SETTINGS.homograph * chosen
                edges.append(Edge(place, place + 1, candidate, cost, log_prob, homographs))
        return edges

    def _word_cost(self, line: TokenLine, token: Token, candidate: Candidate) -> float:
        """What case, the lexicon and a colon behind a token say against a reading."""
        cost = SETTINGS.case * self._case_cost(line.lattice.line, token, candidate)
        if not candidate.known:
            return cost if token.text[0].isupper() else cost + SETTINGS.no_word
        before_colon = token.fresh and line.lattice.line[token.end : token.end + 1] == ":"
        return cost - SETTINGS.label if before_colon and candidate.words[0] in _labels() else cost

    def _cost(self, line: TokenLine, last: int, candidate: Candidate, log_prob: float) -> float:
        """What the confusions table and the tagger say against a reading that ends with the token `last`."""
        kept_space = _kept_space_cost(line, last)
        return SETTINGS.channel * candidate.channel + SETTINGS.network * (kept_space - log_prob)

    def _case_cost(self, line: str, token: Token, candidate: Candidate) -> float:
        """What the case of a word inside a sentence says against a reading: names are capitalised, others not, and
        abbreviations are what stands in capitals among small letters."""
        if not candidate.known:
            return 0.0
        least = SETTINGS.least_share
        if _stands_in_capitals(token.text, line):
            least = SETTINGS.least_share_capitals
        elif token.fresh and token.text not in self._evidence.capitalised:
            return -math.log(least) if _loses_capital(token.text, candidate.text) else 0.0
        usual = 1.0 if token.text in self._evidence.terms else candidate.capital
        share = min(1 - least, max(least, usual))
        return -math.log(share if candidate.text[:1].isupper() else 1.0 - share)

    def _merged(self, line: TokenLine, group: Sequence[Token]) -> tuple[Candidate, float] | None:
        """One word that spaces part into `group`, with the log-probability that the tagger gives it."""
        start, end, gap = group[0].start, group[-1].end, group[-2].end
        parts = tuple(token.text for token in group)
        for other in self._parallel(line.number, start, end, line.lattice.line[start:end]):
            proposed = self._candidates.proposed("".join(parts), other.likeliest)
            if proposed is not None and proposed.known and " " not in proposed.text:
                text = proposed.text
                log_prob = line.lattice.log_probability(start, end, text) + other.log_probability(text)
                return replace(proposed, rule="witness", channel=0.0), log_prob
        if line.lattice.log_probability(gap, gap + 1, "") <= SETTINGS.stray_space:
            return None
        readings = ((self._candidates.merged(parts, text), p) for text, p in line.lattice.readings(start, end))
        return next(((merged, log_prob) for merged, log_prob in readings if merged is not None), None)

    def _readings(self, line: TokenLine, token: Token) -> Iterator[tuple[Candidate, float]]:
        """What a token may have been, with the log-probability that the tagger gives each, in all readings.

        The tagger's own readings come first; the confusions table is asked only where none of them is both
        likely and known.
        """
        found = self._by_tagger(line.lattice, token)
        others = self._parallel(line.number, token.start, token.end, token.text)
        more = self._by_parallel(line.lattice, token, others, found)
        name = self._agreed_name(line.lattice, token)
        sure = (
            name is not None
            or any(candidate.known and log_prob > SETTINGS.likely for candidate, log_prob in found.values())
            or any(candidate.known for candidate, _ in more.values())
        )
        found |= more
        if name is not None:
            found[name[0].text] = name
        for candidate in (self._candidates.with_diacritics if sure else self._candidates.of)(token.text):
            _, log_prob = found.get(candidate.text) or (None, _log_prob(line.lattice, token, candidate.text))
            found[candidate.text] = (candidate, log_prob)
        for text, (candidate, log_prob) in found.items():
            yield candidate, log_prob + sum(other.log_probability(text) for other in others)

    def _by_tagger(self, lattice: TagLattice, token: Token) -> dict[str, tuple[Candidate, float]]:
        found: dict[str, tuple[Candidate, float]] = {}
        for text, log_prob in lattice.readings(token.start, token.end):
            as_it_is = text == token.text
            proposed = self._candidates.as_read(text) if as_it_is else self._candidates.proposed(token.text, text)
            if proposed is not None:
                found[text] = (proposed, log_prob)
        return found

    def _by_parallel(
        self,
        lattice: TagLattice,
        token: Token,
        others: Sequence[AlignedStretch],
        found: Mapping[str, tuple[Candidate, float]],
    ) -> dict[str, tuple[Candidate, float]]:
        """What other readings show in a token's place, and what the tagger reads there, beyond what was `found`."""
        more: dict[str, tuple[Candidate, float]] = {}
        for other in others:
            likeliest = other.lattice.readings(other.start, other.end)[: SETTINGS.parallel_readings]
            for text in dict.fromkeys((other.text, *(reading for reading, _ in likeliest))):
                new = text not in found and text not in more
                proposed = self._candidates.proposed(token.text, text) if new else None
                if proposed is not None:
                    log_prob = _log_prob(lattice, token, text)
                    more[text] = (replace(proposed, rule="witness", channel=0.0), log_prob)
        return more

    def _agreed_name(self, lattice: TagLattice, token: Token) -> tuple[Candidate, float] | None:
        """The name that the document agrees on in a token's place."""
        names = self._evidence.names
        name = names.get(name_key(token.text)) if names and token.text[0].isupper() else None
        if name is None:
            return None
        text = as_read(name, token.text)
        log_prob = max(_log_prob(lattice, token, text), SETTINGS.agreed)
        return self._candidates.agreed(token.text, text), log_prob


@cache
def _labels() -> frozenset[str]:
    return frozenset(load("labels")["labels"])


def _fixed_edge(text: str) -> Edge:
    """The one edge of a token that is never touched; all numbers are one word."""
    word = "#" if text[0].isdigit() else text.lower()
    return Edge(0, 1, Candidate(text, (word,), 0.0, 10.0, 0.0, True, ""), 0.0, 0.0)


def _log_prob(lattice: TagLattice, token: Token, text: str) -> float:
    """The log-probability that the tagger gives to `text` in a token's place."""
    return lattice.log_probability(token.start, token.end, text)


def _kept_space_cost(line: TokenLine, place: int) -> float:
    """The cost of keeping the single space after a token, as the tagger sees it; 0 at the end and before signs."""
    if place + 1 >= len(line.tokens) or not line.tokens[place + 1].joined:
        return 0.0
    at = line.tokens[place].end
    return -line.lattice.log_probability(at, at + 1, " ")


def _stands_in_capitals(text: str, line: str) -> bool:
    """Whether a token is in capitals among small letters, or in a line too short to tell."""
    return len(text) > 1 and text.isupper() and (not line.isupper() or len(line) < SETTINGS.all_capitals)


def _loses_capital(read: str, printed: str) -> bool:
    """Whether what begins a sentence would no longer stand in a capital."""
    return read[0].isupper() and read[0] not in _LOOKS_SMALL and printed[0].islower()


def _cheapest(edges: list[Edge]) -> list[Edge]:
    """The readings worth following, the one as read among them."""
    if len(edges) <= 2:
        return edges
    ranked = sorted(edges, key=_cost_alone)
    limit = _cost_alone(ranked[0]) + SETTINGS.dearest
    kept = [e for e in ranked[: SETTINGS.most_readings] if _cost_alone(e) < limit]
    return kept if any(not e.candidate.rule for e in kept) else [*kept, *(e for e in ranked if not e.candidate.rule)]


def _cost_alone(edge: Edge) -> float:
    """The cost of an edge where nothing is known of its neighbours."""
    return edge.cost + SETTINGS.language * edge.candidate.prior
