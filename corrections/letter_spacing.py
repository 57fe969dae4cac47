"""Letter-spaced words, in which the engine saw each letter as a word and the display capital as another sign.

`0 l a n   o c h   m e t o d` is *Plan och metod*. What the signs of a document's display type stand for is learned from
all its letter-spaced stretches (`display_type`); then the letters of each are cut into words (`spaced_words`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from avskrift.corrections import confidence
from avskrift.corrections.damage import TextDamage
from avskrift.corrections.display_type import (
    QUOTATION_MARKS,
    DisplayType,
    capitals_of,
    numbers_of,
    quoted,
    quotes_of,
    stops_of,
)
from avskrift.corrections.spaced_runs import stretches, words_outside
from avskrift.corrections.spaced_words import ShownWords, SpacedReading, SpacedWords, heading_costs
from avskrift.language.compounds import Compounds
from avskrift.language.lexicon import Lexicon
from avskrift.models.edits import Edit

RULE = "letter-spacing"
_PLAIN_NUMBER = re.compile(
    r"\d(?: ?\d)?(?: ?\. ?\d){0,3} ?\.\s*(?=[^\d\s])"  # 1 .  or  1 0 . 2 .
    r"|\d(?: ?\. ?\d){1,3}\s+(?=[^\d\s])"  # 6 . 3 . 1
    r"|\d(?:\s{2,}(?=[^\d\s])| (?=[A-ZÅÄÖ] ))"  # 5, before a wide gap or a capital
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a document's display type is learned from."""

    learned_from: int = 400  # stretches from the first on that tell of it
    wrong_of_few: tuple[float, float] = (1.0, 3.0)
    """Stretches with a wrong first glyph, of how many, that are taken for granted before any is seen."""
    alike: float = 4.0  # words that differ by less (negative natural logarithm) are of like cost
    lines_behind: int = 3  # lines in which what follows a quotation is looked for


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A letter-spaced stretch, whether it begins its line, and the text that follows it."""

    text: str
    begins: bool
    behind: str


class LetterSpacing:
    """Joins the letter-spaced stretches of one text."""

    def __init__(
        self,
        lexicon: Lexicon,
        compounds: Compounds,
        damage: TextDamage,
        vocabulary: Mapping[str, int],
        lines: Sequence[str] = (),
    ) -> None:
        """`lexicon` and `compounds` say what is a word, `damage` what was lost, `vocabulary` which words the text shows
        elsewhere, with how often; `lines` are the whole text, from which the signs of its display type are learned."""
        self._lexicon = lexicon
        spans = [(at, list(stretches(line))) for at, line in enumerate(lines)]
        places = [(at, start, end) for at, found in spans for start, end in found]
        self._shown = _shown_words(lines, spans, vocabulary) if places else ShownWords(vocabulary)
        unlearned = SpacedWords(lexicon, compounds, damage, self._shown, DisplayType())
        shown = [_stretch(lines, *place) for place in places[: SETTINGS.learned_from]]
        self._display = _learned(unlearned, shown) if shown else DisplayType()
        self._words = SpacedWords(lexicon, compounds, damage, self._shown, self._display)

    def joined_in(self, line: str) -> list[Edit]:
        """The letter-spaced stretches of `line` with their words, left to right; those that cannot be read stay as they
        stand, with a confidence of 0."""
        found = []
        for start, end in stretches(line):
            text, sure = self._read(line[start:end], begins=not line[:start].strip()) or (line[start:end], 0.0)
            found.append(Edit(start, end, text, RULE, sure))
        return found

    def _read(self, stretch: str, *, begins: bool) -> tuple[str, float] | None:
        """The words of one stretch, and the probability that they are right."""
        found = self._quotation(stretch) or (self._numbered(stretch) if begins else None)
        if found is None:
            read = self._words.read(stretch)
            found = (read.text, read) if read is not None and read.is_words else None
        return None if found is None else (found[0], self._confidence(found[1]))

    def _quotation(self, stretch: str) -> tuple[str, SpacedReading] | None:
        """A stretch between quotation marks, with its words."""
        quotation = quoted(stretch, self._display.quotes)
        if quotation is None or (quotation.mark not in QUOTATION_MARKS and self._words.is_words_as_read(stretch)):
            return None
        read = self._words.read(quotation.words)
        if read is None or not read.is_words:
            return None
        return f'"{read.text}"{self._display.stops.get(quotation.stop, quotation.stop)}', read

    def _numbered(self, stretch: str) -> tuple[str, SpacedReading] | None:
        """A heading with its number, and its words."""
        plain = _PLAIN_NUMBER.match(stretch)
        if plain is not None:
            read = self._words.read(stretch[plain.end() :])
            if read is not None and read.is_words:
                return f"{_without_spaces(plain.group())} {read.text}", read
        token = self._words.number_before(stretch)
        number = self._display.number(token) if token is not None else None
        read = self._words.read(stretch[len(token) :]) if token is not None and number is not None else None
        return None if read is None else (f"{number} {read.text}", read)

    def _confidence(self, reading: SpacedReading) -> float:
        shared = self._display.wrong_first if reading.changed else 1.0 - self._display.wrong_first
        listed = self._lexicon.knows(reading.text.lower())
        features = confidence.spaced_features(reading.cost, reading.margin, shared, listed=listed)
        return confidence.spaced_probability(features, self._rivals(reading), changed=reading.changed)

    def _rivals(self, reading: SpacedReading) -> int:
        """How many other words of like cost a single word could be with another first glyph, where neither headings nor
        the document have it: how common they are in prose does not tell which one a heading is."""
        if not reading.changed or " " in reading.text or self._is_expected(reading):
            return 0
        costs = {word.text: word.cost for word in self._words.words_at(reading.letters, True)}
        limit = costs.get(reading.text, 0.0) + SETTINGS.alike
        return sum(cost < limit for text, cost in costs.items() if text[0] != reading.text[0])

    def _is_expected(self, reading: SpacedReading) -> bool:
        """Whether headings, the document or what it taught of its first signs tell of a word."""
        if self._display.capitals.get(reading.letters[0]) == reading.text[0]:
            return True
        low = reading.text.lower()
        return any(low in words for words in (heading_costs(), self._shown.all, self._shown.vocabulary))


def _shown_words(
    lines: Sequence[str], spans: Sequence[tuple[int, list[tuple[int, int]]]], vocabulary: Mapping[str, int]
) -> ShownWords:
    """The words of `lines` outside the letter-spaced `spans` of each, and its `vocabulary`."""
    outside = list(words_outside(lines, spans))
    names = frozenset(word.lower() for word, inside in outside if inside and word.istitle())
    return ShownWords(vocabulary, frozenset(word.lower() for word, _ in outside), names)


@dataclass(slots=True)
class _Signs:
    """What the stretches of a document show of the signs of its display type."""

    kept: int = 0
    """Stretches whose first sign was the printed one."""
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    openings: list[tuple[str, str]] = field(default_factory=list)
    stops: list[tuple[str, str, bool]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


def _learned(words: SpacedWords, shown: Sequence[_Stretch]) -> DisplayType:
    """What the stretches of the document have in common."""
    signs = _Signs()
    for stretch in shown:
        if not _add_quotation(signs, words, stretch):
            _add_heading(signs, words, stretch)
    quotes = quotes_of(signs.openings)
    wrong, of_all = SETTINGS.wrong_of_few
    return DisplayType(
        capitals_of(signs.changed),
        quotes,
        numbers_of(signs.numbers),
        stops_of((sign, capital) for mark, sign, capital in signs.stops if mark in quotes),
        (len(signs.changed) + wrong) / (len(signs.changed) + signs.kept + of_all),
    )


def _add_quotation(signs: _Signs, words: SpacedWords, stretch: _Stretch) -> bool:
    """Adds what a stretch between two signs that are alike shows; False where it is no quotation."""
    quotation = quoted(stretch.text)
    read = words.read(quotation.words) if quotation is not None else None
    if quotation is None or read is None or not read.is_words or words.is_words_as_read(stretch.text):
        return False
    signs.openings.append((quotation.mark, read.text))
    if quotation.stop:
        signs.stops.append((quotation.mark, quotation.stop, stretch.behind.lstrip()[:1].isupper()))
    return True


def _add_heading(signs: _Signs, words: SpacedWords, stretch: _Stretch) -> None:
    """Adds what a stretch shows of numbers and of first signs."""
    text = stretch.text
    plain = _PLAIN_NUMBER.match(text) if stretch.begins else None
    token = words.number_before(text) if stretch.begins and plain is None else None
    if plain is not None:
        signs.numbers.append(_without_spaces(plain.group()))
        text = text[plain.end() :]
    elif token is not None:
        signs.numbers.append(token)
        text = text[len(token) :]
    read = words.read(text)
    if read is None or not read.is_words:
        return
    if read.changed:
        signs.changed.append((read.letters[0], read.text[0], read.text))
    else:
        signs.kept += 1


def _stretch(lines: Sequence[str], at: int, start: int, end: int) -> _Stretch:
    line = lines[at]
    behind = (line[end:], *lines[at + 1 : at + 1 + SETTINGS.lines_behind])
    return _Stretch(line[start:end], not line[:start].strip(), next((t for t in behind if t.strip()), ""))


def _without_spaces(number: str) -> str:
    return "".join(number.split())
