"""OCR engines behind one small protocol, and Tesseract."""

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from avskrift.errors import EngineFailedError, EngineMissingError, UsageError
from avskrift.fingerprints import digest_of_data

_QUIET = f"-c debug_file={os.devnull}"
"""Damaged pictures have made an engine complain in millions of lines."""
_DARK_ON_LIGHT = "-c tessedit_do_invert=0"
"""Unsure lines are not read a second time as light on dark (`graphics` has turned those): 4 % of the time saved."""
INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-swe"


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word that an engine saw: its box in pixels of the picture (x0, top, x1, bottom), confidence 0 to 1.

    `line` numbers the printed line that the engine saw it in. `printed` is what a closer look showed the word to be,
    where that differs, and `printed_by` which look that was: `second look` (`second_look`), `list mark`
    (`list_marks`), `footnote mark` (`raised_marks`), `space in the picture` (`word_spaces`), `hyphen in
    the picture` (`line_end_hyphens`), `case in the picture` (`letter_case`).
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    line: int = 0
    printed: str = ""
    printed_by: str = "second look"


class Engine(Protocol):
    """What reads pictures. An engine adds no parallelism of its own; it is called once for each page."""

    @property
    def name(self) -> str:
        """The engine's name with its version and language, as the record shows it."""

    @property
    def fingerprint(self) -> str:
        """What tells this engine with its data from any other: readings of two alike engines are alike."""

    def check(self) -> None:
        """Raises `EngineMissingError`, whose message says what to install."""

    def recognise(self, picture: Path, dpi: int, timeout_seconds: float) -> list[SeenWord]:
        """The words in a picture file. Raises `EngineFailedError` when the engine crashes or hangs."""

    def recognise_signs(self, picture: Path, dpi: int, timeout_seconds: float) -> list[SeenWord]:
        """The words in a picture of a few lines, read by data that know `§ % @`; none where there are no such data."""

    def recognise_lines(self, picture: Path, dpi: int, timeout_seconds: float) -> list[SeenWord]:
        """The words in a picture of a few lines, one under the other."""


class Tesseract:
    """Tesseract 5 with its Swedish data, through pytesseract."""

    @property
    def name(self) -> str:
        return f"tesseract {_version()} swe"

    @property
    def fingerprint(self) -> str:
        return f"{self.name} {_data()}"

    def check(self) -> None:
        if int(_version().split(".")[0]) < 5:
            raise EngineMissingError(f"Tesseract {_version()} is too old, 5 is needed: {INSTALL}")
        if "swe" not in _languages():
            raise EngineMissingError(f"Tesseract lacks its Swedish data: {INSTALL}")

    def recognise(self, picture: Path, dpi: int, timeout_seconds: float) -> list[SeenWord]:
        return self._words(picture, "swe", f"--dpi {dpi} --psm 3 {_DARK_ON_LIGHT} {_QUIET}", timeout_seconds)

    def recognise_signs(self, picture: Path, dpi: int, timeout_seconds: float) -> list[SeenWord]:
        if "eng" not in _languages():
            return []
        return self._words(picture, "eng", f"--dpi {dpi} --psm 6 {_DARK_ON_LIGHT} {_QUIET}", timeout_seconds)

    def recognise_lines(self, picture: Path, dpi: int, timeout_seconds: float) -> list[SeenWord]:
        return self._words(picture, "swe", f"--dpi {dpi} --psm 6 {_DARK_ON_LIGHT} {_QUIET}", timeout_seconds)

    def _words(self, picture: Path, language: str, config: str, timeout_seconds: float) -> list[SeenWord]:
        import pytesseract

        # One thread for each page: on few cores Tesseract's own threads make it several times slower.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        try:
            table = pytesseract.image_to_data(
                str(picture),
                lang=language,
                config=config,
                timeout=timeout_seconds,
                output_type=pytesseract.Output.DICT,
            )
        except pytesseract.TesseractNotFoundError:
            raise EngineMissingError(f"Tesseract is not installed: {INSTALL}") from None
        except (RuntimeError, pytesseract.TesseractError, UnicodeDecodeError, KeyError, ValueError) as error:
            reason = re.sub(r"\s+", " ", str(error))[:200]
            raise EngineFailedError(f"Tesseract failed on a page: {reason}") from None
        numbers: dict[tuple[int, int, int], int] = {}
        return [
            SeenWord(
                text.strip(),
                left,
                top,
                left + width,
                top + height,
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
        return "none"

    @property
    def fingerprint(self) -> str:
        return "none"

    def check(self) -> None:
        return None

    def recognise(self, picture: Path, dpi: int, timeout_seconds: float) -> list[SeenWord]:
        return []

    def recognise_signs(self, picture: Path, dpi: int, timeout_seconds: float) -> list[SeenWord]:
        return []

    def recognise_lines(self, picture: Path, dpi: int, timeout_seconds: float) -> list[SeenWord]:
        return []


@cache
def _version() -> str:
    import pytesseract

    try:
        return str(pytesseract.get_tesseract_version().public)
    except (pytesseract.TesseractNotFoundError, SystemExit, OSError):
        raise EngineMissingError(f"Tesseract is not installed: {INSTALL}") from None


@cache
def _data() -> str:
    """A digest of the data of each language, which Tesseract itself gives no version of."""
    try:
        told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    folder = re.search(r'"(.+?)"', told.stdout + told.stderr)
    if folder is None:
        return ""
    found = []
    for language in ("swe", "eng"):
        path = Path(folder[1]) / f"{language}.traineddata"
        if digest := digest_of_data(path):
            found.append(f"{language} {digest}")
    return " ".join(found)


@cache
def _languages() -> tuple[str, ...]:
    import pytesseract

    try:
        return tuple(pytesseract.get_languages())
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError, OSError):
        return ()


ENGINES: Mapping[str, Callable[[], Engine]] = MappingProxyType({"tesseract": Tesseract, "none": NoEngine})


def engine_called(name: str) -> Engine:
    """A new engine. Raises `UsageError` for a name that no engine has."""
    if name not in ENGINES:
        raise UsageError(f"no OCR engine is called {name!r}; there are {', '.join(sorted(ENGINES))}")
    return ENGINES[name]()
