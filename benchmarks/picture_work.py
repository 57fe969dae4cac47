"""CPU milliseconds a page of the work on pictures, by step and kind of scan: all of reading but the engine.

Each page is read once by Tesseract, whose words are replayed when the page is timed: what steps ask an engine costs
nothing then, and every step has the same words before it.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from avskrift.ingest.files.open_document import open_document
from avskrift.ingest.image.picture import Grey
from avskrift.ingest.ocr import page as page_module
from avskrift.ingest.ocr.engine import Engine
from avskrift.ingest.ocr.engines import engine_called
from avskrift.ingest.ocr.page_image import PageImage
from avskrift.ingest.opened_pages import PageToOcr, nothing_cached
from avskrift.ingest.words import OcrWord
from avskrift.models.document import Page
from avskrift.runtime.failures import Failures

_KINDS = ("office200", "clean300", "fax", "bad150")
_TIMEOUT_SECONDS = 600.0


@dataclass
class _Replayed:
    """An engine that reads once and gives the same words when it is asked the same again; `seconds` it took itself."""

    engine: Engine
    readings: dict[tuple[str, int], Any] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    recorded: bool = False
    seconds: float = 0.0

    def begin(self) -> None:
        """The next reading asks from the first question on."""
        self.recorded = bool(self.readings)
        self.asked.clear()
        self.seconds = 0.0

    @property
    def gains_from_second_picture(self) -> bool:
        """As the engine."""
        return self.engine.gains_from_second_picture

    def read_page(self, image: PageImage, timeout_seconds: float) -> list[OcrWord]:
        """A page, as it was read first."""
        return list(self._replayed("page", lambda: self.engine.read_page(image, timeout_seconds)) or [])

    def read_lines(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        """Crops, as they were read first."""
        found = self._replayed("lines", lambda: self.engine.read_lines(crops, dpi, timeout_seconds))
        return found if found is not None else [[] for _ in crops]

    def read_symbols(self, crops: Sequence[Grey], dpi: int, timeout_seconds: float) -> list[list[OcrWord]]:
        """The same for symbols."""
        found = self._replayed("symbols", lambda: self.engine.read_symbols(crops, dpi, timeout_seconds))
        return found if found is not None else [[] for _ in crops]

    def _replayed(self, way: str, read: Callable[[], Any]) -> Any:
        begun = time.process_time()
        key = way, self.asked[way]
        self.asked[way] += 1
        if not self.recorded:
            self.readings[key] = read()
        self.seconds += time.process_time() - begun
        return self.readings.get(key)


@dataclass
class _Clock:
    """CPU seconds by the name of the step, the engine's own left out."""

    engine: _Replayed
    steps: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Counts what is done within."""
        begun, engine = time.process_time(), self.engine.seconds
        try:
            yield
        finally:
            self.steps[name] += time.process_time() - begun - (self.engine.seconds - engine)

    def timed(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        """The step, counted."""

        def run(*args: Any) -> Any:
            with self.step(name):
                return step(*args)

        return run


@contextmanager
def _attempts_on(clock: _Clock) -> Iterator[None]:
    """Counts every step of reading that may fail, by its name; those within another count in both."""
    attempt = Failures.attempt

    def counted(self: Failures, name: str, step: Callable[[], Any], *rest: Any) -> Any:
        return attempt(self, name, clock.timed(name, step), *rest)

    with patch.object(Failures, "attempt", counted):
        yield


def _pages_of(scan: Path) -> Iterator[PageToOcr]:
    file = open_document(scan)
    try:
        yield from (page for page in file.pages(nothing_cached) if isinstance(page, PageToOcr))
    finally:
        file.close()


def _read(page: PageToOcr, engine: _Replayed, clock: _Clock) -> Page:
    drawn = replace(page, render=clock.timed("rendering", page.render))
    if page.render_colour is not None:
        drawn = replace(drawn, render_colour=clock.timed("rendering in colour", page.render_colour))
    with clock.step("ALL"):
        return page_module.read_page(page_module.upright(drawn), engine, _TIMEOUT_SECONDS)  # type: ignore[arg-type]


def picture_work(shared: Path, kinds: tuple[str, ...], times: int) -> None:
    """Prints the least time of so many for each step, at the mean of the pages of each kind."""
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    pages: Counter[str] = Counter()
    for kind in kinds:
        for scan in sorted((shared / "scans").glob(f"*.{kind}.pdf")):
            for page in _pages_of(scan):
                pages[kind] += 1
                for name, seconds in _least(page, times).items():
                    sums[name][kind] += seconds
    print(f"{'CPU ms a page':60}" + "".join(f"{kind:>10}" for kind in kinds))
    for name, row in sorted(sums.items(), key=lambda item: -sum(item[1].values())):
        print(f"{name[:58]:60}" + "".join(f"{1000 * row[kind] / max(1, pages[kind]):10.1f}" for kind in kinds))


def _least(page: PageToOcr, times: int) -> dict[str, float]:
    engine = _Replayed(engine_called("tesseract"))
    least: dict[str, float] = {}
    for turn in range(times + 1):
        clock = _Clock(engine)
        engine.begin()
        with _attempts_on(clock):
            _read(page, engine, clock)
        if turn > 0:  # the first is read by the engine
            least = {name: min(seconds, least.get(name, seconds)) for name, seconds in clock.steps.items()}
    return least


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="folder with scans/")
    parser.add_argument("kinds", nargs="*", default=_KINDS, help="kinds of scans, as in their file names")
    parser.add_argument("--times", type=int, default=3, help="how often each page is timed")
    args = parser.parse_args()
    picture_work(args.shared, tuple(args.kinds), args.times)


if __name__ == "__main__":
    main()
