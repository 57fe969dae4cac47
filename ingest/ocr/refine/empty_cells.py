"""Dashes that stand alone in the cells of tables for *nothing*: no line of text holds them, so that no engine reads
them."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.refine.refinement import OcrPage, PageText
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox


@dataclass(frozen=True, slots=True)
class Settings:
    """What a dash alone in a cell looks like. Sizes are the usual font size of the words in cells."""

    edge: float = 0.25  # sizes from a cell's rules that are not looked at
    speck: float = 0.006  # square sizes of a shape that is none
    length: tuple[float, float] = (0.2, 1.2)  # sizes
    en_dash: float = 0.38  # sizes from which it is an en dash
    thickest: float = 0.19  # sizes
    fill: float = 0.6  # share of its box that it fills at least
    confidence: float = 0.95


SETTINGS = Settings()


def read_empty_cells(page: OcrPage, text: PageText) -> PageText:
    """Adds the dashes in cells that hold nothing else."""
    boxes = [cell.bbox for cell in page.image.cells]
    filled = {box for box in boxes for word in text.words if box.contains_centre(word.box)}
    sizes = [word.font_size for word in text.words for box in filled if box.contains_centre(word.box)]
    if not sizes:
        return text
    newest = max(word.line for word in text.words)
    empty = [box for box in boxes if box not in filled]
    return text.with_words([*text.words, *_dashes(page.image, empty, median(sizes), newest + 1)])


def _dashes(image: PageImage, cells: list[BoundingBox], size: float, line: int) -> Iterator[OcrWord]:
    """The dashes in some cells, in lines numbered from `line` on."""
    for cell in cells:
        box = _only_shape(image, cell, size)
        if box is not None:
            sign = "–" if box.width >= SETTINGS.en_dash * size else "-"
            yield OcrWord(sign, box, SETTINGS.confidence, line)
            line += 1


def _only_shape(image: PageImage, cell: BoundingBox, size: float) -> BoundingBox | None:
    """The box of the only shape in a cell, where that is a bar."""
    edge = SETTINGS.edge * size
    inside = cell.grown(-edge, -edge, -edge, -edge)
    if inside.width <= 0 or inside.height <= 0:
        return None
    shapes = [s for s in image.components(inside, of_page=True) if s.area > SETTINGS.speck * size * size]
    if len(shapes) != 1:
        return None
    (shape,) = shapes
    shortest, longest = SETTINGS.length
    is_bar = shortest * size <= shape.box.width <= longest * size and shape.box.height <= SETTINGS.thickest * size
    return shape.box if is_bar and shape.area >= SETTINGS.fill * shape.box.width * shape.box.height else None
