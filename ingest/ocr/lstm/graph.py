"""A line recogniser as a graph for ONNX Runtime."""

import numpy as np
import numpy.typing as npt

from avskrift.ingest.ocr.lstm.line_network import LineNetwork, Lstm
from avskrift.ingest.ocr.lstm.network_file import Weights
from avskrift.ingest.ocr.lstm.onnx_encoding import Graph, encoded_model

_Floats = npt.NDArray[np.float32]


def model_of(network: LineNetwork) -> bytes:
    """A model with the inputs `lines` (lines x 1 x height x width, multiples of the pool wide, float32 of -1 to 1)
    and `frames` (int32, how many frames of each line are not padding), and one output, probabilities (frames x lines x
    codes)."""
    graph = Graph("recogniser")
    lines = graph.input("lines", "float32", ("n", 1, network.height, "w"))
    frames = graph.input("frames", "int32", ("n",))
    pooled = _pooled(graph, network, lines)
    value = _columns(graph, network, pooled)
    for lstm in network.rows:
        value, _ = _lstm(graph, lstm, value, frames)
        value = graph.value("Squeeze", value, graph.constant(np.array([1], np.int64)))
    weights, bias = np.split(_dequantised(network.output), [-1], axis=1)
    value = graph.value("MatMul", value, graph.constant(weights.T))
    value = graph.value("Add", value, graph.constant(bias[:, 0]))
    graph.output(graph.value("Softmax", value, axis=-1), "float32", ("t", "n", network.codes))
    return encoded_model(graph)


def _dequantised(weights: Weights) -> _Floats:
    return weights.rows.astype(np.float32) * weights.scales.astype(np.float32)[:, None]


def _pooled(graph: Graph, network: LineNetwork, lines: str) -> str:
    """The convolution, the pool and tanh, which may as well come after the pool: lines x channels x height x frames."""
    weights, bias = np.split(_dequantised(network.convolution), [-1], axis=1)
    kernels = weights.reshape(-1, 1, 3, 3).transpose(0, 1, 3, 2)
    value = graph.value("Conv", lines, graph.constant(kernels), graph.constant(bias[:, 0]), pads=(1, 1, 1, 1))
    size = (network.pool, network.pool)
    return graph.value("Tanh", graph.value("MaxPool", value, kernel_shape=size, strides=size))


def _columns(graph: Graph, network: LineNetwork, pooled: str) -> str:
    """The last output of the LSTM up the columns: frames x lines x outputs."""
    value = graph.value("Transpose", pooled, perm=(2, 0, 3, 1))  # height x lines x frames x channels
    shape = graph.value("Shape", value)
    flat = np.array([network.height // network.pool, -1, network.column.inputs], np.int64)
    value = graph.value("Reshape", value, graph.constant(flat))
    _, last = _lstm(graph, network.column, value, "")
    counts = graph.value("Gather", shape, graph.constant(np.array([1, 2], np.int64)))
    outputs = graph.constant(np.array([network.column.outputs], np.int64))
    value = graph.value("Reshape", last, graph.value("Concat", counts, outputs, axis=0))
    return graph.value("Transpose", value, perm=(1, 0, 2))


def _lstm(graph: Graph, lstm: Lstm, value: str, frames: str) -> tuple[str, str]:
    """All outputs (steps x 1 x rows x outputs) and the last."""
    cell, enter, forget, leave = (_dequantised(gate) for gate in lstm.gates)
    gates = np.concatenate((enter, leave, forget, cell))  # in ONNX's order
    inputs, states, bias = np.split(gates, [lstm.inputs, gates.shape[1] - 1], axis=1)
    both = np.concatenate((bias[:, 0], np.zeros(len(bias), np.float32)))
    constants = [graph.constant(array[None]) for array in (inputs, states, both)]
    direction = "reverse" if lstm.backward else "forward"
    wanted = [frames] if lstm.backward else []
    given, last = graph.node("LSTM", [value, *constants, *wanted], 2, hidden_size=lstm.outputs, direction=direction)
    return given, last
