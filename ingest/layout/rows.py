"""Words into printed rows: what the engine read as one line, and what stands beside it at the same height."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median

from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """When pieces of a line are of one row. Shares are of the lower of two boxes' height."""

    row_overlap: float = 0.5  # share that pieces beside each other overlap in height at least
    torn_overlap: float = 0.2  # share below which an engine's line is torn into two
    covered: float = 0.6  # share of the narrower of two words that they may lie over each other in one row
    tall: float = (
        1.7  # times the usual height of a word, from which a short one is no part of a row: bullets run together
    )
    tall_length: int = 3  # characters of such a word at most
    recent_rows: int = 6  # rows above that a piece may belong to


SETTINGS = Settings()
Row = list[OcrWord]


def rows_from_top(words: Sequence[OcrWord]) -> list[Row]:
    """The printed rows of words, from top to bottom, each from left to right."""
    return sorted(_rows(words), key=lambda row: median(w.box.top for w in row))


def _rows(words: Sequence[OcrWord]) -> list[Row]:
    usual = median(w.box.height for w in words) if words else 0.0

    def order(piece: Row) -> tuple[bool, float]:
        # What is taller than a line (bullets run together, a stamp) must not pull two lines into one.
        tall = piece[0].box.height > SETTINGS.tall * usual and len(piece[0].text) <= SETTINGS.tall_length
        return tall and len(piece) == 1, median(w.box.middle for w in piece)

    rows: list[Row] = []
    for piece in sorted(_pieces(words), key=order):
        candidates = rows if order(piece)[0] else rows[-SETTINGS.recent_rows :]
        home = next((row for row in reversed(candidates) if _belongs(row, piece)), None)
        if home is None:
            rows.append(list(piece))
        else:
            home.extend(piece)
    return [sorted(row, key=lambda w: w.box.x0) for row in rows]


def _pieces(words: Sequence[OcrWord]) -> list[Row]:
    """The words by the line that the engine read them in, from left to right; each by itself where it gave none."""
    pieces = [[word] for word in words if not word.line]
    lines: dict[int, Row] = {}
    for word in words:
        if word.line:
            lines.setdefault(word.line, []).append(word)
    for line in lines.values():
        line.sort(key=lambda w: w.box.x0)
        piece = [line[0]]
        for word in line[1:]:
            if _overlap(piece[-1].box, word.box) < SETTINGS.torn_overlap:
                pieces.append(piece)
                piece = []
            piece.append(word)
        pieces.append(piece)
    return pieces


def _belongs(row: Row, piece: Row) -> bool:
    """Whether a piece stands at the height of what is nearest to it in a row, and covers nothing there."""
    one, other = min(
        product(row, (piece[0], piece[-1])),
        key=lambda pair: abs((pair[0].box.x0 + pair[0].box.x1) - (pair[1].box.x0 + pair[1].box.x1)),
    )
    return _overlap(one.box, other.box) >= SETTINGS.row_overlap and all(_fits(row, word) for word in piece)


def _fits(row: Row, word: OcrWord) -> bool:
    return all(
        w.box.shared_width(word.box) < SETTINGS.covered * min(w.box.width, word.box.width) + 0.5  # rounding
        for w in row
    )


def _overlap(one: BoundingBox, other: BoundingBox) -> float:
    return one.shared_height(other) / max(0.1, min(one.height, other.height))
