"""From the network's numbers to tagged spans: the likeliest sequence of tags in which every value has a beginning."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from avskrift.language.fold import fold
from avskrift.models.agreement import Evidence
from avskrift.models.document import WIDE_GAP
from avskrift.parsing.learned.tags import LINE_TAGS, VALUE_TAGS
from avskrift.parsing.learned.tokens import TOKEN, TokenizedDocument
from avskrift.parsing.structure.text_span import HeadingOdds, LocatedLine, TextSpan

Numbers = NDArray[np.float32]

_NEVER = -1e9
_OF_ONE_WORD = frozenset({"DNR", "ORGNR", "EMAIL"})
"""Tags of values that end with a word, not within one."""
_OF_ONE_COLUMN = frozenset(
    {"PARTY", "ORGNR", "ADDRESS", "SIGNER", "OFFICE", "CONTACT", "ROLE", "PHONE", "EMAIL", "MEMBER"}
)
"""Tags of values that stand in one column."""
_HYPHENS = ("-", "\u00ad", "\u2010")
_ONE_HYPHEN = tuple((sign,) for sign in _HYPHENS)
_BETWEEN_PARTS = ("", *_HYPHENS)
"""Line ends, and hyphens that a value does not have: what its words may have between them where they stand."""
_NO_END, _NO_BEGIN = frozenset(",;:(/–-"), frozenset(",;:)•*./")
"""Signs that no value ends or begins with."""


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Words that are a value of the kind `tag`.

    `line` and `last_line` are the numbers (in the document, from 0, lines without text left out) of the lines it
    begins and ends on, `column` where it begins on its line (signs from its start). `probability` is the mean of the
    network's for its tokens, `least` the least of them.
    """

    tag: str
    span: TextSpan
    line: int
    last_line: int
    column: int
    probability: float = 1.0
    least: float = 1.0

    @property
    def text(self) -> str:
        """The words, a space at each line end."""
        return self.span.text


@dataclass(frozen=True)
class LearnedReading:
    """What the network says of a document: `values` in order, and for each line with text the probability that it is a
    line of each of `LINE_TAGS`. `goes_on` is, for each line, how probably its first word goes on with a heading above.
    `odds` are the probabilities of all tags for all tokens: (tokens, 1 + 2 * tags)."""

    document: TokenizedDocument
    values: tuple[TaggedSpan, ...]
    lines: NDArray[np.float32]
    odds: NDArray[np.float32]
    goes_on: NDArray[np.float32]

    @cached_property
    def _names(self) -> Counter[tuple[str, str]]:
        return Counter((span.tag, fold(span.text)) for span in self.values)

    def times_named(self, tag: str, text: str) -> int:
        """How often some words, however they are written, are a value of a tag."""
        return self._names[tag, fold(text)]

    def heading_odds(self) -> dict[tuple[int, int], HeadingOdds]:
        """How probable it is of each line, by page and number, that it is a heading and that it goes on with one."""
        at = LINE_TAGS.index("HEADING")
        return {
            (page, line.number): HeadingOdds(float(share[at]), float(on))
            for page, line, share, on in zip(
                self.document.pages, self.document.lines, self.lines, self.goes_on, strict=True
            )
        }

    def locate(self, evidence: Evidence) -> tuple[int, int]:
        """The tokens, from and behind, that the words of some evidence stand in; none where they do not follow one
        another (the lines of a cell of a table, say)."""
        wanted = [part.lower() for part in TOKEN.findall(evidence.text)]
        on_line = self.document.tokens_on(evidence.page, evidence.line or 1)
        for first in on_line:
            end = self._matched(first, wanted)
            if end:
                return first, end
        return on_line.start, on_line.start

    def _matched(self, first: int, wanted: Sequence[str]) -> int:
        """Behind which token a run of words ends that begins at one; 0 where they do not stand there. A word counts
        where both its parts stand, if a hyphen parts it: "en" is no end of "kommundirektören"."""
        words, at, number, rest = self.document.words, first, 0, ""
        while number < len(wanted) and at < len(words):
            word, needed = words[at], rest or wanted[number]
            if word == needed:
                number, rest = number + 1, ""
            elif word and needed.startswith(word) and words[at + 1 : at + 2] in _ONE_HYPHEN:
                rest = needed[len(word) :]
            elif at == first or word not in _BETWEEN_PARTS:
                return 0
            at += 1
        return at if number == len(wanted) > 0 else 0

    def words_between(self, start: int, end: int) -> int:
        """How many tokens with signs stand between two."""
        return sum(bool(w) for w in self.document.words[start:end])

    def strengths(self, start: int, end: int, tags: Sequence[str]) -> tuple[float, float, float, float, float]:
        """How probable the network thinks it that tokens are one value of some tags (each 0 to 1): the mean over the
        tokens, the least of them, that a value begins with the first and ends with the last, and the likeliest other
        tag.
        """
        rows = [i for i in range(start, end) if self.document.words[i]]
        if not rows:
            return 0.0, 0.0, 0.0, 0.0, 0.0
        columns = [1 + 2 * VALUE_TAGS.index(tag) for tag in tags]
        of_tags = sum(self.odds[rows, c] + self.odds[rows, c + 1] for c in columns)
        begins = sum(float(self.odds[rows[0], c]) for c in columns)
        following = next((i for i in range(end, min(end + 3, len(self.odds))) if self.document.words[i]), None)
        goes_on = 0.0 if following is None else sum(float(self.odds[following, c + 1]) for c in columns)
        mean = self.odds[rows, 1:].mean(0).reshape(-1, 2).sum(1)
        mean[[VALUE_TAGS.index(tag) for tag in tags]] = 0
        return float(np.mean(of_tags)), float(np.min(of_tags)), begins, 1 - goes_on, float(mean.max())


def reading_of(document: TokenizedDocument, values: NDArray[np.float32], lines: NDArray[np.float32]) -> LearnedReading:
    """What the network's logits say of a document."""
    odds = softmax(values)
    of_lines = softmax(lines)
    spans = tuple(_spans(document, likeliest(np.log(odds + 1e-9)), odds))
    per_line = np.zeros((len(document.lines), len(LINE_TAGS)), dtype=np.float32)
    counts = np.zeros(len(document.lines), dtype=np.float32)
    summed = of_lines[:, 1::2] + of_lines[:, 2::2]
    goes_on = np.zeros(len(document.lines), dtype=np.float32)
    heading = 2 + 2 * LINE_TAGS.index("HEADING")
    for token, row, whole in zip(document.tokens, summed, of_lines, strict=True):
        if token.end > token.start:
            if counts[token.line] == 0:
                goes_on[token.line] = whole[heading]
            per_line[token.line] += row
            counts[token.line] += 1
    per_line /= np.maximum(counts, 1)[:, None]
    return LearnedReading(document, spans, per_line, odds, goes_on)


def softmax(logits: Numbers) -> Numbers:
    """The probabilities that logits stand for, along the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    found: Numbers = raised / raised.sum(-1, keepdims=True)
    return found


def likeliest(logs: NDArray[np.float32]) -> list[int]:
    """The likeliest outputs, one for each token, in which the inside of a value follows its beginning or its inside."""
    count, outputs = logs.shape
    if not count:
        return []
    inside = np.arange(2, outputs, 2)
    best = logs[0].copy()
    best[inside] = _NEVER
    back = np.zeros((count, outputs), dtype=np.int32)
    for at in range(1, count):
        last = int(best.argmax())
        before_inside = np.where(best[inside - 1] >= best[inside], inside - 1, inside)
        back[at] = last
        back[at, inside] = before_inside
        now = logs[at] + best[last]
        now[inside] = logs[at, inside] + best[before_inside]
        best = now
    path = [int(best.argmax())]
    for at in range(count - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def _spans(document: TokenizedDocument, outputs: Sequence[int], odds: NDArray[np.float32]) -> Iterator[TaggedSpan]:
    for start, end in runs_of(document, outputs):
        yield from _tagged(document, start, end, (outputs[start] - 1) // 2, odds)


def runs_of(document: TokenizedDocument, outputs: Sequence[int]) -> list[tuple[int, int]]:
    """From and behind which token each value goes. One that the network ends with a comma goes on with the next of its
    tag: values do not end so."""
    joined: list[tuple[int, int]] = []
    start: int | None = None
    for at, output in enumerate([*outputs, 0]):
        if start is not None and (output == 0 or output % 2 == 1):
            before = joined[-1] if joined else None
            if before is not None and _goes_on(document, outputs, before, start):
                joined[-1] = (before[0], at)
            else:
                joined.append((start, at))
            start = None
        if output % 2 == 1:
            start = at
    return joined


def _goes_on(document: TokenizedDocument, outputs: Sequence[int], before: tuple[int, int], start: int) -> bool:
    words = [w for w in document.words[before[0] : start] if w]
    return before[1] == start and outputs[before[0]] == outputs[start] and words[-1:] == [","]


def _tagged(
    document: TokenizedDocument, start: int, end: int, tag: int, odds: NDArray[np.float32]
) -> Iterator[TaggedSpan]:
    chosen = [i for i in range(start, end) if document.words[i]]
    while chosen and document.words[chosen[-1]] in _NO_END:
        chosen.pop()
    while chosen and document.words[chosen[0]] in _NO_BEGIN:
        chosen.pop(0)
    if not chosen:
        return
    chosen += _closing(document, chosen)
    if VALUE_TAGS[tag] in _OF_ONE_WORD:
        chosen += _rest_of_word(document, chosen[-1])
    for part in _by_columns(document, chosen) if VALUE_TAGS[tag] in _OF_ONE_COLUMN else [chosen]:
        first, last = document.tokens[part[0]], document.tokens[part[-1]]
        span = span_between(document, first.line, first.start, last.line, last.end)
        shares = odds[part, 1 + 2 * tag : 3 + 2 * tag].sum(1)
        if span:
            yield TaggedSpan(
                VALUE_TAGS[tag], span, first.line, last.line, first.start, float(shares.mean()), float(shares.min())
            )


def _rest_of_word(document: TokenizedDocument, last: int) -> list[int]:
    """The tokens behind a number that go on without white space, up to the last that is no sign: `2031` `:` `66`."""
    found: list[int] = []
    for at in range(last + 1, len(document.tokens)):
        before, token = document.tokens[at - 1], document.tokens[at]
        if not document.words[at] or token.line != before.line or token.start != before.end:
            break
        found.append(at)
    while found and not document.words[found[-1]].isalnum():
        found.pop()
    return found


def _by_columns(document: TokenizedDocument, chosen: Sequence[int]) -> list[list[int]]:
    """The tokens of a value, by columns and lines where a wide gap parts them: what stands side by side is not one."""
    parts: list[list[int]] = [[chosen[0]]]
    wide = False
    for before, at in pairwise(chosen):
        one, other = document.tokens[before], document.tokens[at]
        gap = one.line == other.line and other.start - one.end >= len(WIDE_GAP)
        wide = wide or gap
        if gap or one.line != other.line:
            parts.append([])
        parts[-1].append(at)
    return parts if wide else [list(chosen)]


def _closing(document: TokenizedDocument, chosen: Sequence[int]) -> list[int]:
    """The bracket behind a value that was cut off before it: `ordförande (KD` `)`."""
    words, following = [document.words[i] for i in chosen], chosen[-1] + 1
    is_open = words.count("(") > words.count(")")
    return [following] if is_open and following < len(document.words) and document.words[following] == ")" else []


def span_between(document: TokenizedDocument, line: int, start: int, last_line: int, end: int) -> TextSpan:
    """The words of a `document` from offset `start` of its line `line` to offset `end` of `last_line`, joined as
    running text is."""
    numbers = range(line, last_line + 1)
    joined = TextSpan.join(LocatedLine(document.pages[n], document.lines[n], n) for n in numbers)
    if not joined:
        return joined
    first, final = joined.pieces[0], joined.pieces[-1]
    until = final.start + end - final.line_start if last_line > line or len(joined.pieces) == 1 else None
    return joined.cut(max(0, first.start + start - first.line_start), until)
