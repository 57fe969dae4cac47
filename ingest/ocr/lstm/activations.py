"""Logistic function, hyperbolic tangent and exponential function as tables: the same numbers on every processor.

Kernels for these functions differ between processors in the last bit, tables do not. The argument is cut off to a step
of the table, as Tesseract has it (which interpolates between steps of 1/256; these are finer instead).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avskrift.ingest.ocr.lstm.onnx_encoding import Graph

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Settings:
    """Steps are those of one table per unit of its argument."""

    steps: int = 512  # of the activations: off by a thousandth at most, an eighth of what rounding them costs anyway
    limit: int = 12  # beyond it the functions of gates are at their bound, to within 0.00001
    largest_state: int = 100  # Tesseract's bound (`kStateClip`)
    exponential_steps: int = 2048
    exponential_limit: int = 12  # below the largest logit; what is less likely by e^-12 has no probability at all
    grain: int = 2**20  # values are multiples of 1/grain, so that no library's last bit shows


SETTINGS = Settings()
WHOLE = 127
"""What an activation of 1 is as a whole number."""
ZERO = 128
"""The byte that stands for 0."""
INT32 = 6
FLOAT = 1
"""Types of numbers as the attribute of Cast has them."""


def bias_of(rows: npt.NDArray[np.int8]) -> npt.NDArray[np.int32]:
    """What the last column of a matrix adds to its sums."""
    return rows[:, -1].astype(np.int32) * WHOLE


def _table(function: Callable[[Floats], Floats], limit: int) -> npt.NDArray[np.float32]:
    """The `function` from -limit to limit: first for 0 and what is above, one entry for each step, then for what is
    below, up to 0. Negative places count from the end, so that a number of steps cut off to a whole one is a place."""
    count = SETTINGS.steps * limit
    above = (np.arange(count + 1) + 0.5) / SETTINGS.steps
    above[0] = 0  # whatever is less than a step from 0, on either side
    values = np.concatenate((function(above), function(-above[:0:-1])))
    return (np.rint(values * SETTINGS.grain) / SETTINGS.grain).astype(np.float32)


def _logistic(values: Floats) -> Floats:
    return 1 / (1 + np.exp(-values))


@dataclass(frozen=True, slots=True)
class Tables:
    """Names of a graph's tables, for arguments in steps: the logistic function, the hyperbolic tangent in steps of a
    state, and that of states in whole numbers, as such and as bytes."""

    logistic: str
    tanh: str
    states: str
    as_bytes: str

    @classmethod
    def of(cls, graph: Graph, largest_state: int) -> "Tables":
        """Adds the tables to a graph, for it and the graphs within; states are of -largest to largest."""
        states = _table(lambda values: WHOLE * np.tanh(values), largest_state)
        return cls(
            graph.constant(_table(_logistic, SETTINGS.limit)),
            graph.constant(_table(lambda values: SETTINGS.steps * np.tanh(values), SETTINGS.limit)),
            graph.constant(states),
            graph.constant(
                (np.rint(_table(lambda values: WHOLE * np.tanh(values), SETTINGS.limit)) + ZERO).astype(np.uint8)
            ),
        )


def within(graph: Graph, steps: str, limit: int) -> str:
    """Arguments in `steps`, those beyond the limit at it."""
    most = limit * SETTINGS.steps
    bounds = (graph.constant(np.array(bound, np.float32)) for bound in (-most, most))
    return graph.value("Clip", steps, *bounds)


def as_places(graph: Graph, steps: str) -> str:
    """Arguments in `steps` as places in a table."""
    return graph.value("Cast", steps, to=INT32)


def in_a_row(graph: Graph, values: str) -> str:
    """Values of whatever dimensions in one."""
    return graph.value("Reshape", values, graph.constant(np.array([-1], np.int64)))


def entries(graph: Graph, table: str, places: str) -> str:
    """The entries of a `table` at `places`, both in a row."""
    return graph.value("GatherElements", table, places)  # several times as fast as Gather, on rows alone


def softmax(graph: Graph, logits: str, codes: int) -> str:
    """The probabilities for logits (frames x lines x codes, in steps): shares of whole numbers, whose sum is exact."""
    steps, limit = SETTINGS.exponential_steps, SETTINGS.exponential_limit
    largest = graph.value("ReduceMax", logits, axes=(-1,), keepdims=1)
    below = graph.value("Sub", largest, logits)
    below = graph.value("Min", below, graph.constant(np.array(steps * limit, np.float32)))
    unit = 2**24 // codes  # a float32 holds every whole number up to 2^24, so that of any such sum
    middles = (np.arange(steps * limit + 1) + 0.5) / steps
    middles[0] = 0
    weights = np.rint(unit * np.exp(-middles)).astype(np.float32)
    weights[-1] = 0
    found = entries(graph, graph.constant(weights), in_a_row(graph, as_places(graph, below)))
    found = graph.value("Reshape", found, graph.value("Shape", logits))
    last = graph.constant(np.array([-1], np.int64))
    return graph.value("Div", found, graph.value("ReduceSum", found, last, keepdims=1))
