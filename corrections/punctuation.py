"""Lone signs: full stops read as commas, a bar for I, a letter for a bullet."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise

from avskrift.corrections.changes import Change
from avskrift.language.compounds import Compounds
from avskrift.language.lexicon import STRIP, Lexicon

STOPS = re.compile(r"[.!?][\"”')]*\s*$")
RUNS_ON = re.compile(r"[^\W\d_]\s*$")
_BULLETS = ("•", "▪")
_ENDS_WITH_COMMA = re.compile(r"(?<=[^\W\d_]{2})(,)\s*$")
_BEFORE_CAPITAL = re.compile(r"(?<=[^\W\d_]{2})(,) (?P<word>[A-ZÅÄÖ][a-zåäö]+) [a-zåäö]")
_LONE_BAR = re.compile(r"(?<![\S])\|(?=\s*$|\s+[^\W\d_])")
_READ_FOR_BULLET = re.compile(r"\s*([eo«»*¢®■·+])\s+(?=[A-ZÅÄÖ0-9])")
_SPECK = re.compile(r"(?<=[^\s])\s+[.:;'’`´,~_]\s*$")
_RARELY_CAPITAL, _COMMON = 0.2, 13.0


def lone_signs(lines: Sequence[str], index: int, known: Lexicon, made: Compounds) -> list[Change]:
    """What the signs of lines[index] were, in a text whose glyphs are damaged."""
    return list(_lone_signs(lines, index, lambda word: _no_name(word, known, made)))


def _lone_signs(lines: Sequence[str], index: int, no_name: Callable[[str], bool]) -> Iterator[Change]:
    line = lines[index]
    comma = comma_for_full_stop(lines, index)
    if comma is not None:
        yield Change(comma, comma + 1, ".", "punctuation", 0.85)
    for place in commas_for_full_stops(line, no_name):
        yield Change(place, place + 1, ".", "punctuation", 0.8)
    bar = _LONE_BAR.search(line)
    if bar is not None:
        yield Change(bar.start(), bar.end(), "I", "punctuation", 0.8)
    speck = _SPECK.search(line)
    if speck is not None:
        yield Change(speck.start(), speck.end(), "", "speck", 0.8)
    bullet = _READ_FOR_BULLET.match(line)
    if bullet is not None:
        yield Change(bullet.start(1), bullet.end(1), "•", "bullet", 0.85)


def _no_name(word: str, known: Lexicon, made: Compounds) -> bool:
    """Whether a capitalised word is one that running text hardly ever capitalises inside a sentence."""
    low = word.lower()
    forms = known.forms_of(low.translate(STRIP))
    entries = [e for e in (known.entry(form) for form in forms) if e is not None]
    if not entries:
        return made.best(low) is not None
    likeliest = min(entries, key=lambda e: e.cost)
    return likeliest.capital < _RARELY_CAPITAL and likeliest.cost < _COMMON


def commas_for_full_stops(line: str, begins_sentences: Callable[[str], bool]) -> list[int]:
    """Where commas inside a line must be full stops: a word follows that only a new sentence would capitalise.

    `begins_sentences` tells of a capitalised word whether it is no name.
    """
    return [m.start(1) for m in _BEFORE_CAPITAL.finditer(line) if begins_sentences(m["word"])]


def comma_for_full_stop(lines: Sequence[str], index: int) -> int | None:
    """Where lines[index] ends in a comma that must be a full stop, or None.

    It must be when the text stops there: a blank line or the end follows, or a line that begins with a capital
    or a bullet, and the line is no member of a list of short ones.
    """
    found = _ENDS_WITH_COMMA.search(lines[index])
    if found is None or len(lines[index].split()) < 2:
        return None
    following = lines[index + 1].strip() if index + 1 < len(lines) else ""
    blank = not following
    after_blank = next((row.strip() for row in islice(lines, index + 1, None) if row.strip()), "")
    if blank and (not after_blank or after_blank[0].isupper() or after_blank[0] in "•▪-–"):
        return found.start(1)
    if following[:1] in _BULLETS:
        filled = [row.strip() for row in lines[max(0, index - 8) : index + 9] if row.strip()]
        ended = [row for row, after in pairwise(filled) if after[:1] in _BULLETS and row != lines[index].strip()]
        # Items of a list may all end in commas, as parts of one sentence.
        return found.start(1) if sum(row.endswith(",") for row in ended) <= 0.3 * len(ended) else None
    if re.match(r"\d\s+[A-ZÅÄÖ]", following):  # the next footnote
        return found.start(1)
    return None
