"""Products of activations and weights, both bytes, whose sums are exact on the processor that it runs on.

Activations are bytes without a sign. Weights with one are multiplied in half the time, but processors with AVX2 and
without VNNI add pairs of such products in 16 bits, where large ones do not fit. So it is tried: where the largest sums
come out right weights have a sign, else none. Either way the sums are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from avskrift.ingest.ocr.lstm.activations import WHOLE, ZERO
from avskrift.ingest.ocr.lstm.network_file import Weights
from avskrift.ingest.ocr.lstm.onnx_encoding import Graph, encoded_model


@dataclass(frozen=True, slots=True)
class Products:
    """How weights are written: with a sign or without."""

    signed: bool

    def factors(self, graph: Graph, weights: Weights, steps: int) -> list[str]:
        """What `values` are multiplied by, for sums in `steps`: constants of the graph."""
        scales = graph.constant((weights.scales * (steps / WHOLE)).astype(np.float32))
        one, zero = graph.constant(np.array(1, np.float32)), graph.constant(np.array(ZERO, np.uint8))
        columns = weights.rows.T
        if self.signed:
            return [graph.constant(columns), one, scales, zero]
        return [graph.constant((columns.astype(np.int16) + ZERO).astype(np.uint8)), one, scales, zero, zero]


def scaled_sums(graph: Graph, values: str, factors: Sequence[str]) -> str:
    """The sums (float32) of `values` (bytes) by the rows of a matrix: a sum in whole numbers is multiplied once."""
    return graph.node("com.microsoft.MatMulIntegerToFloat", [values, *factors], 1)[0]


@cache
def exact_products() -> Products:
    """The faster ones of those that are exact here."""
    from avskrift.runtime.inference import session  # takes long to import

    graph = Graph("trial")
    values = graph.input("values", "uint8", ("lines", 64))
    weights = Weights(np.full((64, 64), WHOLE, np.int8), np.full(64, 1.0))
    signed = Products(signed=True)
    graph.output(scaled_sums(graph, values, signed.factors(graph, weights, WHOLE)), "float32", ("lines", 64))
    trial = session(encoded_model(graph), keep_memory=False)
    found = [trial.run(None, {"values": np.full((lines, 64), 255, np.uint8)})[0] for lines in (1, 16)]
    return Products(signed=all(bool((sums == 64 * WHOLE * (255 - ZERO)).all()) for sums in found))
