"""Text that a command is given: files, standard input, glossaries."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.errors import InputError, LimitExceededError
from avskrift.runtime.worker import Report

if TYPE_CHECKING:
    from avskrift.models.options import CorrectingOptions


def text_in(file: Path, report: Report) -> str:
    """The text that a file holds. Raises `InputError`."""
    from avskrift.models.options import MOST_SIGNS
    from avskrift.runtime.input_files import read_file

    return decoded(read_file(file, 4 * MOST_SIGNS), file, report)  # a sign takes up to four bytes


def standard_input() -> bytes:
    """All of standard input; it is read before work begins, for a worker may not read from the terminal.

    Raises `LimitExceededError` where it is too long.
    """
    from avskrift.models.options import MOST_SIGNS

    data = sys.stdin.buffer.read(4 * MOST_SIGNS + 1)
    if len(data) > 4 * MOST_SIGNS:
        raise LimitExceededError(f"standard input: the text is too long ({MOST_SIGNS:,} signs at most)")
    return data


def decoded(data: bytes, file: Path, report: Report) -> str:
    """The text of `data`, which `file` holds; what is odd about its encoding is reported. Raises `InputError`."""
    from avskrift.ingest.files.encoding import decode

    try:
        text, warnings = decode(data)
    except InputError as error:
        raise type(error)(f"{file}: {error}") from None
    for warning in warnings:
        report.line(f"{file}: {warning}")
    return text


def correcting_options(
    report: Report, glossary: Path | None, min_confidence: float, *, enabled: bool = True
) -> "CorrectingOptions":
    """How text is corrected, as the options of the same names say. Raises `InputError` for a glossary that is none."""
    from avskrift.corrections.glossary import words_of
    from avskrift.models.options import CorrectingOptions

    words = words_of(text_in(glossary, report)) if glossary is not None else ()
    return CorrectingOptions(enabled=enabled, min_confidence=min_confidence, glossary=words)
