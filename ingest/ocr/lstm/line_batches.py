"""Lines that are read at once: which ones, and what a recogniser's graph is given of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avskrift.ingest.ocr.lstm.activations import WHOLE
from avskrift.ingest.ocr.lstm.column_nodes import BLOCK
from avskrift.ingest.ocr.lstm.line_image import FloatImage


@dataclass(frozen=True, slots=True)
class Settings:
    """By how long readings take."""

    step: int = 6  # what a frame costs besides its lines, in lines
    most_lines: int = 32
    most_frames: int = 9_000  # of all lines that are read at once, padded, unless one alone has more: some 90 MiB


SETTINGS = Settings()
Inputs = dict[str, npt.NDArray[np.int8] | npt.NDArray[np.int64]]


def batches(frames: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the lines that are read together, by how many frames each has; lines without any are left out.

    Of all ways to part the lines, the shortest first, that which takes the least time: all lines of a batch are read as
    if they were as long as its longest.
    """
    order = [index for index in sorted(range(len(frames)), key=frames.__getitem__) if frames[index] > 0]
    least = [0]  # for the first so many lines: their cost, and where their last batch begins
    begins = [0]
    for end in range(1, len(order) + 1):
        longest = frames[order[end - 1]]
        most = max(1, min(SETTINGS.most_lines, SETTINGS.most_frames // longest, end))
        costs = [(least[end - count] + longest * (SETTINGS.step + count), end - count) for count in range(1, most + 1)]
        cost, begin = min(costs)
        least.append(cost)
        begins.append(begin)
    ends = []
    end = len(order)
    while end > 0:
        ends.append(end)
        end = begins[end]
    for end in reversed(ends):
        yield order[begins[end] : end]


def inputs_of(lines: Sequence[FloatImage], frame: int) -> Inputs:
    """What the graph is given (`graph.model_of`) of `lines` (height x width, -1 black to 1 white, of some width), with
    frames that are `frame` pixels wide.

    Before each line there is a frame of the grey that the convolution takes for what is beside a picture, and white
    behind, so that none is read otherwise in the company of others.
    """
    frames = np.array([-(-line.shape[1] // frame) for line in lines], np.int64)
    first = 1 + np.concatenate(([0], np.cumsum(frames + 2)[:-1]))
    blocks = -(-int((frames + 2).sum()) // BLOCK)
    wide = BLOCK * frame
    row = np.zeros((lines[0].shape[0], blocks * wide + 2), np.int8)
    for line, place, count in zip(lines, first.tolist(), frames.tolist(), strict=True):
        begin = 1 + place * frame
        row[:, begin : begin + (count + 1) * frame] = WHOLE
        row[:, begin : begin + line.shape[1]] = np.rint(np.clip(line * (WHOLE + 1), -WHOLE, WHOLE))
    places = first + np.minimum(np.arange(int(frames.max()))[:, np.newaxis], frames - 1)
    parts = [row[:, block * wide : (block + 1) * wide + 2] for block in range(blocks)]
    return {"blocks": np.stack(parts)[:, np.newaxis], "places": places, "frames": frames}
