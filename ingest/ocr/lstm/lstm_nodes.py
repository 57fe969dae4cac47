"""LSTM layers as nodes of ONNX, in whole numbers between layers as Tesseract has them.

Activations are bytes, 128 for 0, with 127 steps to 1; weights are bytes likewise. Sums of products of bytes are exact,
in whatever order a processor takes them, and what follows is single multiplications, additions and roundings, which
IEEE 754 fixes, and tables (`activations`). So the result is the same on every processor, to the last bit, and for a
line the same in whatever company it is read. ONNX's own LSTM has other last bits without FMA instructions.

Both factors are bytes without a sign: for bytes of which one has a sign, processors with AVX2 but without VNNI have
sums that overflow.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avskrift.ingest.ocr.lstm.activations import (
    FLOAT,
    SETTINGS,
    WHOLE,
    gate_offsets,
    gate_table,
    looked_up,
    tanh_table,
)
from avskrift.ingest.ocr.lstm.line_network import Lstm
from avskrift.ingest.ocr.lstm.network_file import Weights
from avskrift.ingest.ocr.lstm.onnx_encoding import Graph

ZERO = 128
"""The byte that stands for 0."""
_LARGEST_STATE = 100.0
"""Tesseract's bound (`kStateClip`)."""
_BLOCK = 128
"""Columns of pixels that one step of the LSTM up the columns takes: so that all of it stays in a processor's cache."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Names of the tables of a graph: of the gates, and of the hyperbolic tangent of states (in whole numbers)."""

    gates: str
    states: str

    @classmethod
    def of(cls, graph: Graph) -> "Tables":
        """Adds the tables to a graph, for it and the graphs within."""
        return cls(graph.constant(gate_table()), graph.constant(tanh_table(WHOLE)))


@dataclass(frozen=True, slots=True, eq=False)
class _Gates:
    """The four matrices of an LSTM as one, in the order input gate, output gate, forget gate, cell: `rows` with a row
    for each gate of each cell, their bias last, and what the sums in whole numbers are multiplied by."""

    rows: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]

    @classmethod
    def of(cls, lstm: Lstm) -> "_Gates":
        cell, enter, forget, leave = lstm.gates
        ordered = (enter, leave, forget, cell)
        rows = np.concatenate([gate.rows for gate in ordered])
        scales = np.concatenate([gate.scales for gate in ordered])
        return cls(rows, (scales * (SETTINGS.steps / WHOLE)).astype(np.float32))

    @property
    def bias(self) -> npt.NDArray[np.int32]:
        return bias_of(self.rows)


def bias_of(rows: npt.NDArray[np.int8]) -> npt.NDArray[np.int32]:
    """What the last column of a matrix adds to its sums."""
    return rows[:, -1].astype(np.int32) * WHOLE


def sums(graph: Graph, values: str, rows: npt.NDArray[np.int8]) -> str:
    """The sums (int32) of `values` (bytes) by the `rows` of a matrix without its bias."""
    weights = (rows.T.astype(np.int16) + ZERO).astype(np.uint8)
    zero = graph.constant(np.array(ZERO, np.uint8))
    return graph.value("MatMulInteger", values, graph.constant(weights), zero, zero)


def scaled_output(graph: Graph, values: str, weights: Weights) -> str:
    """The outputs (float32) of a fully connected layer for `values` (bytes)."""
    total = graph.value("Add", sums(graph, values, weights.rows[:, :-1]), graph.constant(bias_of(weights.rows)))
    scales = (weights.scales / WHOLE).astype(np.float32)
    return graph.value("Mul", graph.value("Cast", total, to=FLOAT), graph.constant(scales))


def as_bytes(graph: Graph, values: str) -> str:
    """Floating-point numbers of -127 to 127 as bytes, rounded."""
    one, zero = graph.constant(np.array(1, np.float32)), graph.constant(np.array(ZERO, np.uint8))
    return graph.value("QuantizeLinear", values, one, zero)


def _cell(graph: Graph, tables: Tables, total: str, state: str | None, gates: _Gates) -> tuple[str, str]:
    """Outputs (bytes) and states of one step, from the sums of the `gates` (`total`) and the `state` before, None where
    there is none yet."""
    count = len(gates.rows) // 4
    steps = graph.value("Mul", graph.value("Cast", total, to=FLOAT), graph.constant(gates.scales))
    opened = looked_up(graph, tables.gates, steps, gate_offsets(3 * count, count))
    opened = graph.value("Reshape", opened, graph.constant(np.array([-1, 4 * count], np.int64)))
    enter, leave, forget, cell = graph.node(
        "Split", [opened, graph.constant(np.array([count] * 4, np.int64))], 4, axis=1
    )
    new = graph.value("Mul", enter, cell)
    if state is not None:
        new = graph.value("Add", graph.value("Mul", forget, state), new)
        bounds = (graph.constant(np.array(bound, np.float32)) for bound in (-_LARGEST_STATE, _LARGEST_STATE))
        new = graph.value("Clip", new, *bounds)
    steps = graph.value("Mul", new, graph.constant(np.array(SETTINGS.steps, np.float32)))
    shown = looked_up(graph, tables.states, steps, gate_offsets(1, 0))
    shown = graph.value("Reshape", shown, graph.constant(np.array([-1, count], np.int64)))
    return as_bytes(graph, graph.value("Mul", leave, shown)), new


def along_line(graph: Graph, tables: Tables, lstm: Lstm, values: str, last: str) -> str:
    """The outputs (bytes, frames x lines x outputs) of an LSTM along the line for `values` (frames x lines x inputs).

    `graph` takes the nodes and has the `tables`, `lstm` is the layer. `last` (bool, frames x lines x 1) tells where a
    line has its last frame or has ended: from there an LSTM that goes backward begins anew.
    """
    gates, count = _Gates.of(lstm), lstm.outputs
    given = graph.value("Add", sums(graph, values, gates.rows[:, : lstm.inputs]), graph.constant(gates.bias))
    lines = graph.value("Gather", graph.value("Shape", values), graph.constant(np.array([1], np.int64)))
    shape = graph.value("Concat", lines, graph.constant(np.array([count], np.int64)), axis=0)
    outputs = graph.value("Expand", graph.constant(np.array([[ZERO]], np.uint8)), shape)
    states = graph.value("Expand", graph.constant(np.array([[0]], np.float32)), shape)
    body = _line_step(graph.inner(), tables, lstm, gates)
    if not lstm.backward:
        return graph.node("Scan", [outputs, states, given], 3, body=body, num_scan_inputs=1)[2]
    scanned = [outputs, states, given, last]
    directions = {"scan_input_directions": (1, 1), "scan_output_directions": (1,)}
    return graph.node("Scan", scanned, 3, body=body, num_scan_inputs=2, **directions)[2]


def _line_step(step: Graph, tables: Tables, lstm: Lstm, gates: _Gates) -> Graph:
    """One frame of all lines: in go outputs and states of the frame before, the sums for its inputs and, for an LSTM
    that goes backward, where lines begin; out come outputs, states, and outputs again to be kept."""
    count = lstm.outputs
    before = step.input(f"{step.name}outputs", "uint8", ("n", count))
    state = step.input(f"{step.name}states", "float32", ("n", count))
    given = step.input(f"{step.name}given", "int32", ("n", 4 * count))
    if lstm.backward:
        last = step.input(f"{step.name}last", "bool", ("n", 1))
        before = step.value("Where", last, step.constant(np.array(ZERO, np.uint8)), before)
        state = step.value("Where", last, step.constant(np.array(0, np.float32)), state)
    total = step.value("Add", sums(step, before, gates.rows[:, lstm.inputs : -1]), given)
    output, state = _cell(step, tables, total, state, gates)
    step.output(output, "uint8", ("n", count))
    step.output(state, "float32", ("n", count))
    step.output(step.value("Identity", output), "uint8", ("n", count))
    return step


def up_columns(graph: Graph, tables: Tables, lstm: Lstm, values: str, height: int) -> str:
    """The last outputs (bytes, columns x outputs) of an LSTM up columns, for `values` (bytes, columns x height x
    inputs) of that `height`, taken in blocks. `graph` takes the nodes and has the `tables`, `lstm` is the layer."""
    wide = lstm.inputs
    count = graph.value("Gather", graph.value("Shape", values), graph.constant(np.array([0], np.int64)))
    whole = graph.constant(np.array([_BLOCK], np.int64))
    spare = graph.value("Mod", graph.value("Neg", count), whole)
    after = graph.constant(np.zeros(3, np.int64)), spare, graph.constant(np.zeros(2, np.int64))
    values = graph.value("Pad", values, graph.value("Concat", *after, axis=0))
    blocks = graph.constant(np.array([-1, _BLOCK, height, wide], np.int64))
    values = graph.value("Transpose", graph.value("Reshape", values, blocks), perm=(0, 2, 1, 3))
    (last,) = graph.node(
        "Scan", [values], 1, body=_column_block(graph.inner(), tables, lstm, height), num_scan_inputs=1
    )
    last = graph.value("Reshape", last, graph.constant(np.array([-1, lstm.outputs], np.int64)))
    zero = graph.constant(np.array([0], np.int64))
    return graph.value("Slice", last, zero, count, zero)


def _column_block(block: Graph, tables: Tables, lstm: Lstm, height: int) -> Graph:
    """All steps of a block of columns, one after the other: in go its values (height x columns x inputs)."""
    gates = _Gates.of(lstm)
    values = block.input(f"{block.name}values", "uint8", (height, _BLOCK, lstm.inputs))
    bias = block.constant(gates.bias)
    output = state = None
    for step in block.node("Split", [values], height, axis=0) if height > 1 else [values]:
        given = block.value("Squeeze", step, block.constant(np.array([0], np.int64)))
        if output is None:
            total = sums(block, given, gates.rows[:, : lstm.inputs])
        else:
            total = sums(block, block.value("Concat", given, output, axis=1), gates.rows[:, :-1])
        output, state = _cell(block, tables, block.value("Add", total, bias), state, gates)
    assert output is not None
    block.output(output, "uint8", (_BLOCK, lstm.outputs))
    return block
