"""The pages of a heavy PDF opened on trial, in a process of their own with limits, before they are opened here.

The process runs this file by itself: it imports nothing of the package. For each page it writes a line; a page that
takes too much ends the process, and a fresh one goes on with the next.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST_CHARACTERS = 200_000
"""Characters on a page; a full page of a newspaper has 30,000."""
MOST_OBJECTS = 500_000
"""Objects that a page shows, those inside its forms with them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What one page may take, and the document before its first."""

    seconds: int = 10
    """Of the processor."""
    wall_seconds: float = 60
    """By the clock."""
    memory: int = 600 << 20
    """Bytes of the process, apart from the file itself."""
    addresses: int = 8 << 30
    """Bytes of the process's addresses, whatever it holds."""
    costly_seconds: float = 3.0
    costly_memory: int = 200 << 20
    """A page that takes more than this is opened, but no slower reader is asked for it."""
    most_deaths: int = 3
    """Pages that pass the limits before the rest is not tried."""
    pause: float = 0.01
    """Seconds between two looks at what the process holds."""


SETTINGS = Settings()
_READY = "ready"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: `refused` gives the reason for each page that must not be opened; `costly` pages may be, but
    not by a slower reader."""

    refused: dict[int, str]
    costly: frozenset[int]


def tried(data: bytes, password: str | None, numbers: Sequence[int]) -> Trial:
    """The pages of these numbers (from 1), each opened as far as its signs are counted."""
    refused: dict[int, str] = {}
    costly: set[int] = set()
    left, deaths = list(numbers), 0
    while left:
        answers = _answers(data, password, left)
        if answers is None:
            return Trial(refused, frozenset(costly.union(left)))  # no process to be had here: opened with care
        for answer in answers:
            number = int(answer["page"])
            left = left[left.index(number) + 1 :]
            if answer["refused"]:
                refused[number] = str(answer["refused"])
            elif answer["costly"]:
                costly.add(number)
        if left:
            deaths += 1
            limits = f"{SETTINGS.seconds} seconds or {SETTINGS.memory >> 20} MiB"
            refused[left[0]] = f"it takes more than {limits} to open, which is the limit"
            left = left[1:]
        if deaths >= SETTINGS.most_deaths:
            refused.update((n, f"{deaths} pages before it passed the limits, and it was not tried") for n in left)
            break
    return Trial(refused, frozenset(costly))


def _answers(data: bytes, password: str | None, numbers: Sequence[int]) -> list[dict[str, Any]] | None:
    """What the process answered for the pages that it came to; None where it did not even open the document."""
    asked = json.dumps({"password": password, "numbers": list(numbers)}).encode() + b"\n"
    command = [sys.executable, "-I", __file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        try:
            # it ends itself when one page takes too long; this is for one that cannot even do that
            out, _ = child.communicate(asked + data, timeout=SETTINGS.wall_seconds * (len(numbers) + 2))
        except subprocess.TimeoutExpired:
            child.kill()
            out, _ = child.communicate()
        finally:
            child.kill()
    ready, *lines = out.splitlines() or [b""]
    return [json.loads(line) for line in lines if line.endswith(b"}")] if ready == _READY.encode() else None


def _main() -> None:
    _bind_to_parent()
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    import resource

    import pypdfium2

    _limit(resource.RLIMIT_AS, SETTINGS.addresses)
    _limit(resource.RLIMIT_CORE, 0)
    watch = _Watch(SETTINGS.memory + 2 * len(data))
    document = pypdfium2.PdfDocument(data, password=asked["password"])
    document.init_forms()
    print(_READY, flush=True)
    for number in asked["numbers"]:
        seconds, memory = time.process_time(), _held_bytes()
        watch.begin_page()
        _limit(resource.RLIMIT_CPU, int(seconds) + SETTINGS.seconds)
        refused = _opened(document, number)
        costly = time.process_time() - seconds > SETTINGS.costly_seconds or watch.most - memory > SETTINGS.costly_memory
        print(json.dumps({"page": number, "refused": refused, "costly": costly}), flush=True)


def _limit(what: int, most: int) -> None:
    """Sets a limit, no higher than what the process was begun with allows."""
    import resource

    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


class _Watch:
    """Ends the process once it holds more than so many bytes or a page takes too long by the clock, and remembers the
    most that it held for a page. Under a limit of the system's PDFium gives an empty page, which would be taken for a
    sane one."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self.begin_page()
        threading.Thread(target=self._run, daemon=True).start()

    def begin_page(self) -> None:
        self.most, self._begun = 0, time.monotonic()

    def _run(self) -> None:
        while (held := _held_bytes()) <= self._memory and time.monotonic() - self._begun < SETTINGS.wall_seconds:
            self.most = max(self.most, held)
            time.sleep(SETTINGS.pause)
        os._exit(1)


def _held_bytes() -> int:
    """Bytes of memory that the process holds; 0 where the system does not tell. (What it held at most would count what
    the process held that began this one.)"""
    try:
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123  (nothing of the package's is imported here)
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _opened(document: Any, number: int) -> str:
    """Why the page must not be opened; nothing where it may."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = document[number - 1]
        if pdfium.FPDFPage_GetAnnotCount(page.raw) > 0:  # they become part of it
            pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number - 1]
    except (pypdfium2.PdfiumError, IndexError):
        return ""  # damaged: that is found, and reported, without danger
    objects, texts = _count_objects(page.raw, pdfium)
    if objects > MOST_OBJECTS:
        return f"it shows more than {MOST_OBJECTS:,} objects, which is the limit"
    characters = MOST_CHARACTERS + 1
    if texts <= MOST_CHARACTERS:
        layer = page.get_textpage()
        characters = layer.count_chars()
        layer.close()
    page.close()
    return f"it holds more than {MOST_CHARACTERS:,} signs, which is the limit" if characters > MOST_CHARACTERS else ""


def _count_objects(page: Any, pdfium: Any) -> tuple[int, int]:
    """How many objects a page shows, and how many of them are text; counted a little beyond the limit at most."""
    waiting = [
        pdfium.FPDFPage_GetObject(page, n) for n in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS + 1))
    ]
    objects = texts = 0
    while waiting and objects <= MOST_OBJECTS:
        drawn = waiting.pop()
        objects += 1
        kind = pdfium.FPDFPageObj_GetType(drawn)
        texts += kind == pdfium.FPDF_PAGEOBJ_TEXT
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            count = min(pdfium.FPDFFormObj_CountObjects(drawn), MOST_OBJECTS + 1)
            waiting.extend(pdfium.FPDFFormObj_GetObject(drawn, n) for n in range(count))
    return objects, texts


def _bind_to_parent() -> None:
    """The process ends with the one that began it, where the system can do that."""
    if sys.platform == "linux":
        import ctypes
        import signal

        parent = os.getppid()
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


if __name__ == "__main__":
    _main()
