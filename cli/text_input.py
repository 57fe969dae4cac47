"""Text that a command is given: files, standard input, glossaries."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.errors import InputError, LimitExceededError
from avskrift.runtime.worker import Report

if TYPE_CHECKING:
    from avskrift.models.options import CorrectingOptions


def text_in(file: Path, report: Report) -> str:
    """The text that a file holds. Raises `InputError`, for a document of another kind too."""
    from avskrift.errors import UnsupportedFormatError
    from avskrift.ingest.files.file_type import FileType, file_type_of

    data = _bytes_of(file)
    kind = file_type_of(data, file)
    if kind is not FileType.TEXT:
        raise UnsupportedFormatError(f"{file}: this is no text but a document ({kind.value}); avskrift parse reads it")
    return decoded(data, file, report)


def witness_in(file: Path, report: Report) -> str:
    """Another reading of a text: a text, or what another engine read with its boxes (PAGE XML, ALTO, hOCR). Raises
    `InputError`."""
    from avskrift.ingest import read
    from avskrift.ingest.files.file_type import FileType, file_type_of

    if file_type_of(_bytes_of(file), file) not in (FileType.PAGE_XML, FileType.ALTO, FileType.HOCR):
        return text_in(file, report)
    document = read(file)
    return "\n".join(line.text for _, line in document.lines())


def _bytes_of(file: Path) -> bytes:
    from avskrift.models.options import MOST_SIGNS
    from avskrift.runtime.input_files import read_file

    return read_file(file, 4 * MOST_SIGNS)  # a sign takes up to four bytes


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
