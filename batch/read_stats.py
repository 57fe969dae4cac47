"""Figures on the reading of a document: what a worker reports and the manifest keeps."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStats:
    """`error_class` is empty where all went well; `trace` is the traceback of what went wrong inside.
    `sha256` is of the bytes that were read, `quality` the grade of the worst page, `confidence` the mean of the
    record's values; `seconds` is the time that the work took, `json_bytes` and `text_bytes` the sizes of the results.
    """

    error_class: str = ""
    error: str = ""
    trace: str = ""
    sha256: str = ""
    pages: int = 0
    ocr_pages: int = 0
    unread_pages: int = 0
    quality: str = ""
    confidence: float = 0.0
    seconds: float = 0.0
    json_bytes: int = 0
    text_bytes: int = 0

    def values(self) -> dict[str, Any]:
        """The values by their names, for another holder of them."""
        return {f.name: getattr(self, f.name) for f in fields(ReadStats)}
