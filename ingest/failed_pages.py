"""Pages that could not be read: each is told and costs only itself; a document without any other fails."""

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
from avskrift.runtime.failures import is_want_of_memory, is_want_of_space, reason_of

_LOG = logging.getLogger("avskrift.ingest")
_MEMORY = MemoryError.__name__


def unread(number: int, error: Exception, width: float | None = None, height: float | None = None) -> Page:
    """A page given up for `error`, which is raised again where every other page would meet it too; a full disk as
    `OutputError`.

    An error that nobody foresaw goes to the log with its traceback.
    """
    if is_want_of_memory(error):
        return _given_up(number, "reading it needs more memory than there is", _MEMORY, width, height)
    if isinstance(error, InputError | EngineFailedError):
        return _given_up(number, str(error), type(error).__name__, width, height)
    if isinstance(error, AvskriftError):
        raise error
    if is_want_of_space(error):
        raise OutputError(f"{tempfile.gettempdir()} cannot be written: {reason_of(error)}") from error
    _LOG.error("page %d: reading it failed", number, exc_info=error)
    return _given_up(number, f"an error of the program ({reason_of(error)})", InputError.__name__, width, height)


def _given_up(number: int, reason: str, cause: str, width: float | None, height: float | None) -> Page:
    """A page that could not be read, with a warning that says why."""
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


def raise_for_unread(path: Path, pages: Sequence[Page]) -> None:
    """Raises the first page's cause when no page was read; `MemoryError` when memory was lacking twice, so that no
    document goes on to use what there is."""
    if sum(page.cause == _MEMORY for page in pages) > 1:
        raise MemoryError
    if pages and all(page.given_up for page in pages):
        first = pages[0]
        told = LimitExceededError.__name__ if first.cause == _MEMORY else first.cause or BrokenInputError.__name__
        kind: type[AvskriftError] = getattr(errors, told)
        raise kind(f"{path}: {first.warnings[0]}")
