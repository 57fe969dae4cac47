"""What a token may have been printed as: readings with their costs, the reading as it came among them."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from avskrift.corrections.damage import TextDamage, known_forms
from avskrift.corrections.variants import variants_of
from avskrift.language.compounds import Compounds, agrees
from avskrift.language.fold import without_marks
from avskrift.language.lexicon import COMMON_ONE_LETTER_WORDS, Lexicon

_TAILS = "!|&"
"""Signs at the end of a token that may be a letter of it or a sign of its own."""
_OFTEN_MISREAD = "IJY"
"""Capitals that engines read for many letters."""
_TWO_CAPITALISED = re.compile(r"(?P<one>[^\W\d_][a-zåäöé]{2,})(?P<other>[A-ZÅÄÖ][a-zåäöé]{2,})")


@dataclass(frozen=True, slots=True)
class Settings:
    """Costs are negative natural logarithms of probabilities; lengths are in signs."""

    most_candidates: int = 7  # readings of one token beside the one as read
    most_halves: int = 2  # readings of it as two words
    compound_tries: int = 45  # how many of the cheapest variants are tried as compounds
    compound_length: int = 6  # the shortest compound
    rare: float = 14.5  # the cost above which a known word is rare enough to be another one misread
    parted_rare: float = 2.0  # how much rarer a word may be that stands alone between spaces
    tail: float = 4.0  # what it costs that the last sign of a token is a sign of its own
    proposed: float = 2.0  # what a reading of the tagger's costs
    other_capital: float = 6.0  # what it costs more where it makes another word by another capital
    short_capitals: int = 5
    """Abbreviations and Roman numbers up to this length keep their letters; only marks may be given back."""
    agreed_name: float = 9.0
    agreed_capital: float = 0.97
    """The cost of a name that the document agrees on, and the share of its uses that are capitalised."""
    least_cost: float = 4.0
    most_gain: float = 5.0
    gain: float = 1.5
    """A word of the document's vocabulary costs less by `gain` for each time that their number grows by a factor of e,
    by `most_gain` at most, and at least `least_cost`."""
    gap: float = 5.0  # what a lost space costs
    unseen_pair: float = 3.0  # what it costs more between words that were never counted together
    common: float = 10.0  # the cost below which a word is common enough to be half of a token
    halves_from: int = 4  # signs of a token that may be two words, at least
    halves_to: int = 22  # and at most
    name_gap: float = 9.0
    name_capital: float = 0.9
    dropped_sign: float = 2.0
    """Two names without their space: the cost of the first, its share of capitals, and what a sign in the gap costs."""
    merged: float = 4.0  # what a word costs that stray spaces parted
    merged_part: float = 1.5  # what it costs more for each part
    merged_length: int = 5  # its signs at least
    unknown_name: tuple[float, float] = (15.0, 0.55)
    unknown_capitals: tuple[float, float] = (14.0, 0.4)
    unknown: tuple[float, float] = (17.0, 0.75)
    """What a string costs that is no known word, and what more for each of its signs: a name, capitals, any other."""
    name_length: int = 12  # signs of a name at most


SETTINGS = Settings()
_CACHED = 50_000
"""Tokens whose readings are kept."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a token.

    `text` is cased as it would be printed; `words` are its words in lower case; `channel` is the cost of
    what the engine did to it, `prior` that of its words without context; `capital` the share of uses of
    its first word that are capitalised; `known` whether the lexicon vouches for it; `rule` what made it, empty for the
    token as it was read.
    """

    text: str
    words: tuple[str, ...]
    channel: float
    prior: float
    capital: float
    known: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A known word that a string shows, its cost, and that of the marks that the string lacks."""

    form: str
    prior: float
    marks: float


@dataclass(frozen=True, slots=True)
class _Source:
    """What a token may have been sign for sign before its marks were lost: at what cost, by how many confusions."""

    text: str
    cost: float
    changes: int


class Candidates:
    """Proposes readings of tokens in a text of one damage; each distinct token is worked out once."""

    def __init__(
        self,
        lexicon: Lexicon,
        compounds: Compounds,
        damage: TextDamage,
        vocabulary: Mapping[str, int],
        *,
        other_readings: bool = False,
    ) -> None:
        """`lexicon` and `compounds` say what is a word, `damage` what the text lost, `vocabulary` which words it shows
        elsewhere and how often; `other_readings` tells that there are parallel readings."""
        # Where nothing but marks was lost, nothing but marks is given back.
        self._glyphs_too = damage.glyphs_damaged or other_readings
        self._lexicon, self._compounds, self._damage = lexicon, compounds, damage
        self._vocabulary = vocabulary
        self.of = lru_cache(maxsize=_CACHED)(self._of)
        self.with_diacritics = lru_cache(maxsize=_CACHED)(self._with_diacritics)
        self.as_read = lru_cache(maxsize=_CACHED)(self._as_read)
        self.proposed = lru_cache(maxsize=_CACHED)(self._proposed)

    def _of(self, text: str) -> tuple[Candidate, ...]:
        """The readings of a token, the one as read first, then by cost; at most eight, and two of two words."""
        raw = self.as_read(text)
        found: dict[str, Candidate] = {}
        for candidate in self._known(text, raw):
            if candidate.text not in found or candidate.channel < found[candidate.text].channel:
                found[candidate.text] = candidate
        found.pop(text, None)
        best = sorted(found.values(), key=_cost)[: SETTINGS.most_candidates]
        if not raw.known and not self._damage.intact:
            best.extend(self._halves(text))
        return (raw, *best)

    def _known(self, text: str, raw: Candidate) -> Iterator[Candidate]:
        """Known words that a token, which reads as `raw`, may be once confusions are undone and marks given back."""
        for tried, source in enumerate(self._sources(text, raw)):
            tail = text[-1] if text[-1] in _TAILS and not source.changes else ""
            rule = "glyphs" if source.changes else "diacritics"
            compound = source.changes < 3 and tried < SETTINGS.compound_tries
            for form in self._forms(source.text.lower(), compound=compound):
                yield self._candidate(form, _cased(form.form, source.text) + tail, source.cost, rule)

    def _sources(self, text: str, raw: Candidate) -> Iterator[_Source]:
        """The token itself, without a sign at its end that is perhaps none of its letters, and what confusions make of
        it where it is no common word."""
        tailed = text[-1] in _TAILS
        core = text[:-1] if tailed and len(text) > 1 else text
        yield _Source(core, SETTINGS.tail if tailed else 0.0, 0)
        settled = raw.known and raw.prior < SETTINGS.rare and not tailed
        if self._damage.glyphs_damaged and not settled:
            for variant in variants_of(text, self._damage.change_cost, self._damage.marks_lost):
                yield _Source(variant.text, variant.cost, variant.changes)

    def _candidate(self, form: _Form, text: str, cost: float, rule: str) -> Candidate:
        """A known word as a reading, cased as in `text`; `cost` is that of the confusions alone."""
        entry = self._lexicon.entry(form.form)
        capital = entry.capital if entry is not None else 0.0
        return Candidate(text, (form.form,), cost + form.marks, form.prior, capital, True, rule)

    def _with_diacritics(self, text: str) -> tuple[Candidate, ...]:
        """The token as read, and the known words that it shows once lost marks are given back."""
        found = [self.as_read(text)]
        if text[-1] not in _TAILS:
            shown = ((form, _cased(form.form, text)) for form in self._forms(text.lower()))
            found += [self._candidate(form, cased, 0.0, "diacritics") for form, cased in shown if cased != text]
        return tuple(found)

    def _as_read(self, text: str) -> Candidate:
        """The token as a reading of itself."""
        low = text.lower().rstrip(_TAILS) or text
        tail = SETTINGS.tail if text[-1] in _TAILS and len(text) > 1 else 0.0
        entry = self._lexicon.entry(low)
        if entry is not None:
            return Candidate(text, (low,), tail, self._prior(low, entry.cost), entry.capital, True, "")
        compound = self._compounds.best(low, True)
        if compound is not None:
            return Candidate(text, (low,), tail, self._prior(low, compound.cost), 0.0, True, "")
        return Candidate(text, (low,), 0.0, _unknown_cost(text), 0.5, False, "")

    def _proposed(self, text: str, printed: str) -> Candidate | None:
        """The reading `printed` that the tagger proposes for a token; None where it is no reading of words.

        A string that no list knows is a reading only where the token is none either: a known word is never made
        an unknown one. Digits are not the tagger's to change.
        """
        words = tuple(printed.lower().split())
        marks_only = agrees(printed.lower(), text.lower())
        if not (_are_words(words) and _keeps_digits(text, printed) and (marks_only or self._may_change(text))):
            return None
        first, *others = [self.as_read(word) for word in printed.split()]
        known = first.known and all(other.known for other in others)
        if not known and (others or self.as_read(text).known):
            return None
        rule = "spacing" if others else "diacritics" if marks_only else "glyphs"
        cost = SETTINGS.proposed + (0.0 if marks_only else self._capital_cost(text, printed))
        return Candidate(printed, words, cost, first.prior, first.capital, known, rule)

    def _may_change(self, text: str) -> bool:
        """Whether more than marks may be given back to a token."""
        return self._glyphs_too and not (text.isupper() and len(text) <= SETTINGS.short_capitals)

    def _capital_cost(self, text: str, printed: str) -> float:
        """What it costs that a string that is a word, marks aside, begins with another letter than its capital."""
        one, other = text[0], printed[0].upper()
        if not one.isupper() or one in _OFTEN_MISREAD or without_marks(one) == without_marks(other):
            return 0.0
        return SETTINGS.other_capital if self._lexicon.forms_of(without_marks(text.lower())) else 0.0

    def agreed(self, text: str, name: str) -> Candidate:
        """A name that the rest of the document agrees on, as the reading of a token."""
        rule = "" if name == text else "document"
        return Candidate(name, (name.lower(),), 0.0, SETTINGS.agreed_name, SETTINGS.agreed_capital, True, rule)

    def _forms(self, low: str, *, compound: bool = True) -> list[_Form]:
        """Known words that `low` shows, `compound` ones among them."""
        priors = {form: entry.cost for form, entry in known_forms(low, self._lexicon)}
        if compound and len(low) >= SETTINGS.compound_length:
            made = self._compounds.best(low)
            if made is not None:
                priors.setdefault(made.form, made.cost)
        return [_Form(f, self._prior(f, prior), self._damage.marks_cost(f, low)) for f, prior in priors.items()]

    def _prior(self, form: str, prior: float) -> float:
        """A word that the text holds elsewhere is likelier to stand here too."""
        times = self._vocabulary.get(form, 0)
        if not times:
            return prior
        gain = min(SETTINGS.most_gain, SETTINGS.gain * math.log(1 + times))
        return max(SETTINGS.least_cost, prior - gain)

    def _halves(self, text: str) -> list[Candidate]:
        """Two common words that lost the space between them: `Detgaller` is *Det gäller*."""
        right_size = SETTINGS.halves_from <= len(text) <= SETTINGS.halves_to
        if not right_size or not text.isalpha() or text.isupper():
            return []
        names = _TWO_CAPITALISED.fullmatch(text)
        if names is not None:
            return self._two_names(names["one"], names["other"])
        cuts = (self._cut(text[:cut], text[cut:]) for cut in range(1, len(text)))
        return sorted((cut for cut in cuts if cut is not None), key=_cost)[: SETTINGS.most_halves]

    def _cut(self, one: str, other: str) -> Candidate | None:
        """Two strings as two common words."""
        left, right = self._common(one), self._common(other)
        if left is None or right is None:
            return None
        text = f"{_cased(left.form, one)} {_cased(right.form, other)}"
        counted = self._lexicon.after(left.form, right.form)
        cost = left.marks + right.marks + (SETTINGS.gap + (0.0 if counted else SETTINGS.unseen_pair))
        return Candidate(text, (left.form, right.form), cost, left.prior, 0.0, True, "spacing")

    def _two_names(self, one: str, other: str) -> list[Candidate]:
        """Two capitalised words without their space; a sign read into the gap is dropped: `AnnavBerg`."""
        for first, cost in ((one, 0.0), (one[:-1], SETTINGS.dropped_sign)):
            low = first.lower()
            if self._lexicon.knows(low):
                prior, capital = SETTINGS.name_gap, SETTINGS.name_capital
                return [Candidate(f"{first} {other}", (low,), cost, prior, capital, True, "spacing")]
        return []

    def _common(self, part: str) -> _Form | None:
        """The likeliest common word that a string shows."""
        forms = (
            f
            for f in self._forms(part.lower())
            if f.prior < SETTINGS.common and (len(f.form) > 1 or f.form in COMMON_ONE_LETTER_WORDS)
        )
        return min(forms, key=lambda f: f.prior + f.marks, default=None)

    def merged(self, parts: tuple[str, ...], printed: str) -> Candidate | None:
        """`printed` as one word that stray spaces parted: `Nati one Ila` is *Nationella*.

        Only where a part makes no word by itself, whatever marks it may have lost, and the whole is a listed
        word: a compound that a space parts may be two words that were printed so.
        """
        joined = "".join(parts)
        if " " in printed or len(joined) < SETTINGS.merged_length or not self._lexicon.knows(printed.lower()):
            return None
        if all(self._stands_alone(part) for part in parts):
            return None
        word = self.as_read(printed) if printed == joined else self.proposed(joined, printed)
        if word is None:
            return None
        return replace(word, channel=SETTINGS.merged + SETTINGS.merged_part * len(parts), rule="spacing")

    def _stands_alone(self, part: str) -> bool:
        limit = SETTINGS.rare + SETTINGS.parted_rare
        return len(part) > 1 and any(form.prior < limit for form in self._forms(part.lower()))


def _cost(candidate: Candidate) -> float:
    return candidate.channel + candidate.prior


def _are_words(words: tuple[str, ...]) -> bool:
    return bool(words) and all(word.isalpha() for word in words)


def _keeps_digits(text: str, printed: str) -> bool:
    """Whether `printed` shows no digit that the token does not have."""
    return [c for c in printed if c.isdigit()] == [c for c in text if c.isdigit() and c in printed]


def _unknown_cost(text: str) -> float:
    """The prior of a string that is no known word: a name if short and capitalised, else likely damage."""
    like_a_name = text[0].isupper() and len(text) <= SETTINGS.name_length and text[0] not in _OFTEN_MISREAD
    if text.isupper():
        cost, per_sign = SETTINGS.unknown_capitals
    elif like_a_name and text.isalpha():
        cost, per_sign = SETTINGS.unknown_name
    else:
        cost, per_sign = SETTINGS.unknown
    return cost + per_sign * len(text)


def _cased(form: str, source: str) -> str:
    """`form` with the upper case of `source`, letter for letter."""
    if len(form) != len(source):
        return form
    return "".join(f.upper() if s.isupper() else f for f, s in zip(form, source, strict=True))
