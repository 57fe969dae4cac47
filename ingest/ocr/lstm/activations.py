"""Logistic function, hyperbolic tangent and exponential function as tables: the same numbers on every processor.

Kernels for these functions differ between processors in the last bit, tables do not. The argument is rounded to a
step of the table, as Tesseract has it (which interpolates between steps of 1/256; these are finer instead).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avskrift.ingest.ocr.lstm.onnx_encoding import Graph

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """Steps are those of one table per unit of its argument."""

    steps: int = 512  # of the activations: off by a thousandth at most, an eighth of what rounding them costs anyway
    limit: int = 8  # beyond it both functions are at their bound, to within 0.0004
    exponential_steps: int = 2048
    exponential_limit: int = 12  # below the largest logit; what is less likely by e^-12 has no probability at all
    grain: int = 2**20  # values are multiples of 1/grain, so that no library's last bit shows


SETTINGS = Settings()
WHOLE = 127
"""What an activation of 1 is as a whole number."""


def _grained(values: npt.NDArray[np.float64]) -> Floats:
    return (np.rint(values * SETTINGS.grain) / SETTINGS.grain).astype(np.float32)


def _arguments() -> npt.NDArray[np.float64]:
    most = SETTINGS.steps * SETTINGS.limit
    return np.arange(-most, most + 1) / SETTINGS.steps


def tanh_table(largest: int = 1) -> Floats:
    """`largest` times the hyperbolic tangent of the arguments from -limit to limit."""
    return _grained(largest * np.tanh(_arguments()))


def gate_table() -> Floats:
    """The logistic function of all arguments, and behind it the hyperbolic tangent of all."""
    return np.concatenate((_grained(1 / (1 + np.exp(-_arguments()))), tanh_table()))


def gate_offsets(logistic: int, tanh: int) -> Floats:
    """Where in the table of gates the argument 0 is, for so many columns of either function; and a half, since what is
    behind the point will be cut off."""
    zero = np.float32(SETTINGS.steps * SETTINGS.limit + 0.5)
    return np.repeat(np.array([zero, zero + len(_arguments())], np.float32), (logistic, tanh))


def looked_up(graph: Graph, table: str, steps: str, offsets: Floats) -> str:
    """The nodes of `graph` that give the values of a `table` (a constant's name) for arguments in `steps`, as a row of
    numbers. `offsets`, where the argument 0 is in the table, are one for each entry of the last dimension or one for
    all."""
    most = SETTINGS.steps * SETTINGS.limit
    least, largest = (graph.constant(np.array(bound, np.float32)) for bound in (-most, most))
    within = graph.value("Add", graph.value("Clip", steps, least, largest), graph.constant(offsets))
    return _entries(graph, table, within)


def _entries(graph: Graph, table: str, places: str) -> str:
    places = graph.value("Cast", places, to=INT32)
    places = graph.value("Reshape", places, graph.constant(np.array([-1], np.int64)))
    return graph.value("GatherElements", table, places)  # several times as fast as Gather, on rows alone


INT32 = 6
FLOAT = 1
"""Types of numbers as the attribute of Cast has them."""


def softmax(graph: Graph, logits: str, codes: int) -> str:
    """The probabilities for logits (frames x lines x codes): shares of whole numbers, whose sum is exact."""
    steps, limit = SETTINGS.exponential_steps, SETTINGS.exponential_limit
    largest = graph.value("ReduceMax", logits, axes=(-1,), keepdims=1)
    below = graph.value("Mul", graph.value("Sub", largest, logits), graph.constant(np.array(steps, np.float32)))
    zero, most = (graph.constant(np.array(bound, np.float32)) for bound in (0, steps * limit))
    places = graph.value("Add", graph.value("Clip", below, zero, most), graph.constant(np.array(0.5, np.float32)))
    unit = 2**24 // codes  # a float32 holds every whole number up to 2^24, so that of any such sum
    weights = np.rint(unit * np.exp(-np.arange(steps * limit + 1) / steps)).astype(np.float32)
    weights[-1] = 0
    found = _entries(graph, graph.constant(weights), places)
    found = graph.value("Reshape", found, graph.value("Shape", logits))
    last = graph.constant(np.array([-1], np.int64))
    return graph.value("Div", found, graph.value("ReduceSum", found, last, keepdims=1))
