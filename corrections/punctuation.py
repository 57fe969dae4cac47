"""Signs that stand alone and were read as another: full stops read as commas, a bar for I, a letter for a bullet.

What the place in the sentence proves is decided here; `% § @` are in `signs`, digits in `numbers`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from avskrift.language import bullets
from avskrift.language.bullets import begins_with_bullet
from avskrift.language.compounds import Compounds
from avskrift.language.fold import without_marks
from avskrift.language.lexicon import Lexicon
from avskrift.models.edits import Edit

RUNS_ON = re.compile(r"[^\W\d_]\s*$")
_FOOTNOTE = re.compile(r"\d\s+[A-ZÅÄÖ]")
_ENDS_WITH_COMMA = re.compile(r"(?<=[^\W\d_]{2})(,)\s*$")
_BEFORE_CAPITAL = re.compile(r"(?<=[^\W\d_]{2})(,) (?P<word>[A-ZÅÄÖ][a-zåäö]+) [a-zåäö]")
_LONE_BAR = re.compile(r"(?<![\S])\|(?=\s*$|\s+[^\W\d_])")
_READ_FOR_BULLET = re.compile(rf"\s*([{bullets.READ_AS}])\s+(?=[A-ZÅÄÖ0-9])")
_SPECK = re.compile(r"(?<=[^\s])\s+[.:;'’`´,~_]\s*$")


@dataclass(frozen=True, slots=True)
class Settings:
    """What lone signs are judged by, and how sure each correction is."""

    rarely_capital: float = 0.2  # the share of a word's uses that are capitalised, below which it is no name
    common: float = 13.0  # the cost (negative natural logarithm of its frequency) below which a word is common
    comma_at_end: float = 0.85
    comma_inside: float = 0.8
    bar: float = 0.8
    speck: float = 0.8
    bullet: float = 0.85
    list_reach: int = 8  # lines to each side in which the other items of a list are looked for
    items_in_commas: float = 0.3  # the share of a list's items that end in commas, above which commas there are right


SETTINGS = Settings()


def lone_signs(lines: Sequence[str], index: int, lexicon: Lexicon, compounds: Compounds) -> Iterator[Edit]:
    """What the signs of `lines[index]` were, in a text whose glyphs are damaged.

    `index` is the line's place in `lines`; words are those of the `lexicon` and its `compounds`.
    """
    line = lines[index]
    comma = comma_for_full_stop(lines, index)
    if comma is not None:
        yield Edit(comma, comma + 1, ".", "punctuation", SETTINGS.comma_at_end)
    for place in commas_for_full_stops(line, lambda word: _is_no_name(word, lexicon, compounds)):
        yield Edit(place, place + 1, ".", "punctuation", SETTINGS.comma_inside)
    for found, group, printed, rule, sure in (
        (_LONE_BAR.search(line), 0, "I", "punctuation", SETTINGS.bar),
        (_SPECK.search(line), 0, "", "speck", SETTINGS.speck),
        (_READ_FOR_BULLET.match(line), 1, "•", "bullet", SETTINGS.bullet),
    ):
        if found is not None:
            yield Edit(*found.span(group), printed, rule, sure)


def _is_no_name(word: str, lexicon: Lexicon, compounds: Compounds) -> bool:
    """Whether a capitalised word is one that running text hardly ever capitalises inside a sentence."""
    low = word.lower()
    entries = [e for form in lexicon.forms_of(without_marks(low)) if (e := lexicon.entry(form)) is not None]
    if not entries:
        return compounds.best(low) is not None
    likeliest = min(entries, key=lambda e: e.cost)
    return likeliest.capital < SETTINGS.rarely_capital and likeliest.cost < SETTINGS.common


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
    if begins_with_bullet(following):
        return found.start(1) if not _items_end_in_commas(lines, index) else None
    ends = _FOOTNOTE.match(following) is not None if following else _begins_afresh(islice(lines, index + 1, None))
    return found.start(1) if ends else None


def _begins_afresh(lines: Iterable[str]) -> bool:
    """Whether the first line that is not blank begins with a capital or a bullet, or there is none."""
    first = next((row.strip() for row in lines if row.strip()), "")
    return not first or first[0].isupper() or first[0] in f"{bullets.SIGNS}-–"


def _items_end_in_commas(lines: Sequence[str], index: int) -> bool:
    """Whether the other items of the list around lines[index] end in commas, as parts of one sentence."""
    near = lines[max(0, index - SETTINGS.list_reach) : index + SETTINGS.list_reach + 1]
    filled = [row.strip() for row in near if row.strip()]
    ended = [row for row, after in pairwise(filled) if begins_with_bullet(after) and row != lines[index].strip()]
    return sum(row.endswith(",") for row in ended) > SETTINGS.items_in_commas * len(ended)
