"""Writes a trained reader as the network that the package runs: weights as whole numbers of a byte, sums in floating
point.

pip install torch onnx
python training/reader/export.py reader.pt [--out parsing/learned/data/reader.onnx]

A network that was exported before it had the output `hidden` (NAME.onnx instead of reader.pt) is given it, and is else
left as it is.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from integer_weights import with_integer_weights
from network import Reader
from onnx import helper, numpy_helper

from avskrift.parsing.learned.tags import LINE_TAGS, VALUE_TAGS
from avskrift.parsing.learned.tokens import BUCKETS, FACTS

SHIPPED = Path(__file__).parents[2] / "parsing" / "learned" / "data" / "reader.onnx"


def exported(model: Reader, path: Path) -> None:
    """Writes the network; embeddings too are whole numbers with one scale for each column."""
    hashed = torch.zeros(1, 50, len(BUCKETS), dtype=torch.long)
    facts = torch.zeros(1, 50, FACTS)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "reader.onnx"
        torch.onnx.export(
            model.eval(),
            (hashed, facts),
            str(plain),
            input_names=["hashed", "facts"],
            output_names=["values", "lines"],
            dynamic_axes={name: {1: "tokens"} for name in ("hashed", "facts", "values", "lines")},
            opset_version=17,
            dynamo=False,
        )
        network = with_integer_weights(onnx.load(str(plain)))
    with_integer_tables(network)
    with_hidden_output(network)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(network, str(path))


def with_integer_tables(network: onnx.ModelProto) -> None:
    """The tables that are looked up in (Gather) as whole numbers; what was looked up is made floating point."""
    graph = network.graph
    tables = {i.name: i for i in graph.initializer}
    for node in list(graph.node):
        if node.op_type != "Gather" or node.input[0] not in tables:
            continue
        name = node.input[0]
        numbers = numpy_helper.to_array(tables[name])
        if numbers.ndim != 2 or len(numbers) < 100:
            continue
        scale = np.abs(numbers).max(0) / 127
        rounded = np.round(numbers / scale).astype(np.int8)
        graph.initializer.remove(tables[name])
        graph.initializer.append(numpy_helper.from_array(rounded, f"{name}_integers"))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}_scale"))
        at, out = list(graph.node).index(node), node.output[0]
        node.input[0] = f"{name}_integers"
        node.output[0] = f"{out}_integers"
        graph.node.insert(
            at + 1, helper.make_node("Cast", [f"{out}_integers"], [f"{out}_wide"], to=onnx.TensorProto.FLOAT)
        )
        graph.node.insert(at + 2, helper.make_node("Mul", [f"{out}_wide", f"{name}_scale"], [out]))
    onnx.checker.check_model(network)


def with_hidden_output(network: onnx.ModelProto) -> None:
    """A third output, `hidden` (1, tokens, width): what both heads read, for `avskrift train`. The others stay as they
    are, to the bit."""
    graph = network.graph
    if any(output.name == "hidden" for output in graph.output):
        return
    maker = {name: node for node in graph.node for name in node.output}
    products = [next(maker[n] for n in maker[head].input if n in maker) for head in ("values", "lines")]
    (name,) = {product.input[0] for product in products}
    (width,) = {t.dims[0] for t in graph.initializer if t.name == maker[name].input[1]}
    for node in graph.node:
        for names in (node.input, node.output):
            names[:] = ["hidden" if n == name else n for n in names]
    graph.output.append(helper.make_tensor_value_info("hidden", onnx.TensorProto.FLOAT, [1, "tokens", width]))
    onnx.checker.check_model(network)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()
    if options.weights.suffix == ".onnx":
        network = onnx.load(str(options.weights))
        with_hidden_output(network)
        onnx.save(network, str(options.out))
    else:
        model = Reader(len(VALUE_TAGS), len(LINE_TAGS))
        model.load_state_dict(torch.load(options.weights))
        exported(model, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
