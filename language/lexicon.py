"""What Swedish words there are and how often they stand beside each other, from the shipped tries.

`training/build_lexicon.py` makes the files; costs are negative natural logarithms of probabilities.
"""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files

import marisa_trie

from avskrift.language.data_files import load
from avskrift.language.fold import without_marks

_MARKED = "aoeu"
ONE_LETTER_WORDS: str = load("words")["letters"]["words"]
COMMON_ONE_LETTER_WORDS: str = load("words")["letters"]["common"]
"""Words of one letter, and those of them that damaged text may be taken to show."""
UNKNOWN = 20.0
"""What a string costs that is no word."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What words cost that were not counted; by trial, as negative natural logarithms of probabilities."""

    glossary: float = 9.5
    """What words of the user's glossary cost: as those seen once in 13,000 words."""
    old_form: float = 14.0
    """What old spellings and abbreviations cost."""
    capitalised: float = 0.97
    """The share of its uses that a word of a list is taken to be capitalised, where the list writes it so."""


SETTINGS = Settings()
_KEPT = 30_000
"""Answers of each kind that are kept: the words of a long text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A known form: its cost, and the share (0 to 1) of its uses inside sentences that were capitalised."""

    cost: float
    capital: float


class Lexicon:
    """The tries, opened by memory map, and the words of a glossary. Safe to share, since nothing in it changes."""

    def __init__(self, glossary: Iterable[str] = ()) -> None:
        folder = files("avskrift.language").joinpath("data")
        with as_file(folder.joinpath("lexicon.json")) as path:
            facts = json.loads(path.read_text(encoding="utf-8"))
            home = path.parent
            self._forms = marisa_trie.RecordTrie("<BB").mmap(str(home / "forms.marisa"))
            self._marks = marisa_trie.BytesTrie().mmap(str(home / "marks.marisa"))
            self._pairs = marisa_trie.RecordTrie("<B").mmap(str(home / "pairs.marisa"))
        self._step = float(facts["step"])
        self.total = float(facts["tokens"])
        self._own: dict[str, Entry] = {}
        self._own_marked: dict[str, list[str]] = {}
        self._join(_old_forms(), SETTINGS.old_form)
        self._join(load("abbreviations")["words"], SETTINGS.old_form)
        self._join(glossary, SETTINGS.glossary)
        self._own_starts = {word[:3] for word in (*self._own, *self._own_marked)}
        self.entry = lru_cache(maxsize=_KEPT)(self._entry)
        self.forms_of = lru_cache(maxsize=_KEPT)(self._forms_of)
        self.after = lru_cache(maxsize=_KEPT)(self._after)

    def _join(self, lines: Iterable[str], cost: float) -> None:
        """Takes in words of a list; a word that is known and commoner than `cost` stays as it is."""
        for word in (w for line in lines for w in re.findall(r"[^\W\d_]+", line)):
            low = word.lower()
            found = self._forms.get(low)
            if found and found[0][0] / self._step <= cost:
                continue
            self._own[low] = Entry(cost, SETTINGS.capitalised if word[0].isupper() else 0.0)
            plain = without_marks(low)
            if plain != low and low not in self._own_marked.get(plain, ()):
                self._own_marked.setdefault(plain, []).append(low)

    def _entry(self, form: str) -> Entry | None:
        """The entry of a lower-case form."""
        if form in self._own:
            return self._own[form]
        found = self._forms.get(form)
        return None if not found else Entry(found[0][0] / self._step, found[0][1] / 15.0)

    def cost(self, form: str) -> float:
        """What a lower-case form costs, `UNKNOWN` for one that is no word."""
        entry = self.entry(form)
        return entry.cost if entry is not None else UNKNOWN

    def knows(self, form: str) -> bool:
        """Whether a lower-case form is a word."""
        return form in self._forms or form in self._own

    def _forms_of(self, stripped: str) -> tuple[str, ...]:
        """The known forms that `stripped` (lower case, without marks) may stand for, itself included."""
        found = [stripped] if self.knows(stripped) else []
        found += [_with_marks(stripped, letters.decode()) for letters in self._marks.get(stripped, ())]
        found += [form for form in self._own_marked.get(stripped, ()) if form not in found]
        return tuple(found)

    def prefixes(self, stripped: str) -> set[int]:
        """The lengths of all known words, marks aside, that `stripped` begins with."""
        lengths = set(map(len, self._forms.prefixes(stripped)))
        lengths.update(map(len, self._marks.prefixes(stripped)))
        if stripped[:3] in self._own_starts:
            lengths |= {
                n for n in range(3, len(stripped) + 1) if stripped[:n] in self._own or stripped[:n] in self._own_marked
            }
        return lengths

    def _after(self, before: str, form: str) -> float:
        """The probability that `form` follows `before`, as counted; 0 where the pair was not counted."""
        counted = self._pairs.get(f"{before} {form}")
        if not counted or (first := self.entry(before)) is None:
            return 0.0
        return min(1.0, math.exp(counted[0][0] / (2 * self._step)) / (math.exp(-first.cost) * self.total))


def _with_marks(stripped: str, letters: str) -> str:
    """`stripped` with its letters a, o, e, u replaced by `letters`, from the left."""
    rest = iter(letters)
    return "".join(next(rest, letter) if letter in _MARKED else letter for letter in stripped)


@cache
def _old_forms() -> tuple[str, ...]:
    data = load("old_forms")
    return tuple(word for words in data.values() for word in words)


@lru_cache(maxsize=4)
def lexicon(glossary: tuple[str, ...] = ()) -> Lexicon:
    """The lexicon of this process with a glossary, opened when first asked for."""
    return Lexicon(glossary)
