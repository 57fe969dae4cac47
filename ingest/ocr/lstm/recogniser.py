"""Line recognisers: pictures of lines in, for each frame of a line the probability of every letter out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from avskrift.ingest.ocr.lstm.byte_products import exact_products
from avskrift.ingest.ocr.lstm.graph import model_of
from avskrift.ingest.ocr.lstm.line_batches import batches, inputs_of
from avskrift.ingest.ocr.lstm.line_image import FloatImage
from avskrift.ingest.ocr.lstm.traineddata import TrainedData, read_traineddata

if TYPE_CHECKING:
    from avskrift.runtime.inference import InferenceSession


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
        loaded = session(model_of(network, exact_products()), keep_memory=False)
        return cls(network.height, network.pool, data.letters, data.blank, loaded)

    def probabilities(self, lines: Sequence[FloatImage], go_on: Callable[[], None] = lambda: None) -> list[FloatImage]:
        """For each line (height x width, -1 black to 1 white) its frames x codes; the probabilities of a frame sum to
        one. There is a frame for each `frame` pixels begun. A line of no width has no frame. `go_on` is called before
        each batch and may raise."""
        found = [np.zeros((0, len(self.letters)), np.float32)] * len(lines)
        frames = [-(-line.shape[1] // self.frame) for line in lines]
        for batch in batches(frames):
            go_on()
            (read,) = self._session.run(None, inputs_of([lines[index] for index in batch], self.frame))
            for place, index in enumerate(batch):
                found[index] = np.ascontiguousarray(read[: frames[index], place])
        return found


def load(path: Path) -> LineRecogniser:
    """The recogniser in a traineddata file. Raises `EngineDataError` for a file that is damaged or not supported."""
    return LineRecogniser.of(read_traineddata(path))


@cache
def recogniser(name: str) -> LineRecogniser:
    """The recogniser `Latin` (Latin script) or `swe` (Swedish), loaded once for each process. Raises `EngineDataError`
    for a name that there is no data of."""
    with as_file(files("avskrift.ingest.ocr.lstm").joinpath("data", f"{name}.traineddata")) as path:
        return load(path)
