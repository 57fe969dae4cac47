"""What a chunk may have been printed as: readings with their costs, the reading as it came among them."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from avskrift.corrections.confusions import variants_of
from avskrift.corrections.damage import Condition
from avskrift.language.compounds import Compounds, agrees
from avskrift.language.lexicon import STRIP, Lexicon

_KEEP = 7
_COMPOUND_TRIES = 45
"""How many of the cheapest variants are tried as compounds."""
_RARE = 14.5
_AGREED_COST = 9.0
_TAILS = "!|&"
"""Signs at the end of a chunk that may be a letter of it or a sign of its own."""
_PROPOSED, _OTHER_CAPITAL = 2.0, 6.0
"""What a reading of the restorer's costs, and what more where it makes another word by another capital."""
_LIKE_OTHERS = "IJY"
"""Capitals that engines read for many letters."""
_SHORT_CAPITALS = 5
"""Abbreviations and Roman numbers up to this length keep their letters; only marks may be given back."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a chunk.

    `text` is cased as it would be printed; `words` are its words in lower case; `channel` is the cost of
    what the engine did to it, `prior` that of its words without context; `capital` the share of uses of
    its first word that are capitalised; `known` whether the lexicon vouches for it.
    """

    text: str
    words: tuple[str, ...]
    channel: float
    prior: float
    capital: float
    known: bool
    rule: str


class Candidates:
    """Proposes readings of chunks in a text of one condition; each distinct chunk is worked out once."""

    def __init__(
        self,
        lexicon: Lexicon,
        compounds: Compounds,
        condition: Condition,
        witness: Mapping[str, int],
        *,
        other_readings: bool = False,
    ) -> None:
        # Where nothing but marks was lost, nothing but marks is given back.
        self._mixed = condition.damaged or other_readings
        self._lexicon, self._compounds, self._condition = lexicon, compounds, condition
        self._witness = witness
        self.of = lru_cache(maxsize=50_000)(self._of)
        self.dressed = lru_cache(maxsize=50_000)(self._dressed)
        self.as_read = lru_cache(maxsize=50_000)(self._as_read)
        self.proposed = lru_cache(maxsize=50_000)(self._proposed)

    def _of(self, text: str) -> tuple[Candidate, ...]:
        """The readings of a chunk, the one as read first, then by cost; at most eight."""
        raw = self.as_read(text)
        found: dict[str, Candidate] = {}
        wide = text[-1] in _TAILS
        settled = raw.known and raw.prior < _RARE and not wide
        core = text[:-1] if wide and len(text) > 1 else text
        sources = [(core, 4.0 if wide else 0.0, 0)]
        if self._condition.damaged and not settled:
            sources += [
                (v.text, v.cost, v.changes)
                for v in variants_of(text, self._condition.per_change, self._condition.marks_lost)
            ]
        for tried, (source, cost, changes) in enumerate(sources):
            tail = text[-1] if wide and not changes else ""
            for form, prior, marks in self._forms(source.lower(), compound=changes < 3 and tried < _COMPOUND_TRIES):
                channel = cost + marks
                cased = _cased(form, source) + tail
                if cased == text:
                    continue
                rule = "glyphs" if changes else "diacritics"
                entry = self._lexicon.entry(form)
                candidate = Candidate(cased, (form,), channel, prior, entry.capital if entry else 0.0, True, rule)
                old = found.get(cased)
                if old is None or channel < old.channel:
                    found[cased] = candidate
        best = sorted(found.values(), key=lambda c: c.channel + c.prior)[:_KEEP]
        if not raw.known and (self._condition.damaged or self._condition.marks_lost):
            best.extend(self._halves(text))
        return (raw, *best)

    def _dressed(self, text: str) -> tuple[Candidate, ...]:
        """The chunk as read, and the known words that it shows once lost marks are given back."""
        found = [self.as_read(text)]
        if text[-1] in _TAILS:
            return tuple(found)
        for form, prior, marks in self._forms(text.lower()):
            cased = _cased(form, text)
            if cased != text:
                entry = self._lexicon.entry(form)
                found.append(
                    Candidate(cased, (form,), marks, prior, entry.capital if entry else 0.0, True, "diacritics")
                )
        return tuple(found)

    def _as_read(self, text: str) -> Candidate:
        low = text.lower().rstrip(_TAILS) or text
        bang = 4.0 if text[-1] in _TAILS and len(text) > 1 else 0.0
        entry = self._lexicon.entry(low)
        if entry is not None:
            return Candidate(text, (low,), bang, self._witnessed(low, entry.cost), entry.capital, True, "")
        compound = self._compounds.best(low, True)
        if compound is not None:
            return Candidate(text, (low,), bang, self._witnessed(low, compound.cost), 0.0, True, "")
        return Candidate(text, (low,), 0.0, _unknown_cost(text), 0.5, False, "")

    def _proposed(self, text: str, printed: str) -> Candidate | None:
        """The reading `printed` that the restorer proposes for a chunk; None where it is no reading of words.

        A string that no list knows is a reading only where the chunk is none either: a known word is never made
        an unknown one. Digits are not the restorer's to change.
        """
        words = tuple(printed.lower().split())
        if not words or [c for c in printed if c.isdigit()] != [c for c in text if c.isdigit() and c in printed]:
            return None
        if not all(w.isalpha() for w in words):
            return None
        dressed = len(printed) == len(text) and agrees(printed.lower(), text.lower())
        if not dressed and (not self._mixed or (text.isupper() and len(text) <= _SHORT_CAPITALS)):
            return None
        parts = [self.as_read(word) for word in printed.split()]
        known = all(p.known for p in parts)
        if not known and (self.as_read(text).known or len(parts) > 1):
            return None
        rule = "spacing" if len(parts) > 1 else "diacritics" if dressed else "glyphs"
        channel = _PROPOSED + (_OTHER_CAPITAL if not dressed and self._other_capital(text, printed) else 0.0)
        return Candidate(printed, words, channel, parts[0].prior, parts[0].capital, known, rule)

    def _other_capital(self, text: str, printed: str) -> bool:
        """Whether a string that is a word, marks aside, would begin with another letter than its capital."""
        one, other = text[0], printed[0].upper()
        alike = one in _LIKE_OTHERS or one.translate(STRIP) == other.translate(STRIP)
        return one.isupper() and not alike and bool(self._lexicon.forms_of(text.lower().translate(STRIP)))

    def agreed(self, text: str, name: str) -> Candidate:
        """A name that the rest of the document agrees on, as the reading of a chunk."""
        return Candidate(name, (name.lower(),), 0.0, _AGREED_COST, 0.97, True, "" if name == text else "document")

    def _forms(self, low: str, *, compound: bool = True) -> list[tuple[str, float, float]]:
        """Known words that `low` shows, with prior and the cost of the marks that were lost."""
        found: list[tuple[str, float, float]] = []
        for form in self._lexicon.forms_of(low.translate(STRIP)):
            entry = self._lexicon.entry(form)
            if entry is not None and agrees(form, low):
                found.append((form, entry.cost, self._marks(form, low)))
        if len(low) >= 6 and compound:
            made = self._compounds.best(low)
            if made is not None and all(f[0] != made.form for f in found):
                found.append((made.form, made.cost, self._marks(made.form, low)))
        return [(form, self._witnessed(form, prior), marks) for form, prior, marks in found]

    def _witnessed(self, form: str, prior: float) -> float:
        """A word that the text holds elsewhere is likelier to stand here too."""
        times = self._witness.get(form, 0)
        return max(4.0, prior - min(5.0, 1.5 * math.log(1 + times))) if times else prior

    def _marks(self, form: str, low: str) -> float:
        return sum(self._condition.mark_cost(f) for f, r in zip(form, low, strict=True) if f != r)

    def _halves(self, text: str) -> list[Candidate]:
        """Two common words that lost the space between them: `Detar` is *Det är*."""
        if not 4 <= len(text) <= 22 or not text.isalpha() or text.isupper():
            return []
        inner = re.fullmatch(r"(?P<one>[^\W\d_][a-zåäöé]{2,})(?P<other>[A-ZÅÄÖ][a-zåäöé]{2,})", text)
        if inner is not None:
            return self._names(inner["one"], inner["other"])
        found = []
        for cut in range(1, len(text)):
            left, right = self._common(text[:cut]), self._common(text[cut:])
            if left is None or right is None or (len(left[0]) == 1 and left[0] not in "iå"):
                continue
            words = f"{_cased(left[0], text[:cut])} {_cased(right[0], text[cut:])}"
            joint = 5.0 + (0.0 if self._lexicon.after(left[0], right[0]) else 3.0)
            found.append(
                Candidate(words, (left[0], right[0]), left[2] + right[2] + joint, left[1], 0.0, True, "spacing")
            )
        return sorted(found, key=lambda c: c.channel + c.prior)[:2]

    def _names(self, one: str, other: str) -> list[Candidate]:
        """Two capitalised words without their space; a sign read into the gap is dropped: `AnnavBerg`."""
        for first, cost in ((one, 0.0), (one[:-1], 2.0)):
            if self._lexicon.knows(first.lower()):
                return [Candidate(f"{first} {other}", (first.lower(),), cost, 9.0, 0.9, True, "spacing")]
        return []

    def _common(self, part: str) -> tuple[str, float, float] | None:
        forms = [f for f in self._forms(part.lower()) if f[1] < 10.0 and (len(f[0]) > 1 or f[0] in "iå")]
        if not forms:
            return None
        return min(forms, key=lambda f: f[1] + f[2])

    def merged(self, parts: tuple[str, ...], joined: str, printed: str) -> Candidate | None:
        """`printed` as one word that stray spaces parted: `Nati one Ila` is *Nationella*.

        Only where a part makes no word by itself, whatever marks it may have lost, and the whole is a listed
        word: a compound that a space parts may be two words that were printed so.
        """
        low = printed.lower()
        if len(joined) < 5 or not self._lexicon.knows(low) or all(self._stands_alone(p) for p in parts):
            return None
        whole = self.as_read(printed) if printed == joined else self.proposed(joined, printed)
        if whole is None:
            return None
        return replace(whole, channel=4.0 + 1.5 * len(parts), rule="spacing")

    def _stands_alone(self, part: str) -> bool:
        return len(part) > 1 and any(prior < _RARE + 2 for _, prior, _ in self._forms(part.lower()))


def _unknown_cost(text: str) -> float:
    """The prior of a string that is no known word: a name if short and capitalised, else likely damage."""
    if text.isupper():
        return 14.0 + 0.4 * len(text)
    name = text[0].isupper() and len(text) <= 12 and text[0] not in "IJY" and text.isalpha()
    return 15.0 + 0.55 * len(text) if name else 17.0 + 0.75 * len(text)


def _cased(form: str, source: str) -> str:
    """`form` with the upper case of `source`, letter for letter."""
    if len(form) != len(source):
        return form
    return "".join(f.upper() if s.isupper() else f for f, s in zip(form, source, strict=True))
