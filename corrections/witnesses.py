"""Other readings of the same document, each stretch beside the one it is a reading of."""

from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.corrections.alignment import Place, aligned, alike
from avskrift.corrections.condition import Condition
from avskrift.corrections.restorer import Tagged
from avskrift.corrections.tokens import Chunk


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a document: its lines, its chunks and the restorer's verdicts by line, its state."""

    lines: Sequence[str]
    chunks: Sequence[Sequence[Chunk]]
    verdicts: Sequence[Tagged]
    condition: Condition


@dataclass(frozen=True, slots=True)
class Beside:
    """A stretch of another reading that shows the same print: verdict.line[start:end]."""

    verdict: Tagged
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.verdict.line[self.start : self.end]

    @property
    def likeliest(self) -> str:
        return self.verdict.reading(self.start, self.end)


class Witnesses:
    """The other readings of a text. Those that are no readings of it (`strangers` counts them) are left out."""

    def __init__(self, chunks: Sequence[Sequence[Chunk]], lines: Sequence[str], others: Sequence[Reading]) -> None:
        self._others = [other for other in others if alike(lines, other.lines)]
        self.used = [n for n, other in enumerate(others) if other in self._others]
        self.strangers = len(others) - len(self._others)
        self._spans = [aligned(chunks, other.chunks) for other in self._others]

    def of(self, line: int, start: int, end: int) -> tuple[Beside, ...]:
        """The stretches that show what stands at `start` to `end` of a line; a chunk, or several."""
        found = []
        for other, spans in zip(self._others, self._spans, strict=True):
            place = spans.get((line, start, end))
            if place is not None:
                found.append(Beside(other.verdicts[place.line], place.start, place.end))
        return tuple(found)

    def stretch(self, line: int, chunks: Sequence[Chunk]) -> list[tuple[int, int, int, int]]:
        """Where `chunks` of a line stand: number of the other reading, its line, start and end; only where they
        stand in one line there."""
        found = []
        for number, spans in enumerate(self._spans):
            inside = [
                place
                for (at, start, end), place in spans.items()
                if at == line and chunks[0].start <= start and end <= chunks[-1].end
            ]
            if inside and len({p.line for p in inside}) == 1:
                found.append((number, inside[0].line, min(p.start for p in inside), max(p.end for p in inside)))
        return found

    def line_of(self, number: int, line: int) -> str:
        """A line of one of the other readings."""
        return self._others[number].lines[line]

    def whole_line(self, line: int, length: int) -> list[str]:
        """How the other readings show a whole line, from its first word that they hold to its last."""
        found = []
        for other, by_line in zip(self._others, self._by_line(), strict=True):
            places = by_line.get(line)
            if not places:
                continue
            first, last = min(places, key=lambda p: (p.line, p.start)), max(places, key=lambda p: (p.line, p.end))
            if last.line - first.line > 2:
                continue
            rows = [str(row) for row in other.lines[first.line : last.line + 1]]
            text = " ".join(rows)
            cut = len(rows[-1]) - _reach(rows[-1], last.end)
            start = _back(rows[0], first.start)
            text = text[start : len(text) - cut] if cut else text[start:]
            if abs(len(text) - length) <= 0.4 * length + 6:
                found.append(text)
        return found

    def _by_line(self) -> list[dict[int, list[Place]]]:
        if not hasattr(self, "_lines"):
            self._lines: list[dict[int, list[Place]]] = []
            for spans in self._spans:
                rows: dict[int, list[Place]] = {}
                for (line, _, _), place in spans.items():
                    rows.setdefault(line, []).append(place)
                self._lines.append(rows)
        return self._lines


def _reach(row: str, end: int) -> int:
    """The end of the signs that follow a word without a letter between."""
    while end < len(row) and not row[end].isalpha():
        end += 1
    return end


def _back(row: str, start: int) -> int:
    while start > 0 and not row[start - 1].isalpha():
        start -= 1
    return start
