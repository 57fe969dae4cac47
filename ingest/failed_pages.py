"""Pages that could not be read: each has a warning and costs only itself; a document without any other fails."""

import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

from avskrift import errors
from avskrift.errors import (
    AvskriftError,
    BrokenInputError,
    EngineFailedError,
    InputError,
    LimitExceededError,
    OutputError,
)
from avskrift.models.document import Page, PageSource, Quality
from avskrift.models.options import MOST_SIGNS
from avskrift.runtime.failures import is_disk_full, is_out_of_memory, reason_of

_LOG = logging.getLogger("avskrift.ingest")
_MEMORY = MemoryError.__name__


def failed_page(number: int, error: Exception, width: float | None = None, height: float | None = None) -> Page:
    """The page of that `number`, which could not be read because of `error`; `width` and `height` in points where they
    are known.

    Raises `error` itself where every other page would meet it too, and `OutputError` for a full disk. An error that
    nobody foresaw goes to the log with its traceback.
    """
    reason, cause = _reason_and_cause(number, error)
    return Page(
        number,
        PageSource.OCR,
        (),
        width,
        height,
        confidence=0.0,
        warnings=(f"page {number} could not be read: {reason}",),
        quality=Quality.UNREADABLE,
        given_up=True,
        cause=cause,
    )


def _reason_and_cause(number: int, error: Exception) -> tuple[str, str]:
    """Why a page could not be read, for people, and the name of the class of what would be raised for it."""
    if is_out_of_memory(error):
        return "reading it needs more memory than there is", _MEMORY
    if isinstance(error, InputError | EngineFailedError):
        return str(error), type(error).__name__
    if isinstance(error, AvskriftError):
        raise error
    if is_disk_full(error):
        raise OutputError(f"{tempfile.gettempdir()} cannot be written: {reason_of(error)}") from error
    _LOG.error("page %d: reading it failed", number, exc_info=error)
    return f"an error of the program ({reason_of(error)})", InputError.__name__


def raise_if_all_failed(path: Path, pages: Sequence[Page]) -> None:
    """Raises the first page's cause when no page was read; `MemoryError` when memory was lacking twice, so that no
    document goes on to use what there is."""
    if sum(page.cause == _MEMORY for page in pages) > 1:
        raise MemoryError
    if pages and all(page.given_up for page in pages):
        first = pages[0]
        name = LimitExceededError.__name__ if first.cause == _MEMORY else first.cause or BrokenInputError.__name__
        kind: type[AvskriftError] = getattr(errors, name)
        raise kind(f"{path}: {first.warnings[0]}")


def too_much_text(path: Path) -> LimitExceededError:
    """The error for a document of too many characters."""
    return LimitExceededError(f"{path}: the document holds more than {MOST_SIGNS:,} signs, which is the limit")
