"""What the learned tagger says of one line: readings of its words and how likely each is.

`tagger` makes these; they know nothing of the network.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

KEEP, DROP = 0, 1
"""The numbers of the two tags that are no strings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Logarithms are natural; lengths are in signs."""

    far: float = -6.0  # edits further below the likeliest than this (log-probability) are not followed
    far_in_all: float = -9.6  # nor are readings further below it
    most_readings: int = 8
    drift: int = 4  # how many signs a word may have more or fewer than was read
    floor: float = -14.0
    """The least log-probability that one edit is given, so that a reading the network cannot write is not excluded."""


SETTINGS = Settings()


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


@cache
def _numbers(tags: tuple[str, ...]) -> dict[str, int]:
    return {tag: number for number, tag in enumerate(tags) if number > DROP}
