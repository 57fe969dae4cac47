"""How damaged a text is: how many of its å ä ö are lost, how many of its words have wrong glyphs.

Everything that follows is gated by this. An intact text is left alone, word for word; the more a text shows that
marks or glyphs were lost, the less proof a single word needs.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from avskrift.corrections.tokens import Token
from avskrift.corrections.variants import variants_of
from avskrift.language.compounds import Compounds, agrees
from avskrift.language.fold import without_marks
from avskrift.language.lexicon import Entry, Lexicon

MARKS = "åäö"


@dataclass(frozen=True, slots=True)
class Settings:
    """What tells of damage; shares are 0 to 1."""

    sample: int = 4000  # different words that are looked at, the commonest first
    word_length: int = 4  # signs of a word that tells of damage
    compound_length: int = 10  # signs of a compound that a word with a wrong glyph may be
    marks_lost: float = 0.08  # the share of one of å ä ö that is lost, from which marks are
    glyphs_wrong: float = 0.004  # the share of words with a wrong glyph that tells of damage
    glyphs_wrong_without_marks: float = 0.012
    """More where the marks are gone, since then a name is sooner one glyph from some other word."""
    marks_of_letters: float = 0.05  # the share of å ä ö among the letters of Swedish text
    marks_due: float = 4.0  # how many must be due before their absence tells anything
    fewest_kinds: int = 3  # fewer different broken words than this are misprints or names, not the work of an engine
    words_expected_whole: int = 60
    """Words taken for granted as whole before any is seen, so that short texts are not judged by one word."""
    none_kept: float = 0.95  # the share of lost marks where not one is left
    most_variants: int = 60  # how far a broken word is followed: variants
    variant_cost: float = 9.0  # the cost of each
    vocabulary_length: int = 5  # signs of a word of the document's vocabulary
    vocabulary_times: int = 2  # how often it must stand
    least_probable: float = 0.002
    most_probable: float = 0.98  # the least and the most probability that is given to a lost mark
    change_probable: float = 0.5  # the most probability that is given to a wrong glyph in a word
    other_mark_cost: float = 4.0
    """What it costs that another mark was lost than those of å ä ö (negative natural logarithm)."""
    compound_lead: float = 4.0  # how much dearer a compound may be as it was read than with marks, and still be right


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class TextDamage:
    """`lost` gives for å, ä, ö the share that the reading lacks; `wrong_glyphs` the share of words with a wrong
    glyph."""

    lost: tuple[float, float, float]
    wrong_glyphs: float

    @property
    def intact(self) -> bool:
        """Whether the text needs no correction."""
        return not self.marks_lost and not self.glyphs_damaged

    @property
    def marks_lost(self) -> bool:
        """Whether å ä ö were lost."""
        return max(self.lost) >= SETTINGS.marks_lost

    @property
    def glyphs_damaged(self) -> bool:
        """Whether glyphs were read wrong."""
        limit = SETTINGS.glyphs_wrong_without_marks if self.marks_lost else SETTINGS.glyphs_wrong
        return self.wrong_glyphs >= limit

    def mark_cost(self, mark: str) -> float:
        """What it costs to say that a plain letter was `mark` (negative natural logarithm)."""
        place = MARKS.find(mark)
        if place < 0:
            return SETTINGS.other_mark_cost
        return -math.log(min(SETTINGS.most_probable, max(self.lost[place], SETTINGS.least_probable)))

    def marks_cost(self, form: str, read: str) -> float:
        """What it costs to say that `read`, sign for sign, was `form`."""
        return sum(self.mark_cost(f) for f, r in zip(form, read, strict=True) if f != r)

    @property
    def change_cost(self) -> float:
        """What any glyph confusion costs in this text (negative natural logarithm)."""
        return -math.log(min(SETTINGS.change_probable, max(3 * self.wrong_glyphs, SETTINGS.least_probable)))


@dataclass(slots=True)
class _MarkCount:
    """The marks of a text that its words keep and lack, each use of a word counted, and words that are none."""

    kept: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    bare_kinds: int = 0
    """Different words that lack a mark."""
    unknown: list[tuple[str, int]] = field(default_factory=list)
    """What is no word even with marks, and how often it stands."""

    def add(self, read: str, printed: str, times: int) -> None:
        """Counts the marks of a word that stands so many times."""
        self.bare_kinds += read != printed
        for was, now in zip(read, printed, strict=True):
            if was != now:
                self.lost[now] += times
            elif now in MARKS:
                self.kept[now] += times


def damage_of(tokens: Iterable[Token], lexicon: Lexicon, compounds: Compounds) -> TextDamage:
    """How damaged a text is, by at most 4,000 of its longer words, each counted once for each use."""
    every = Counter(t.text for t in tokens if not t.fixed and not t.parted and len(t.text) >= SETTINGS.word_length)
    letters = sum(len(text) * times for text, times in every.items())
    words = every.most_common(SETTINGS.sample)
    counted = _counted_marks(words, lexicon, compounds)
    lost = _lost_shares(counted, letters)
    marks_lost = max(lost) >= SETTINGS.marks_lost
    broken = [
        times for text, times in counted.unknown if _has_wrong_glyph(text, lexicon, compounds, marks_lost=marks_lost)
    ]
    uses = sum(times for _, times in words) + SETTINGS.words_expected_whole
    return TextDamage(lost, sum(broken) / uses if len(broken) >= SETTINGS.fewest_kinds else 0.0)


def _counted_marks(words: Iterable[tuple[str, int]], lexicon: Lexicon, compounds: Compounds) -> _MarkCount:
    found = _MarkCount()
    for text, times in words:
        low = text.lower()
        restored = _restored(low, lexicon, compounds)
        if restored is None:
            found.unknown.append((text, times))
        found.add(low, restored or low, times)
    return found


def _restored(low: str, lexicon: Lexicon, compounds: Compounds) -> str | None:
    """The word that a string is once lost marks are given back; None where it is none."""
    if not low.isalpha():
        return None
    return low if lexicon.knows(low) else restored_form(low, lexicon, compounds)


def _lost_shares(counted: _MarkCount, letters: int) -> tuple[float, float, float]:
    """For å, ä, ö the share that is lost in a text of so many letters."""
    kept, lost = counted.kept.total(), counted.lost.total()
    if kept == 0 and lost >= 2 and letters * SETTINGS.marks_of_letters >= SETTINGS.marks_due:
        return (SETTINGS.none_kept,) * 3  # not one mark where many are due
    if lost < SETTINGS.fewest_kinds + 1 or (kept > 0 and counted.bare_kinds < SETTINGS.fewest_kinds):
        return (0.0, 0.0, 0.0)
    a, b, c = ((counted.lost[m] + 0.02) / (counted.lost[m] + counted.kept[m] + 1.5) for m in MARKS)
    return (a, b, c)


def _has_wrong_glyph(text: str, lexicon: Lexicon, compounds: Compounds, *, marks_lost: bool) -> bool:
    """Whether a string that is no word is one glyph or a few from some word."""
    variants = variants_of(text, 1.0, marks_lost, SETTINGS.most_variants, SETTINGS.variant_cost)
    return any(_is_word(v.text.lower(), lexicon, compounds, without_marks=marks_lost) for v in variants)


def _is_word(low: str, lexicon: Lexicon, compounds: Compounds, *, without_marks: bool) -> bool:
    if lexicon.knows(low) or (without_marks and restored_form(low, lexicon, compounds) is not None):
        return True
    return len(low) >= SETTINGS.compound_length and compounds.best(low, True) is not None


def document_vocabulary(
    tokens: Iterable[Token], lexicon: Lexicon, compounds: Compounds, *, marks_lost: bool
) -> dict[str, int]:
    """The words that the text itself shows readable, marks aside, two times or more, with how often.

    `tokens` are those of the text; words are those of the `lexicon` and its `compounds`. Where marks are lost
    (`marks_lost`), a word that may be one of several tells nothing about any of them.
    """
    counted: Counter[str] = Counter()
    read = Counter(t.text.lower() for t in tokens if not t.fixed and len(t.text) >= SETTINGS.vocabulary_length)
    for text, times in read.items():
        if not marks_lost or sum(agrees(form, text) for form in lexicon.forms_of(without_marks(text))) < 2:
            counted[text if lexicon.knows(text) else restored_form(text, lexicon, compounds) or ""] += times
    return {word: times for word, times in counted.items() if word and times >= SETTINGS.vocabulary_times}


def known_forms(low: str, lexicon: Lexicon) -> list[tuple[str, Entry]]:
    """The listed words that a string in small letters shows, marks aside."""
    forms = lexicon.forms_of(low if low.isascii() else without_marks(low))
    return [(f, entry) for f in forms if agrees(f, low) and (entry := lexicon.entry(f)) is not None] if forms else []


def restored_form(low: str, lexicon: Lexicon, compounds: Compounds) -> str | None:
    """The word that `low` is once lost marks are given back; `low` itself where it is a compound."""
    known = [f for f in lexicon.forms_of(without_marks(low)) if agrees(f, low)]
    if known:
        return min(known, key=lambda f: e.cost if (e := lexicon.entry(f)) is not None else 99.0)
    as_is = compounds.best(low, True)
    found = compounds.best(low)
    if found is None:
        return None
    return low if as_is is not None and as_is.cost <= found.cost + SETTINGS.compound_lead else found.form
