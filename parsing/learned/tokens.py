"""A document as the learned reader sees it: tokens with what they look like and where on the page they stand.

Tokens are words, numbers, single signs, and the ends of lines. Each has six numbers of hashed features (the word with
its digits folded, its beginning and endings, its shape) and `FACTS` plain ones between 0 and 1. Nothing of a token
says where in the country or in which archive a document was made. Training and use go through this module, so that
both see the same.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from avskrift.language.lexicon import Lexicon
from avskrift.models.document import WIDE_GAP, Document, Line, LineRole, Page

BUCKETS = (20_000, 4_000, 6_000, 8_000, 200, 4_000)
"""How many numbers each hashed feature may take."""
FACTS = 30
"""Plain features of a token."""

_CAPITAL, _NUMBER, _RARE = 25, 26, 27
"""Facts that tell of the word itself: a capital, a number, how rare it is among Swedish words (1: not known)."""

TOKEN = re.compile(r"[^\W\d_]+|\d+|_+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_BULLETS = frozenset("-–—•*·▪▫◦●○■□►➢✓o\uf0b7")
_RULE = re.compile(r"^[\s._…\-–=]{6,}$")
_NUMBERED = re.compile(r"^(?:§\s?\d|\d{1,2}(?:\.\d{1,2})*[.)]?|[A-ZÅÄÖ][.)]|[ivxIVX]{1,4}[.)])\s")
_ENDS_SENTENCE = (".", "!", "?")


@dataclass(frozen=True, slots=True)
class Token:
    """`start` and `end` are offsets in the text of line `line` (a number in the document, from 0); the end of a line
    is a token without signs."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class TokenizedDocument:
    """The lines of a document with text, their tokens, and the features of these: `hashed` has a row of six whole
    numbers for each token, `facts` a row of `FACTS` numbers."""

    pages: tuple[int, ...]
    lines: tuple[Line, ...]
    tokens: tuple[Token, ...]
    hashed: NDArray[np.int32]
    facts: NDArray[np.float32]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The signs of each token, in small letters; empty for the end of a line."""
        return tuple(self.lines[t.line].text[t.start : t.end].lower() for t in self.tokens)

    @cached_property
    def unknown_words(self) -> float:
        """The share of words in small letters that the lexicon does not know: how damaged the text is."""
        small = (self.facts[:, _CAPITAL] == 0) & (self.facts[:, _NUMBER] == 0) & (self.facts[:, _RARE] > 0)
        return float((self.facts[small, _RARE] == 1).mean()) if small.any() else 0.0

    def tokens_on(self, page: int, number: int) -> range:
        """The numbers of the tokens that stand on line `number` of a page."""
        return self._ranges.get((page, number), range(0))

    @cached_property
    def _ranges(self) -> dict[tuple[int, int], range]:
        found: dict[tuple[int, int], range] = {}
        for at, token in enumerate(self.tokens):
            key = (self.pages[token.line], self.lines[token.line].number)
            start = found[key].start if key in found else at
            found[key] = range(start, at + 1)
        return found


def tokenized(document: Document, lexicon: Lexicon) -> TokenizedDocument:
    """The tokens of a document, page after page, in reading order, with their features."""
    written = [(page, line) for page, line in document.lines() if line.text.strip()]
    looks = _looks(written)
    tokens: list[Token] = []
    hashed: list[tuple[int, ...]] = []
    facts: list[tuple[float, ...]] = []
    for number, ((_, line), look) in enumerate(zip(written, looks, strict=True)):
        for token, numbers, plain in _of_line(number, line, look, lexicon):
            tokens.append(token)
            hashed.append(numbers)
            facts.append(plain)
    return TokenizedDocument(
        tuple(page.number for page, _ in written),
        tuple(line for _, line in written),
        tuple(tokens),
        np.array(hashed, dtype=np.int32).reshape(-1, len(BUCKETS)),
        np.array(facts, dtype=np.float32).reshape(-1, FACTS),
    )


def _looks(written: Sequence[tuple[Page, Line]]) -> list[tuple[float, ...]]:
    """What the tokens of each line have in common: sixteen numbers between -1 and 1."""
    sizes = sorted(line.font_size for _, line in written if line.font_size)
    usual = sizes[len(sizes) // 2] if sizes else None
    lengths = sorted(len(line.text) for _, line in written)
    longest = lengths[int(len(lengths) * 0.9)] if lengths else 1
    total = max(1, len(written))
    counts: dict[int, int] = {}
    for page, _ in written:
        counts[page.number] = counts.get(page.number, 0) + 1
    found: list[tuple[float, ...]] = []
    place: dict[int, int] = {}
    before = ""
    for number, (page, line) in enumerate(written):
        text = line.text.strip()
        at = place[page.number] = place.get(page.number, -1) + 1
        left = counts[page.number] - at - 1
        size = 0.0 if usual is None or not line.font_size else max(-1.0, min(1.0, line.font_size / usual - 1))
        found.append(
            (
                float(text.isupper() and len(text) > 3),
                float(len(text) < 45),
                min(1.0, len(text) / max(20, longest)),
                float(before.endswith(":")),
                float(before.endswith(_ENDS_SENTENCE)),
                float(len(before) < 45),
                min(line.space_before, 3.0) / 3,
                number / total,
                max(0.0, 1 - at / 4),
                max(0.0, 1 - left / 4),
                float(text[:1] in _BULLETS and text[1:2] in " \t"),
                float(bool(_NUMBERED.match(text))),
                float(text.endswith(":")),
                float(text.endswith(_ENDS_SENTENCE)),
                float(line.role is not LineRole.BODY),
                size,
                float(line.bold),
                float(line.cell is not None),
                min(1.0, text.count(WIDE_GAP) / 3),
                float(bool(_RULE.match(before))),
            )
        )
        before = text
    return found


def _of_line(
    number: int, line: Line, look: tuple[float, ...], lexicon: Lexicon
) -> Iterator[tuple[Token, tuple[int, ...], tuple[float, ...]]]:
    starts = _part_starts(line)
    last, part, first = 0, 0, True
    for found in TOKEN.finditer(line.text):
        gap = 0 if first else found.start() - last
        part += gap >= len(WIDE_GAP)
        last = found.end()
        x = starts[min(part, len(starts) - 1)]
        hashed, known = features_of(found[0], lexicon)
        place = (float(first), min(1.0, x / 360), float(gap >= len(WIDE_GAP)), float(gap > 0), min(1.0, last / 90))
        yield Token(number, found.start(), found.end()), hashed, (*look, *place, *known, 0.0)
        first = False
    size = len(line.text)
    yield Token(number, size, size), _END_OF_LINE, (*look, 0.0, 0.0, 0.0, 0.0, min(1.0, size / 90), *_NO_WORD, 1.0)


def _part_starts(line: Line) -> list[float]:
    """Where the parts of a line between wide gaps begin, in points from the left edge of the page's text."""
    if line.cell_starts:
        return list(line.cell_starts)
    starts = [line.indent]
    if line.bbox is None or WIDE_GAP not in line.raw:
        return starts
    end = 0
    for word in line.words:
        if word.start - end >= len(WIDE_GAP) and end and word.bbox is not None:
            starts.append(line.indent + word.bbox.x0 - line.bbox.x0)
        end = word.end
    return starts


_NO_WORD = (0.0, 0.0, 0.0, 0.0)


@lru_cache(maxsize=60_000)
def features_of(word: str, lexicon: Lexicon) -> tuple[tuple[int, ...], tuple[float, float, float, float]]:
    """The hashed features of a word, and four facts: whether it begins with a capital, is a number, how rare it is
    among Swedish words and how often those who write it use a capital."""
    plain = _DIGIT.sub("9", word.lower())
    parts = ("n" + plain, "p" + plain[:3], "s" + plain[-3:], "t" + plain[-5:], "f" + _shape(word), "z" + plain[-2:])
    hashed = tuple(zlib.crc32(part.encode()) % size for part, size in zip(parts, BUCKETS, strict=True))
    entry = lexicon.entry(word.lower()) if word[0].isalpha() else None
    known = (1.0, 0.5) if entry is None else (min(1.0, entry.cost / 20), entry.capital)
    if not word[0].isalpha():
        known = (0.0, 0.0)
    return hashed, (float(word[0].isupper()), float(word[0].isdigit()), *known)


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "9" * min(len(word), 6)
    if word.isupper():
        return "X" if len(word) == 1 else "XX"
    if word[0].isupper():
        return "Xx"
    return "x" if word.isalpha() else word[0]


_END_OF_LINE = tuple(zlib.crc32(b"\n") % size for size in BUCKETS)
