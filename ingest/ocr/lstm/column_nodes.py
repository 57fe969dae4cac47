"""The part of a line recogniser that looks at one frame by itself, as nodes of ONNX: convolution, pool, and the LSTM up
each column, in blocks of frames that a processor's cache holds."""

from typing import Final

import numpy as np

from avskrift.ingest.ocr.lstm.activations import (
    FLOAT,
    SETTINGS,
    WHOLE,
    ZERO,
    Tables,
    as_places,
    bias_of,
    entries,
    in_a_row,
    within,
)
from avskrift.ingest.ocr.lstm.byte_products import Products
from avskrift.ingest.ocr.lstm.line_network import LineNetwork
from avskrift.ingest.ocr.lstm.lstm_nodes import ONE, as_bytes, cell, gate_places, gates_in_order
from avskrift.ingest.ocr.lstm.onnx_encoding import Graph

BLOCK: Final = 128
"""Frames of a block."""


def columns(graph: Graph, tables: Tables, products: Products, network: LineNetwork, blocks: str) -> str:
    """The outputs (bytes, frames x outputs) of the LSTM up the columns for `blocks` of pictures (int8, blocks x 1 x
    height x pixels, those of `BLOCK` frames and one more on either side). `graph` takes the nodes and has the `tables`,
    the `network` multiplies as `products` has it."""
    body = _block(graph.inner(), tables, products, network)
    (found,) = graph.node("Scan", [blocks], 1, body=body, num_scan_inputs=1)
    return graph.value("Reshape", found, graph.constant(np.array([-1, network.column.outputs], np.int64)))


def _block(block: Graph, tables: Tables, products: Products, network: LineNetwork) -> Graph:
    """All steps of a block, one after the other."""
    lstm, height = network.column, network.height // network.pool
    picture = block.input(f"{block.name}picture", "int8", (1, network.height, BLOCK * network.pool + 2))
    gates = [products.factors(block, gate, SETTINGS.steps) for gate in gates_in_order(lstm)]
    shape = block.constant(np.array([1, BLOCK, lstm.outputs], np.int64))
    one = block.constant(np.full((1, BLOCK, 1), ONE, np.uint8))
    output, state = block.constant(np.full((1, BLOCK, lstm.outputs), ZERO, np.uint8)), None
    for inputs in _pooled(block, tables, network, picture, height):
        values = block.value("Concat", inputs, one, output, axis=2)
        places = [in_a_row(block, gate_places(block, values, factors)) for factors in gates]
        shown, state = cell(block, tables, places, state, bounded=True)
        output = block.value("Reshape", as_bytes(block, shown), shape)
    block.output(output, "uint8", (1, BLOCK, lstm.outputs))
    return block


def _pooled(block: Graph, tables: Tables, network: LineNetwork, picture: str, height: int) -> list[str]:
    """Convolution, pool and hyperbolic tangent (which may as well come after the pool, since it grows): for each step
    up the column bytes, 1 x frames x channels. Products are of whole numbers, with sums that a float32 holds."""
    rows, scales = network.convolution.rows, network.convolution.scales
    kernels = rows[:, :-1].reshape(-1, 1, 3, 3).transpose(0, 1, 3, 2).astype(np.float32)
    bias = bias_of(rows).astype(np.float32)
    value = block.value("Unsqueeze", picture, block.constant(np.array([0], np.int64)))
    value = block.value("Cast", value, to=FLOAT)
    value = block.value("Conv", value, block.constant(kernels), block.constant(bias), pads=(1, 0, 1, 0))
    size = (network.pool, network.pool)
    value = block.value("MaxPool", value, kernel_shape=size, strides=size)
    steps = (scales * (SETTINGS.steps / WHOLE)).astype(np.float32).reshape(-1, 1, 1)
    value = within(block, block.value("Mul", value, block.constant(steps)), SETTINGS.limit)
    found = entries(block, tables.as_bytes, in_a_row(block, as_places(block, value)))
    channels = network.convolution.outputs
    found = block.value("Reshape", found, block.constant(np.array([channels, height, BLOCK], np.int64)))
    found = block.value("Transpose", found, perm=(1, 2, 0))
    return block.node("Split", [found], height, axis=0) if height > 1 else [found]
