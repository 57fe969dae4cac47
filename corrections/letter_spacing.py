"""Letter-spaced words, in which the engine saw each letter as a word and the display capital as another sign.

`0 a r t e r o c h l o k a l a` is *Parter och lokala*. The letters are joined and cut into words by the lexicon. What
spells words as it was read keeps its first glyph; where it does not, the first glyph may be any capital, the likelier
the fewer of the document's other stretches are words as read. A small vocabulary of what sections are called decides
between words that fit alike.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice

from avskrift.corrections import confidence
from avskrift.corrections.damage import Condition
from avskrift.corrections.display_type import (
    QUOTATION_MARKS,
    DisplayType,
    capitals_of,
    numbers_of,
    quoted,
    quotes_of,
    stops_of,
)
from avskrift.corrections.rules import load
from avskrift.corrections.spaced_runs import stretches, words_beside
from avskrift.language.compounds import Compounds, agrees
from avskrift.language.lexicon import STRIP, Lexicon

_CAPITALS = "ABCDEFGHIJKLMNOPRSTUVÅÄÖ"
_LONGEST = 30
_WRONG_FIRST, _LEARNED_FIRST = 2.5, 0.7
"""What it costs that the first glyph of a word is another than was read, in a document where every other one is; and
where other headings of the document tell which."""
_COMPOUND_KEPT = 4.0
"""What that costs more where the word is a compound as it was read; a listed word keeps its first glyph."""
_WRONG_OF_FEW = (1.0, 3.0)
"""Stretches with a wrong first glyph, of how many, that are taken for granted before any is seen."""
_LEARNED_FROM = 400
"""Stretches from the first on that tell of a document's display type."""
_GOOD, _NUMBER_COST = 2.0, 0.2
"""The cost of each letter below which a stretch needs no number before it; what such a number costs."""
_NO_RIVAL, _LIKE = 10.0, 4.0
"""How much dearer the next reading is where there is none; words that differ by less are of like cost."""
_DEAREST = 3.2
"""The cost of each letter above which a stretch is no words."""
_UNSEEN_GAP, _PER_PART, _CAPITAL_INSIDE = 5.0, 3.0, 4.0
"""What it costs that words part without a wide gap where others have one; each joint of a compound, which here may
always be two words; a capital inside a word."""
_WHOLE = 4.0
"""What is taken off where one listed word is all that stands between two gaps."""
_JOINT, _ENDING = 1.6, 4.0
"""What each gap between words costs where none is wider than the rest; what a word costs there that is sooner the
ending of the word before it."""
_ENDINGS = frozenset({"en", "ens", "er", "es", "et", "ets", "de", "na", "or", "vidare"})
_SEEN = 7.0
"""What a word costs that the text shows elsewhere."""
_NAME, _PER_LETTER = 13.0, 2.0
_SMALL_WORDS = frozenset(
    {"och", "för", "med", "till", "som", "den", "det", "att", "av", "från", "på", "vid", "ska", "vi"}
)
"""What is hardly ever a later part of a compound."""


@dataclass(frozen=True, slots=True)
class Joined:
    """line[start:end] is letter-spaced and reads `text`, with a probability."""

    start: int
    end: int
    text: str
    confidence: float


@cache
def _known_headings() -> dict[str, float]:
    data = load("headings")
    return {word: 5.0 for line in data["headings"] for word in re.findall(r"[^\W\d_]+", line.lower())}


class LetterSpacing:
    """Joins the letter-spaced stretches of one text."""

    def __init__(
        self,
        lexicon: Lexicon,
        compounds: Compounds,
        condition: Condition,
        witness: Mapping[str, int],
        lines: Sequence[str] = (),
    ) -> None:
        """`witness` holds the words that the text shows elsewhere, with how often; `lines` are the whole text, from
        which the signs of its display type are learned."""
        self._lexicon, self._compounds, self._condition = lexicon, compounds, condition
        self._witness = witness
        self._type = DisplayType()
        self._shown: frozenset[str] = frozenset()
        self._names: frozenset[str] = frozenset()
        self._word = lru_cache(maxsize=50_000)(self._word_of)
        spaced = [(at, list(stretches(line))) for at, line in enumerate(lines)]
        if any(found for _, found in spaced):
            beside = list(words_beside(lines, spaced))
            self._shown = frozenset(word.lower() for word, _ in beside)
            self._names = frozenset(word.lower() for word, inside in beside if inside and word.istitle())
            self._type = self._learned(lines, spaced)
            self._word.cache_clear()

    def joined_in(self, line: str) -> list[Joined]:
        """The letter-spaced stretches of `line`, left to right; those that cannot be read as they stand, surely 0."""
        found = []
        for start, end in stretches(line):
            read = self._read(line[start:end], whole=line[:start].strip() == "")
            found.append(Joined(start, end, *(read or (line[start:end], 0.0))))
        return found

    def _learned(self, lines: Sequence[str], spaced: Sequence[tuple[int, list[tuple[int, int]]]]) -> DisplayType:
        """What the stretches of the document have in common."""
        kept = 0
        changed: list[tuple[str, str, str]] = []
        openings: list[tuple[str, str]] = []
        behind: list[tuple[str, str, bool]] = []
        numbers: list[str] = []
        places = ((at, start, end) for at, found in spaced for start, end in found)
        for at, start, end in islice(places, _LEARNED_FROM):
            stretch = lines[at][start:end]
            whole = not lines[at][:start].strip()
            if (within := quoted(stretch)) is not None:
                read = self._words(within[1])
                if read is not None and read.cost < _DEAREST and not self._is_words(stretch):
                    openings.append((within[0], read.text))
                    follows = next((text for text in (lines[at][end:], *lines[at + 1 : at + 4]) if text.strip()), "")
                    if within[2]:
                        behind.append((within[0], within[2], follows.lstrip()[:1].isupper()))
                    continue
            if whole and (plain := _PLAIN_NUMBER.match(stretch)) is not None:
                numbers.append("".join(plain.group().split()))
                stretch = stretch[plain.end() :]
            read = self._words(stretch)
            if whole and plain is None and (number := self._before_heading(stretch, read)) is not None:
                numbers.append(number)
                read = self._words(stretch[len(number) :])
            if read is None or read.cost > _DEAREST:
                continue
            kept += not read.changed
            if read.changed:
                changed.append((read.letters[0], read.text[0], read.text))
        quotes = quotes_of(openings)
        return DisplayType(
            capitals_of(changed),
            quotes,
            numbers_of(numbers),
            stops_of((sign, capital) for opening, sign, capital in behind if opening in quotes),
            (len(changed) + _WRONG_OF_FEW[0]) / (len(changed) + kept + _WRONG_OF_FEW[1]),
        )

    def _is_words(self, stretch: str) -> bool:
        """Whether a stretch is words as it was read, its first sign among them."""
        read = self._words(stretch)
        return read is not None and read.cost <= _DEAREST and not read.changed

    def _before_heading(self, stretch: str, read: "_Reading | None") -> str | None:
        """The first token of a stretch where it is sooner the number of a heading than a part of its words."""
        first, rest = stretch.split(maxsplit=1)
        if first[0] == "0":
            return None
        if read is not None and not _oddly_cased(first):
            if not read.changed and read.cost <= _DEAREST:
                return None
            if len(first) < 3 and read.cost <= _GOOD:
                return None
        behind = self._words(rest)
        small = rest[0].islower() and behind is not None and not behind.changed  # headings begin with a capital
        if behind is None or behind.cost > _DEAREST or small:
            return None
        dearer = read is None or len(first) >= 3 or behind.cost + _NUMBER_COST < read.cost
        return first if dearer else None

    def _read(self, stretch: str, *, whole: bool) -> tuple[str, float] | None:
        """The words of one stretch, and the probability that they are right."""
        within = quoted(stretch, self._type.quotes)
        if within is not None and (within[0] in QUOTATION_MARKS or not self._is_words(stretch)):
            inner = self._words(within[1])
            if inner is not None and inner.cost < _DEAREST:
                return f'"{inner.text}"{self._type.stops.get(within[2], within[2])}', self._sure(inner)
        number = _PLAIN_NUMBER.match(stretch) if whole else None
        if number is not None:
            rest = self._words(stretch[number.end() :])
            if rest is not None and rest.cost <= _DEAREST:
                return f"{''.join(number.group().split())} {rest.text}", self._sure(rest)
        best = self._words(stretch)
        token = self._before_heading(stretch, best) if whole else None
        shown = self._type.number(token) if token is not None else None
        if token is not None and shown is not None:
            rest = self._words(stretch[len(token) :])
            if rest is not None:
                return f"{shown} {rest.text}", self._sure(rest)
        if best is None or best.cost > _DEAREST:
            return None
        return best.text, self._sure(best)

    def _sure(self, reading: "_Reading") -> float:
        shared = self._type.wrong_first if reading.changed else 1.0 - self._type.wrong_first
        listed = self._lexicon.knows(reading.text.lower())
        return confidence.spaced_probability(
            reading.cost, reading.margin, shared, listed, self._rivals(reading), changed=reading.changed
        )

    def _rivals(self, reading: "_Reading") -> int:
        """How many other words of like cost a single word could be with another first glyph, where neither headings nor
        the document have it: how common they are in prose does not tell which one a heading is."""
        low = reading.text.lower()
        expected = any(low in words for words in (_known_headings(), self._shown, self._witness))
        learned = self._type.capitals.get(reading.letters[0]) == reading.text[0]
        if not reading.changed or " " in low or expected or learned:
            return 0
        costs = {text: cost for text, _, cost in self._word(reading.letters, True)}
        limit = costs.get(reading.text, 0.0) + _LIKE
        return sum(cost < limit for text, cost in costs.items() if text[0] != reading.text[0])

    def _words(self, stretch: str) -> "_Reading | None":
        """The words of a stretch without a number before it; a digit at its end is the mark of a footnote."""
        note = re.search(r"(?<=[^\W\d])\s*(\d)$", stretch)
        if note is not None:
            stretch = stretch[: note.start()]
        pieces = _WIDE.split(stretch.strip())
        wide = len(pieces) > 1
        breaks, at = set(), 0
        for piece in pieces:
            at += len(re.sub(r"\s", "", piece))
            breaks.add(at)
        best = self._segment(re.sub(r"\s", "", stretch), frozenset(breaks) if wide else frozenset())
        if best is not None and note is not None:
            best = replace(best, text=f"{best.text} {note[1]}")
        return best

    def _segment(self, letters: str, breaks: frozenset[int] = frozenset()) -> "_Reading | None":
        """The cheapest cut of `letters` into words; None when there is none.

        `breaks` are the places of wider gaps, where words end; where they are known, words end hardly anywhere else.
        """
        size = len(letters)
        if size < 3 or size > 160:
            return None
        # the two cheapest readings up to each place: cost, text, last word
        chart: list[list[tuple[float, str, str | None]]] = [[] for _ in range(size + 1)]
        chart[0] = [(0.0, "", None)]
        for start in range(size):
            if not chart[start]:
                continue
            stop = min((b for b in breaks if b > start), default=size)
            begins = start == 0 or start in breaks
            joint = 0.0 if begins else _UNSEEN_GAP if breaks else _JOINT
            for end in range(start + 1, min(stop, start + _LONGEST) + 1):
                for text, low, cost in self._word(letters[start:end], begins):
                    shown = (
                        text
                        if start == 0 or letters[start].isupper() or text[0].islower()
                        else self._cased(text, letters[start])
                    )
                    cost -= _WHOLE if begins and end == stop and self._lexicon.knows(low) else 0.0
                    for before, so_far, last in chart[start]:
                        seen = self._lexicon.after(last, low) if last else 0.0
                        paired = -math.log(0.5 * seen + 0.5 * math.exp(-cost))
                        total = before + paired + joint + (0.0 if begins or low not in _ENDINGS else _ENDING)
                        _keep(chart[end], (total, f"{so_far} {shown}".strip(), low.rstrip(",")))
        if not chart[size]:
            return None
        total, text, _ = chart[size][0]
        margin = chart[size][1][0] - total if len(chart[size]) > 1 else _NO_RIVAL
        return _Reading(text, total / size, margin, letters, not _agrees(text[0], letters[0]))

    def _cased(self, text: str, sign: str) -> str:
        """A word after the first whose first glyph was another sign: capital only where that sign is no small letter
        or the word is a name."""
        entry = self._lexicon.entry(text.lower())
        if not sign.islower() or (entry is not None and entry.capital > 0.6):
            return text
        return text[0].lower() + text[1:]

    def _word_of(self, piece: str, first: bool) -> tuple[tuple[str, str, float], ...]:
        """Words that `piece` may be: as printed, in lower case, and cost."""
        found: dict[str, tuple[str, str, float]] = {}
        self._offer(found, piece, 0.0, first)
        listed = any(self._lexicon.knows(form) or form in self._shown for form in found)
        kept = _COMPOUND_KEPT if found else 0.0
        for text, cost in _glyph_readings(piece):
            self._offer(found, text, cost, first)
        begins = first or (len(piece) >= 5 and not piece[0].islower())
        if len(piece) >= 3 and begins and not listed:
            capital = self._type.capitals.get(piece[0])
            for other in _CAPITALS:
                cost = _LEARNED_FIRST if other == capital else self._wrong_first_cost()
                self._offer(found, other + piece[1:], cost + kept, first)
            if capital is not None:
                self._offer_name(found, capital + piece[1:], _LEARNED_FIRST)
        self._offer_name(found, piece, 0.0)
        stops = {".", ":", *(sign for sign, stop in self._type.stops.items() if stop == ",")}
        if len(piece) > 4 and piece[-1] in stops:
            for text, low, cost in self._word(piece[:-1], first):
                if cost < 14:
                    found.setdefault(low + ",", (text + ",", low, cost + 5.0))
        return tuple(sorted(found.values(), key=lambda w: w[2])[:4])

    def _wrong_first_cost(self) -> float:
        """What another first sign than was read costs: more, the more stretches of the document are words as read."""
        share = self._type.wrong_first
        return _WRONG_FIRST + math.log((1.0 - share) / share)

    def _offer_name(self, found: dict[str, tuple[str, str, float]], piece: str, cost: float) -> None:
        """A name that no list knows; its marks stay lost."""
        if len(piece) >= 4 and piece.isalpha() and piece[0].isupper() and piece[1:].islower():
            found.setdefault(piece.lower(), (piece, piece.lower(), cost + _NAME + _PER_LETTER * len(piece)))

    def _offer(self, found: dict[str, tuple[str, str, float]], text: str, cost: float, first: bool) -> None:
        low = text.lower()
        if not low.isalpha() or (len(low) == 1 and low not in "iå"):
            return
        plain = low.translate(STRIP)
        options = [
            (form, entry.cost)
            for form in self._lexicon.forms_of(plain)
            if agrees(form, low) and (entry := self._lexicon.entry(form)) is not None
        ]
        if not options and low in self._names:
            options.append((low, _SEEN))
        if len(low) > 6:
            compound = self._compounds.best(low)
            if compound is not None and not _SMALL_WORDS.intersection(compound.parts[1:]):
                options.append((compound.form, compound.cost + _PER_PART * (2 * len(compound.parts) - 3)))
        if not options and low in self._shown:
            options.append((low, _SEEN))
        if text[1:] != low[1:] and not text.isupper():
            cost += _CAPITAL_INSIDE
        for form, prior in options:
            marks = sum(self._condition.mark_cost(f) for f, r in zip(form, low, strict=True) if f != r)
            seen = _SEEN if form in self._witness else 99.0
            total = min(prior, seen, _known_headings().get(form, 99.0)) + cost + min(marks, 3.0 * (marks > 0))
            shown = form[0].upper() + form[1:] if first or text[0].isupper() else form
            old = found.get(form)
            if old is None or total < old[2]:
                found[form] = (shown, form, total)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words of a stretch: their cost for each letter, how much dearer the next other reading is, the letters as
    they were read, and whether the first was printed as another."""

    text: str
    cost: float
    margin: float
    letters: str
    changed: bool


def _keep(best: list[tuple[float, str, str | None]], new: tuple[float, str, str | None]) -> None:
    """Puts a reading among the two cheapest that differ in their text."""
    for place, old in enumerate(best):
        if old[1] == new[1]:
            if new[0] < old[0]:
                best[place] = new
                best.sort(key=lambda reading: reading[0])
            return
    if len(best) < 2:
        best.append(new)
    elif new[0] < best[1][0]:
        best[1] = new
    else:
        return
    best.sort(key=lambda reading: reading[0])


def _agrees(printed: str, read: str) -> bool:
    """Whether a first sign is the one that was read, but for case and lost marks."""
    return agrees(printed.lower(), read.lower())


def _oddly_cased(token: str) -> bool:
    """Whether no word is written so: `uOu`."""
    return len(token) >= 3 and not (token.islower() or token.istitle() or token.isupper())


_WIDE = re.compile(r"\s{2,}")
_PLAIN_NUMBER = re.compile(
    r"\d(?: ?\d)?(?: ?\. ?\d){0,3} ?\.\s*(?=[^\d\s])"  # 1 .  or  1 0 . 2 .
    r"|\d(?: ?\. ?\d){1,3}\s+(?=[^\d\s])"  # 6 . 3 . 1
    r"|\d(?:\s{2,}(?=[^\d\s])| (?=[A-ZÅÄÖ] ))"  # 5, before a wide gap or a capital
)
_SWAPS = (("rn", "m", 0.7), ("l", "i", 2.5), ("I", "l", 1.0), ("d", "å", 3.0), ("ii", "å", 1.0), ("6", "ö", 0.5))


def _glyph_readings(piece: str) -> Iterator[tuple[str, float]]:
    """The piece with one sign taken for another."""
    for read, printed, cost in _SWAPS:
        at = piece.find(read)
        while at >= 0:
            yield piece[:at] + printed + piece[at + len(read) :], cost
            at = piece.find(read, at + 1)
