"""The correction of a text, line for line: judge it, join what is letter-spaced, decode the words, then the signs."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from avskrift.corrections.candidates import Candidates
from avskrift.corrections.changes import Change, apart
from avskrift.corrections.damage import Condition, condition_of, witness_of
from avskrift.corrections.decoder import Decoder
from avskrift.corrections.homographs import Context
from avskrift.corrections.letter_spacing import Joined, LetterSpacing
from avskrift.corrections.names import Occurrence, names_of
from avskrift.corrections.numbers import numbers_mended
from avskrift.corrections.parallel_readings import Reading, Witnesses
from avskrift.corrections.punctuation import RUNS_ON, STOPS, lone_signs
from avskrift.corrections.signs import domains_in, signs_mended
from avskrift.corrections.spaced_runs import stretches
from avskrift.corrections.tagger import TagLattice, restorer
from avskrift.corrections.tokens import Chunk, chunks_of
from avskrift.errors import LimitExceededError
from avskrift.language.compounds import Compounds, compounds
from avskrift.language.languages import foreign_lines, name_of
from avskrift.language.lexicon import Lexicon, lexicon
from avskrift.models.document import Doubt
from avskrift.models.edits import Edit, apply, shifted, text_span
from avskrift.models.options import MOST_SIGNS, CorrectingOptions

_SIGNS_AROUND = re.compile(r"[^\w\s]*")
_UNSURE_DAMAGE, _UNSURE_LOST = 0.05, (0.03, 0.03, 0.03)
"""What is taken for the condition of the words that an engine read unsurely in a text that is whole otherwise."""
_CAREFUL, _CAREFUL_LENGTH = 0.8, 6
"""There, a change less sure, or of a shorter word, is only a doubt."""
_TERM = 3
"""Times that a word stands capitalised inside sentences to be one that the document always writes so."""
_LONGEST = 1_500
"""Signs of a line that are mended together."""
_TOGETHER = 2_000_000
"""Signs of a text that are judged and mended as one; what is known of each word takes a hundred times its length."""


@dataclass(frozen=True, slots=True)
class CorrectedLine:
    """A line as it was printed, with the edits that lead there from the reading, and changes that were not made."""

    text: str
    edits: tuple[Edit, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Mending:
    """The mended lines, one for each line given, and what a person should know."""

    lines: tuple[CorrectedLine, ...]
    warnings: tuple[str, ...] = ()


def mend(
    lines: Sequence[str],
    options: CorrectingOptions | None = None,
    witnesses: Sequence[Sequence[str]] = (),
    unsure: Mapping[int, Sequence[tuple[int, int]]] | None = None,
) -> Mending:
    """The lines mended, taken as one text of one condition; `witnesses` are other readings of the same document.

    `unsure` gives, by the place of a line, the spans that an engine read unsurely: they are mended in a text that is
    else left alone. A text of more than two million signs is taken as several. Raises `LimitExceededError` for one of
    more than `MOST_SIGNS`.
    """
    for reading in (lines, *witnesses):
        _check_length(sum(map(len, reading)) + len(reading))
    chosen = options or CorrectingOptions()
    pieces, numbers = _pieces(lines)
    doubted = unsure if unsure is not None and len(pieces) == len(lines) else {}
    others = [_pieces(other)[0] for other in witnesses]
    mended: list[CorrectedLine] = []
    warnings: list[str] = []
    for first, last in [(0, len(pieces))] if others else _blocks(pieces):
        own = {place - first: doubted[place] for place in doubted if first <= place < last}
        text = _Text(pieces[first:last], numbers[first:last], chosen, others, own)
        mended += [text.mended(place) for place in range(last - first)]
        warnings += [warning for warning in text.warnings if warning not in warnings]
    whole = [
        _whole([(pieces[place], mended[place]) for place in places])
        for _, places in groupby(range(len(pieces)), numbers.__getitem__)
    ]
    return Mending(tuple(whole), tuple(warnings))


def _check_length(signs: int) -> None:
    """Raises `LimitExceededError` for a text of more than `MOST_SIGNS` signs."""
    if signs > MOST_SIGNS:
        raise LimitExceededError(f"the text is too long ({signs:,} signs; {MOST_SIGNS:,} at most)")


def _blocks(pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The spans of pieces that are taken together: all, or blocks of `_TOGETHER` signs, so that memory is bounded."""
    first = signs = 0
    for place, piece in enumerate(pieces):
        if signs > _TOGETHER:
            yield first, place
            first, signs = place, 0
        signs += len(piece) + 1
    yield first, len(pieces)


def _pieces(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """The lines, very long ones cut after spaces so that time and memory stay linear, and the line of each piece."""
    pieces: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(lines):
        start = 0
        while len(line) - start > _LONGEST:
            end = line.rfind(" ", start, start + _LONGEST) + 1
            pieces.append(line[start : end if end > start else start + _LONGEST])
            numbers.append(number)
            start += len(pieces[-1])
        pieces.append(line[start:])
        numbers.append(number)
    return pieces, numbers


def _whole(pieces: Sequence[tuple[str, CorrectedLine]]) -> CorrectedLine:
    """A line from its pieces, each with what it was mended to."""
    if len(pieces) == 1:
        return pieces[0][1]
    edits: list[Edit] = []
    doubts: list[Doubt] = []
    raw = at = 0
    for read, mended in pieces:
        edits += shifted(mended.edits, raw, at)
        doubts += [replace(d, raw_start=d.raw_start + raw, raw_end=d.raw_end + raw) for d in mended.doubts]
        raw, at = raw + len(read), at + len(mended.text)
    return CorrectedLine("".join(mended.text for _, mended in pieces), tuple(edits), tuple(doubts))


class _Text:
    """A text in the making: what is found out once about all its lines."""

    def __init__(
        self,
        lines: Sequence[str],
        numbers: Sequence[int],
        options: CorrectingOptions,
        witnesses: Sequence[Sequence[str]],
        unsure: Mapping[int, Sequence[tuple[int, int]]],
    ) -> None:
        """`numbers` are the places of `lines` in the user's text, for messages; `unsure` as in `mend`."""
        self.lines, self.places, self.options = lines, numbers, options
        self.known: Lexicon = lexicon(options.glossary)
        self.made: Compounds = compounds(options.glossary)
        self.foreign = foreign_lines(lines)
        self.chunks = [[] if i in self.foreign else chunks_of(line) for i, line in enumerate(lines)]
        self.condition: Condition = condition_of((c for row in self.chunks for c in row), self.known, self.made)
        self.damaged = self.condition.damaged
        self.careful = self.condition.whole and bool(unsure)
        if self.careful:
            self.condition = replace(self.condition, damage=_UNSURE_DAMAGE, lost=_UNSURE_LOST)
            self.chunks = [
                [
                    c if any(a < c.end and c.start < b for a, b in unsure.get(i, ())) else replace(c, fixed=True)
                    for c in row
                ]
                for i, row in enumerate(self.chunks)
            ]
        self.others = witnesses
        given = Witnesses(self.chunks, lines, [self._other(other) for other in witnesses])
        self.strangers = len(witnesses) - len(given.used)
        self.witnesses = given if given.used else None
        self.reading = self.witnesses is not None or not self.condition.whole
        self.verdicts: Sequence[TagLattice] = restorer().tagged(lines, self.condition) if self.reading else []
        self.other_mended = lru_cache(maxsize=None)(self._other_mended)
        spaced = any(True for line in lines for _ in stretches(line))
        words = (c for row in self.chunks for c in row)
        bare = self.condition.marks_lost
        seen = witness_of(words, self.known, self.made, bare=bare) if self.reading or spaced else {}
        self.candidates = Candidates(
            self.known, self.made, self.condition, seen, other_readings=self.witnesses is not None
        )
        self.spacing = LetterSpacing(self.known, self.made, self.condition, seen, lines)
        self.numbers: Mapping[int, list[Change]] = numbers_mended(lines)
        names = names_of(self._unknown_names(), lambda low: self.known.knows(low)) if self.reading else {}
        surroundings = Context(lines) if self.reading else None
        capitalised = frozenset(
            c.text for row in self.chunks for c in row if not c.fresh and c.text[0].isupper() and not c.text.isupper()
        )
        terms = self._terms() if self.reading else frozenset()
        self.decoder = Decoder(self.candidates, self.known, self.witnesses, names, surroundings, capitalised, terms)
        self.domains = domains_in([line for reading in (lines, *witnesses) for line in reading])
        self.before: str | None = "."

    def _terms(self) -> frozenset[str]:
        """Known words that stand capitalised inside sentences again and again, and hardly otherwise: *Parterna*."""
        inside = Counter(c.text for row in self.chunks for c in row if not c.fresh and not c.fixed)
        return frozenset(
            text
            for text, times in inside.items()
            if times >= _TERM and text.istitle() and text[0] != "I" and self.known.knows(text.lower())
            if times > inside[text.lower()]
        )

    def _unknown_names(self) -> Iterator[Occurrence]:
        for index, row in enumerate(self.chunks):
            for c in row:
                if c.text[0].isupper() and c.text.isalpha() and not c.fixed and not self.known.knows(c.text.lower()):
                    yield Occurrence(c.text, tuple(self.verdicts[index].readings(c.start, c.end)))

    def _other(self, lines: Sequence[str]) -> Reading:
        chunks = [chunks_of(line) for line in lines]
        condition = condition_of((c for row in chunks for c in row), self.known, self.made)
        # Letter-spaced stretches say nothing about single words.
        words = [
            [c for c in row if not any(a <= c.start < b for a, b in stretches(line))]
            for line, row in zip(lines, chunks, strict=True)
        ]
        return Reading(lines, words, restorer().tagged(lines, condition))

    def _other_mended(self, number: int) -> Mending:
        """What another reading is mended to by itself; only letter-spaced stretches ask for it."""
        return mend(self.others[number], self.options.model_copy(update={"min_confidence": 0.0}))

    @property
    def warnings(self) -> tuple[str, ...]:
        told = []
        for code in dict.fromkeys(self.foreign.values()):
            rows = sorted({self.places[i] + 1 for i, c in self.foreign.items() if c == code})
            where = f"line {rows[0]}" if len(rows) == 1 else f"{len(rows)} lines from line {rows[0]}"
            told.append(f"{where} seem to be {name_of(code)}; they were left as they are")
        if self.strangers:
            told.append("another reading was given that shares too few words with this one; it was not used")
        return tuple(told)

    def mended(self, index: int) -> CorrectedLine:
        """One line; lines are asked for in order, since a sentence may run on from the line before."""
        line = self.lines[index]
        if index in self.foreign:
            self.before = "."
            return CorrectedLine(line)
        joined = self.spacing.joined_in(line)
        changes = [self._joined(index, j) for j in joined]
        changes += apart(self.numbers.get(index, ()), changes)
        others = self.witnesses.whole_line(index, len(line)) if self.witnesses is not None else []
        changes += apart(signs_mended(line, self.domains, others), changes)
        if self.reading:
            free = apart(self.chunks[index], changes)
            follows = None if self.before == "." and line.lstrip()[:1].islower() else self.before
            decoded, last = self._decoded(index, free, follows)
            changes += [c if self._sure_enough(line, c) else replace(c, only_doubt=True) for c in decoded]
            self.before = last if RUNS_ON.search(line) else "." if STOPS.search(line) or not line.strip() else None
        if self.damaged:
            changes += apart(lone_signs(self.lines, index, self.known, self.made), changes)
        return self._applied(line, changes)

    def _sure_enough(self, line: str, change: Change) -> bool:
        """Whether a change may be made; in a text without damage a short word may well be an abbreviation."""
        if not self.careful:
            return True
        word = line[change.start : change.end]
        return change.confidence >= _CAREFUL and len(word) >= _CAREFUL_LENGTH and word.isalpha()

    def _joined(self, index: int, found: Joined) -> Change:
        """A letter-spaced stretch; another reading that is not letter-spaced there knows better."""
        if self.witnesses is not None:
            inside = [c for c in self.chunks[index] if found.start <= c.start and c.end <= found.end]
            for number, line, start, end in self.witnesses.stretch(index, inside) if inside else []:
                other = self.other_mended(number).lines[line]
                text = other.text[slice(*text_span(other.edits, start, end))]
                if re.sub(r"\W", "", text).lower() == re.sub(r"\W", "", found.text).lower():
                    return Change(found.start, found.end, found.text, "letter-spacing", max(0.97, found.confidence))
                if max(map(len, text.split()), default=0) >= 3 and self._knows_all(text):
                    before, after = _SIGNS_AROUND.match(found.text), _SIGNS_AROUND.match(found.text[::-1])
                    if before is not None and after is not None:
                        text = before.group() + text + after.group()[::-1]
                    return Change(found.start, found.end, text, "witness", 0.97)
        return Change(found.start, found.end, found.text, "letter-spacing", found.confidence)

    def _knows_all(self, text: str) -> bool:
        return all(self.candidates.as_read(c.text).known for c in chunks_of(text) if not c.fixed)

    def _decoded(self, index: int, chunks: Sequence[Chunk], before: str | None) -> tuple[list[Change], str | None]:
        found = []
        verdict: TagLattice = self.verdicts[index]
        choices, before = self.decoder.decode(index, chunks, verdict, before)
        for choice in choices:
            start, end = chunks[choice.first].start, chunks[choice.last - 1].end
            found.append(Change(start, end, choice.text, choice.rule, choice.confidence))
        return found, before

    def _applied(self, line: str, changes: Sequence[Change]) -> CorrectedLine:
        """The line with its changes, those too doubtful for the user apart."""
        made: list[Change] = []
        doubts: list[Doubt] = []
        for change in sorted(changes, key=lambda c: c.start):
            if change.start < (made[-1].end if made else 0) or line[change.start : change.end] == change.text:
                continue
            if change.confidence < self.options.min_confidence or change.only_doubt:
                doubts.append(Doubt(change.start, change.end, change.text, change.rule, change.confidence))
            else:
                made.append(change)
        text, edits = apply(line, made)
        return CorrectedLine(text, edits, tuple(doubts))
