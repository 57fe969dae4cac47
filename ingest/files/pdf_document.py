"""A PDF as a document, before any of its pages: opened, its pages counted by what is there, its attachments.

A PDF may claim any number of pages; those that can be opened are counted. Nothing here parses what a page shows.
"""

import ctypes
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from avskrift.errors import BrokenInputError, EmptyInputError, EncryptedInputError, LimitExceededError
from avskrift.ingest.quiet_logger import QuietLogger

if TYPE_CHECKING:
    import pypdfium2

_MISSING_IN_A_ROW = 20
"""So many pages one after the other that cannot be opened, at the end of a document, are not there."""
_MOST_NAMES = 5
_LONGEST_NAME = 120
_PYPDFIUM2 = QuietLogger("pypdfium2")


def opened(data: bytes, path: Path, password: str | None) -> "pypdfium2.PdfDocument":
    """The document, with its form open, if it has one.

    Raises `EncryptedInputError`, `BrokenInputError`, or `EmptyInputError` for one without pages."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        what = str(error).lower()
        if "password" in what:
            hint = "the password is wrong" if password else "it is encrypted; open it with --password"
            raise EncryptedInputError(f"{path}: {hint}") from None
        if "security" in what:
            raise EncryptedInputError(f"{path}: it is encrypted in a way that is not known here") from None
        if "success" in what:  # it was opened, and has no pages
            raise EmptyInputError(f"{path}: the PDF has no pages") from None
        raise BrokenInputError(f"{path}: the PDF is damaged or cut off") from None
    except UnicodeError:  # a password from a command line that is no UTF-8
        raise EncryptedInputError(f"{path}: the password is wrong") from None
    if len(document) == 0:
        document.close()
        raise EmptyInputError(f"{path}: the PDF has no pages")
    _open_form(document)
    return document


def _open_form(document: "pypdfium2.PdfDocument") -> None:
    """Has PDFium draw the fields of a form, those too that are stored without a picture of themselves."""
    import pypdfium2

    with suppress(pypdfium2.PdfiumError), _PYPDFIUM2.quiet():  # it warns of forms that hold another one as XML
        document.init_forms()


def pages_there(document: "pypdfium2.PdfDocument", path: Path, most: int) -> int:
    """How many pages a document has: all that it claims, without those at its end that cannot be opened, where they
    are many. 0 where none can be opened.

    Raises `LimitExceededError` for more than `most`.
    """
    import pypdfium2.raw as pdfium

    size = pdfium.FS_SIZEF()
    claimed, last, there = len(document), 0, 0
    for number in range(1, claimed + 1):
        if pdfium.FPDF_GetPageSizeByIndexF(document, number - 1, ctypes.byref(size)):
            last, there = number, there + 1
        elif number - last >= _MISSING_IN_A_ROW and number > most:
            break  # a hole in a document of a sane length may have pages behind it
        if there > most:
            raise LimitExceededError(f"{path}: the document has more than {most:,} pages, which is the limit")
    if claimed - last < _MISSING_IN_A_ROW and claimed <= most:
        return claimed if last else 0
    return last


def warnings_of(document: "pypdfium2.PdfDocument", there: int) -> tuple[str, ...]:
    """What a person should know of a document that its pages do not show: files inside it, and pages that it claims
    beyond those that are `there`."""
    claimed = len(document)
    are = "is" if there == 1 else "are"
    lost = (f"the PDF says that it has {claimed:,} pages; {there:,} {are} there",) if there < claimed else ()
    return (*lost, *_files_inside(document))


def _files_inside(document: "pypdfium2.PdfDocument") -> tuple[str, ...]:
    count = document.count_attachments()
    if count < 1:
        return ()
    names = [_name_of_file_inside(document, number) for number in range(min(count, _MOST_NAMES))]
    shown = ", ".join(names) + (f" and {count - len(names):,} more" if count > len(names) else "")
    return (f"files inside the PDF were not read; save them and read each by itself: {shown}",)


def _name_of_file_inside(document: "pypdfium2.PdfDocument", number: int) -> str:
    import pypdfium2

    try:
        return str(document.get_attachment(number).get_name())[:_LONGEST_NAME]
    except (pypdfium2.PdfiumError, UnicodeError):
        return "(a name that cannot be read)"
