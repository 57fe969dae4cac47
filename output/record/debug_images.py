"""What the program saw of a page, drawn on its picture: words by their source, lines in their order, regions, cells."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.errors import UsageError
from avskrift.models.document import Line, LineRole, Page, PageSource, Word
from avskrift.models.geometry import BoundingBox
from avskrift.models.page_view import PageView
from avskrift.output.atomic_write import head_of

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_MARK = "avskrift debug image"
_UNSURE = 0.8
"""Confidence below which a word of an engine is drawn as unsure."""
_COLOURS = {
    "text layer": (40, 90, 220),
    "ocr": (0, 150, 60),
    "unsure": (240, 140, 0),
    "cell": (0, 170, 190),
    "region": (200, 0, 180),
    "unread": (230, 0, 0),
    "hidden": (120, 120, 120),
    LineRole.HEADER: (235, 225, 180),
    LineRole.FOOTER: (235, 225, 180),
    LineRole.FOOTNOTE: (215, 235, 200),
    LineRole.MARGIN: (235, 210, 235),
}


def check_folder(folder: Path | None) -> None:
    """Raises `UsageError` where `folder` is a file, or holds a picture of a page that was not made here; None is none
    that is wanted."""
    if folder is None:
        return
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: this is no folder")
    for path in folder.glob("page-*.png"):
        if _MARK.encode("ascii") not in head_of(path):
            raise UsageError(f"{path}: it is there already and was not made by --debug-images")


def file_of(folder: Path, number: int) -> Path:
    """Where the picture of page `number` goes."""
    return folder / f"page-{number:04}.png"


def debug_image(page: Page, view: PageView) -> bytes:
    """A PNG of `page` on its upright picture. Blue: words of the text layer; green: words of an engine, orange where it
    is unsure; turquoise: cells of tables; purple: regions; red: print that was not read; grey: hidden words; shaded:
    headers, footers, notes. Numbers are those of the lines. Raises ValueError for a view without a picture."""
    from PIL import Image, ImageChops, ImageDraw, PngImagePlugin

    if view.picture is None:
        raise ValueError("there is no picture to draw on")
    with Image.open(io.BytesIO(view.picture)) as opened:
        image = opened.convert("RGB")
    scale = image.width / view.width
    shaded = Image.new("RGB", image.size, "white")
    shades = ImageDraw.Draw(shaded)
    for line in page.lines:
        if line.bbox is not None and line.role in _COLOURS:
            shades.rectangle(line.bbox.scaled(scale), fill=_COLOURS[line.role])
    image = ImageChops.multiply(image, shaded)
    draw = ImageDraw.Draw(image)
    _draw_page(draw, page, scale)
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Software", _MARK)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


def _draw_page(draw: "ImageDraw", page: Page, scale: float) -> None:
    for box in _cells(page.lines):
        draw.rectangle(box.grown(2, 2, 2, 2).scaled(scale), outline=_COLOURS["cell"])
    for line in page.lines:
        for word in line.words:
            if word.bbox is not None:
                draw.rectangle(word.bbox.scaled(scale), outline=_COLOURS[_source_of(word, page)])
        if line.bbox is not None:
            draw.text((2, line.bbox.top * scale), str(line.number), fill=(0, 0, 0))
    for region in page.regions:
        colour = _COLOURS["unread" if region.kind == "unread" else "region"]
        box = region.bbox.scaled(scale)
        draw.rectangle(box, outline=colour, width=2)
        draw.text((box.x0 + 2, box.top + 1), region.kind, fill=colour)
    for hidden in page.hidden_text:
        if hidden.bbox is not None and page.frame is not None:
            box = page.frame.upright_box(hidden.bbox).scaled(scale)
            draw.rectangle(box, outline=_COLOURS["hidden"], width=2)
            draw.text((box.x0 + 2, box.top + 1), hidden.reason, fill=_COLOURS["hidden"])


def _source_of(word: Word, page: Page) -> str:
    if word.printed or page.source is not PageSource.OCR:
        return "text layer"
    return "ocr" if word.confidence >= _UNSURE else "unsure"


def _cells(lines: tuple[Line, ...]) -> Iterator[BoundingBox]:
    """A box around the lines of each cell."""
    cells: dict[object, list[BoundingBox]] = {}
    for line in lines:
        if line.cell is not None and line.bbox is not None:
            cells.setdefault(line.cell, []).append(line.bbox)
    return (BoundingBox.enclosing(boxes) for boxes in cells.values())
