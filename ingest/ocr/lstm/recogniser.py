"""Line recognisers: pictures of lines in, for each frame of a line the probability of every letter out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from avskrift.ingest.ocr.lstm.activations import WHOLE
from avskrift.ingest.ocr.lstm.graph import model_of
from avskrift.ingest.ocr.lstm.line_image import FloatImage
from avskrift.ingest.ocr.lstm.traineddata import TrainedData, read_traineddata

if TYPE_CHECKING:
    from avskrift.runtime.inference import InferenceSession


@dataclass(frozen=True, slots=True)
class Settings:
    """Widths are in pixels of a prepared line."""

    batch: int = 4  # lines that are read at once
    widening: float = 1.08  # a line goes with lines up to so many times as wide as the narrowest,
    spare: int = 12  # and so many pixels more
    most_pixels: int = 48_000  # of all lines that are read at once, padded, unless one alone is wider: some 150 MiB


SETTINGS = Settings()


@dataclass(frozen=True, slots=True, eq=False)
class LineRecogniser:
    """A network, ready to read; it may be used by several threads at once.

    `height` is that of a line in pixels, `frame` the pixels of a line that one frame covers. `letters` has the text of
    each output code, empty for the `blank` and for codes that stand for nothing.
    """

    height: int
    frame: int
    letters: tuple[str, ...]
    blank: int
    _session: "InferenceSession"

    @classmethod
    def of(cls, data: TrainedData) -> "LineRecogniser":
        """The recogniser that a file's contents make."""
        from avskrift.runtime.inference import session  # takes long to import

        network = data.network
        loaded = session(model_of(network), keep_memory=False)
        return cls(network.height, network.pool, data.letters, data.blank, loaded)

    def probabilities(self, lines: Sequence[FloatImage], go_on: Callable[[], None] = lambda: None) -> list[FloatImage]:
        """For each line (height x width, -1 black to 1 white) its frames x codes; the probabilities of a frame sum to
        one. There is a frame for each `frame` pixels begun. A line of no width has no frame. `go_on` is called before
        each batch and may raise."""
        found = [np.zeros((0, len(self.letters)), np.float32)] * len(lines)
        for batch in _batches([line.shape[1] for line in lines]):
            go_on()
            for index, frames in zip(batch, self._read([lines[index] for index in batch]), strict=True):
                found[index] = frames
        return found

    def _read(self, lines: Sequence[FloatImage]) -> Iterator[FloatImage]:
        frames = np.array([-(-line.shape[1] // self.frame) for line in lines], np.int32)
        # white behind every line, so that none is read otherwise in the company of wider ones
        width = (int(frames.max()) + 1) * self.frame
        given = np.full((len(lines), 1, self.height, width), WHOLE, np.float32)
        for row, line in zip(given, lines, strict=True):
            row[0, :, : line.shape[1]] = np.rint(np.clip(line * (WHOLE + 1), -WHOLE, WHOLE))
        (read,) = self._session.run(None, {"lines": given, "frames": frames})
        for number, count in enumerate(frames.tolist()):
            yield np.ascontiguousarray(read[:count, number])


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the lines that are read together: of like width, the narrowest first."""
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=widths.__getitem__):
        if batch and not _fits(widths[batch[0]], widths[index], len(batch)):
            yield batch
            batch = []
        if widths[index] > 0:
            batch.append(index)
    if batch:
        yield batch


def _fits(narrowest: int, width: int, count: int) -> bool:
    """Whether a line of that width may join `count` lines, the `narrowest` of which is so wide."""
    return (
        count < SETTINGS.batch
        and width <= SETTINGS.widening * narrowest + SETTINGS.spare
        and width * (count + 1) <= SETTINGS.most_pixels
    )


def load(path: Path) -> LineRecogniser:
    """The recogniser in a traineddata file. Raises `EngineDataError` for a file that is damaged or not supported."""
    return LineRecogniser.of(read_traineddata(path))


@cache
def recogniser(name: str) -> LineRecogniser:
    """The recogniser `Latin` (Latin script) or `swe` (Swedish), loaded once for each process. Raises `EngineDataError`
    for a name that there is no data of."""
    with as_file(files("avskrift.ingest.ocr.lstm").joinpath("data", f"{name}.traineddata")) as path:
        return load(path)
