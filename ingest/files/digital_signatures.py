"""Digital signatures in a PDF: who signed, when, and whether the file is still what was signed.

PDFium finds them; the signed message is looked into by `signed_message`, what was added to the file afterwards by
`later_changes`. Whether a certificate may be trusted is not asked: that needs lists of who issues them, and a network.
"""

import ctypes
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from avskrift.ingest.files.later_changes import only_signatures_added
from avskrift.models.document import DigitalSignature

if TYPE_CHECKING:
    import pypdfium2

_MOST = 50
"""Signatures of a file that are looked at."""
_LONGEST = 4 << 20
"""Bytes of one."""
_TIME = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)")
"""A time with its distance from UTC (ISO 32000-1, 7.9.4); one without says nothing certain."""


def digital_signatures_in(document: "pypdfium2.PdfDocument", data: bytes) -> tuple[DigitalSignature, ...]:
    """The signatures of an open document, whose file is `data`, in the order in which the file lists them."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDF_GetSignatureCount(document)
    return tuple(
        _signature(pdfium.FPDF_GetSignatureObject(document, number), data) for number in range(min(count, _MOST))
    )


def warnings_of_signatures(signatures: tuple[DigitalSignature, ...]) -> tuple[str, ...]:
    """What a person should know of the signatures of a file."""
    said = []
    for signature in signatures:
        whose = f"the digital signature of {signature.name}" if signature.name else "a digital signature"
        if signature.intact is False:
            said.append(f"{whose} does not hold: the file was changed after it was signed, or signed by another")
        elif signature.intact is None:
            said.append(f"{whose} could not be checked")
    return tuple(dict.fromkeys(said))


def _signature(raw: Any, data: bytes) -> DigitalSignature:
    from avskrift.ingest.files.signed_message import checked

    contents, stretches = _contents(raw), _stretches(raw, len(data))
    time = _iso_time(_stated_time(raw))
    if not contents or not stretches:
        return DigitalSignature(None, time, None, covers_whole_file=False)
    (start, length), (behind, rest) = stretches
    view = memoryview(data)
    message = checked(contents, (view[start : start + length], view[behind : behind + rest]))
    end = behind + rest
    whole = start == 0 and not data[end:].strip(b"\0\t\n\f\r ") and _is_its_own(data[start + length : behind], contents)
    intact = message.holds
    if intact and not whole:
        intact = _holds_with_what_followed(data, stretches, contents)
    return DigitalSignature(message.name, time or message.time, intact, covers_whole_file=whole)


def _holds_with_what_followed(data: bytes, stretches: "_Stretches", contents: bytes) -> bool | None:
    """Whether all but the signature itself was signed, and only signatures were added afterwards; None where that
    cannot be told."""
    (start, length), (behind, rest) = stretches
    if start != 0 or not _is_its_own(data[length:behind], contents):
        return False
    return only_signatures_added(data, behind + rest)


_Stretches = tuple[tuple[int, int], tuple[int, int]]


def _is_its_own(gap: bytes, contents: bytes) -> bool:
    """Whether what lies between the signed stretches of a file is the signature and nothing else."""
    if not (gap.startswith(b"<") and gap.endswith(b">")):
        return False
    try:
        return bytes.fromhex(gap[1:-1].decode("ascii")) == contents
    except ValueError:
        return False


def _stretches(raw: Any, length: int) -> _Stretches | None:
    """Where the two signed stretches of the file begin and how long they are; None for what is no such range."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFSignatureObj_GetByteRange(raw, None, 0) != 4:
        return None
    numbers = (ctypes.c_int * 4)()
    pdfium.FPDFSignatureObj_GetByteRange(raw, numbers, 4)
    first, size, second, rest = numbers
    if first < 0 or size <= 0 or rest < 0 or first + size > second or second + rest > length:
        return None
    return (first, size), (second, rest)


def _contents(raw: Any) -> bytes:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFSignatureObj_GetContents(raw, None, 0)
    if not 0 < length <= _LONGEST:
        return b""
    held = ctypes.create_string_buffer(length)
    pdfium.FPDFSignatureObj_GetContents(raw, held, length)
    return held.raw[:length]


def _stated_time(raw: Any) -> str:
    """The time that the signature says it was made at."""
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFSignatureObj_GetTime(raw, None, 0)
    if not 0 < length < 100:
        return ""
    held = ctypes.create_string_buffer(length)
    pdfium.FPDFSignatureObj_GetTime(raw, held, length)
    return held.value.decode("latin-1")


def _iso_time(text: str) -> str | None:
    """A time of a PDF in the form of ISO 8601 with its distance from UTC; None without one."""
    found = _TIME.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zulu, sign, hours, minutes = found.groups()
    offset = "+00:00" if zulu else f"{sign}{hours}:{minutes or '00'}"
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}").isoformat()
    except ValueError:
        return None
