"""What an OCR engine is: one small protocol, and the engine that reads nothing."""

from collections.abc import Sequence
from typing import Protocol

from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.words import OcrWord


class Engine(Protocol):
    """What reads pictures. An engine adds no parallelism of its own; several threads may call it at once.

    A reading may take `timeout_seconds`. Boxes are in pixels of the picture.
    """

    @property
    def name(self) -> str:
        """The engine's name with its version and data, as the record shows it."""

    @property
    def fingerprint(self) -> str:
        """What tells this engine with its data from any other: readings of two alike engines are alike."""

    @property
    def gains_from_second_picture(self) -> bool:
        """Whether pages that were read unsurely should be read once more in a smoother picture."""

    def check(self) -> None:
        """Raises `EngineMissingError`, whose message says what to install."""

    def read_page(self, image: PageImage, timeout_seconds: float) -> list[OcrWord]:
        """The words of a whole page. Raises `EngineFailedError` when the engine crashes or hangs, as all of these."""

    def read_lines(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        """The words in each of some pictures of a line, of `dpi` dots an inch, from left to right."""

    def read_symbols(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        """The same by data that know `§ % @`; no words where there are no such data, or all data know them."""


class NoEngine:
    """Reads nothing: for looking at what text layers alone give."""

    @property
    def name(self) -> str:
        """`none`."""
        return "none"

    @property
    def fingerprint(self) -> str:
        """`none`."""
        return "none"

    @property
    def gains_from_second_picture(self) -> bool:
        """It reads neither."""
        return False

    def check(self) -> None:
        """Nothing can be missing."""
        return

    def read_page(self, image: PageImage, timeout_seconds: float) -> list[OcrWord]:
        """No words."""
        return []

    def read_lines(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        """No words."""
        return [[] for _ in crops]

    read_symbols = read_lines
