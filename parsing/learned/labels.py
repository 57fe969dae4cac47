"""From a verified record to what the network should have said of each token of its document.

A value is found by its evidence, or else by its words. Of the other tokens a record says that they are none of what it
would hold; whether they are something else (another document, a participant, a problem that no area is told of) it does
not say, nor where else a verified value is named.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from avskrift.language.dates import dates_in
from avskrift.language.fold import fold
from avskrift.models.agreement import Agreement
from avskrift.parsing.learned.parties import is_same_party, party_name
from avskrift.parsing.learned.records import is_same_group
from avskrift.parsing.learned.spans import LearnedReading, likeliest, runs_of
from avskrift.parsing.learned.tags import VALUE_TAGS
from avskrift.parsing.learned.tokens import TOKEN
from avskrift.parsing.learned.verified import VerifiedValue, values_of
from avskrift.parsing.vocabulary import Vocabulary

UNSAID, NOT_HELD = -1, -2
"""The label of a token of which the record says nothing, and of one that is nothing that it would hold."""
_ALIKE = 90.0
"""How alike (0 to 100, rapidfuzz's ratio of the folded words) two texts of one value are at least."""
_DATES = ("FROM", "TO")
_NUMBERS = ("ORGNR", "PHONE", "DNR")
_HELD = frozenset(
    [
        *("PARTY", "TERM", "ORGNR", "TITLE", "DNR", "HOLDER", "FROM", "TO", "UNTIL", "GROUP", "MEMBER", "CHAIR"),
        *("AREA", "ANNEXNO", "ANNEX", "SIGNER", "OFFICE", "CONTACT", "ROLE", "PHONE", "EMAIL"),
    ]
)
"""Tags of which a record holds all: of the others the first place of each object only, or none."""
MAY_BE = np.array([True, *(tag not in _HELD for tag in VALUE_TAGS for _ in range(2))])
"""The outputs that a token with the label `NOT_HELD` may have."""
_EVERYWHERE = frozenset(["PARTY", "TITLE", "AREA", "ANNEX", "DNR", "ORGNR", "PHONE", "EMAIL"])
"""Tags that every place of a value's words may bear, not that alone where the record has it from."""

Place = tuple[int, int]
"""From and behind which token some words stand."""


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The output of each token that a record asks for, or `NOT_HELD`, or `UNSAID`; `found` are the values that were
    located with their places, `missed` the others."""

    numbers: NDArray[np.int64]
    found: tuple[tuple[VerifiedValue, Place], ...]
    missed: tuple[VerifiedValue, ...]


def labels_of(record: Agreement, reading: LearnedReading, vocabulary: Vocabulary) -> Labels:
    """What the network should have said of a document by its verified `record`; `reading` is what it said, and the
    `vocabulary` knows dates and kinds of bodies."""
    outputs = likeliest(np.log(reading.odds + 1e-9))
    runs = runs_of(reading.document, outputs)
    finder = _Finder(reading, vocabulary, outputs, runs)
    numbers = np.full(len(outputs), NOT_HELD, np.int64)
    found: list[tuple[VerifiedValue, Place]] = []
    missed: list[VerifiedValue] = []
    for value in values_of(record):
        places = finder.places_of(value)
        if not places:
            missed.append(value)
            continue
        found.append((value, places[0]))
        for start, end in places[1:]:
            numbers[start:end] = UNSAID
    mentions = _Mentions([value for value, _ in found], vocabulary)
    for start, end in runs:
        if mentions.name(_tag_of(outputs[start]), finder.text(start, end)):
            numbers[start:end] = UNSAID
    kept = list(_without_overlaps(found))
    _write(numbers, kept, runs)
    return Labels(numbers, tuple(kept), tuple(missed))


def _write(numbers: NDArray[np.int64], found: Sequence[tuple[VerifiedValue, Place]], runs: Sequence[Place]) -> None:
    """The labels of the values that were found; what is left of a run of the network's that one cuts is not held."""
    for _, (start, end) in found:
        for first, last in runs:
            if first < end and start < last:
                numbers[first:last] = NOT_HELD
    for value, (start, end) in found:
        at = 1 + 2 * VALUE_TAGS.index(value.tag)
        numbers[start], numbers[start + 1 : end] = at, at + 1


def _without_overlaps(
    found: Iterable[tuple[VerifiedValue, Place]],
) -> Iterator[tuple[VerifiedValue, Place]]:
    """The values that were found, of those that share words the first."""
    taken: set[int] = set()
    for value, (start, end) in found:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield value, (start, end)


def _tag_of(output: int) -> str:
    return VALUE_TAGS[(output - 1) // 2]


class _Mentions:
    """Knows by what other words the verified values are named in a document."""

    def __init__(self, values: Sequence[VerifiedValue], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._terms = {v.owner: v.text for v in values if v.tag == "TERM"}
        self._texts: dict[str, list[str]] = {}
        for value in values:
            self._texts.setdefault(value.tag, []).append(value.text)

    def name(self, tag: str, text: str) -> bool:
        """Whether a text with a tag names one of them."""
        return any(self._is_same(tag, known, text) for known in self._texts.get(tag, ()))

    def _is_same(self, tag: str, known: str, text: str) -> bool:
        if tag == "PARTY":
            return is_same_party([known], self._terms.get(known), text, self._vocabulary)
        if tag == "GROUP":
            return is_same_group(known, text, self._vocabulary)
        return _are_alike(known, text)


def _are_alike(one: str, other: str) -> bool:
    return fuzz.ratio(fold(one), fold(other)) >= _ALIKE


class _Finder:
    """Finds the words of values among the tokens of a document."""

    def __init__(
        self, reading: LearnedReading, vocabulary: Vocabulary, outputs: Sequence[int], runs: Sequence[Place]
    ) -> None:
        self._reading, self._document, self._vocabulary = reading, reading.document, vocabulary
        self._runs = [(_tag_of(outputs[start]), start, end) for start, end in runs]
        self._all = range(len(self._document.tokens))

    def text(self, start: int, end: int) -> str:
        """The words between two tokens, joined by spaces where the lines have them."""
        parts: list[str] = []
        before = None
        for token in self._document.tokens[start:end]:
            if before is not None and (token.line != before.line or token.start > before.end):
                parts.append(" ")
            parts.append(self._document.lines[token.line].text[token.start : token.end])
            before = token
        return re.sub(r"[-\u00ad] +(?=[a-zåäö])", "", " ".join("".join(parts).split()))

    def places_of(self, value: VerifiedValue) -> list[Place]:
        """Where a value stands: the place that is it, then others with its words that may be too. None where it is not
        found."""
        by_evidence = self._by_evidence(value)
        if by_evidence is not None and value.tag not in _EVERYWHERE:
            return [self._as_read(value, by_evidence)]
        others = self._by_words(value, self._all)
        found = by_evidence or self._likeliest(value, others)
        if found is None:
            return []
        start, end = self._as_read(value, found)
        return [(start, end), *(place for place in others if place[1] <= start or end <= place[0])]

    def _by_evidence(self, value: VerifiedValue) -> Place | None:
        """Where evidence has a value: all its words if they say it, else those of them that do, or of their line."""
        for evidence in value.evidence:
            line = self._document.tokens_on(evidence.page, evidence.line or 1)
            whole = self._likeliest(value, self._matches(_signs(evidence.text), line))
            says = whole is not None and self._says(value, evidence.text)
            if says and value.tag not in _DATES:
                return whole
            within = None if whole is None else self._likeliest(value, self._by_words(value, range(*whole)))
            beside = None if says else self._likeliest(value, self._by_words(value, line))
            if found := within or (whole if says else beside):
                return found
        return None

    def _by_words(self, value: VerifiedValue, scope: range) -> list[Place]:
        """The places in a part of the document where the words of a value stand, whatever its evidence says."""
        return self._days(value.text, scope) if value.tag in _DATES else self._matches(_signs(value.text), scope)

    def _likeliest(self, value: VerifiedValue, places: Sequence[Place]) -> Place | None:
        """Of several places that at which the network finds the value's tag likeliest, of equals the first."""
        if len(places) < 2:
            return places[0] if places else None
        return max(places, key=lambda place: self._reading.strengths(place[0], place[1], (value.tag,))[0])

    def _as_read(self, value: VerifiedValue, place: Place) -> Place:
        """The place of a value with the bounds that the network gave it, where it read the same there."""
        for tag, start, end in self._runs:
            if tag == value.tag and start < place[1] and place[0] < end and self._says(value, self.text(start, end)):
                return start, end
        return place

    def _says(self, value: VerifiedValue, text: str) -> bool:
        """Whether some words say a value."""
        if value.tag in _DATES:
            dates = [d.iso for d in dates_in(text, self._vocabulary.date_rules(), compact=True)]
            return value.text in (dates or re.findall(r"(?:19|20)\d\d", text))
        if value.tag in _NUMBERS:
            return re.sub(r"\W", "", fold(value.text)) == re.sub(r"\W", "", fold(text))
        return _are_alike(value.text, party_name(text) if value.tag == "PARTY" else text)

    def _matches(self, signs: str, scope: range) -> list[Place]:
        """The places that begin in a part of the document and whose words are some signs."""
        ends = ((first, self._end(first, signs)) for first in scope)
        return [(first, end) for first, end in ends if end]

    def _end(self, first: int, signs: str) -> int:
        """Behind which token the words end that begin at one and are some signs; 0 where they are not. Words that are
        parted at a line end are whole."""
        words = self._document.words
        if not signs or not words[first] or not signs.startswith(words[first]):
            return 0
        at, rest = first, signs
        while rest:
            if at == len(words):
                return 0
            if words[at] not in _HYPHENS:
                if not rest.startswith(words[at]):
                    return 0
                rest = rest.removeprefix(words[at])
            at += 1
        return at

    def _days(self, day: str, scope: range) -> list[Place]:
        """The places in a part of the document that say a day, a month or a year."""
        found: list[Place] = []
        for number, tokens in groupby(scope, key=lambda i: self._document.tokens[i].line):
            found += self._days_on(self._document.lines[number].text, day, list(tokens))
        return found

    def _days_on(self, text: str, day: str, tokens: Sequence[int]) -> Iterator[Place]:
        """The places on a line of some `text` that say a day, among its tokens."""
        dates = dates_in(text, self._vocabulary.date_rules(), compact=True)
        spans = [(d.start, d.end) for d in dates if d.iso == day]
        if len(day) == len("2024"):
            whole = [m.span() for m in re.finditer(rf"(?<!\d){day}(?!\d)", text)]
            spans += [(s, e) for s, e in whole if all(e <= d.start or d.end <= s for d in dates)]
        for start, end in spans:
            own = [i for i in tokens if start <= self._document.tokens[i].start < self._document.tokens[i].end <= end]
            if own:
                yield own[0], own[-1] + 1


_HYPHENS = frozenset(["", "-", "\u00ad"])


def _signs(text: str) -> str:
    """A text as its tokens spell it, one after the other, without hyphens."""
    return "".join(part for part in (p.lower() for p in TOKEN.findall(text)) if part not in _HYPHENS)
