"""The learned restorer: for every sign of a text the edit that a small network gives it.

The network (docs/restorer.md) reads some 70 signs to each side and tags each sign with keep, drop or a string to
put in its place, and with whether a space was lost after it. What it says is a proposal with a probability; the
lexicon and the rest of the text decide (`candidates`, `decoder`).
"""

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from avskrift.corrections.condition import Condition

KEEP, DROP = 0, 1
"""The numbers of the two tags that are no strings."""
_PAD, _OTHER = 0, 1
_BLOCK, _MARGIN, _STRIDE = 4_000, 96, 4
_SIGNS = 0x2600
_FAR, _BEST = -7.0, 12
"""Edits further below the likeliest than this (logarithm) are not followed; how many readings are kept."""
_FLOOR = -14.0
"""The least log-probability that one edit is given, so that a reading the network cannot write is not excluded."""


class Tagged:
    """The network's verdict on one line."""

    __slots__ = ("_edits", "_gaps", "_logits", "_sums", "_tags", "line", "strings")

    def __init__(
        self,
        line: str,
        logits: NDArray[np.float32],
        tags: Sequence[int],
        gaps: Sequence[float],
        sums: Sequence[float],
        edits: Sequence[int],
        strings: tuple[str, ...],
    ) -> None:
        """One row of `logits`, one number of `tags` (the likeliest) and of `gaps` (log-odds of a lost space) for each
        sign of the line; `sums` and `edits` are running totals, with one number more than signs, of the
        log-probability of the likeliest reading and of the signs that it changes."""
        self.line, self.strings = line, strings
        self._logits, self._tags, self._gaps, self._sums, self._edits = logits, tags, gaps, sums, edits

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
        logits = self._logits[start:end, :-1]
        top = logits.max(axis=1, keepdims=True)
        near = logits - top
        rows, columns = np.nonzero(near > _FAR)
        base = self._sums[end] - self._sums[start]
        options: list[list[tuple[str, float]]] = [[] for _ in range(end - start)]
        for at, tag in zip(rows.tolist(), columns.tolist(), strict=True):
            sign = self.line[start + at] if tag == KEEP else "" if tag == DROP else self.strings[tag]
            options[at].append((sign, float(near[at, tag])))
        found = {"": base}
        for at, choice in enumerate(options):
            gap = self._gaps[start + at]
            if at < len(options) - 1 and gap > _FAR:
                # a space may have been lost here; the likelier of both costs nothing
                spaced, plain = min(0.0, gap), min(0.0, -gap)
                choice = [(s + tail, c + extra) for s, c in choice for tail, extra in ((" ", spaced), ("", plain))]
            if len(choice) == 1:
                found = {text + choice[0][0]: cost for text, cost in found.items()}
                continue
            grown: dict[str, float] = {}
            for text, cost in found.items():
                for sign, extra in choice:
                    whole = text + sign
                    if cost + extra > grown.get(whole, base + _FAR * 1.6):
                        grown[whole] = cost + extra
            found = dict(sorted(grown.items(), key=lambda g: -g[1])[:_BEST])
        return sorted(found.items(), key=lambda g: -g[1])

    def log_probability(self, start: int, end: int, printed: str) -> float:
        """The log-probability of the likeliest edits that make `printed` of line[start:end]."""
        read = self.line[start:end]
        if read == printed and not self.changes(start, end):
            return self.sureness(start, end)
        logits = self._logits[start:end, :-1]
        top = logits.max(axis=1, keepdims=True)
        odds = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
        gap = self._logits[start:end, -1]
        none = np.maximum(-np.log1p(np.exp(np.minimum(gap, 30))), _FLOOR).tolist()
        some = np.maximum(-np.log1p(np.exp(np.minimum(-gap, 30))), _FLOOR).tolist()
        numbers = _numbers(self.strings)
        # chart[j]: best log-probability of having written printed[:j] after the signs so far
        size = len(printed)
        chart = {0: 0.0}
        for at, sign in enumerate(read):
            row = odds[at]
            keep, drop = max(float(row[KEEP]), _FLOOR), max(float(row[DROP]), _FLOOR)
            left = len(read) - at - 1
            following: dict[int, float] = {}
            for done, cost in chart.items():
                steps = [(done, cost + drop)]
                if done < size:
                    if printed[done] == sign:
                        steps.append((done + 1, cost + keep))
                    for width in (1, 2):
                        piece = printed[done : done + width]
                        if len(piece) == width and piece != sign:
                            number = numbers.get(piece)
                            told = max(float(row[number]), _FLOOR) if number is not None else _FLOOR
                            steps.append((done + width, cost + told))
                for reached, total in steps:
                    total_plain = total + none[at]
                    if abs((size - reached) - left) <= 4 and total_plain > following.get(reached, -math.inf):
                        following[reached] = total_plain
                    if reached < size and printed[reached] == " ":
                        spaced = total + some[at]
                        if spaced > following.get(reached + 1, -math.inf):
                            following[reached + 1] = spaced
            chart = following
        return chart.get(size, _FLOOR * max(2, len(read) // 3))


@cache
def _numbers(tags: tuple[str, ...]) -> dict[str, int]:
    return {tag: number for number, tag in enumerate(tags) if number > DROP}


class Restorer:
    """The network, loaded once for each process; one thread, so that callers decide what runs beside it."""

    def __init__(self) -> None:
        folder = files("avskrift.corrections").joinpath("weights")
        facts = json.loads(folder.joinpath("restorer.json").read_text(encoding="utf-8"))
        self.tags: tuple[str, ...] = tuple(facts["tags"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with as_file(folder.joinpath("restorer.onnx")) as path:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._table = np.full(_SIGNS, _OTHER, np.int64)
        for number, sign in enumerate(facts["signs"], start=2):
            if ord(sign) < _SIGNS:
                self._table[ord(sign)] = number

    def tagged(self, lines: Sequence[str], condition: Condition) -> list[Tagged]:
        """The verdicts on all lines, each read in the company of the lines around it."""
        text = "\n".join(lines)
        points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
        signs = self._table[np.minimum(points, _SIGNS - 1)]
        facts = np.array([[*condition.lost, min(1.0, condition.damage / 0.3) ** 0.5, 0.0]], np.float32)
        verdicts: list[Tagged] = []
        first = at = 0
        while first < len(lines):
            # whole lines up to the size of a block; a longer line is a block by itself
            last, end = first + 1, at + len(lines[first]) + 1
            while last < len(lines) and end + len(lines[last]) - at < _BLOCK:
                end += len(lines[last]) + 1
                last += 1
            verdicts += self._verdicts(lines[first:last], self._run(signs, facts, at, min(end, len(signs))))
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

    def _verdicts(self, lines: Sequence[str], logits: NDArray[np.float32]) -> list[Tagged]:
        odds, gaps = logits[:, :-1], logits[:, -1]
        best = odds.argmax(axis=1)
        top = np.take_along_axis(odds, best[:, None], axis=1)
        sure = np.log(np.exp(odds - top).sum(axis=1)) + np.log1p(np.exp(-np.abs(gaps)))
        sums = np.concatenate(([0.0], -np.cumsum(sure, dtype=np.float64))).tolist()
        edits = np.concatenate(([0], np.cumsum((best != KEEP) | (gaps > 0)))).tolist()
        tags, lost = best.tolist(), gaps.tolist()
        found = []
        at = 0
        for line in lines:
            end = at + len(line)
            found.append(
                Tagged(
                    line, logits[at:end], tags[at:end], lost[at:end], sums[at : end + 1], edits[at : end + 1], self.tags
                )
            )
            at = end + 1
        return found


@cache
def restorer() -> Restorer:
    """The restorer of this process, loaded when first asked for."""
    return Restorer()
