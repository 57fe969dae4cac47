"""Other readings of the same document (`--witness`, an old text layer), stretch by stretch."""

from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.corrections.alignment import Place, Spans, aligned, alike
from avskrift.corrections.tag_lattice import TagLattice
from avskrift.corrections.tokens import Token


@dataclass(frozen=True, slots=True)
class Settings:
    """When a stretch of another reading shows a whole line."""

    most_lines: int = 2  # lines of the other reading over which one line may be spread, beyond its first
    length_share: float = 0.4  # how far the lengths may differ, as a share of the line's own
    length_slack: int = 6  # how many signs they may differ beyond that


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class ParallelReading:
    """Another reading of a document: its lines, and by line its tokens and tag lattices."""

    lines: Sequence[str]
    tokens: Sequence[Sequence[Token]]
    lattices: Sequence[TagLattice]


@dataclass(frozen=True, slots=True)
class AlignedStretch:
    """A stretch of another reading that shows the same print: lattice.line[start:end]."""

    lattice: TagLattice
    start: int
    end: int

    @property
    def text(self) -> str:
        """The stretch as the other reading has it."""
        return self.lattice.line[self.start : self.end]

    @property
    def likeliest(self) -> str:
        """The stretch as the network reads it."""
        return self.lattice.reading(self.start, self.end)

    def log_probability(self, printed: str) -> float:
        """The log-probability that the network gives to `printed` here."""
        return self.lattice.log_probability(self.start, self.end, printed)


class ParallelReadings:
    """The other readings of a text, `used` by their numbers. Those that are no readings of it are left out."""

    def __init__(
        self, tokens: Sequence[Sequence[Token]], lines: Sequence[str], others: Sequence[ParallelReading]
    ) -> None:
        self.used = [n for n, other in enumerate(others) if alike(lines, other.lines)]
        self._others = [others[n] for n in self.used]
        self._spans = [aligned(tokens, other.tokens) for other in self._others]
        self._by_line = [_by_line(spans) for spans in self._spans]

    def stretches_at(self, line: int, start: int, end: int) -> tuple[AlignedStretch, ...]:
        """The stretches that show what stands at `start` to `end` of a line; a token, or several."""
        found = []
        for other, spans in zip(self._others, self._spans, strict=True):
            place = spans.get((line, start, end))
            if place is not None:
                found.append(AlignedStretch(other.lattices[place.line], place.start, place.end))
        return tuple(found)

    def places_of(self, line: int, tokens: Sequence[Token]) -> list[tuple[int, Place]]:
        """Where `tokens` of a line stand: the number of the other reading, and the place there; only where they stand
        in one line."""
        found = []
        for number, rows in zip(self.used, self._by_line, strict=True):
            inside = [
                place for start, end, place in rows.get(line, ()) if tokens[0].start <= start and end <= tokens[-1].end
            ]
            if len({p.line for p in inside}) == 1:
                whole = Place(inside[0].line, min(p.start for p in inside), max(p.end for p in inside))
                found.append((number, whole))
        return found

    def whole_line(self, line: int, length: int) -> list[str]:
        """How the other readings show a whole line of `length` signs, from its first word that they hold to its
        last."""
        shown = (
            _between(other.lines, [place for _, _, place in stretches.get(line, ())])
            for other, stretches in zip(self._others, self._by_line, strict=True)
        )
        most = SETTINGS.length_share * length + SETTINGS.length_slack
        return [text for text in shown if text is not None and abs(len(text) - length) <= most]


def _between(lines: Sequence[str], places: Sequence[Place]) -> str | None:
    """The text from the first of `places` to the last, with the signs around; None where they lie far apart."""
    if not places:
        return None
    first, last = min(places, key=lambda p: (p.line, p.start)), max(places, key=lambda p: (p.line, p.end))
    if last.line - first.line > SETTINGS.most_lines:
        return None
    rows = [str(row) for row in lines[first.line : last.line + 1]]
    cut = len(rows[-1]) - _end_of_signs(rows[-1], last.end)
    text = " ".join(rows)
    return text[_start_of_signs(rows[0], first.start) : len(text) - cut]


def _by_line(spans: Spans) -> dict[int, list[tuple[int, int, Place]]]:
    """The stretches of each line of the first reading: start, end, and where they stand in the other."""
    found: dict[int, list[tuple[int, int, Place]]] = {}
    for (line, start, end), place in spans.items():
        found.setdefault(line, []).append((start, end, place))
    return found


def _end_of_signs(row: str, end: int) -> int:
    """The end of the signs that follow a word without a letter between."""
    while end < len(row) and not row[end].isalpha():
        end += 1
    return end


def _start_of_signs(row: str, start: int) -> int:
    """The start of the signs that stand before a word without a letter between."""
    while start > 0 and not row[start - 1].isalpha():
        start -= 1
    return start
