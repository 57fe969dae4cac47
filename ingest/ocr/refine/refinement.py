"""What a refinement is: it takes what was read of a page so far, and gives it back with what a closer look showed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox

ReadPage = Callable[[PageImage], list[OcrWord]]
"""Reads a page; the boxes of the words are in pixels of its picture. Raises `EngineFailedError`."""
ReadCrops = Callable[[Sequence[Grey]], list[list[OcrWord]]]
"""Reads pictures of a line each; the boxes of the words are in pixels of the picture. Raises `EngineFailedError`."""


def _read_no_page(image: PageImage) -> list[OcrWord]:
    return []


def _read_no_crops(crops: Sequence[Grey]) -> list[list[OcrWord]]:
    return [[] for _ in crops]


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page that an engine reads: `read_page` reads a whole page, `read_lines` pictures of a line each, `read_symbols`
    those that may hold `§ % @`. Without an engine nothing is read."""

    image: PageImage
    read_page: ReadPage = _read_no_page
    read_lines: ReadCrops = _read_no_crops
    read_symbols: ReadCrops = _read_no_crops


@dataclass(frozen=True, slots=True)
class FigureText:
    """A figure with the words that belong to it, in pixels."""

    kind: str
    box: BoundingBox
    words: tuple[OcrWord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Ink that may mark a line or a word, and must be read from a crop to tell.

    `word` is the place of the word it belongs to, `size` that word's font size in pixels. `reading` is what an engine
    read in `crop`, empty before it did.
    """

    word: int
    box: BoundingBox
    size: float
    crop: Grey
    reading: tuple[OcrWord, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read of a page: the words of the running text, the figures with theirs, and the marks to look at."""

    words: tuple[OcrWord, ...]
    figures: tuple[FigureText, ...] = ()
    marks: tuple[Mark, ...] = ()

    def with_words(self, words: Iterable[OcrWord]) -> "PageText":
        """The page's text with other words."""
        return replace(self, words=tuple(words))


Refine = Callable[[OcrPage, PageText], PageText]


@dataclass(frozen=True, slots=True)
class Refinement:
    """`name` is what the refinement does, as the subject of a sentence. `apply` may raise: its page then stays as it
    was."""

    name: str
    apply: Refine
