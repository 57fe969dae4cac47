"""The correction of a text, line for line: judge it, join what is letter-spaced, decode the words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.corrections.candidates import Candidates
from avskrift.corrections.compounds import compounds
from avskrift.corrections.condition import condition_of, witness_of
from avskrift.corrections.decoder import decode
from avskrift.corrections.letter_spacing import LetterSpacing
from avskrift.corrections.lexicon import STRIP, lexicon
from avskrift.corrections.punctuation import comma_for_full_stop, commas_for_full_stops
from avskrift.corrections.tokens import Chunk, chunks_of
from avskrift.models.document import Edit

_LONGEST_LINE = 2_000
"""Longer lines are worked on in pieces of this length, cut at white space, so that time stays linear."""


@dataclass(frozen=True, slots=True)
class MendedLine:
    """A line as it was printed, with the edits that lead there from the reading."""

    text: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    text: str
    rule: str
    confidence: float


def mend(lines: Sequence[str]) -> list[MendedLine]:
    """The mended lines, one for each line given. The lines are taken as one text of one condition."""
    known, made = lexicon(), compounds()
    chunked = [chunks_of(line) for line in lines]
    condition = condition_of((c for row in chunked for c in row), known, made)
    spacing = LetterSpacing(known, made, condition)
    witness = {} if condition.whole else witness_of((c for row in chunked for c in row), known, made)
    candidates = Candidates(known, made, condition, witness)
    mended = []
    before: str | None = "."
    for index, line in enumerate(lines):
        changes = [_Change(j.start, j.end, j.text, "letter-spacing", j.confidence) for j in spacing.joined_in(line)]
        if not condition.whole:
            free = [c for c in chunked[index] if all(c.end <= x.start or c.start >= x.end for x in changes)]
            follows = None if before == "." and line.lstrip()[:1].islower() else before
            decoded, last = _decoded(free, candidates, follows)
            changes += decoded
            before = last if _RUNS_ON.search(line) else "." if _STOPS.search(line) or not line.strip() else None
        if condition.damaged:
            changes += _signs(line, lines, index, changes)
        mended.append(_applied(line, changes))
    return mended


def _decoded(chunks: Sequence[Chunk], candidates: Candidates, before: str | None) -> tuple[list[_Change], str | None]:
    found = []
    for first in range(0, len(chunks), 200):
        group = chunks[first : first + 200]
        choices, before = decode(group, candidates, lexicon(), before)
        for choice in choices:
            start, end = group[choice.first].start, group[choice.last - 1].end
            found.append(_Change(start, end, choice.text, choice.rule, choice.confidence))
    return found, before


_STOPS = re.compile(r"[.!?][\"”')]*\s*$")
_RUNS_ON = re.compile(r"[^\W\d_]\s*$")


def _signs(line: str, lines: Sequence[str], index: int, taken: Sequence[_Change]) -> list[_Change]:
    """Lone signs: a comma for a full stop, a bar for I, a letter for a bullet."""
    found = []
    comma = comma_for_full_stop(lines, index)
    if comma is not None:
        found.append(_Change(comma, comma + 1, ".", "punctuation", 0.85))
    for place in commas_for_full_stops(line, _no_name):
        found.append(_Change(place, place + 1, ".", "punctuation", 0.8))
    bar = re.search(r"(?<![\S])\|(?=\s*$|\s+[^\W\d_])", line)
    if bar is not None:
        found.append(_Change(bar.start(), bar.end(), "I", "glyphs", 0.8))
    bullet = re.match(r"\s*([eo«»*])\s+(?=[A-ZÅÄÖ0-9])", line)
    if bullet is not None:
        found.append(_Change(bullet.start(1), bullet.end(1), "•", "bullet", 0.85))
    return [c for c in found if all(c.end <= t.start or c.start >= t.end for t in taken)]


def _no_name(word: str) -> bool:
    """Whether a capitalised word is one that running text hardly ever capitalises inside a sentence."""
    known = lexicon()
    low = word.lower()
    forms = known.forms_of(low.translate(STRIP))
    entries = [e for e in (known.entry(form) for form in forms) if e is not None]
    if not entries:
        return compounds().best(low) is not None
    likeliest = min(entries, key=lambda e: e.cost)
    return likeliest.capital < _RARELY_CAPITAL and likeliest.cost < _COMMON


_RARELY_CAPITAL, _COMMON = 0.2, 13.0


def _applied(line: str, changes: Sequence[_Change]) -> MendedLine:
    """The line with its changes, which do not overlap."""
    parts: list[str] = []
    edits: list[Edit] = []
    at = length = 0
    for change in sorted(changes, key=lambda c: c.start):
        if change.start < at or line[change.start : change.end] == change.text:
            continue
        parts.append(line[at : change.start])
        length += change.start - at
        parts.append(change.text)
        edits.append(Edit(change.start, change.end, length, length + len(change.text), change.rule, change.confidence))
        length += len(change.text)
        at = change.end
    parts.append(line[at:])
    return MendedLine("".join(parts), tuple(edits))


def undone(mended: MendedLine, raw: str) -> str:
    """The reading that `mended` came from, rebuilt from its text, its edits and their raw spans in `raw`."""
    parts: list[str] = []
    at = 0
    for edit in mended.edits:
        parts.append(mended.text[at : edit.start])
        parts.append(raw[edit.raw_start : edit.raw_end])
        at = edit.end
    parts.append(mended.text[at:])
    return "".join(parts)
