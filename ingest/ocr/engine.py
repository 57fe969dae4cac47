"""OCR engines behind one small protocol, and Tesseract."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from avskrift.errors import EngineFailedError, EngineMissingError, UsageError
from avskrift.ingest.ocr.tesseract import INSTALL, command, exit_reason, output_of
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox
from avskrift.runtime.failures import is_disk_full, is_out_of_memory
from avskrift.runtime.fingerprints import digest_of_data

_QUIET = f"-c debug_file={os.devnull}"
"""Damaged pictures have made an engine complain in millions of lines."""
_DARK_ON_LIGHT = "-c tessedit_do_invert=0"
"""Unsure lines are not read again as light on dark (`image.figures` has turned those): 4 % of the time saved."""


class Engine(Protocol):
    """What reads pictures. An engine adds no parallelism of its own; several threads may call it at once.

    A picture is a file of `dpi` dots an inch; a reading may take `timeout_seconds`. Boxes are in pixels of the picture.
    """

    @property
    def name(self) -> str:
        """The engine's name with its version and language, as the record shows it."""

    @property
    def fingerprint(self) -> str:
        """What tells this engine with its data from any other: readings of two alike engines are alike."""

    def check(self) -> None:
        """Raises `EngineMissingError`, whose message says what to install."""

    def recognise(self, picture: Path, dpi: int, timeout_seconds: float) -> list[OcrWord]:
        """The words of a whole page. Raises `EngineFailedError` when the engine crashes or hangs, as all of these."""

    def recognise_symbols(self, picture: Path, dpi: int, timeout_seconds: float) -> list[OcrWord]:
        """The words in a picture of a few lines, read by data that know `§ % @`; none where there are no such data."""

    def recognise_lines(self, picture: Path, dpi: int, timeout_seconds: float) -> list[OcrWord]:
        """The words in a picture of a few lines, one under the other."""


class Tesseract:
    """Tesseract 5 with its Swedish data, through pytesseract."""

    @property
    def name(self) -> str:
        """As the record shows it: with the version."""
        return f"tesseract {_version()} swe"

    @property
    def fingerprint(self) -> str:
        """The name, with a digest of each language's data."""
        return f"{self.name} {_data()}"

    def check(self) -> None:
        """Raises `EngineMissingError` for a missing or too old Tesseract, or one without Swedish."""
        if int(_version().split(".")[0]) < 5:
            raise EngineMissingError(f"Tesseract {_version()} is too old, 5 is needed: {INSTALL}")
        if "swe" not in _languages():
            raise EngineMissingError(f"Tesseract lacks its Swedish data: {INSTALL}")

    def recognise(self, picture: Path, dpi: int, timeout_seconds: float) -> list[OcrWord]:
        """Read by the Swedish data, with Tesseract's analysis of the page."""
        return self._words(picture, "swe", dpi, 3, timeout_seconds)

    def recognise_symbols(self, picture: Path, dpi: int, timeout_seconds: float) -> list[OcrWord]:
        """Read by the English data, where they are installed, as one block of text."""
        if "eng" not in _languages():
            return []
        return self._words(picture, "eng", dpi, 6, timeout_seconds)

    def recognise_lines(self, picture: Path, dpi: int, timeout_seconds: float) -> list[OcrWord]:
        """Read by the Swedish data, as one block of text."""
        return self._words(picture, "swe", dpi, 6, timeout_seconds)

    def _words(
        self, picture: Path, language: str, dpi: int, segmentation: int, timeout_seconds: float
    ) -> list[OcrWord]:
        import pytesseract

        pytesseract.pytesseract.tesseract_cmd = command()
        try:
            table = pytesseract.image_to_data(
                str(picture),
                lang=language,
                config=f"--dpi {dpi} --psm {segmentation} {_DARK_ON_LIGHT} {_QUIET}",
                timeout=timeout_seconds,
                output_type=pytesseract.Output.DICT,
            )
            return _words_in(table)
        except pytesseract.TesseractNotFoundError:
            raise EngineMissingError(f"Tesseract is not installed: {INSTALL}") from None
        except pytesseract.TesseractError as error:
            raise EngineFailedError(f"Tesseract failed on a page: {exit_reason(error.status, error.message)}") from None
        except RuntimeError:  # what pytesseract raises for a time-out
            text = f"it took longer than {timeout_seconds:.0f} seconds"
            raise EngineFailedError(f"Tesseract failed on a page: {text}") from None
        except FileNotFoundError:
            raise EngineFailedError("Tesseract failed on a page: it wrote no table of words") from None
        except OSError as error:
            if is_disk_full(error) or is_out_of_memory(error):
                raise
            reason = error.strerror or str(error)
            raise EngineFailedError(f"Tesseract failed on a page: it could not be run ({reason})") from None
        except (UnicodeDecodeError, KeyError, ValueError, TypeError, IndexError) as error:
            text = f"what it wrote is no table of words ({type(error).__name__})"
            raise EngineFailedError(f"Tesseract failed on a page: {text}") from None


def _words_in(table: Mapping[str, Sequence[Any]]) -> list[OcrWord]:
    """The words of a table by the names of its columns. Raises KeyError or ValueError for what is none."""
    numbers: dict[tuple[int, int, int], int] = {}
    return [
        OcrWord(
            text.strip(),
            BoundingBox(left, top, left + width, top + height),
            max(0.0, float(sure)) / 100,
            numbers.setdefault(line, len(numbers) + 1),
        )
        for text, left, top, width, height, sure, line in zip(
            table["text"],
            table["left"],
            table["top"],
            table["width"],
            table["height"],
            table["conf"],
            zip(table["block_num"], table["par_num"], table["line_num"], strict=True),
            strict=True,
        )
        if text.strip() and float(sure) >= 0
    ]


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

    def check(self) -> None:
        """Nothing can be missing."""
        return

    def recognise(self, picture: Path, dpi: int, timeout_seconds: float) -> list[OcrWord]:
        """No words."""
        return []

    def recognise_symbols(self, picture: Path, dpi: int, timeout_seconds: float) -> list[OcrWord]:
        """No words."""
        return []

    def recognise_lines(self, picture: Path, dpi: int, timeout_seconds: float) -> list[OcrWord]:
        """No words."""
        return []


@cache
def _version() -> str:
    try:
        found = re.search(r"\d+(?:\.\d+)*", output_of("--version"))
    except EngineFailedError as error:
        raise EngineMissingError(f"Tesseract does not run ({error}): {INSTALL}") from None
    if found is None:
        raise EngineMissingError(f"Tesseract tells no version: {INSTALL}")
    return found[0]


@cache
def _data() -> str:
    """A digest of the data of each language, which Tesseract itself gives no version of."""
    folder = re.search(r'"(.+?)"', _language_listing())
    if folder is None:
        return ""
    found = []
    for language in ("swe", "eng"):
        path = Path(folder[1]) / f"{language}.traineddata"
        if digest := digest_of_data(path):
            found.append(f"{language} {digest}")
    return " ".join(found)


def _languages() -> tuple[str, ...]:
    return tuple(line.strip() for line in _language_listing().splitlines())


@cache
def _language_listing() -> str:
    """The folder of the data in quotes, then a line for each language; empty where Tesseract fails."""
    try:
        return output_of("--list-langs")
    except (EngineFailedError, EngineMissingError):
        return ""


ENGINES: Mapping[str, Callable[[], Engine]] = MappingProxyType({"tesseract": Tesseract, "none": NoEngine})


def engine_called(name: str) -> Engine:
    """A new engine. Raises `UsageError` for a name that no engine has."""
    if name not in ENGINES:
        raise UsageError(f"no OCR engine is called {name!r}; there are {', '.join(sorted(ENGINES))}")
    return ENGINES[name]()
