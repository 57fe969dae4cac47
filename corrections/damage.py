"""What state a text is in: how many of its å ä ö are lost, how damaged its words are.

Everything that follows is gated by this. A text that is whole is left alone, word for word; the more a text
shows that marks or glyphs were lost, the less proof a single word needs.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from avskrift.corrections.confusions import variants_of
from avskrift.corrections.tokens import Chunk
from avskrift.language.compounds import Compounds, agrees
from avskrift.language.lexicon import STRIP, Lexicon

MARKS = "åäö"
_SAMPLE = 4000
_WHOLE_LOSS = 0.08
_WHOLE_DAMAGE, _STRIPPED_DAMAGE = 0.004, 0.012
"""The share of words with a wrong glyph that tells of damage; more where the marks are gone, since then a name is
sooner one glyph from some other word."""
_MARKS_OF_LETTERS, _EXPECTED = 0.05, 4.0
"""The share of å ä ö among Swedish letters; how many must be due before their absence tells anything."""
_FEWEST_KINDS = 3
"""Fewer different broken words than this are misprints or names, not the work of an engine."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`lost` gives for å, ä, ö the share that the reading lacks; `damage` the share of words with a wrong glyph."""

    lost: tuple[float, float, float]
    damage: float

    @property
    def whole(self) -> bool:
        """Whether the text needs no mending."""
        return not self.marks_lost and not self.damaged

    @property
    def marks_lost(self) -> bool:
        return max(self.lost) >= _WHOLE_LOSS

    @property
    def damaged(self) -> bool:
        return self.damage >= (_STRIPPED_DAMAGE if self.marks_lost else _WHOLE_DAMAGE)

    def mark_cost(self, mark: str) -> float:
        """What it costs to say that a plain letter was `mark` (negative natural logarithm)."""
        place = MARKS.find(mark)
        return -math.log(min(0.98, max(self.lost[place], 0.002))) if place >= 0 else 4.0

    @property
    def per_change(self) -> float:
        """What any glyph confusion costs in this text."""
        return -math.log(min(0.5, max(3 * self.damage, 0.002)))


def condition_of(chunks: Iterable[Chunk], lexicon: Lexicon, compounds: Compounds) -> Condition:
    """The state of a text, from at most 4,000 of its longer words, each counted once for each use."""
    counted = Counter(c.text for c in chunks if not c.fixed and not c.parted and len(c.text) >= 4)
    kept: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    bare_kinds = words = broken = kinds = 0
    marks_gone: list[tuple[str, int]] = []
    for text, times in counted.most_common(_SAMPLE):
        low = text.lower()
        words += times
        for mark in MARKS:
            kept[mark] += low.count(mark) * times
        if lexicon.knows(low) or not low.isalpha():
            if not low.isalpha():
                marks_gone.append((text, times))
            continue
        restored = restored_form(low, lexicon, compounds)
        if restored is None:
            marks_gone.append((text, times))
            continue
        bare_kinds += low != restored
        for was, now in zip(low, restored, strict=True):
            if was != now:
                lost[now] += times
    a, b, c = ((lost[m] + 0.02) / (lost[m] + kept[m] + 1.5) for m in MARKS)
    shares = (a, b, c)
    letters = sum(len(text) * times for text, times in counted.items())
    if sum(kept.values()) == 0 and sum(lost.values()) >= 2 and letters * _MARKS_OF_LETTERS >= _EXPECTED:
        shares = (0.95, 0.95, 0.95)  # not one mark where many are due
    elif sum(lost.values()) < _FEWEST_KINDS + 1 or (sum(kept.values()) > 0 and bare_kinds < _FEWEST_KINDS):
        shares = (0.0, 0.0, 0.0)
    gone = max(shares) >= _WHOLE_LOSS
    for text, times in marks_gone:
        for variant in variants_of(text, 1.0, gone, most=60, limit=9.0):
            low = variant.text.lower()
            if (
                lexicon.knows(low)
                or (gone and restored_form(low, lexicon, compounds) is not None)
                or (len(low) >= 10 and compounds.best(low, True) is not None)
            ):
                broken += times
                kinds += 1
                break
    damage = broken / (words + 60) if kinds >= _FEWEST_KINDS else 0.0
    return Condition(shares, damage)


def witness_of(chunks: Iterable[Chunk], lexicon: Lexicon, compounds: Compounds, *, bare: bool) -> dict[str, int]:
    """The words that the text itself shows readable, marks aside, two times or more.

    Where marks are lost (`bare`), a word that may be one of several tells nothing about any of them.
    """
    counted: Counter[str] = Counter()
    for text, times in Counter(c.text.lower() for c in chunks if not c.fixed and len(c.text) >= 5).items():
        if bare and sum(agrees(form, text) for form in lexicon.forms_of(text.translate(STRIP))) > 1:
            continue
        restored = text if lexicon.knows(text) else restored_form(text, lexicon, compounds)
        if restored is not None:
            counted[restored] += times
    return {word: times for word, times in counted.items() if times >= 2}


def restored_form(low: str, lexicon: Lexicon, compounds: Compounds) -> str | None:
    """The word that `low` is once lost marks are given back; `low` itself where it is a compound."""
    known = [f for f in lexicon.forms_of(low.translate(STRIP)) if agrees(f, low)]
    if known:
        return min(known, key=lambda f: e.cost if (e := lexicon.entry(f)) is not None else 99.0)
    as_is = compounds.best(low, True)
    found = compounds.best(low)
    if found is None:
        return None
    return low if as_is is not None and as_is.cost <= found.cost + 4 else found.form
