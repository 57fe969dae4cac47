"""LSTM layers as nodes of ONNX, in whole numbers between layers as Tesseract has them.

Activations are bytes, 128 for 0, with 127 steps to 1; weights are bytes likewise. Sums of products of bytes are exact,
in whatever order a processor takes them (`byte_products`), and what follows is single multiplications, additions and
roundings, which IEEE 754 fixes, and tables (`activations`). So the result is the same on every processor, to the last
bit, and for a line the same in whatever company it is read. ONNX's own LSTM has other last bits without FMA
instructions.
"""

from collections.abc import Sequence

import numpy as np

from avskrift.ingest.ocr.lstm.activations import (
    SETTINGS,
    WHOLE,
    ZERO,
    Tables,
    as_places,
    entries,
    in_a_row,
    within,
)
from avskrift.ingest.ocr.lstm.byte_products import Products, scaled_sums
from avskrift.ingest.ocr.lstm.line_network import Lstm
from avskrift.ingest.ocr.lstm.network_file import Weights
from avskrift.ingest.ocr.lstm.onnx_encoding import Graph

ONE = ZERO + WHOLE
"""The byte that stands for 1, by which biases are multiplied."""


def gates_in_order(lstm: Lstm) -> tuple[Weights, Weights, Weights, Weights]:
    """The matrices of input gate, forget gate, output gate and cell; columns are those of the inputs, the bias, and the
    outputs of the step before."""
    cell, enter, forget, leave = lstm.gates
    first, second, third, fourth = (_bias_amid(gate, lstm.inputs) for gate in (enter, forget, leave, cell))
    return first, second, third, fourth


def _bias_amid(gate: Weights, inputs: int) -> Weights:
    rows = gate.rows
    return Weights(np.concatenate((rows[:, :inputs], rows[:, -1:], rows[:, inputs:-1]), axis=1), gate.scales)


def together(matrices: Sequence[Weights]) -> Weights:
    """Matrices as one, their rows one after the other."""
    return Weights(np.concatenate([m.rows for m in matrices]), np.concatenate([m.scales for m in matrices]))


def gate_places(graph: Graph, values: str, factors: Sequence[str]) -> str:
    """Where in the tables of gates the arguments are: the sums of `values` (bytes) by `factors`, within bounds."""
    return as_places(graph, within(graph, scaled_sums(graph, values, factors), SETTINGS.limit))


def as_bytes(graph: Graph, values: str) -> str:
    """Floating-point numbers of -127 to 127 as bytes, rounded."""
    one, zero = graph.constant(np.array(1, np.float32)), graph.constant(np.array(ZERO, np.uint8))
    return graph.value("QuantizeLinear", values, one, zero)


def cell(
    graph: Graph, tables: Tables, places: Sequence[str], state: str | None, *, bounded: bool = False
) -> tuple[str, str]:
    """Outputs (of -127 to 127) and states (in steps) of one step, both in a row, from the `places` of the arguments of
    input gate, forget gate, output gate and cell in their `tables`, and the `state` before, None where there is none
    yet. States that are not `bounded` by their number are held within bounds. `graph` takes the nodes."""
    enter, forget, leave = (entries(graph, tables.logistic, gate) for gate in places[:3])
    new = graph.value("Mul", enter, entries(graph, tables.tanh, places[3]))
    if state is not None:
        new = graph.value("Add", graph.value("Mul", forget, state), new)
        if not bounded:
            new = within(graph, new, SETTINGS.largest_state)
    shown = entries(graph, tables.states, as_places(graph, new))
    return graph.value("Mul", leave, shown), new


def with_one(graph: Graph, values: str) -> str:
    """Bytes (of three dimensions) with one more in each row, which stands for 1."""
    pads, one = graph.constant(np.array([0, 0, 0, 0, 0, 1], np.int64)), graph.constant(np.array(ONE, np.uint8))
    return graph.value("Pad", values, pads, one)


def along_line(graph: Graph, tables: Tables, products: Products, lstm: Lstm, values: str, frames: str) -> str:
    """The outputs (bytes, frames x lines x outputs) of an LSTM along the line for `values` (frames x lines x inputs).

    `graph` takes the nodes and has the `tables`, the layer `lstm` multiplies as `products` has it. `frames` (int64)
    tells how many each line has: an LSTM that goes backward begins with a line's last.
    """
    turned = {"time_axis": 0, "batch_axis": 1}
    if lstm.backward:
        values = graph.value("ReverseSequence", values, frames, **turned)
    lines = graph.value("Gather", graph.value("Shape", values), graph.constant(np.array([1], np.int64)))
    cells = graph.constant(np.array([lstm.outputs], np.int64))
    none = graph.constant(np.array([0], np.float32))
    before = graph.value("Expand", none, graph.value("Mul", lines, cells))
    body = _line_step(graph.inner(), tables, products, lstm)
    scanned = [before, before, with_one(graph, values)]
    last, _, earlier = graph.node("Scan", scanned, 3, body=body, num_scan_inputs=1)
    # A step gives the outputs of the one before as bytes, the first nothing.
    first, second = (graph.constant(np.array([place], np.int64)) for place in (0, 1))
    earlier = graph.value("Slice", earlier, second, graph.constant(np.array([2**31], np.int64)), first)
    shape = graph.value("Concat", second, lines, cells, axis=0)
    outputs = graph.value("Concat", earlier, graph.value("Reshape", as_bytes(graph, last), shape), axis=0)
    return graph.value("ReverseSequence", outputs, frames, **turned) if lstm.backward else outputs


def _line_step(step: Graph, tables: Tables, products: Products, lstm: Lstm) -> Graph:
    """One frame of all lines: in go outputs (of -127 to 127) and states of the frame before, in a row, and the inputs
    and a 1; out come outputs, states, and the outputs of the frame before as bytes."""
    count = lstm.outputs
    cells = f"{step.name}cells"  # of all lines
    before = step.input(f"{step.name}outputs", "float32", (cells,))
    state = step.input(f"{step.name}states", "float32", (cells,))
    values = step.input(f"{step.name}values", "uint8", ("lines", lstm.inputs + 1))
    shape = step.constant(np.array([-1, count], np.int64))
    kept = step.value("Reshape", as_bytes(step, before), shape)
    factors = products.factors(step, together(gates_in_order(lstm)), SETTINGS.steps)
    places = gate_places(step, step.value("Concat", values, kept, axis=1), factors)
    counts = step.constant(np.array([count] * 4, np.int64))
    gates = step.node("Split", [places, counts], 4, axis=1)
    output, state = cell(step, tables, [in_a_row(step, gate) for gate in gates], state)
    step.output(output, "float32", (cells,))
    step.output(state, "float32", (cells,))
    step.output(kept, "uint8", ("lines", count))
    return step
