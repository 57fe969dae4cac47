"""Two pages on one sheet, side by side: their lines are read one page after the other.

A sheet wider than tall, with a gutter in the middle that is empty from top to bottom and as wide as margins are, and
running text at either side. A wide table, a chart, or columns of one text are none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from avskrift.ingest.layout.lines import SETTINGS as LINE_SETTINGS
from avskrift.ingest.layout.lines import Cell, lines_of
from avskrift.ingest.layout.rows import Row, rows_from_top
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Line
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """When a sheet shows two pages. Widths and heights are shares of the sheet's unless something else is named."""

    widest: float = 2.3  # times its height that a sheet is wide at most,
    least_wide: float = 1.12  # and at least
    middle: tuple[float, float] = (0.45, 0.55)  # the gutter reaches in between
    gutter: float = 0.045  # of the sheet's width that the gutter is wide at least,
    of_margin: float = 0.8  # and of the narrower margin: columns of one text are set closer
    inner_margin: float = 0.35  # of the left page's margin that the right one's text stands in at least
    edge: tuple[float, float] = (0.04, 0.94)  # above and below what is small may cross the gutter: it is of the sheet
    small: float = 0.9  # of the usual size
    fewest_rows: int = 3  # rows of each page,
    fewest_long_rows: int = 2  # and of these of text
    long_row: int = 30  # characters
    row_width: float = 0.4  # of the widest row of its page that a row of text is wide
    parted: float = 0.35  # share of a page's rows with a wide gap from which it is part of a table
    block_space: float = 1.5  # usual steps from one row to the next from which a block begins
    fewest_blocks: int = 3
    same_height: float = 0.5  # sizes within which blocks begin at one height
    aligned: float = (
        0.8  # share of the blocks of one page that begin at the height of one of the other: rows of a table
    )
    least_sure: float = 0.4  # confidence of a word that counts for the gutter


SETTINGS = Settings()


def lines_on_sheet(words: Sequence[OcrWord], cells: Sequence[Cell], width: float, height: float) -> tuple[Line, ...]:
    """The lines of `words` and `cells` as `lines_of` has them, of a sheet of some `width` and `height`, in one unit for
    all: where it shows two pages, the left one's first."""
    middle = middle_of(words, cells, width, height)
    if middle is None:
        return lines_of(words, cells)
    across = _across(words, middle, height)
    inside = [word for word in words if not any(word is other for other in across)]
    left = [word for word in inside if _centre(word.box) < middle]
    right = [word for word in inside if _centre(word.box) >= middle]
    left_cells = [cell for cell in cells if _centre(cell.bbox) < middle]
    right_cells = [cell for cell in cells if _centre(cell.bbox) >= middle]
    after = (
        *lines_of(right, right_cells),
        *lines_of(across),
    )  # what runs across both is read last, as of the right one
    lines = (*lines_of(left, left_cells), *(replace(line, page_left=round(middle, 2)) for line in after))
    return tuple(replace(line, number=number) for number, line in enumerate(lines, 1))


def middle_of(words: Sequence[OcrWord], cells: Sequence[Cell], width: float, height: float) -> float | None:
    """Where the right one of two pages begins, from the left of a sheet of some `width` and `height` with `words` and
    `cells` on it; None for a sheet of one page."""
    if not words or not SETTINGS.least_wide * height <= width <= SETTINGS.widest * height:
        return None
    size = median(word.font_size for word in words)
    counted = [
        word for word in words if word.confidence >= SETTINGS.least_sure and not _is_of_sheet(word, size, height)
    ]
    gutter = _gutter([word.box for word in counted] + [cell.bbox for cell in cells], width)
    if gutter is None:
        return None
    middle = _middle_of_gutter(gutter, width)
    return middle if _are_pages(counted, middle, size) else None


def _are_pages(words: Sequence[OcrWord], middle: float, size: float) -> bool:
    """Whether what stands on either side of a gutter's middle is a page."""
    left = rows_from_top([word for word in words if _centre(word.box) < middle])
    right = rows_from_top([word for word in words if _centre(word.box) >= middle])
    return _is_page(left) and _is_page(right) and not _are_rows_of_a_table(left, right, size)


def _gutter(boxes: Sequence[BoundingBox], width: float) -> tuple[float, float] | None:
    """The widest gap of the sheet that reaches into its middle, where it is wide enough for a gutter."""
    covered: list[list[float]] = []
    for x0, x1 in sorted((box.x0, box.x1) for box in boxes):
        if covered and x0 <= covered[-1][1]:
            covered[-1][1] = max(covered[-1][1], x1)
        else:
            covered.append([x0, x1])
    first, last = SETTINGS.middle
    gaps = [(a[1], b[0]) for a, b in pairwise(covered) if a[1] < last * width and b[0] > first * width]
    if not gaps:
        return None
    gutter = max(gaps, key=lambda gap: gap[1] - gap[0])
    left, right = max(0.0, covered[0][0]), max(0.0, width - covered[-1][1])
    least = max(SETTINGS.gutter * width, SETTINGS.of_margin * min(left, right))
    begins = gutter[1] - _middle_of_gutter(gutter, width)
    return gutter if gutter[1] - gutter[0] >= least and begins >= SETTINGS.inner_margin * left else None


def _middle_of_gutter(gutter: tuple[float, float], width: float) -> float:
    """Where the right page begins: in the middle of the sheet, or of a gutter that is not there."""
    return width / 2 if gutter[0] < width / 2 < gutter[1] else sum(gutter) / 2


def _is_page(rows: Sequence[Row]) -> bool:
    """Whether rows are the text of a page: some of them long, few of them parted by wide gaps."""
    if len(rows) < SETTINGS.fewest_rows:
        return False
    widest = max(row[-1].box.x1 - row[0].box.x0 for row in rows)
    texts = [row for row in rows if len(" ".join(word.text for word in row)) >= SETTINGS.long_row]
    long = [row for row in texts if row[-1].box.x1 - row[0].box.x0 >= SETTINGS.row_width * widest]
    parted = sum(_has_wide_gap(row) for row in rows)
    return len(long) >= SETTINGS.fewest_long_rows and parted <= SETTINGS.parted * len(rows)


def _has_wide_gap(row: Row) -> bool:
    wide = LINE_SETTINGS.wide_gap * median(word.font_size for word in row)
    return any(b.box.x0 - a.box.x1 > wide for a, b in pairwise(row) if len(a.text) > 1)


def _are_rows_of_a_table(left: Sequence[Row], right: Sequence[Row], size: float) -> bool:
    """Whether blocks on both sides begin at the same heights throughout, as what stands beside each other in a table
    does."""
    begins = sorted((_block_tops(left), _block_tops(right)), key=len)
    fewer, more = begins
    if len(fewer) < SETTINGS.fewest_blocks:
        return False
    near = SETTINGS.same_height * size
    aligned = sum(any(abs(top - other) < near for other in more) for top in fewer)
    return aligned >= SETTINGS.aligned * len(fewer)


def _block_tops(rows: Sequence[Row]) -> list[float]:
    tops = [median(word.box.top for word in row) for row in rows]
    steps = [b - a for a, b in pairwise(tops)]
    usual = median(steps) if steps else 0.0
    return [
        tops[0],
        *(b for (_, b), step in zip(pairwise(tops), steps, strict=True) if step > SETTINGS.block_space * usual),
    ]


def _across(words: Sequence[OcrWord], middle: float, height: float) -> list[OcrWord]:
    """The words of rows at the sheet's edges that run across both pages."""
    size = median(word.font_size for word in words)
    rows = rows_from_top([word for word in words if _is_of_sheet(word, size, height)])
    return [word for row in rows if _runs_across(row, middle) for word in row]


def _runs_across(row: Row, middle: float) -> bool:
    if any(word.box.x0 < middle < word.box.x1 for word in row):
        return True
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(row) if a.box.x1 <= middle <= b.box.x0]
    return any(gap < LINE_SETTINGS.wide_gap * row[0].font_size for gap in gaps)


def _is_of_sheet(word: OcrWord, size: float, height: float) -> bool:
    """Whether a word may belong to the whole sheet: small, at its upper or lower edge."""
    top, bottom = SETTINGS.edge
    at_edge = word.box.bottom < top * height or word.box.top > bottom * height
    return at_edge and word.font_size < SETTINGS.small * size


def _centre(box: BoundingBox) -> float:
    return (box.x0 + box.x1) / 2
