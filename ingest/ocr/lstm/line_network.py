"""The one build of network that is supported, checked: what a line recogniser's layers are and how they fit.

Tesseract writes it `[1,48,0,1Ct3,3,16Mp3,3Lfys64Lfx96Lrx96Lfx512O1c99]`: grey lines of one height, a convolution with
tanh, a pool, an LSTM up each column that keeps its last output, LSTMs along the line in either direction, a softmax.
The numbers may be others.
"""

from dataclasses import dataclass
from typing import Final

from avskrift.errors import EngineDataError
from avskrift.ingest.ocr.lstm.network_file import Layer, Weights

_GATES: Final = 4
_HIGHEST: Final = 256
"""Pixels; the known networks have lines of 36 and 48."""
_WIDEST: Final = 2048
"""Outputs of one layer; the known networks have 512 at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Lstm:
    """An LSTM: for the cell, the input gate, the forget gate and the output gate a matrix, whose columns are the
    layer's inputs, its outputs of the step before, and the bias. `backward` reads the line from its end."""

    gates: tuple[Weights, Weights, Weights, Weights]
    inputs: int
    backward: bool = False

    @property
    def outputs(self) -> int:
        """The number of its outputs, which is that of its cells."""
        return self.gates[0].outputs


@dataclass(frozen=True, slots=True, eq=False)
class LineNetwork:
    """A line recogniser. `height` is that of a line in pixels; a kernel of the `convolution` is three by three, its
    inputs column by column; the pool takes the largest of `pool` by `pool`; `column` is the LSTM up the columns,
    `rows` are those along the line."""

    height: int
    convolution: Weights
    pool: int
    column: Lstm
    rows: tuple[Lstm, ...]
    output: Weights

    @property
    def codes(self) -> int:
        """The number of outputs."""
        return self.output.outputs


def line_network(layer: Layer, source: str) -> LineNetwork:
    """The recogniser that a network's layers make. Raises `EngineDataError` for any other build; `source` is what the
    error calls the file."""
    try:
        network = _built(layer)
    except _OtherBuildError as error:
        raise EngineDataError(f"{source}: a network of this build is not supported ({error})") from None
    return network


class _OtherBuildError(Exception):
    """Layers that are others, or that do not fit on each other."""


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise _OtherBuildError(what)


def _built(layer: Layer) -> LineNetwork:
    _require(layer.kind == "Series" and len(layer.parts) >= 6, "no series of six layers or more")
    lines, convolution, pool, column, *rows, output = layer.parts
    height = _height(lines)
    kernel = _kernel(convolution)
    _require(pool.kind == "Maxpool" and pool.sizes in ((2, 2), (3, 3)), "no pool of two or three each way")
    _require(height % pool.sizes[0] == 0, "a height that the pool does not divide")
    _require(column.kind == "XYTranspose" and len(column.parts) == 1, "no layer along the columns")
    up = _lstm(column.parts[0], "SummLSTM", kernel.outputs)
    along, inputs = [], up.outputs
    for row in rows:
        along.append(_row(row, inputs))
        inputs = along[-1].outputs
    _require(output.kind == "Softmax", "no softmax at the end")
    (last,) = output.weights
    _require(last.inputs == inputs and last.outputs <= _WIDEST, "a softmax that does not fit")
    return LineNetwork(height, kernel, pool.sizes[0], up, tuple(along), last)


def _height(layer: Layer) -> int:
    _require(layer.kind == "Input", "no input")
    batch, height, width, depth, _ = layer.sizes
    _require((batch, width, depth) == (1, 0, 1) and 0 < height <= _HIGHEST, "an input of other than grey lines")
    return height


def _kernel(layer: Layer) -> Weights:
    _require(layer.kind == "Series" and [part.kind for part in layer.parts] == ["Convolve", "Tanh"], "no convolution")
    window, matrix = layer.parts
    (weights,) = matrix.weights
    _require(window.sizes == (1, 1) and weights.inputs == 9, "a convolution of other than three by three pixels")
    _require(weights.outputs <= _WIDEST, "a convolution that is too wide")
    return weights


def _row(layer: Layer, inputs: int) -> Lstm:
    if layer.kind == "RTLReversed" and len(layer.parts) == 1:
        return _lstm(layer.parts[0], "LSTM", inputs, backward=True)
    return _lstm(layer, "LSTM", inputs)


def _lstm(layer: Layer, kind: str, inputs: int, *, backward: bool = False) -> Lstm:
    _require(layer.kind == kind and len(layer.weights) == _GATES, f"a layer {layer.kind} in the place of one {kind}")
    cell, enter, forget, leave = layer.weights
    outputs = cell.outputs
    _require(outputs <= _WIDEST, "an LSTM that is too wide")
    shape = (outputs, inputs + outputs + 1)
    _require(all(gate.rows.shape == shape for gate in layer.weights), f"a {kind} whose matrices do not fit")
    return Lstm((cell, enter, forget, leave), inputs, backward)
