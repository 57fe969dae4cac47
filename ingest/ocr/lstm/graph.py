"""A line recogniser as a graph for ONNX Runtime: the road from the pixels of lines to probabilities."""

import numpy as np

from avskrift.ingest.ocr.lstm.activations import (
    INT32,
    SETTINGS,
    WHOLE,
    gate_offsets,
    looked_up,
    softmax,
)
from avskrift.ingest.ocr.lstm.line_network import LineNetwork
from avskrift.ingest.ocr.lstm.lstm_nodes import Tables, along_line, as_bytes, bias_of, scaled_output, up_columns
from avskrift.ingest.ocr.lstm.onnx_encoding import Graph, encoded_model


def model_of(network: LineNetwork) -> bytes:
    """A model with the inputs `lines` (float32, lines x 1 x height x width, whole numbers of -127 black to 127 white,
    a multiple of the pool wide) and `frames` (int32, how many frames of each line are not padding), and one output,
    probabilities (float32, frames x lines x codes)."""
    graph = Graph("recogniser")
    lines = graph.input("lines", "float32", ("n", 1, network.height, "w"))
    frames = graph.input("frames", "int32", ("n",))
    tables = Tables.of(graph)
    value = _columns(graph, tables, network, _pooled(graph, tables, network, lines))
    last = _last_frames(graph, value, frames)
    for lstm in network.rows:
        value = along_line(graph, tables, lstm, value, last)
    probabilities = softmax(graph, scaled_output(graph, value, network.output), network.codes)
    graph.output(probabilities, "float32", ("t", "n", network.codes))
    return encoded_model(graph)


def _pooled(graph: Graph, tables: Tables, network: LineNetwork, lines: str) -> str:
    """Convolution, pool and hyperbolic tangent (which may as well come after the pool, since it grows): bytes, lines x
    frames x height x channels. Products are of whole numbers, with sums that a float32 holds."""
    rows, scales = network.convolution.rows, network.convolution.scales
    kernels = rows[:, :-1].reshape(-1, 1, 3, 3).transpose(0, 1, 3, 2).astype(np.float32)
    bias = bias_of(rows).astype(np.float32)
    value = graph.value("Conv", lines, graph.constant(kernels), graph.constant(bias), pads=(1, 1, 1, 1))
    size = (network.pool, network.pool)
    value = graph.value("MaxPool", value, kernel_shape=size, strides=size)
    steps = (scales * (SETTINGS.steps / WHOLE)).astype(np.float32).reshape(-1, 1, 1)
    value = graph.value("Mul", value, graph.constant(steps))
    found = as_bytes(graph, looked_up(graph, tables.states, value, gate_offsets(1, 0)))
    found = graph.value("Reshape", found, graph.value("Shape", value))
    return graph.value("Transpose", found, perm=(0, 3, 2, 1))


def _columns(graph: Graph, tables: Tables, network: LineNetwork, pooled: str) -> str:
    """The last output of the LSTM up the columns: bytes, frames x lines x outputs."""
    lstm, height = network.column, network.height // network.pool
    columns = graph.value("Reshape", pooled, graph.constant(np.array([-1, height, lstm.inputs], np.int64)))
    last = up_columns(graph, tables, lstm, columns, height)
    counts = graph.value("Gather", graph.value("Shape", pooled), graph.constant(np.array([0, 1], np.int64)))
    outputs = graph.constant(np.array([lstm.outputs], np.int64))
    last = graph.value("Reshape", last, graph.value("Concat", counts, outputs, axis=0))
    return graph.value("Transpose", last, perm=(1, 0, 2))


def _last_frames(graph: Graph, value: str, frames: str) -> str:
    """Whether a frame is a line's last or behind it: bool, frames x lines x 1."""
    first, one = graph.constant(np.array(0, np.int64)), graph.constant(np.array(1, np.int64))
    count = graph.value("Gather", graph.value("Shape", value), first)
    after = graph.value("Cast", graph.value("Range", one, graph.value("Add", count, one), one), to=INT32)
    after = graph.value("Unsqueeze", after, graph.constant(np.array([1, 2], np.int64)))
    ends = graph.value("Unsqueeze", frames, graph.constant(np.array([0, 2], np.int64)))
    return graph.value("GreaterOrEqual", after, ends)
