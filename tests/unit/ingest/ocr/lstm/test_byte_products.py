"""Sums of products of bytes are the same with signed weights and without, or the processor is found out."""

from collections.abc import Callable
from unittest.mock import patch

import numpy as np
import pytest

from avskrift.ingest.ocr.lstm import byte_products
from avskrift.ingest.ocr.lstm.byte_products import Products, exact_products, scaled_sums
from avskrift.ingest.ocr.lstm.graph import model_of
from avskrift.ingest.ocr.lstm.line_batches import inputs_of
from avskrift.ingest.ocr.lstm.line_image import prepared_line
from avskrift.ingest.ocr.lstm.network_file import Weights
from avskrift.ingest.ocr.lstm.onnx_encoding import Graph, encoded_model
from avskrift.ingest.ocr.lstm.traineddata import read_traineddata
from avskrift.runtime.inference import session


def sums(products: Products, values: np.ndarray, weights: Weights) -> np.ndarray:
    graph = Graph("sums")
    given = graph.input("values", "uint8", values.shape)
    found = scaled_sums(graph, given, products.factors(graph, weights, 127))
    graph.output(found, "float32", (len(values), weights.outputs))
    return np.asarray(session(encoded_model(graph), keep_memory=False).run(None, {"values": values})[0])


@pytest.mark.parametrize("lines", [1, 4, 16, 128])
def test_sums_are_exact(lines: int) -> None:
    random = np.random.default_rng(lines)
    values = random.integers(0, 256, (lines, 81)).astype(np.uint8)
    weights = Weights(random.integers(-128, 128, (64, 81)).astype(np.int8), np.full(64, 0.5))
    true = (values.astype(np.int64) - 128) @ weights.rows.T.astype(np.int64) * 0.5
    for products in {Products(signed=False), exact_products()}:
        assert np.array_equal(sums(products, values, weights), true)


def test_a_processor_whose_sums_do_not_fit_is_found_out() -> None:
    class Wrong:
        def run(self, _: object, given: dict[str, np.ndarray]) -> list[np.ndarray]:
            return [np.full((len(given["values"]), 64), 32767.0, np.float32)]

    byte_products.exact_products.cache_clear()
    try:
        with patch("avskrift.runtime.inference.session", lambda *_, **__: Wrong()):
            assert exact_products() == Products(signed=False)
    finally:
        byte_products.exact_products.cache_clear()


@pytest.mark.parametrize("name", ["Latin", "swe"])
def test_networks_read_alike_with_either(name: str, drawn_line: Callable) -> None:  # type: ignore[type-arg]
    from importlib.resources import as_file, files

    with as_file(files("avskrift.ingest.ocr.lstm").joinpath("data", f"{name}.traineddata")) as path:
        network = read_traineddata(path).network
    lines = [prepared_line(*drawn_line(text)).pixels for text in ("Enligt 5 § gäller", "kl. 9")]
    given = inputs_of(lines, network.pool)
    one, other = (
        session(model_of(network, products), keep_memory=False).run(None, given)[0]
        for products in (Products(signed=False), exact_products())
    )
    assert np.array_equal(one, other)
