"""The learned restorer: for every sign of a text the edit that a small network gives it.

The network (docs/restorer.md) reads some 70 signs to each side and tags each sign with keep, drop or a string to
put in its place, and with whether a space was lost after it. What it says is a proposal with a probability; the
lexicon and the rest of the text decide (`candidates`, `decoder`).
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import overload

import numpy as np
from numpy.typing import NDArray

from avskrift.corrections.damage import Condition
from avskrift.corrections.inference import session

KEEP, DROP = 0, 1
"""The numbers of the two tags that are no strings."""
_PAD, _OTHER = 0, 1
_BLOCK, _MARGIN, _STRIDE = 2_000, 96, 4
_SIGNS = 0x2600
_FAR, _BEST = -6.0, 8
"""Edits further below the likeliest than this (logarithm) are not followed; how many readings are kept."""
_LEAST = -11.0
"""Tags further below the likeliest than this are not kept."""
_DRIFT = 4
"""How many signs a word may have more or fewer than was read."""
_FLOOR = -14.0
"""The least log-probability that one edit is given, so that a reading the network cannot write is not excluded."""


class TagLattice:
    """The network's verdict on one line."""

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
        """One number of `tags` (the likeliest) and of `gaps` (log-odds of a lost space) for each sign of the line;
        `odds` has, by place, the tags that are likely at all with their logarithmic distance from the likeliest, for
        signs with more than one; `sums` and `edits` are running totals, with one number more than signs, of the
        log-probability of the likeliest reading and of the signs that it changes."""
        self.line, self.strings = line, strings
        self._tags, self._gaps, self._sums, self._edits, self._odds = tags, gaps, sums, edits, odds

    def sureness(self, start: int, end: int) -> float:
        """The log-probability of the network's reading of line[start:end], no space after it included."""
        return self._sums[end] - self._sums[start]

    def changes(self, start: int, end: int) -> bool:
        """Whether the network reads line[start:end] otherwise than it stands."""
        return self._edits[end] != self._edits[start]

    def reading(self, start: int, end: int) -> str:
        """What the network reads in line[start:end]."""
        out: list[str] = []
        last = end - 1
        for at in range(start, end):
            tag = self._tags[at]
            out.append(self.line[at] if tag == KEEP else "" if tag == DROP else self.strings[tag])
            if at < last and self._gaps[at] > 0:
                out.append(" ")
        return "".join(out)

    def readings(self, start: int, end: int) -> list[tuple[str, float]]:
        """What line[start:end] may have been, likeliest first, with log-probabilities; at most `_BEST`."""
        base = self._sums[end] - self._sums[start]
        found = {"": base}
        for at in range(start, end):
            sign = self.line[at]
            options = self._odds.get(at)
            gap = self._gaps[at]
            spaced = at < end - 1 and gap > _FAR
            tag = self._tags[at]
            if options is None and not spaced:
                shown = sign if tag == KEEP else "" if tag == DROP else self.strings[tag]
                found = {text + shown: cost for text, cost in found.items()}
                continue
            choice = [
                (sign if tag == KEEP else "" if tag == DROP else self.strings[tag], far)
                for tag, far in (options or {tag: 0.0}).items()
                if far > _FAR
            ]
            if spaced:
                # a space may have been lost here; the likelier of both costs nothing
                some, none = min(0.0, gap), min(0.0, -gap)
                choice = [(s + tail, c + extra) for s, c in choice for tail, extra in ((" ", some), ("", none))]
            grown: dict[str, float] = {}
            least = base + _FAR * 1.6
            for text, cost in found.items():
                for shown, far in choice:
                    whole = text + shown
                    if cost + far > grown.get(whole, least):
                        grown[whole] = cost + far
            found = grown if len(grown) <= _BEST else dict(sorted(grown.items(), key=lambda g: -g[1])[:_BEST])
        return sorted(found.items(), key=lambda g: -g[1])

    def log_probability(self, start: int, end: int, printed: str) -> float:
        """The log-probability of the likeliest edits that make `printed` of line[start:end]."""
        if printed == self.line[start:end] and not self.changes(start, end):
            return self.sureness(start, end)
        numbers = _numbers(self.strings)
        if len(printed) == end - start:
            straight = self._sign_by_sign(start, end, printed, numbers)
            if straight > _FLOOR:
                return straight
        # chart[j]: best log-probability of having written printed[:j] after the signs so far
        size = len(printed)
        chart = {0: self.sureness(start, end)}
        for at in range(start, end):
            sign, row, gap = self.line[at], self._odds.get(at) or {self._tags[at]: 0.0}, self._gaps[at]
            none, some = min(0.0, -gap), min(0.0, gap)
            keep, drop = row.get(KEEP, _FLOOR), row.get(DROP, _FLOOR)
            left = end - at - 1
            following: dict[int, float] = {}
            for done, cost in chart.items():
                steps = [(done, cost + drop)]
                if done < size:
                    if printed[done] == sign:
                        steps.append((done + 1, cost + keep))
                    for width in (1, 2):
                        piece = printed[done : done + width]
                        if len(piece) == width and piece != sign:
                            steps.append((done + width, cost + row.get(numbers.get(piece, -1), _FLOOR)))
                for reached, total in steps:
                    if abs((size - reached) - left) <= _DRIFT and total + none > following.get(reached, -math.inf):
                        following[reached] = total + none
                    if (
                        reached < size
                        and printed[reached] == " "
                        and total + some > following.get(reached + 1, -math.inf)
                    ):
                        following[reached + 1] = total + some
            chart = following
        return chart.get(size, _FLOOR * max(2, (end - start) // 3))

    def _sign_by_sign(self, start: int, end: int, printed: str, numbers: Mapping[str, int]) -> float:
        """The log-probability where each sign became one sign and no space was lost."""
        total = self._sums[end] - self._sums[start]
        for at, sign in enumerate(printed, start):
            tag = KEEP if sign == self.line[at] else numbers.get(sign, -1)
            gap = self._gaps[at]
            if gap > 0:
                total -= gap
            if tag != self._tags[at]:
                row = self._odds.get(at)
                total += row.get(tag, _FLOOR) if row is not None else _FLOOR
        return total


class TagLattices(Sequence[TagLattice]):
    """The verdicts on all lines of a text, kept small: each is made when it is asked for."""

    def __init__(self, lines: Sequence[str], strings: tuple[str, ...]) -> None:
        self._lines, self._strings = lines, strings
        self._places: list[tuple[int, int]] = []
        self._blocks: list[_Block] = []
        self.at = lru_cache(maxsize=64)(self._at)

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
        gaps = block.gaps[start:end].tolist()
        sure = block.sure[start:end]
        sums = [0.0, *np.cumsum(sure, dtype=np.float64).tolist()]
        edits = [0, *np.cumsum((block.tags[start:end] != KEEP) | (block.gaps[start:end] > 0)).tolist()]
        odds: dict[int, dict[int, float]] = {}
        first, last = np.searchsorted(block.rows, (start, end)).tolist()
        others = zip(
            block.rows[first:last].tolist(),
            block.columns[first:last].tolist(),
            block.far[first:last].tolist(),
            strict=True,
        )
        for row, column, far in others:
            at = row - start
            if at in odds:
                odds[at][column] = far
            else:
                odds[at] = {tags[at]: 0.0, column: far}
        return TagLattice(line, tags, gaps, sums, edits, odds, self._strings)


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

    @classmethod
    def of(cls, logits: NDArray[np.float32]) -> "_Block":
        odds, gaps = logits[:, :-1], logits[:, -1]
        best = odds.argmax(axis=1)
        far = odds - np.take_along_axis(odds, best[:, None], axis=1)
        sure = -np.log(np.exp(far).sum(axis=1)) - np.log1p(np.exp(-np.abs(gaps)))
        rows, columns = np.nonzero((far > _LEAST) & (far < 0))
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


class Restorer:
    """The network, loaded once for each process."""

    def __init__(self) -> None:
        folder = files("avskrift.corrections").joinpath("weights")
        facts = json.loads(folder.joinpath("restorer.json").read_text(encoding="utf-8"))
        self.tags: tuple[str, ...] = tuple(facts["tags"])
        with as_file(folder.joinpath("restorer.onnx")) as path:
            self._session = session(path)
        self._table = np.full(_SIGNS, _OTHER, np.int64)
        for number, sign in enumerate(facts["signs"], start=2):
            if ord(sign) < _SIGNS:
                self._table[ord(sign)] = number

    def tagged(self, lines: Sequence[str], condition: Condition) -> TagLattices:
        """The verdicts on all lines, each read in the company of the lines around it."""
        text = "\n".join(lines)
        points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        signs = self._table[np.minimum(points, _SIGNS - 1)]
        facts = np.array([[*condition.lost, min(1.0, condition.damage / 0.3) ** 0.5, 0.0]], np.float32)
        verdicts = TagLattices(lines, self.tags)
        first = at = 0
        while first < len(lines):
            # whole lines up to the size of a block; a longer line is a block by itself
            last, end = first + 1, at + len(lines[first]) + 1
            while last < len(lines) and end + len(lines[last]) - at < _BLOCK:
                end += len(lines[last]) + 1
                last += 1
            verdicts.add(self._run(signs, facts, at, min(end, len(signs))), last - first)
            first, at = last, end
        return verdicts

    def _run(self, signs: NDArray[np.int64], facts: NDArray[np.float32], start: int, stop: int) -> NDArray[np.float32]:
        """The logits of signs[start:stop], read with what stands before and after."""
        found = []
        for begin in range(start, stop, 2 * _BLOCK):
            end = min(stop, begin + 2 * _BLOCK)
            left, right = max(0, begin - _MARGIN), min(len(signs), end + _MARGIN)
            padded = np.full((1, right - left + (left - right) % _STRIDE), _PAD, np.int64)
            padded[0, : right - left] = signs[left:right]
            logits = self._session.run(None, {"signs": padded, "facts": facts})[0][0]
            found.append(logits[begin - left : end - left])
        return np.concatenate(found) if found else np.zeros((0, len(self.tags) + 1), np.float32)


@cache
def restorer() -> Restorer:
    """The restorer of this process, loaded when first asked for."""
    return Restorer()
