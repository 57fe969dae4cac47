"""A line recogniser as a graph for ONNX Runtime: the road from the pixels of lines to probabilities."""

from avskrift.ingest.ocr.lstm.activations import SETTINGS, Tables, softmax
from avskrift.ingest.ocr.lstm.byte_products import Products, scaled_sums
from avskrift.ingest.ocr.lstm.column_nodes import BLOCK, columns
from avskrift.ingest.ocr.lstm.line_network import LineNetwork
from avskrift.ingest.ocr.lstm.lstm_nodes import along_line, with_one
from avskrift.ingest.ocr.lstm.onnx_encoding import Graph, encoded_model


def model_of(network: LineNetwork, products: Products) -> bytes:
    """A model with the inputs `blocks` (int8, blocks x 1 x height x pixels, whole numbers of -127 black to 127 white:
    the frames of all lines in a row, `BLOCK` in a block, and the pixel before and the one behind), `places` (int64,
    frames x lines: which of them are those of a line) and `frames` (int64, how many of a line's are not padding), and
    one output, probabilities (float32, frames x lines x codes). It multiplies as `products` has it."""
    graph = Graph("recogniser")
    blocks = graph.input("blocks", "int8", ("blocks", 1, network.height, BLOCK * network.pool + 2))
    places = graph.input("places", "int64", ("t", "n"))
    frames = graph.input("frames", "int64", ("n",))
    tables = Tables.of(graph, max(SETTINGS.largest_state, network.height // network.pool))
    value = graph.value("Gather", columns(graph, tables, products, network, blocks), places)
    for lstm in network.rows:
        value = along_line(graph, tables, products, lstm, value, frames)
    factors = products.factors(graph, network.output, SETTINGS.exponential_steps)
    logits = scaled_sums(graph, with_one(graph, value), factors)
    graph.output(softmax(graph, logits, network.codes), "float32", ("t", "n", network.codes))
    return encoded_model(graph)
