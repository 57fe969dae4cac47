"""Tesseract 5 as an engine, through pytesseract: pictures as files, each read by a process of its own."""

import errno
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

import cv2

from avskrift.errors import EngineFailedError, EngineMissingError
from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr.crop_sheet import words_on_sheet
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.ocr.tesseract import INSTALL, command, exit_reason, output_of
from avskrift.ingest.words import OcrWord
from avskrift.models.geometry import BoundingBox
from avskrift.runtime import temporary_folder
from avskrift.runtime.failures import is_disk_full, is_out_of_memory
from avskrift.runtime.fingerprints import digest_of_data

_QUIET = f"-c debug_file={os.devnull}"
"""Damaged pictures have made an engine complain in millions of lines."""
_DARK_ON_LIGHT = "-c tessedit_do_invert=0"
"""Unsure lines are not read again as light on dark (`image.figures` has turned those): 4 % of the time saved."""


class Segmentation(IntEnum):
    """How Tesseract looks for text: as on a whole page, or as in one block of lines."""

    PAGE = 3
    BLOCK = 6


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

    @property
    def gains_from_second_picture(self) -> bool:
        """It misreads a blurred letter in one picture and not in the other."""
        return True

    def read_page(self, image: PageImage, timeout_seconds: float) -> list[OcrWord]:
        """Read by the Swedish data, with Tesseract's analysis of the page."""
        return _read_from_file(
            image.picture, lambda path: self.recognise(path, "swe", image.dpi, Segmentation.PAGE, timeout_seconds)
        )

    def read_lines(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        """Read by the Swedish data, one under the other as one block of text."""
        return self._read_crops(crops, "swe", dpi, timeout_seconds)

    def read_symbols(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        """Read by the English data, where they are installed: the Swedish ones have no `§ % @`."""
        if "eng" not in _languages():
            return [[] for _ in crops]
        return self._read_crops(crops, "eng", dpi, timeout_seconds)

    def _read_crops(
        self, crops: Sequence[Grey], language: str, dpi: int, timeout_seconds: float
    ) -> list[list[OcrWord]]:
        def read(sheet: Grey) -> list[OcrWord]:
            return _read_from_file(
                sheet, lambda path: self.recognise(path, language, dpi, Segmentation.BLOCK, timeout_seconds)
            )

        return words_on_sheet(crops, read)

    def recognise(
        self, picture: Path, language: str, dpi: int, segmentation: Segmentation, timeout_seconds: float
    ) -> list[OcrWord]:
        """The words in the file `picture` of `dpi` dots an inch, by the data of a `language` and with its
        `segmentation`. Raises `EngineFailedError` when Tesseract crashes, or hangs for `timeout_seconds`."""
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


def _read_from_file(picture: Grey, recognise: Callable[[Path], list[OcrWord]]) -> list[OcrWord]:
    """What is read of a picture in memory by who reads files."""
    with tempfile.TemporaryDirectory(dir=temporary_folder.current()) as folder:
        path = Path(folder) / "page.pgm"  # uncompressed: nothing to encode or decode
        if not cv2.imwrite(str(path), picture):
            raise OSError(errno.EIO, "the page's picture cannot be written to the temporary folder")
        return recognise(path)


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
