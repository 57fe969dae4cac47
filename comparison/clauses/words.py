"""The words of a clause and what each is compared by; line breaks, markers and running heads are no words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from typing import Literal

from avskrift.comparison.vocabulary import pattern
from avskrift.language.fold import fold_word
from avskrift.language.page_numbers import is_running_head

_WORD = re.compile(r"\w+(?:[-.:,/@’'&§]\w+)*")

_SPACED = 4
"""Letters in a row that are a word set letter by letter."""
RefersTo = Literal["clause", "annex"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word as printed, with the signs that follow it, and the key it is compared by; `line` counts from 0.

    `refers` is set on numbers of clauses and annexes that the text points to: "enligt punkten 8", "bilaga 3".
    `signs` on words of the lines where a document is signed.
    """

    text: str
    word: str
    key: str
    line: int
    refers: RefersTo | None = None
    signs: bool = False


def tokens_of(text: str, first: int = 0, signing: int | None = None) -> list[Token]:
    """The words of a clause's text in order. Lines are paragraphs and items of lists, counted from `first`.

    From the line `signing` of the text on (from 0) the words are those of signatures.
    """
    found: list[Token] = []
    for number, line in enumerate(text.split("\n"), first):
        signs = signing is not None and number - first >= signing
        if is_running_head(line):
            continue
        marker = pattern("clauses", "marker").match(line)
        wrapped = bool(found) and found[-1].line == number - 1 and _points(found[-1])
        start = marker.end() if marker is not None and not wrapped else 0
        words = list(_WORD.finditer(line, start))
        cuts = [start, *(_cut(line, a.end(), b.start()) for a, b in pairwise(words)), len(line)]
        for word, (begin, end) in zip(words, pairwise(cuts), strict=False):
            key = fold_word(word.group())
            if key:
                printed = line[begin:end].strip()
                found.append(Token(printed, word.group(), key, number, _refers(found, number, key), signs))
    return _closed_up(found)


def _closed_up(tokens: Sequence[Token]) -> list[Token]:
    """Words set letter by letter ("B i l a g o r") as words."""
    found: list[Token] = []
    for (_, lone), some in groupby(tokens, key=lambda token: (token.line, len(token.key) == 1)):
        run = list(some)
        found += [_joined(run)] if lone and len(run) >= _SPACED else run
    return found


def _joined(run: Sequence[Token]) -> Token:
    text, word = " ".join(t.text for t in run), "".join(t.word for t in run)
    return Token(text, word, fold_word(word), run[0].line, signs=run[0].signs)


def _cut(line: str, start: int, end: int) -> int:
    """Where a word's signs end and those of the next begin: after the last space between them."""
    return next((i for i in range(end, start, -1) if line[i - 1].isspace()), end)


def _points(token: Token) -> bool:
    """Whether a number must follow: "enligt punkt / 4. I gruppen ingår" is no fourth item of a list."""
    return any(pattern("clauses", f"refers to {what}").match(token.key) for what in ("a clause", "an annex"))


def _refers(before: Sequence[Token], line: int, key: str) -> RefersTo | None:
    """What a number points to, by the words before it: "bilaga 3", "bilaga 3 och 4", "punkten 8"."""
    if not re.fullmatch(r"\d{1,2}[a-d]?", key):
        return None
    if before and before[-1].line == line - 1 and _points(before[-1]):
        line -= 1
    on_line = takewhile(lambda token: token.line == line, reversed(before))
    word = next((t for t in on_line if not (t.refers or t.key in {"och", "samt", "till"})), None)
    if word is None:
        return None
    if pattern("clauses", "refers to a clause").match(word.key) or word.text.rstrip().endswith("§"):
        return "clause"
    return "annex" if pattern("clauses", "refers to an annex").match(word.key) else None


def printed(tokens: Sequence[Token]) -> str:
    """The words as printed."""
    return " ".join(token.text for token in tokens)
