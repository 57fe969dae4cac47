"""A page's picture as an engine gets it: preprocessed, with its rules and tables found and its figures painted over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from avskrift.ingest.image.connected_components import Component, components_in
from avskrift.ingest.image.figures import Figure, FoundFigures, find_figures
from avskrift.ingest.image.picture import Grey, crop, grown, halved, ink_in, ink_level, paper_of, runs_of, up_to
from avskrift.ingest.image.preprocessing import CLEAN, PreprocessedImage, ScanCondition, preprocess
from avskrift.ingest.image.ruling import Ruling, faint_ruling_of, no_ruling, ruling_of, single_rules
from avskrift.ingest.image.struck_lines import StruckLine, struck_lines_in, without_struck
from avskrift.ingest.layout.lines import Cell
from avskrift.ingest.layout.table_cells import cells_in_picture, cells_of
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.failures import Failures

_EDGES_OF_CELLS = 12
"""Pixels at 200 dots an inch within which the edges of cells are one."""
_HALVED_FROM = 300
"""Dots an inch from which rules, cells and figures, all of them large, are looked for at half the size."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page's picture of `dpi` dots an inch without its figures, and what was found on it; boxes are in pixels.

    `page_ink` is the ink of the whole page, white on black; `ruling` is of the page at half its size where that has 300
    dots an inch or more. `smoother` is the picture for a second reading, None where one is enough. `skew` is by how
    many degrees counter-clockwise the page was straightened. `single_rulings` are ruled lines that belong to no table,
    `struck` the letters that others run through, which are painted over.
    `condition` is the scan's: the ruling of a bad one is taken for faint and broken.
    """

    picture: Grey
    dpi: int
    page_ink: Grey
    ruling: Ruling
    smoother: Grey | None = None
    skew: float = 0.0
    figures: tuple[Figure, ...] = ()
    single_rulings: tuple[BoundingBox, ...] = ()
    struck: tuple[StruckLine, ...] = ()
    cells: tuple[Cell, ...] = ()
    condition: ScanCondition = CLEAN

    @property
    def bad(self) -> bool:
        """Whether the picture is noisy or unevenly lit."""
        return self.condition.bad

    @property
    def reduction(self) -> int:
        """How many times the picture is as large as its ruling."""
        (_, wide), (_, reduced) = self.picture.shape, self.ruling.across.shape
        return max(1, round(int(wide) / max(1, int(reduced))))

    @classmethod
    def plain(cls, picture: Grey, dpi: int = 200) -> "PageImage":
        """A picture as it is, with nothing found on it."""
        return cls(picture, dpi, ink_in(picture), no_ruling(picture))

    def crop(self, box: BoundingBox) -> Grey:
        """The part of the picture in a box, cut at whole pixels; empty where the box lies outside."""
        return crop(self.picture, box)

    def ink(self, box: BoundingBox) -> Grey:
        """The ink in a box, white on black, separated from the paper of that part alone."""
        return ink_in(self.crop(box))

    def components(self, box: BoundingBox, *, of_page: bool = False) -> list[Component]:
        """The shapes of ink in a box, with boxes on the page; `of_page` takes the ink of `page_ink`."""
        corner = max(0, int(box.x0)), max(0, int(box.top))
        return components_in(crop(self.page_ink, box) if of_page else self.ink(box), corner)

    def column_runs(self, box: BoundingBox) -> list[Grey]:
        """The ink of each run of columns that hold some, from left to right: one for each sign where none touch.

        Each is as high as the box; runs of one column are specks and left out.
        """
        ink = self.ink(box)
        return [ink[:, start:end] for start, end in _runs(ink)]

    def run_edges(self, box: BoundingBox) -> list[tuple[int, int]]:
        """Where each of the `column_runs` begins and ends, in pixels from the left of a box."""
        return _runs(self.ink(box))


def _runs(ink: Grey) -> list[tuple[int, int]]:
    return [(begin, end) for begin, end in runs_of(np.asarray(ink.any(axis=0))) if end - begin > 1]


def page_image_of(
    grey: Grey, dpi: int, condition: ScanCondition, failures: Failures, *, twice: bool = False
) -> PageImage:
    """The page image of the upright picture `grey` of `dpi` dots an inch, which is in a `condition`; with a smoother
    picture where it may be read `twice`.

    A step that fails is left out and recorded in `failures`.
    """
    ready = failures.attempt(
        "making the picture ready",
        lambda: preprocess(grey, dpi, condition, twice=twice),
        PreprocessedImage(grey, dpi, 0.0),
        "it was read as it came",
    )
    level = ink_level(ready.picture)
    small = _small_page(ready, level)
    image = PageImage(ready.picture, ready.dpi, small.ink, no_ruling(small.ink), skew=ready.skew, condition=condition)
    with_tables = _with_tables(image, small, failures)
    unstruck, smoother = _without_struck(with_tables, ready.smoother, failures)
    return _without_figures(unstruck, small, smoother, level, condition, failures)


@dataclass(frozen=True, slots=True)
class _SmallPage:
    """The picture that rules, cells and figures are looked for in, `times` times smaller than the page's, with its ink
    and its dots an inch."""

    picture: Grey
    ink: Grey
    dpi: int
    times: int


def _small_page(ready: PreprocessedImage, level: int) -> _SmallPage:
    times = 2 if ready.dpi >= _HALVED_FROM else 1
    picture = halved(ready.picture) if times == 2 else ready.picture
    return _SmallPage(picture, up_to(picture, level), ready.dpi // times, times)


def _with_tables(image: PageImage, small: _SmallPage, failures: Failures) -> PageImage:
    """The image with its rules and the cells that they enclose."""
    ruling = failures.attempt(
        "looking for rules",
        lambda: faint_ruling_of(small.picture, small.dpi) if image.bad else ruling_of(small.ink, small.dpi),
        image.ruling,
        "tables were read as running text",
    )
    no_cells: list[Cell] = []
    tolerance = _EDGES_OF_CELLS * image.dpi / 200
    cells = failures.attempt(
        "looking for the cells of tables",
        lambda: cells_of(_enlarged(cells_in_picture(ruling, small.dpi), small.times), tolerance=tolerance),
        no_cells,
        "tables were read as running text",
    )
    no_rules: Sequence[BoundingBox] = ()
    rules = failures.attempt(
        "looking for single rules",
        lambda: _enlarged(single_rules(ruling, small.dpi), small.times),
        no_rules,
        "what was written on them by hand stands among the words",
    )
    return replace(image, ruling=ruling, cells=tuple(cells), single_rulings=tuple(rules))


def _without_struck(image: PageImage, smoother: Grey | None, failures: Failures) -> tuple[PageImage, Grey | None]:
    """The image with struck-out words painted over, and the smoother picture likewise."""
    none: list[StruckLine] = []
    struck = failures.attempt(
        "looking for struck-out words",
        lambda: struck_lines_in(image.picture, image.single_rulings, image.dpi),
        none,
        "they were read as text",
    )
    if not struck:
        return image, smoother
    rules = tuple(rule for rule in image.single_rulings if not any(one.box.contains_centre(rule) for one in struck))
    across = image.ruling.across.copy()
    for one in struck:
        crop(across, one.box.scaled(1 / image.reduction).grown(1, 1, 1, 1))[:] = 0
    painted = replace(
        image,
        picture=without_struck(image.picture, struck, image.dpi),
        ruling=replace(image.ruling, across=across),
        single_rulings=rules,
        struck=tuple(struck),
    )
    return painted, None if smoother is None else without_struck(smoother, struck, image.dpi)


def _enlarged(boxes: Sequence[BoundingBox], times: int) -> list[BoundingBox]:
    return [box.scaled(times) for box in boxes]


def _without_figures(
    image: PageImage,
    small: _SmallPage,
    smoother: Grey | None,
    level: float,
    condition: ScanCondition,
    failures: Failures,
) -> PageImage:
    """The image with figures painted over; what is darker than `level` is ink. In a bad grey scan the rules of tables
    go too: an engine sees clean rules for what they are, and letters in faint ones."""
    picture, paper = image.picture, paper_of(image.picture)
    boxes = [cell.bbox for cell in image.cells]
    found = failures.attempt(
        "looking for drawings",
        lambda: find_figures(picture, image.dpi, small.ink, image.ruling, boxes, paper, speckled=condition.speckled),
        FoundFigures((), picture.copy()),
        "words may have been read into them",
    )
    if condition.bad and not condition.two_toned and image.cells:
        found.picture[grown(image.ruling.as_large_as(picture), 3) > 0] = paper
    if smoother is not None:
        painted = cv2.compare(found.picture, picture, cv2.CMP_NE)
        smoother = np.asarray(cv2.copyTo(found.picture, painted, smoother), dtype=np.uint8)
    return replace(
        image,
        picture=found.picture,
        page_ink=up_to(found.picture, level),
        smoother=smoother,
        figures=found.figures,
    )
