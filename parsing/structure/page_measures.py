"""What is usual on a page and in a document: the gap between lines, where full lines end, the size of the type."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from avskrift.models.document import Line
from avskrift.parsing.structure.text_span import LocatedLine


@dataclass(frozen=True, slots=True)
class Settings:
    """Found by trial on the invented agreements, as text and as office scans of 200 dots an inch."""

    close: float = 0.2
    """Line heights of white space below which lines follow closely."""
    close_share: float = 0.2
    """Share of a printed page's lines that must follow closely for close lines to be its usual ones."""
    close_share_of_text: float = 0.08
    """The same in plain text, where blank lines are meant."""
    broken_share: float = 0.1
    """Share of a plain text's lines that must go on with the sentence of the line above for blank lines between all
    of them to be its usual spacing: with fewer, each line is a paragraph."""
    full_line: float = 0.85
    """The share of a page's lines that end before a full line does."""
    edge_grid: float = 4.0
    """Points within which lines begin at one edge."""
    edge_share: float = 0.12
    """Share of a page's lines that begin at what is an edge of its text."""
    points_per_sign: float = 6.0
    """Points that plain text counts for each sign of a line's indent."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """What is usual on a page: `gap` between lines in line heights, `width` where a full line ends and `left` where
    lines begin, in points (of plain text `width` is in signs)."""

    gap: float
    width: float
    left: float


def measures_of(lines: Sequence[LocatedLine]) -> PageMeasures:
    """The measures of the lines of one page."""
    widths = sorted(extent(p.line) for p in lines)
    width = widths[int(len(widths) * SETTINGS.full_line)] if widths else 0.0
    return PageMeasures(_usual_gap(lines), width, _left_edge(lines))


def _usual_gap(lines: Sequence[LocatedLine]) -> float:
    gaps = Counter(round(p.line.space_before, 1) for p in lines[1:])
    printed = any(p.line.bbox is not None for p in lines)
    spaced = gaps and not _are_mostly_close(gaps, printed=printed) and (printed or _are_broken(lines))
    return gaps.most_common(1)[0][0] if spaced else 0.0


def _are_broken(lines: Sequence[LocatedLine]) -> bool:
    """Whether enough lines go on with the sentence of the line above: paragraphs are broken into lines."""
    goes_on = sum(p.text.lstrip()[:1].islower() for p in lines[1:])
    return goes_on >= SETTINGS.broken_share * len(lines)


def _are_mostly_close(gaps: Counter[float], *, printed: bool) -> bool:
    """Whether enough of the lines follow closely for that to be usual; `printed`: they have boxes."""
    needed = SETTINGS.close_share if printed else SETTINGS.close_share_of_text
    return sum(times for gap, times in gaps.items() if gap < SETTINGS.close) >= needed * gaps.total()


def _left_edge(lines: Sequence[LocatedLine]) -> float:
    grid = SETTINGS.edge_grid
    lefts = Counter(
        round(p.line.bbox.x0 / grid) * grid for p in lines if p.line.bbox is not None and p.line.cell is None
    )
    often = [x for x, times in lefts.items() if times >= SETTINGS.edge_share * sum(lefts.values())]
    return min(often, default=0.0)


def extent(line: Line) -> float:
    """Where a line ends, in points from the left of its page (plain text: in signs)."""
    if line.bbox is not None:
        return line.bbox.x1 - line.page_left
    return line.indent / SETTINGS.points_per_sign + len(line.text.strip())


def body_size(lines: Sequence[LocatedLine]) -> float | None:
    """The type size of most of the document's characters, in points; None where no line has one."""
    sizes: Counter[float] = Counter()
    for located in lines:
        if located.line.font_size:
            sizes[round(located.line.font_size * 2) / 2] += len(located.text)
    return sizes.most_common(1)[0][0] if sizes else None
