"""What Swedish words there are and how often they stand beside each other, from the shipped tries.

`training/build_lexicon.py` makes the files; costs are negative natural logarithms of probabilities.
"""

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files

import marisa_trie

STRIP = str.maketrans("åäöéüàáèêëïôçñøæÅÄÖÉÜÀÁÈ", "aaoeuaaeeeiocnoaAAOEUAAE")
_MARKED = "aoeu"
_UNSEEN = 0.3
"""The count that the lexicon gives a form which only a word list knows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A known form: its cost, and the share (0 to 1) of its uses inside sentences that were capitalised."""

    cost: float
    capital: float


class Lexicon:
    """The tries, opened by memory map. One for each process; safe to share, since nothing in it changes."""

    def __init__(self) -> None:
        folder = files("avskrift.corrections").joinpath("weights")
        with as_file(folder.joinpath("lexicon.json")) as path:
            facts = json.loads(path.read_text(encoding="utf-8"))
            home = path.parent
            self._forms = marisa_trie.RecordTrie("<BB").mmap(str(home / "forms.marisa"))
            self._marks = marisa_trie.BytesTrie().mmap(str(home / "marks.marisa"))
            self._pairs = marisa_trie.RecordTrie("<B").mmap(str(home / "pairs.marisa"))
        self._step = float(facts["step"])
        self.total = float(facts["tokens"])
        self.entry = lru_cache(maxsize=200_000)(self._entry)
        self.forms_of = lru_cache(maxsize=200_000)(self._forms_of)
        self.after = lru_cache(maxsize=200_000)(self._after)

    def _entry(self, form: str) -> Entry | None:
        """The entry of a lower-case form."""
        found = self._forms.get(form)
        return None if not found else Entry(found[0][0] / self._step, found[0][1] / 15.0)

    def knows(self, form: str) -> bool:
        """Whether a lower-case form is a word."""
        return form in self._forms

    def _forms_of(self, stripped: str) -> tuple[str, ...]:
        """The known forms that `stripped` (lower case, without marks) may stand for, itself included."""
        found = [stripped] if stripped in self._forms else []
        for told in self._marks.get(stripped, ()):
            found.append(_dress(stripped, told.decode()))
        return tuple(found)

    def prefixes(self, stripped: str) -> set[int]:
        """The lengths of all known words, marks aside, that `stripped` begins with."""
        return {len(p) for p in self._forms.prefixes(stripped)} | {len(p) for p in self._marks.prefixes(stripped)}

    def _after(self, before: str, form: str) -> float:
        """The probability that `form` follows `before`, as counted; 0 where the pair was not seen."""
        seen = self._pairs.get(f"{before} {form}")
        if not seen:
            return 0.0
        first = self.entry(before)
        if first is None:
            return 0.0
        return min(1.0, math.exp(seen[0][0] / (2 * self._step)) / (math.exp(-first.cost) * self.total))


def _dress(stripped: str, told: str) -> str:
    """`stripped` with its letters a, o, e, u replaced by those of `told`, from the left."""
    out = []
    rest = iter(told)
    for letter in stripped:
        out.append(next(rest, letter) if letter in _MARKED else letter)
    return "".join(out)


@cache
def lexicon() -> Lexicon:
    """The lexicon of this process, opened when first asked for."""
    return Lexicon()
