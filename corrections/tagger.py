"""The learned tagger: for every sign of a text the edit that a small network gives it.

The network (docs/restorer.md) reads some 70 signs to each side and tags each sign with keep, drop or a string to
put in its place, and with whether a space was lost after it. What it says is a proposal with a probability; the
lexicon and the rest of the text decide (`candidates`, `decoder`).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import overload

import numpy as np
from numpy.typing import NDArray

from avskrift.corrections.damage import TextDamage
from avskrift.corrections.tag_lattice import KEEP, TagLattice

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
    least_kept: float = -11.0  # tags further below the likeliest than this are not kept in memory
    much_damage: float = 0.3
    """The share of words with a wrong glyph that the network takes for the most damage there is."""


SETTINGS = Settings()
_KEPT_LATTICES = 64


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
