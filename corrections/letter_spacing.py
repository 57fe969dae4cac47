"""Letter-spaced words, in which the engine saw each letter as a word and the display capital as another sign.

`0 a r t e r o c h l o k a l a` is *Parter och lokala*. The letters are joined and cut into words by the lexicon;
the first glyph of such a stretch is not believed when it spells no word, and a small vocabulary of what sections
are called decides between words that fit alike.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from avskrift.corrections import confidence
from avskrift.corrections.compounds import Compounds, agrees
from avskrift.corrections.condition import Condition
from avskrift.corrections.lexicon import STRIP, Lexicon
from avskrift.corrections.rules import load

_RUN = re.compile(r"(?<!\S)(?:\S{1,2}(?:[ ]|$)){3,}(?:\S{1,2}(?!\S))?|(?<!\S)\S{1,2}(?:[ ]\S{1,2}){2,}(?!\S)")
_CAPITALS = "ABCDEFGHIJKLMNOPRSTUVÅÄÖ"
_LONGEST = 30
_WRONG_FIRST = 2.5
_MEAN_TOKEN = 1.75
_DEAREST = 3.2
"""The cost of each letter above which a stretch is no words."""
_UNSEEN_GAP, _PER_PART, _CAPITAL_INSIDE = 5.0, 3.0, 4.0
"""What it costs that words part without a wide gap where others have one; each joint of a compound, which here may
always be two words; a capital inside a word."""
_JOINT, _ENDING = 1.6, 4.0
"""What each gap between words costs where none is wider than the rest; what a word costs there that is sooner the
ending of the word before it."""
_ENDINGS = frozenset({"en", "ens", "er", "es", "et", "ets", "de", "na", "or", "vidare"})
_SEEN = 7.0
"""What a word costs that the text shows elsewhere."""
_NAME, _PER_LETTER = 13.0, 2.0
_SMALL_WORDS = frozenset(
    {"och", "för", "med", "till", "som", "den", "det", "att", "av", "från", "på", "vid", "ska", "vi"}
)
"""What is hardly ever a later part of a compound."""


@dataclass(frozen=True, slots=True)
class Joined:
    """line[start:end] is letter-spaced and reads `text`, with a probability."""

    start: int
    end: int
    text: str
    confidence: float


@cache
def _known_headings() -> dict[str, float]:
    data = load("headings")
    return {word: 5.0 for line in data["headings"] for word in re.findall(r"[^\W\d_]+", line.lower())}


class LetterSpacing:
    """Joins letter-spaced stretches in texts of one condition."""

    def __init__(
        self, lexicon: Lexicon, compounds: Compounds, condition: Condition, witness: Mapping[str, int]
    ) -> None:
        """`witness` holds the words that the text shows elsewhere, with how often."""
        self._lexicon, self._compounds, self._condition = lexicon, compounds, condition
        self._witness = witness
        self._word = lru_cache(maxsize=50_000)(self._word_of)

    def joined_in(self, line: str) -> list[Joined]:
        """The letter-spaced stretches of `line`, left to right; those that cannot be read as they stand, surely 0."""
        found = []
        for start, end in stretches(line):
            read = self._read(line[start:end], whole=line[:start].strip() == "")
            found.append(Joined(start, end, *(read or (line[start:end], 0.0))))
        return found

    def _read(self, stretch: str, *, whole: bool) -> tuple[str, float] | None:
        """The words of one stretch."""
        quoted = _QUOTED.fullmatch(stretch)
        if quoted is not None:
            inner = self._segment(re.sub(r"\s", "", quoted["body"]))
            if inner is not None and inner[1] < _DEAREST:
                mark = {"r": ",", "O": ".", "'": ""}.get(quoted["after"], "")
                return f'"{inner[0]}"{mark}', confidence.spaced_probability(inner[1])
        number = _PLAIN_NUMBER.match(stretch) if whole else None
        if number is not None:
            rest = self._words(stretch[number.end() :])
            if rest is not None and rest[1] <= _DEAREST:
                told = re.sub(r"\s", "", number.group())
                return f"{told} {rest[0]}", confidence.spaced_probability(rest[1])
        best = self._words(stretch)
        letters = re.sub(r"\s", "", stretch)
        shown = _NUMBER.match(letters) if whole else None
        if shown is not None and (best is None or best[1] > 2.0 or len(shown.group()) >= 3):
            rest = self._segment(letters[shown.end() :])
            if rest is not None and (best is None or len(shown.group()) >= 3 or rest[1] + 0.2 < best[1]):
                best = (f"{shown.group().translate(_DIGITS)} {rest[0]}", rest[1] + 0.2)
        if best is None or best[1] > _DEAREST:
            return None
        return best[0], confidence.spaced_probability(best[1])

    def _words(self, stretch: str) -> tuple[str, float] | None:
        """The words of a stretch without a number before it; a digit at its end is the mark of a footnote."""
        note = re.search(r"(?<=[^\W\d])\s*(\d)$", stretch)
        if note is not None:
            stretch = stretch[: note.start()]
        pieces = _WIDE.split(stretch.strip())
        wide = len(pieces) > 1
        breaks, at = set(), 0
        for piece in pieces:
            at += len(re.sub(r"\s", "", piece))
            breaks.add(at)
        best = self._segment(re.sub(r"\s", "", stretch), frozenset(breaks) if wide else frozenset())
        if best is not None and note is not None:
            best = (f"{best[0]} {note[1]}", best[1])
        return best

    def _segment(self, letters: str, breaks: frozenset[int] = frozenset()) -> tuple[str, float] | None:
        """The cheapest cut of `letters` into words, and its cost for each letter; None when there is none.

        `breaks` are the places of wider gaps, where words end; where they are known, words end hardly anywhere else.
        """
        size = len(letters)
        if size < 3 or size > 160:
            return None
        chart: list[tuple[float, str, str | None] | None] = [None] * (size + 1)
        chart[0] = (0.0, "", None)
        for start in range(size):
            here = chart[start]
            if here is None:
                continue
            stop = min((b for b in breaks if b > start), default=size)
            begins = start == 0 or start in breaks
            joint = 0.0 if begins else _UNSEEN_GAP if breaks else _JOINT
            for end in range(start + 1, min(stop, start + _LONGEST) + 1):
                for text, low, cost in self._word(letters[start:end], begins):
                    seen = self._lexicon.after(here[2], low) if here[2] else 0.0
                    paired = -math.log(0.5 * seen + 0.5 * math.exp(-cost))
                    total = here[0] + paired + joint + (0.0 if begins or low not in _ENDINGS else _ENDING)
                    old = chart[end]
                    if old is None or total < old[0]:
                        shown = (
                            text
                            if start == 0 or letters[start].isupper() or text[0].islower()
                            else self._shown(text, letters[start])
                        )
                        chart[end] = (total, f"{here[1]} {shown}".strip(), low.rstrip(","))
        found = chart[size]
        return None if found is None else (found[1], found[0] / size)

    def _shown(self, text: str, sign: str) -> str:
        """A word after the first whose first glyph was another sign: capital only where that sign is no small letter
        or the word is a name."""
        entry = self._lexicon.entry(text.lower())
        if not sign.islower() or (entry is not None and entry.capital > 0.6):
            return text
        return text[0].lower() + text[1:]

    def _word_of(self, piece: str, first: bool) -> tuple[tuple[str, str, float], ...]:
        """Words that `piece` may be: as printed, in lower case, and cost."""
        found: dict[str, tuple[str, str, float]] = {}
        for text, cost in _glyph_readings(piece):
            self._offer(found, text, cost, first)
        if len(piece) >= 3 and (first or (len(piece) >= 5 and not piece[0].islower())):
            for capital in _CAPITALS:
                self._offer(found, capital + piece[1:], _WRONG_FIRST, first)
        if len(piece) >= 4 and piece.isalpha() and piece[0].isupper() and piece[1:].islower():
            # a name that no list knows; its marks stay lost
            found.setdefault(piece.lower(), (piece, piece.lower(), _NAME + _PER_LETTER * len(piece)))
        if len(piece) > 4 and piece[-1] in "r.:":
            for text, low, cost in self._word(piece[:-1], first):
                if cost < 14:
                    found.setdefault(low + ",", (text + ",", low, cost + 5.0))
        return tuple(sorted(found.values(), key=lambda w: w[2])[:4])

    def _offer(self, found: dict[str, tuple[str, str, float]], text: str, cost: float, first: bool) -> None:
        low = text.lower()
        if not low.isalpha() or (len(low) == 1 and low not in "iå"):
            return
        plain = low.translate(STRIP)
        options = [
            (form, entry.cost)
            for form in self._lexicon.forms_of(plain)
            if agrees(form, low) and (entry := self._lexicon.entry(form)) is not None
        ]
        if len(low) > 6:
            compound = self._compounds.best(low)
            if compound is not None and not _SMALL_WORDS.intersection(compound.parts[1:]):
                options.append((compound.form, compound.cost + _PER_PART * (2 * len(compound.parts) - 3)))
        if text[1:] != low[1:] and not text.isupper():
            cost += _CAPITAL_INSIDE
        for form, prior in options:
            marks = sum(self._condition.mark_cost(f) for f, r in zip(form, low, strict=True) if f != r)
            seen = _SEEN if form in self._witness else 99.0
            total = min(prior, seen, _known_headings().get(form, 99.0)) + cost + min(marks, 3.0 * (marks > 0))
            shown = form[0].upper() + form[1:] if first or text[0].isupper() else form
            old = found.get(form)
            if old is None or total < old[2]:
                found[form] = (shown, form, total)


_WIDE = re.compile(r"\s{2,}")
_PLAIN_NUMBER = re.compile(
    r"\d(?: ?\d)?(?: ?\. ?\d){0,3} ?\.\s*(?=[^\d\s])"  # 1 .  or  1 0 . 2 .
    r"|\d(?: ?\. ?\d){1,3}\s+(?=[^\d\s])"  # 6 . 3 . 1
    r"|\d(?:\s{2,}(?=[^\d\s])| (?=[A-ZÅÄÖ] ))"  # 5, before a wide gap or a capital
)
# Display fonts whose encoding was lost: the signs that their digits and full stop come out as.
_NUMBER = re.compile(r"[1-9udP](?:[.O][1-9udP])*(?=\D{4})")
_DIGITS = str.maketrans("udPO", "123.")
_QUOTED = re.compile(r"[V\"”]\s*(?P<body>\S(?: ?\S{1,2})*?)\s+[V\"”](?P<after>[rO']?)")
_SWAPS = (("rn", "m", 0.7), ("l", "i", 2.5), ("I", "l", 1.0), ("d", "å", 3.0), ("ii", "å", 1.0), ("6", "ö", 0.5))


def _glyph_readings(piece: str) -> Iterator[tuple[str, float]]:
    """The piece as read, and with one sign taken for another."""
    yield piece, 0.0
    for read, printed, cost in _SWAPS:
        at = piece.find(read)
        while at >= 0:
            yield piece[:at] + printed + piece[at + len(read) :], cost
            at = piece.find(read, at + 1)


def stretches(line: str) -> Iterator[tuple[int, int]]:
    """Runs of at least four tokens of one or two signs, most of them single letters; a whole line of tokens of up
    to four, if most are single."""
    tokens = [(m.start(), m.end()) for m in re.finditer(r"\S+", line)]
    sizes = [b - a for a, b in tokens]
    if len(tokens) >= 3 and max(sizes) <= 4 and sum(sizes) <= _MEAN_TOKEN * len(sizes) and _is_spaced(line, tokens):
        yield tokens[0][0], tokens[-1][1]
        return
    run: list[tuple[int, int]] = []
    for token in [*tokens, None]:
        short = token is not None and token[1] - token[0] <= 2
        if short and token is not None and (not run or line[run[-1][1] : token[0]].strip() == ""):
            run.append(token)
            continue
        if token is not None and not run and token[1] - token[0] <= 4 and not line[: token[0]].strip():
            run.append(token)  # "uOu - y f t e": a number in the display font before the letters
            continue
        if _is_spaced(line, run):
            yield run[0][0], run[-1][1]
        run = []


def _is_spaced(line: str, run: list[tuple[int, int]]) -> bool:
    texts = [line[a:b] for a, b in run]
    if len(texts) < 3 or (len(texts) < 5 and len(run) != len(line.split())):
        return False
    letters = [t for t in texts if t[0].isalpha()]
    singles = sum(len(t) == 1 for t in letters)
    head = next((n for n, t in enumerate(texts) if t[0].isalpha()), 0)  # a number before the heading is no sum
    digits = sum(t.strip(".,)").isdigit() for t in texts[max(1, head) :])
    return len(letters) >= 2 and singles >= 0.55 * len(letters) and digits <= 0.2 * len(texts)
