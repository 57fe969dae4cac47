"""Other readings of the same document, each stretch beside the one it is a reading of."""

from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.corrections.alignment import Place, Spans, aligned, alike
from avskrift.corrections.tagger import TagLattice
from avskrift.corrections.tokens import Chunk


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a document: its lines, and by line its chunks and the restorer's verdicts."""

    lines: Sequence[str]
    chunks: Sequence[Sequence[Chunk]]
    verdicts: Sequence[TagLattice]


@dataclass(frozen=True, slots=True)
class Beside:
    """A stretch of another reading that shows the same print: verdict.line[start:end]."""

    verdict: TagLattice
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.verdict.line[self.start : self.end]

    @property
    def likeliest(self) -> str:
        return self.verdict.reading(self.start, self.end)


class Witnesses:
    """The other readings of a text, `used` by their numbers. Those that are no readings of it are left out."""

    def __init__(self, chunks: Sequence[Sequence[Chunk]], lines: Sequence[str], others: Sequence[Reading]) -> None:
        self.used = [n for n, other in enumerate(others) if alike(lines, other.lines)]
        self._others = [others[n] for n in self.used]
        self._spans = [aligned(chunks, other.chunks) for other in self._others]
        self._by_line = [_by_line(spans) for spans in self._spans]

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
        for number, rows in zip(self.used, self._by_line, strict=True):
            inside = [
                place for start, end, place in rows.get(line, ()) if chunks[0].start <= start and end <= chunks[-1].end
            ]
            if len({p.line for p in inside}) == 1:
                found.append((number, inside[0].line, min(p.start for p in inside), max(p.end for p in inside)))
        return found

    def whole_line(self, line: int, length: int) -> list[str]:
        """How the other readings show a whole line, from its first word that they hold to its last."""
        found = []
        for other, stretches in zip(self._others, self._by_line, strict=True):
            places = [place for _, _, place in stretches.get(line, ())]
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


def _by_line(spans: Spans) -> dict[int, list[tuple[int, int, Place]]]:
    """The stretches of each line of the first reading: start, end, and where they stand in the other."""
    found: dict[int, list[tuple[int, int, Place]]] = {}
    for (line, start, end), place in spans.items():
        found.setdefault(line, []).append((start, end, place))
    return found


def _reach(row: str, end: int) -> int:
    """The end of the signs that follow a word without a letter between."""
    while end < len(row) and not row[end].isalpha():
        end += 1
    return end


def _back(row: str, start: int) -> int:
    while start > 0 and not row[start - 1].isalpha():
        start -= 1
    return start
