"""The learned tagger: for every sign of a text the edit that a small network gives it.

The network (docs/restorer.md) reads some 70 signs to each side and tags each sign with keep, drop or a string to
put in its place, and with whether a space was lost after it. What it says is a proposal with a probability; the
lexicon and the rest of the text decide (`candidates`, `decoder`).
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import zip_longest
from typing import overload

import numpy as np
from numpy.typing import NDArray

from avskrift.corrections.damage import TextDamage

KEEP, DROP = 0, 1
"""The numbers of the two tags that are no strings."""
_PAD, _OTHER = 0, 1
"""What the network is given for no sign, and for a sign that it does not know."""
_LAST_SIGN = 0x2600
"""The code point from which no sign is known to the network."""
_STRIDE = 4
"""The network takes a number of signs that this divides."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Logarithms are natural; lengths are in signs."""

    block: int = 2_000  # signs that the network is given at once
    margin: int = 96  # signs around a block that it is given as context: more than it sees to each side
    far: float = -6.0  # edits further below the likeliest than this (log-probability) are not followed
    far_in_all: float = -9.6  # nor are readings further below it
    most_readings: int = 8
    least_kept: float = -11.0  # tags further below the likeliest than this are not kept in memory
    drift: int = 4  # how many signs a word may have more or fewer than was read
    floor: float = -14.0
    """The least log-probability that one edit is given, so that a reading the network cannot write is not excluded."""
    much_damage: float = 0.3
    """The share of words with a wrong glyph that the network takes for the most damage there is."""


SETTINGS = Settings()
_KEPT_LATTICES = 64


class TagLattice:
    """What the network says of one line: for each sign its tags with their log-probabilities."""

    __slots__ = ("_edits", "_gaps", "_odds", "_sums", "_tags", "line", "strings")

    def __init__(
        self,
        line: str,
        tags: list[int],
        gaps: list[float],
        sums: list[float],
        edits: list[int],
        odds: dict[int, dict[int, float]],
        strings: tuple[str, ...],
    ) -> None:
        """One number of `tags` (the likeliest) and of `gaps` (log-odds of a lost space) for each sign of `line`.

        `odds` has, by place, the tags that are likely at all with their logarithmic distance from the likeliest, for
        signs with more than one; `sums` and `edits` are running totals, with one number more than signs, of the
        log-probability of the likeliest reading and of the signs that it changes; `strings` are what the tags put in
        place of a sign.
        """
        self.line, self.strings = line, strings
        self._tags, self._gaps, self._sums, self._edits, self._odds = tags, gaps, sums, edits, odds

    def sureness(self, start: int, end: int) -> float:
        """The log-probability of the network's reading of line[start:end], no space after it included."""
        return self._sums[end] - self._sums[start]

    def changes(self, start: int, end: int) -> bool:
        """Whether the network reads line[start:end] otherwise than it stands."""
        return self._edits[end] != self._edits[start]

    def _shown(self, at: int, tag: int) -> str:
        """What a tag makes of the sign at `at`."""
        return self.line[at] if tag == KEEP else "" if tag == DROP else self.strings[tag]

    def reading(self, start: int, end: int) -> str:
        """What the network reads in line[start:end]."""
        spaces = (" " if self._gaps[at] > 0 else "" for at in range(start, end - 1))
        signs = (self._shown(at, self._tags[at]) for at in range(start, end))
        return "".join(sign + space for sign, space in zip_longest(signs, spaces, fillvalue=""))

    def readings(self, start: int, end: int) -> list[tuple[str, float]]:
        """What line[start:end] may have been, likeliest first, with log-probabilities; at most eight."""
        base = self.sureness(start, end)
        found = {"": base}
        for at in range(start, end):
            options = self._options(at, spaced=at < end - 1 and self._gaps[at] > SETTINGS.far)
            if len(options) == 1:
                ((shown, _),) = options
                found = {text + shown: log_prob for text, log_prob in found.items()}
            else:
                found = _extended(found, options, base + SETTINGS.far_in_all)
        return sorted(found.items(), key=lambda reading: -reading[1])

    def _options(self, at: int, *, spaced: bool) -> list[tuple[str, float]]:
        """What the sign at `at` may have been, with the logarithmic distance from the likeliest; `spaced` tells that a
        space may have been lost after it."""
        tags = self._odds.get(at)
        if tags is None:
            options = [(self._shown(at, self._tags[at]), 0.0)]
        else:
            options = [(self._shown(at, tag), far) for tag, far in tags.items() if far > SETTINGS.far]
        if not spaced:
            return options
        # the likelier of a space and none costs nothing
        gap = self._gaps[at]
        tails = ((" ", min(0.0, gap)), ("", min(0.0, -gap)))
        return [(shown + tail, far + extra) for shown, far in options for tail, extra in tails]

    def log_probability(self, start: int, end: int, printed: str) -> float:
        """The log-probability of the likeliest edits that make `printed` of line[start:end]."""
        if printed == self.line[start:end] and not self.changes(start, end):
            return self.sureness(start, end)
        numbers = _numbers(self.strings)
        if len(printed) == end - start:
            straight = self._sign_by_sign(start, end, printed, numbers)
            if straight > SETTINGS.floor:
                return straight
        # chart[j]: best log-probability of having written printed[:j] after the signs so far
        size = len(printed)
        chart = {0: self.sureness(start, end)}
        for at in range(start, end):
            chart = self._next_column(at, end, printed, chart, numbers)
        return chart.get(size, SETTINGS.floor * max(2, (end - start) // 3))

    def _next_column(
        self, at: int, end: int, printed: str, chart: Mapping[int, float], numbers: Mapping[str, int]
    ) -> dict[int, float]:
        """The chart of `log_probability` behind the sign at `at`: for each number of signs of `printed` that may be
        written by then, the best log-probability. `end` is where the stretch ends, `numbers` has the tags of strings.
        """
        size, left, gap = len(printed), end - at - 1, self._gaps[at]
        none, some = min(0.0, -gap), min(0.0, gap)
        tags = self._odds.get(at) or {self._tags[at]: 0.0}
        column: dict[int, float] = {}
        for done, log_prob in chart.items():
            for reached, step in _steps(tags, self.line[at], printed, done, numbers):
                total = log_prob + step
                near = abs((size - reached) - left) <= SETTINGS.drift
                if near and total + none > column.get(reached, -math.inf):
                    column[reached] = total + none
                space = reached < size and printed[reached] == " "
                if space and total + some > column.get(reached + 1, -math.inf):
                    column[reached + 1] = total + some
        return column

    def _sign_by_sign(self, start: int, end: int, printed: str, numbers: Mapping[str, int]) -> float:
        """The log-probability where each sign became one sign and no space was lost."""
        total = self.sureness(start, end)
        for at, sign in enumerate(printed, start):
            tag = KEEP if sign == self.line[at] else numbers.get(sign, -1)
            gap = self._gaps[at]
            if gap > 0:
                total -= gap
            if tag != self._tags[at]:
                row = self._odds.get(at)
                total += row.get(tag, SETTINGS.floor) if row is not None else SETTINGS.floor
        return total


def _steps(
    tags: Mapping[int, float], sign: str, printed: str, done: int, numbers: Mapping[str, int]
) -> list[tuple[int, float]]:
    """What a sign with these tags may become where printed[:done] is written: how much is written then, and the
    log-probability of that edit. `numbers` has the tags of strings."""
    steps = [(done, tags.get(DROP, SETTINGS.floor))]
    if printed[done : done + 1] == sign:
        steps.append((done + 1, tags.get(KEEP, SETTINGS.floor)))
    for width in (1, 2):
        piece = printed[done : done + width]
        if len(piece) == width and piece != sign:
            steps.append((done + width, tags.get(numbers.get(piece, -1), SETTINGS.floor)))
    return steps


def _extended(readings: Mapping[str, float], options: Sequence[tuple[str, float]], least: float) -> dict[str, float]:
    """The readings with each of the options behind each, the likeliest of those above `least`."""
    grown: dict[str, float] = {}
    for text, log_prob in readings.items():
        for shown, far in options:
            longer = text + shown
            if log_prob + far > grown.get(longer, least):
                grown[longer] = log_prob + far
    if len(grown) <= SETTINGS.most_readings:
        return grown
    return dict(sorted(grown.items(), key=lambda reading: -reading[1])[: SETTINGS.most_readings])


class TagLattices(Sequence[TagLattice]):
    """The tag lattices of all lines of a text, kept small: each is made when it is asked for."""

    def __init__(self, lines: Sequence[str], strings: tuple[str, ...]) -> None:
        self._lines, self._strings = lines, strings
        self._places: list[tuple[int, int]] = []
        self._blocks: list[_Block] = []
        self.at = lru_cache(maxsize=_KEPT_LATTICES)(self._at)

    def add(self, logits: NDArray[np.float32], lines: int) -> None:
        """Takes in the logits of the next `lines` lines, which follow each other with one sign between."""
        at = 0
        for line in self._lines[len(self._places) : len(self._places) + lines]:
            self._places.append((len(self._blocks), at))
            at += len(line) + 1
        self._blocks.append(_Block.of(logits))

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> TagLattice: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[TagLattice]: ...
    def __getitem__(self, index: int | slice) -> TagLattice | Sequence[TagLattice]:
        if isinstance(index, slice):
            return [self.at(i) for i in range(*index.indices(len(self)))]
        return self.at(range(len(self))[index])

    def _at(self, index: int) -> TagLattice:
        number, start = self._places[index]
        line, block = self._lines[index], self._blocks[number]
        end = start + len(line)
        tags = block.tags[start:end].tolist()
        sums = [0.0, *np.cumsum(block.sure[start:end], dtype=np.float64).tolist()]
        edits = [0, *np.cumsum((block.tags[start:end] != KEEP) | (block.gaps[start:end] > 0)).tolist()]
        odds: dict[int, dict[int, float]] = {}
        for row, column, far in block.others(start, end):
            at = row - start
            if at not in odds:
                odds[at] = {tags[at]: 0.0}
            odds[at][column] = far
        return TagLattice(line, tags, block.gaps[start:end].tolist(), sums, edits, odds, self._strings)


@dataclass(frozen=True, slots=True)
class _Block:
    """Tag lattices as arrays, one entry for each sign: the likeliest tag, log-odds of a lost space, log-probability;
    and, by row and tag, the logarithmic distance of every other tag that is likely at all."""

    tags: NDArray[np.uint8]
    gaps: NDArray[np.float32]
    sure: NDArray[np.float32]
    rows: NDArray[np.int32]
    columns: NDArray[np.uint8]
    far: NDArray[np.float16]

    def others(self, start: int, end: int) -> Iterator[tuple[int, int, float]]:
        """For the signs from `start` to `end` the tags beside the likeliest: row, tag, and distance."""
        first, last = np.searchsorted(self.rows, (start, end)).tolist()
        rows, columns, far = (part[first:last].tolist() for part in (self.rows, self.columns, self.far))
        return zip(rows, columns, far, strict=True)

    @classmethod
    def of(cls, logits: NDArray[np.float32]) -> "_Block":
        odds, gaps = logits[:, :-1], logits[:, -1]
        best = odds.argmax(axis=1)
        far = odds - np.take_along_axis(odds, best[:, None], axis=1)
        sure = -np.log(np.exp(far).sum(axis=1)) - np.log1p(np.exp(-np.abs(gaps)))
        rows, columns = np.nonzero((far > SETTINGS.least_kept) & (far < 0))
        return cls(
            best.astype(np.uint8),
            np.clip(gaps, -30, 30),
            sure.astype(np.float32),
            rows.astype(np.int32),
            columns.astype(np.uint8),
            far[rows, columns].astype(np.float16),
        )


@cache
def _numbers(tags: tuple[str, ...]) -> dict[str, int]:
    return {tag: number for number, tag in enumerate(tags) if number > DROP}


class Tagger:
    """The network, loaded once for each process."""

    def __init__(self) -> None:
        from avskrift.runtime.inference import session  # takes long to import; text without damage needs none

        folder = files("avskrift.corrections").joinpath("weights")
        facts = json.loads(folder.joinpath("restorer.json").read_text(encoding="utf-8"))
        self.tags: tuple[str, ...] = tuple(facts["tags"])
        with as_file(folder.joinpath("restorer.onnx")) as path:
            self._session = session(path)
        self._table = np.full(_LAST_SIGN, _OTHER, np.int64)
        for number, sign in enumerate(facts["signs"], start=2):
            if ord(sign) < _LAST_SIGN:
                self._table[ord(sign)] = number

    def tagged(self, lines: Sequence[str], damage: TextDamage) -> TagLattices:
        """The tag lattices of all lines, each read in the company of the lines around it."""
        text = "\n".join(lines)
        points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        signs = self._table[np.minimum(points, _LAST_SIGN - 1)]
        glyphs = min(1.0, damage.wrong_glyphs / SETTINGS.much_damage) ** 0.5
        facts = np.array([[*damage.lost, glyphs, 0.0]], np.float32)
        lattices = TagLattices(lines, self.tags)
        first = at = 0
        while first < len(lines):
            # whole lines up to the size of a block; a longer line is a block by itself
            last, end = first + 1, at + len(lines[first]) + 1
            while last < len(lines) and end + len(lines[last]) - at < SETTINGS.block:
                end += len(lines[last]) + 1
                last += 1
            lattices.add(self._run(signs, facts, at, min(end, len(signs))), last - first)
            first, at = last, end
        return lattices

    def _run(self, signs: NDArray[np.int64], facts: NDArray[np.float32], start: int, stop: int) -> NDArray[np.float32]:
        """The logits of signs[start:stop], read with what stands before and after."""
        found = []
        for begin in range(start, stop, 2 * SETTINGS.block):
            end = min(stop, begin + 2 * SETTINGS.block)
            left, right = max(0, begin - SETTINGS.margin), min(len(signs), end + SETTINGS.margin)
            padded = np.full((1, right - left + (left - right) % _STRIDE), _PAD, np.int64)
            padded[0, : right - left] = signs[left:right]
            logits = self._session.run(None, {"signs": padded, "facts": facts})[0][0]
            found.append(logits[begin - left : end - left])
        return np.concatenate(found) if found else np.zeros((0, len(self.tags) + 1), np.float32)


@cache
def tagger() -> Tagger:
    """The tagger of this process, loaded when first asked for."""
    return Tagger()
