"""Letters without their spaces cut into words: what a letter-spaced stretch says, by the lexicon.

What spells words as it was read keeps its first glyph; where it does not, the first glyph is an unknown sign and may be
any capital, the likelier the fewer of the document's other stretches are words as read. A small vocabulary of what
sections are called decides between words that fit alike.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import NamedTuple

from avskrift.corrections.damage import TextDamage, known_forms
from avskrift.corrections.display_type import DisplayType
from avskrift.corrections.rules import load
from avskrift.language.compounds import Compounds, agrees
from avskrift.language.confusions import spaced_swaps
from avskrift.language.lexicon import COMMON_ONE_LETTER_WORDS, Lexicon

_CAPITALS = "ABCDEFGHIJKLMNOPRSTUVÅÄÖ"
_ENDINGS = frozenset({"en", "ens", "er", "es", "et", "ets", "de", "na", "or", "vidare"})
_SMALL_WORDS = frozenset(
    {"och", "för", "med", "till", "som", "den", "det", "att", "av", "från", "på", "vid", "ska", "vi"}
)
"""What is hardly ever a later part of a compound."""
_WIDE_GAP = re.compile(r"\s{2,}")
_FOOTNOTE_MARK = re.compile(r"(?<=[^\W\d])\s*(\d)$")


@dataclass(frozen=True, slots=True)
class Settings:
    """Costs are negative natural logarithms of probabilities; lengths are in letters."""

    shortest: int = 3
    longest: int = 160  # letters of a stretch that is cut into words
    longest_word: int = 30
    dearest: float = 3.2  # the cost of each letter above which a stretch is no words
    wrong_first: float = 2.5
    """What it costs that the first glyph of a word is another than was read, in a document where every other one is."""
    learned_first: float = 0.7  # what it costs where other headings of the document tell which
    compound_kept: float = 4.0
    """What that costs more where the word is a compound as it was read; a listed word keeps its first glyph."""
    unseen_gap: float = 5.0  # what it costs that words part without a wide gap where others have one
    joint: float = 1.6  # what each gap between words costs where none is wider than the rest
    ending: float = 4.0  # what a word costs there that is sooner the ending of the word before it
    part: float = 3.0  # what each joint of a compound costs, which here may always be two words
    capital_inside: float = 4.0  # what a capital inside a word costs
    fills_gap: float = 4.0  # what is taken off where one listed word is all that stands between two gaps
    shown: float = 7.0  # what a word costs that the text shows elsewhere
    heading: float = 5.0  # what a word of headings costs
    name: float = 13.0  # what a name costs that no list knows
    name_letter: float = 2.0  # what it costs more for each letter
    name_length: int = 4
    most_marks: float = 3.0  # what lost marks cost at most
    name_capital: float = 0.6  # the share of a word's uses that are capitalised, from which it is a name
    comma: float = 5.0  # what a comma behind a word costs
    comma_after: float = 14.0  # the cost of a word below which one is looked for
    inner_length: int = 5  # letters of a word inside a stretch whose first glyph may be another
    compound_length: int = 7
    readings: int = 4  # words that a piece may be
    pair: float = 0.5  # the weight (0 to 1) of counted pairs against single words
    no_rival: float = 10.0  # how much dearer the next reading is where there is none
    good: float = 2.0  # the cost of each letter below which a stretch needs no number before it
    number: float = 0.2  # what such a number costs for each letter


SETTINGS = Settings()
_NEVER = 99.0
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class ShownWords:
    """The words of the same document outside its letter-spaced stretches, in small letters."""

    vocabulary: Mapping[str, int] = field(default_factory=dict)
    """Words that stand there twice or more, with how often."""
    all: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """Those that are capitalised inside sentences."""


class SpacedWord(NamedTuple):
    """A word that a piece of a stretch may be: as printed, in small letters, and its cost."""

    text: str
    low: str
    cost: float


@dataclass(frozen=True, slots=True)
class SpacedReading:
    """The words of a stretch: their cost for each letter, how much dearer the next other reading is, the letters as
    they were read, and whether the first was printed as another."""

    text: str
    cost: float
    margin: float
    letters: str
    changed: bool

    @property
    def is_words(self) -> bool:
        """Whether the stretch is words at all."""
        return self.cost <= SETTINGS.dearest


class _Partial(NamedTuple):
    """A reading of the first letters: its cost, its text, its last word."""

    cost: float
    text: str
    last: str | None


@cache
def heading_costs() -> dict[str, float]:
    """The words of headings, in small letters, with their cost (rules/headings.toml)."""
    words = (word for line in load("headings")["headings"] for word in re.findall(r"[^\W\d_]+", line.lower()))
    return dict.fromkeys(words, SETTINGS.heading)


class SpacedWords:
    """Reads the stretches of one text."""

    def __init__(
        self, lexicon: Lexicon, compounds: Compounds, damage: TextDamage, shown: ShownWords, display: DisplayType
    ) -> None:
        """`lexicon` and `compounds` say what is a word, `damage` what marks cost that were lost, `shown` which words
        the text has elsewhere, and `display` what the signs of its display type stand for."""
        self._lexicon, self._compounds, self._damage = lexicon, compounds, damage
        self._shown, self._display = shown, display
        self._commas = {".", ":", *(sign for sign, stop in display.stops.items() if stop == ",")}
        share = display.wrong_first
        self._wrong_first = SETTINGS.wrong_first + math.log((1.0 - share) / share)
        self.words_at = lru_cache(maxsize=_CACHED)(self._words_at)

    def read(self, stretch: str) -> SpacedReading | None:
        """The words of a stretch without a number before it; a digit at its end is the mark of a footnote."""
        note = _FOOTNOTE_MARK.search(stretch)
        pieces = _WIDE_GAP.split((stretch[: note.start()] if note is not None else stretch).strip())
        breaks, letters = [], ""
        for piece in pieces:
            letters += re.sub(r"\s", "", piece)
            breaks.append(len(letters))
        best = self._segment(letters, frozenset(breaks) if len(pieces) > 1 else frozenset())
        if best is not None and note is not None:
            return replace(best, text=f"{best.text} {note[1]}")
        return best

    def is_words_as_read(self, stretch: str) -> bool:
        """Whether a stretch is words as it was read, its first sign among them."""
        read = self.read(stretch)
        return read is not None and read.is_words and not read.changed

    def number_before(self, stretch: str) -> str | None:
        """The first token of a stretch where it is sooner the number of a heading than a part of its words."""
        first, rest = stretch.split(maxsplit=1)
        read = self.read(stretch)
        if first[0] == "0" or (read is not None and _belongs_to_words(first, read)):
            return None
        behind = self.read(rest)
        if behind is None or not behind.is_words or (rest[0].islower() and not behind.changed):
            return None  # headings begin with a capital
        dearer = read is None or len(first) >= 3 or behind.cost + SETTINGS.number < read.cost
        return first if dearer else None

    def _segment(self, letters: str, breaks: frozenset[int]) -> SpacedReading | None:
        """The cheapest cut of `letters` into words; None when there is none.

        `breaks` are the places of wider gaps, where words end; where they are known, words end hardly anywhere else.
        """
        size = len(letters)
        if not SETTINGS.shortest <= size <= SETTINGS.longest:
            return None
        # the two cheapest readings up to each place
        chart: list[list[_Partial]] = [[] for _ in range(size + 1)]
        chart[0] = [_Partial(0.0, "", None)]
        for start in range(size):
            if chart[start]:
                self._extend(chart, letters, start, breaks)
        if not chart[size]:
            return None
        best, *others = chart[size]
        margin = others[0].cost - best.cost if others else SETTINGS.no_rival
        return SpacedReading(best.text, best.cost / size, margin, letters, not _agrees(best.text[0], letters[0]))

    def _extend(self, chart: list[list[_Partial]], letters: str, start: int, breaks: frozenset[int]) -> None:
        """Puts what the words from `start` on may be behind the readings up to there."""
        stop = min((b for b in breaks if b > start), default=len(letters))
        begins = start == 0 or start in breaks
        joint = 0.0 if begins else SETTINGS.unseen_gap if breaks else SETTINGS.joint
        for end in range(start + 1, min(stop, start + SETTINGS.longest_word) + 1):
            for word in self.words_at(letters[start:end], begins):
                text = word.text if start == 0 else self._cased_inside(word.text, letters[start])
                word = SpacedWord(text, word.low, self._cost_in_gap(word, fills=begins and end == stop))
                ending = SETTINGS.ending if not begins and word.low in _ENDINGS else 0.0
                for before in chart[start]:
                    _keep(chart[end], self._after(before, word, joint, ending))

    def _cost_in_gap(self, word: SpacedWord, *, fills: bool) -> float:
        """The cost of a word; `fills` tells that it is all that stands between two gaps."""
        return word.cost - (SETTINGS.fills_gap if fills and self._lexicon.knows(word.low) else 0.0)

    def _after(self, before: _Partial, word: SpacedWord, joint: float, ending: float) -> _Partial:
        """A reading with one word more, which costs `joint` and `ending` more there."""
        counted = self._lexicon.after(before.last, word.low) if before.last else 0.0
        paired = -math.log(SETTINGS.pair * counted + (1 - SETTINGS.pair) * math.exp(-word.cost))
        total = before.cost + paired + joint + ending
        return _Partial(total, f"{before.text} {word.text}".strip(), word.low.rstrip(","))

    def _cased_inside(self, text: str, sign: str) -> str:
        """A word after the first: capital only where its first glyph was read as no small letter, or the word is a
        name."""
        if not sign.islower() or text[0].islower():
            return text
        entry = self._lexicon.entry(text.lower())
        named = entry is not None and entry.capital > SETTINGS.name_capital
        return text if named else text[0].lower() + text[1:]

    def _words_at(self, piece: str, first: bool) -> tuple[SpacedWord, ...]:
        """Words that `piece` may be, cheapest first; `first` tells that it stands at the start or behind a wide gap."""
        found: dict[str, SpacedWord] = {}
        self._offer(found, piece, 0.0, first)
        as_read = tuple(found)
        for text, cost in _glyph_readings(piece):
            self._offer(found, text, cost, first)
        if self._may_begin_otherwise(piece, first, as_read):
            self._offer_other_capitals(found, piece, SETTINGS.compound_kept if as_read else 0.0, first)
        self._offer_name(found, piece, 0.0)
        if len(piece) > SETTINGS.name_length and piece[-1] in self._commas:
            self._offer_with_comma(found, piece[:-1], first)
        return tuple(sorted(found.values(), key=lambda w: w.cost)[: SETTINGS.readings])

    def _may_begin_otherwise(self, piece: str, first: bool, as_read: Sequence[str]) -> bool:
        """Whether the first glyph of a piece may be another than was read: where it begins a word, and none of the
        words that it is `as_read` is listed or stands elsewhere in the text."""
        if not first and (len(piece) < SETTINGS.inner_length or piece[0].islower()):
            return False
        listed = any(self._lexicon.knows(form) or form in self._shown.all for form in as_read)
        return len(piece) >= SETTINGS.shortest and not listed

    def _offer_with_comma(self, found: dict[str, SpacedWord], piece: str, first: bool) -> None:
        """Adds the words that a piece is before a comma."""
        for text, low, cost in self.words_at(piece, first):
            if cost < SETTINGS.comma_after:
                found.setdefault(low + ",", SpacedWord(text + ",", low, cost + SETTINGS.comma))

    def _offer_other_capitals(self, found: dict[str, SpacedWord], piece: str, kept: float, first: bool) -> None:
        """Adds what a piece may be with another first glyph, at a cost of `kept` more."""
        learned = self._display.capitals.get(piece[0])
        for capital in _CAPITALS:
            cost = SETTINGS.learned_first if capital == learned else self._wrong_first
            self._offer(found, capital + piece[1:], cost + kept, first)
        if learned is not None:
            self._offer_name(found, learned + piece[1:], SETTINGS.learned_first)

    def _offer_name(self, found: dict[str, SpacedWord], piece: str, cost: float) -> None:
        """Adds a name that no list knows; its marks stay lost."""
        shaped = piece.isalpha() and piece[0].isupper() and piece[1:].islower()
        if len(piece) >= SETTINGS.name_length and shaped:
            cost += SETTINGS.name + SETTINGS.name_letter * len(piece)
            found.setdefault(piece.lower(), SpacedWord(piece, piece.lower(), cost))

    def _offer(self, found: dict[str, SpacedWord], text: str, cost: float, first: bool) -> None:
        """Adds the known words that `text` shows, marks aside, at a cost of `cost` more."""
        low = text.lower()
        if text[1:] != low[1:] and not text.isupper():
            cost += SETTINGS.capital_inside
        for form, prior in self._known(low) if low.isalpha() else ():
            marks = min(self._damage.marks_cost(form, low), SETTINGS.most_marks)
            total = min(prior, self._shown_cost(form)) + cost + marks
            old = found.get(form)
            if old is None or total < old.cost:
                shown = form[0].upper() + form[1:] if first or text[0].isupper() else form
                found[form] = SpacedWord(shown, form, total)

    def _shown_cost(self, form: str) -> float:
        """What a word costs that the text shows elsewhere or that headings are made of."""
        shown = SETTINGS.shown if form in self._shown.vocabulary else _NEVER
        return min(shown, heading_costs().get(form, _NEVER))

    def _known(self, low: str) -> list[tuple[str, float]]:
        """The words, with costs, that a string in small letters shows, marks aside: listed ones, names of the text, a
        compound, else what the text shows elsewhere."""
        if len(low) == 1 and low not in COMMON_ONE_LETTER_WORDS:
            return []
        forms = known_forms(low, self._lexicon)
        options = [(form, entry.cost) for form, entry in forms] if forms else []
        if not options and low in self._shown.names:
            options.append((low, SETTINGS.shown))
        compound = self._compounds.best(low) if len(low) >= SETTINGS.compound_length else None
        if compound is not None and not _SMALL_WORDS.intersection(compound.parts[1:]):
            joints = 2 * len(compound.parts) - 3
            options.append((compound.form, compound.cost + SETTINGS.part * joints))
        return options or [(low, SETTINGS.shown)] * (low in self._shown.all)


def _belongs_to_words(token: str, read: SpacedReading) -> bool:
    """Whether the first token of a stretch is a part of the words that were read with it."""
    if len(token) >= 3 and not (token.islower() or token.istitle() or token.isupper()):
        return False  # no word is written so: `kMk`
    if read.is_words and not read.changed:
        return True
    return len(token) < 3 and read.cost <= SETTINGS.good


def _keep(best: list[_Partial], new: _Partial) -> None:
    """Puts a reading among the two cheapest that differ in their text."""
    same = next((place for place, old in enumerate(best) if old.text == new.text), None)
    if same is not None:
        if new.cost >= best[same].cost:
            return
        best[same] = new
    elif len(best) < 2:
        best.append(new)
    elif new.cost < best[1].cost:
        best[1] = new
    else:
        return
    best.sort(key=lambda partial: partial.cost)


def _agrees(printed: str, read: str) -> bool:
    """Whether a first sign is the one that was read, but for case and lost marks."""
    return agrees(printed.lower(), read.lower())


def _glyph_readings(piece: str) -> Iterator[tuple[str, float]]:
    """The piece with one sign taken for another, and what that costs."""
    for read, printed, cost in spaced_swaps():
        at = piece.find(read)
        while at >= 0:
            yield piece[:at] + printed + piece[at + len(read) :], cost
            at = piece.find(read, at + 1)
