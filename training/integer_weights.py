"""Keeps the weights of a network as whole numbers of a byte each, and its arithmetic in floating point.

    pip install onnx
    python training/integer_weights.py OLD.onnx NEW.onnx

Each weight matrix becomes int8 with a scale for each column, made floating point again (Cast, Mul) when the network is
loaded. Nothing else is rounded: products of bytes (MatMulInteger) are summed in 16 bits by some processors, where
they overflow, and rounding the activations makes a difference in the last bit of one processor a visible one.
OLD is a network in floating point, or one with MatMulInteger and activations quantised as they come, whose weights are
taken over unchanged.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

_MOST = 127


def with_integer_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """The network with the matrix of each product as int8 and a scale for each column."""
    graph = _in_floating_point(model).graph
    arrays = _arrays(graph)
    for node in list(graph.node):
        if node.op_type != "MatMul" or node.input[1] not in arrays:
            continue
        name = node.input[1]
        numbers, scale = _rounded(arrays[name])
        integers, scales, wide, weights = (f"{name}_{part}" for part in ("integers", "scale", "wide", "weights"))
        _replace(graph, {name}, {integers: numbers, scales: scale})
        graph.node.insert(0, helper.make_node("Mul", [wide, scales], [weights]))
        graph.node.insert(0, helper.make_node("Cast", [integers], [wide], to=onnx.TensorProto.FLOAT))
        node.input[1] = weights
    onnx.checker.check_model(model)
    return model


def _in_floating_point(model: onnx.ModelProto) -> onnx.ModelProto:
    """The network with each quantised product (DynamicQuantizeLinear, MatMulInteger, Cast, Mul) as one MatMul."""
    graph = model.graph
    arrays = _arrays(graph)
    maker = {name: node for node in graph.node for name in node.output}
    for product in [n for n in graph.node if n.op_type == "MatMulInteger"]:
        quantised, numbers, _, zero = product.input
        if arrays[zero].any():
            raise ValueError(f"{numbers} is not symmetric")
        cast = _user(graph, product.output[0])
        last = _user(graph, cast.output[0])
        source = maker[quantised]
        scaling = maker[next(name for name in last.input if name != cast.output[0])]
        scale = next(name for name in scaling.input if name != source.output[1])
        weights = f"{numbers.removesuffix('_quantized')}"
        _replace(graph, {numbers, zero, scale}, {weights: arrays[numbers].astype(np.float32) * arrays[scale]})
        at = list(graph.node).index(last)
        graph.node.insert(at, helper.make_node("MatMul", [source.input[0], weights], [last.output[0]]))
        for node in (source, product, cast, scaling, last):
            graph.node.remove(node)
    return model


def _rounded(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Numbers and the scale of each column: weights are about numbers * scale."""
    largest = np.abs(weights).max(axis=0)
    scale = np.where(largest > 0, largest / _MOST, 1).astype(np.float32)
    return np.rint(weights / scale).clip(-_MOST, _MOST).astype(np.int8), scale


def _arrays(graph: onnx.GraphProto) -> dict[str, NDArray[Any]]:
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}


def _user(graph: onnx.GraphProto, name: str) -> onnx.NodeProto:
    """The one node that takes `name`."""
    (node,) = [n for n in graph.node if name in n.input]
    return node


def _replace(graph: onnx.GraphProto, names: set[str], arrays: dict[str, NDArray[Any]]) -> None:
    kept = [tensor for tensor in graph.initializer if tensor.name not in names]
    del graph.initializer[:]
    graph.initializer.extend([*kept, *(numpy_helper.from_array(array, name) for name, array in arrays.items())])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    args = parser.parse_args()
    onnx.save(with_integer_weights(onnx.load(args.old)), args.new)
    print(args.new, args.new.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
