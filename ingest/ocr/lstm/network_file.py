"""The layers of a network as Tesseract stores them: the part `lstm` of a traineddata file.

The layout follows Tesseract 4 and 5 (`Network::CreateFromFile` and what it calls). Kinds of layers that no supported
network has, and weights as floating-point numbers, are refused here; which layers make a line recogniser is
`line_network`'s matter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from avskrift.ingest.ocr.lstm.byte_reader import ByteReader

_INT8: Final = 1
_DOUBLE: Final = 128
"""Flags of a matrix: its weights are bytes; its scales are of eight bytes, which old files (before 4.0) lack."""
_LEARNING_RATES: Final = 64
"""Flag of a layer with layers in it: the learning rate of each follows."""
_DEEPEST: Final = 8
"""Layers in layers: the known networks have three storeys."""
_MOST_PARTS: Final = 64
_LARGEST_SCALE: Final = 1e6
"""Scales of the known networks are below ten."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A matrix of whole numbers -128 to 127 (`rows`, one for each output, the bias last), and `scales`, what the sum
    of each row is multiplied by when inputs are of -1 to 1."""

    rows: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float64]

    @property
    def outputs(self) -> int:
        """The number of rows."""
        return int(self.rows.shape[0])

    @property
    def inputs(self) -> int:
        """The number of columns, the bias left out."""
        return int(self.rows.shape[1]) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One layer: Tesseract's name of its `kind`, its numbers of inputs and outputs, what its kind has beside them
    (`sizes`: the shape of an input, half the kernel of a convolution, the strides of a pool), its matrices (four for an
    LSTM: cell, input gate, forget gate, output gate) and the layers within it."""

    kind: str
    inputs: int
    outputs: int
    sizes: tuple[int, ...] = ()
    weights: tuple[Weights, ...] = ()
    parts: tuple["Layer", ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class NetworkFile:
    """What the part holds: the outermost layer, and the number of the output that stands for no letter."""

    layer: Layer
    blank: int


def network_of(data: bytes, source: str) -> NetworkFile:
    """The network in the part `lstm`, which errors call `source`. Raises `EngineDataError`."""
    reader = ByteReader(data, source)
    layer = _layer(reader, _DEEPEST)
    reader.text()  # the network in Tesseract's own notation
    for _ in range(3):  # flags and counters of its training
        reader.int32()
    return NetworkFile(layer, reader.int32())


@dataclass(frozen=True, slots=True)
class _Head:
    """What every layer begins with, and how many storeys may yet be below it."""

    kind: str
    flags: int
    inputs: int
    outputs: int
    depth: int


def _layer(reader: ByteReader, depth: int) -> Layer:
    if depth == 0:
        raise reader.error(f"layers lie within each other more than {_DEEPEST} deep")
    reader.uint8()
    kind = reader.text()
    reader.take(2)  # whether it is trained
    flags, inputs, outputs = reader.int32(), reader.int32(), reader.int32()
    reader.int32()  # the number of its weights
    reader.text()
    read = _KINDS.get(kind)
    if read is None:
        raise reader.error(f"layers of the kind {kind[:40]!r} are not supported")
    return read(reader, _Head(kind, flags, inputs, outputs, depth))


def _with_parts(reader: ByteReader, head: _Head) -> Layer:
    parts = tuple(_layer(reader, head.depth - 1) for _ in range(reader.count(_MOST_PARTS)))
    if head.flags & _LEARNING_RATES:
        reader.take(4 * reader.count(_MOST_PARTS))
    return Layer(head.kind, head.inputs, head.outputs, parts=parts)


def _with_sizes(count: int) -> Callable[[ByteReader, _Head], Layer]:
    def read(reader: ByteReader, head: _Head) -> Layer:
        sizes = tuple(reader.int32() for _ in range(count))
        return Layer(head.kind, head.inputs, head.outputs, sizes=sizes)

    return read


def _fully_connected(reader: ByteReader, head: _Head) -> Layer:
    return Layer(head.kind, head.inputs, head.outputs, weights=(_weights(reader),))


def _lstm(reader: ByteReader, head: _Head) -> Layer:
    reader.int32()  # inputs, states and outputs together
    weights = tuple(_weights(reader) for _ in range(4))
    return Layer(head.kind, head.inputs, head.outputs, weights=weights)


_KINDS: Final[Mapping[str, Callable[[ByteReader, _Head], Layer]]] = MappingProxyType(
    {
        "Input": _with_sizes(5),
        "Convolve": _with_sizes(2),
        "Maxpool": _with_sizes(2),
        "Series": _with_parts,
        "XYTranspose": _with_parts,
        "RTLReversed": _with_parts,
        "LSTM": _lstm,
        "SummLSTM": _lstm,
        "Tanh": _fully_connected,
        "Softmax": _fully_connected,
    }
)


def _weights(reader: ByteReader) -> Weights:
    mode = reader.uint8()
    if not mode & _DOUBLE:
        raise reader.error("weights in the manner of Tesseract before 4.0 are not supported")
    if not mode & _INT8:
        raise reader.error("weights as floating-point numbers are not supported, only those of one byte")
    rows, columns = reader.uint32(), reader.uint32()
    reader.uint8()  # the value of cells that are empty
    if rows < 1 or columns < 2:
        raise reader.error(f"a matrix of {rows} rows and {columns} columns")
    values = reader.int8s(rows, columns)
    scales = reader.doubles(reader.count(reader.left // 8))[:rows]
    if len(scales) < rows:
        raise reader.error(f"{len(scales)} scales for {rows} rows")
    if not ((scales >= 0) & (scales <= _LARGEST_SCALE)).all():
        raise reader.error("a scale of weights is no sensible number")
    return Weights(values, scales)
