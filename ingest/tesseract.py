"""Tesseract as a process: it ends with us, and is bounded in time and in what it writes; it leaves no file."""

import os
import re
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from avskrift.errors import EngineFailedError, EngineMissingError
from avskrift.processes.bound import bound

INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-swe"
_MOST_BYTES = 64 << 20
"""Of one page's table; a page of print has some hundred thousand."""
_MOST_COMPLAINT = 4096
_BLOCK = 1 << 16
_COLUMNS = (
    "level",
    "page_num",
    "block_num",
    "par_num",
    "line_num",
    "word_num",
    "left",
    "top",
    "width",
    "height",
    "conf",
)


def output_of(arguments: Sequence[str], timeout_seconds: float) -> str:
    """What Tesseract writes to standard output.

    Raises `EngineMissingError`, or `EngineFailedError` when it crashes, takes longer, writes too much or no UTF-8.
    """
    with _started(arguments) as process:
        told, complaint = _heard(process, time.monotonic() + timeout_seconds, timeout_seconds)
        status = process.wait()
    if status != 0:
        raise EngineFailedError(_ended(status, complaint))
    try:
        return told.decode("utf-8")
    except UnicodeDecodeError:
        raise EngineFailedError("what it wrote is no text") from None


def table_of(arguments: Sequence[str], timeout_seconds: float) -> list[tuple[dict[str, int], str]]:
    """The rows that Tesseract writes of a picture: the figures of each by the names of their columns, and its text.

    `arguments` are the picture and its options. Raises as `output_of`.
    """
    picture, *options = arguments
    text = output_of([picture, "stdout", *options, "-c", "tessedit_create_tsv=1"], timeout_seconds)
    head, *rows = text.strip("\n").split("\n")
    if head.split("\t") != [*_COLUMNS, "text"]:
        raise EngineFailedError("what it wrote is no table of words")
    found = []
    for row in rows:
        *figures, word = row.split("\t") if row.count("\t") == len(_COLUMNS) else [*row.split("\t"), ""]
        try:
            # confidences lose their decimals, as they always did here
            found.append((dict(zip(_COLUMNS, (int(float(figure)) for figure in figures), strict=True)), word))
        except (ValueError, OverflowError):
            raise EngineFailedError("what it wrote is no table of words") from None
    return found


@contextmanager
def _started(arguments: Sequence[str]) -> "Iterator[subprocess.Popen[bytes]]":
    program = shutil.which("tesseract")
    if program is None:
        raise EngineMissingError(f"Tesseract is not installed: {INSTALL}")
    try:
        process = subprocess.Popen(
            bound([program, *arguments]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # One thread for each page: on few cores Tesseract's own threads make it several times slower.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except OSError as error:
        raise EngineFailedError(f"it could not be started ({error.strerror or error})") from None
    with process:
        try:
            yield process
        finally:
            process.kill()


def _heard(process: "subprocess.Popen[bytes]", end: float, timeout_seconds: float) -> tuple[bytes, bytes]:
    """All of standard output, and the beginning of standard error, of a process that is over then."""
    assert process.stdout is not None and process.stderr is not None
    told, complaint = bytearray(), bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ, told)
        waiting.register(process.stderr, selectors.EVENT_READ, complaint)
        while waiting.get_map():
            ready = waiting.select(max(0.0, end - time.monotonic()))
            if not ready:
                raise EngineFailedError(f"it took longer than {timeout_seconds:.0f} seconds")
            for key, _ in ready:
                block = os.read(key.fd, _BLOCK)
                if not block:
                    waiting.unregister(key.fileobj)
                elif key.data is told or len(complaint) < _MOST_COMPLAINT:
                    key.data.extend(block)
            if len(told) > _MOST_BYTES:
                raise EngineFailedError(f"it wrote more than {_MOST_BYTES >> 20} MiB")
    try:
        process.wait(max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise EngineFailedError(f"it took longer than {timeout_seconds:.0f} seconds") from None
    return bytes(told), bytes(complaint)


def _ended(status: int, complaint: bytes) -> str:
    if status < 0:
        try:
            return f"it was ended by {signal.Signals(-status).name}"
        except ValueError:
            return f"it was ended by signal {-status}"
    text = re.sub(r"\s+", " ", complaint.decode("utf-8", "replace")).strip()
    return f"{text[:200] or 'it gave no reason'} (status {status})"
