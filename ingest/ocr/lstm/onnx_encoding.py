"""Networks in the file format of ONNX: the few messages of its protobuf schema that `graph` needs, written by hand.

A message is a row of fields; a field is its number and wire type as a varint, then a varint (wire type 0), four bytes
(5), or a length and so many bytes (2). Numbers of fields are those of onnx.proto (ONNX IR version 9). The package
`onnx`, which could write the same, is larger than the rest of what a reading needs.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

IR_VERSION: Final = 9
OPSET: Final = 17
"""Versions of format and operators that every supported onnxruntime reads."""
RUNTIME: Final = "com.microsoft"
"""The domain of ONNX Runtime's own operators, of which there is one version."""
_TYPES: Final = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7, "bool": 9}
"""TensorProto.DataType by numpy's name."""
_FLOAT, _INT, _STRING, _GRAPH, _INTS = 1, 2, 3, 5, 7
"""AttributeProto.AttributeType."""

Attribute: TypeAlias = "int | float | str | Sequence[int] | Graph"


def _varint(value: int) -> bytes:
    value &= 2**64 - 1  # negative numbers are written as ten bytes
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(at: int, value: int) -> bytes:
    return _varint(at << 3) + _varint(value)


def _float(at: int, value: float) -> bytes:
    return _varint(at << 3 | 5) + struct.pack("<f", value)


def _bytes(at: int, value: bytes | str) -> bytes:
    raw = value.encode("utf-8") if isinstance(value, str) else value
    return _varint(at << 3 | 2) + _varint(len(raw)) + raw


@dataclass(slots=True)
class Graph:
    """A graph while it is written: nodes and constants in order. `value` names what a node gives."""

    name: str
    _nodes: list[bytes] = field(default_factory=list)
    _constants: list[bytes] = field(default_factory=list)
    _inputs: list[bytes] = field(default_factory=list)
    _outputs: list[bytes] = field(default_factory=list)
    _known: dict[tuple[str, tuple[int, ...], bytes], str] = field(default_factory=dict)
    _values: int = 0
    _inner: int = 0

    def _new(self) -> str:
        self._values += 1
        return f"{self.name}{self._values}"

    def inner(self) -> "Graph":
        """A graph within this one, such as the step of a loop; it may use constants of this one by their names."""
        self._inner += 1
        return Graph(f"{self.name}-{self._inner}-")

    def input(self, name: str, kind: str, shape: Sequence[int | str]) -> str:
        """Declares an input of numpy's type `kind`; a dimension that may vary has a name."""
        self._inputs.append(_value_info(name, kind, shape))
        return name

    def output(self, name: str, kind: str, shape: Sequence[int | str]) -> None:
        """Declares that a value is an output."""
        self._outputs.append(_value_info(name, kind, shape))

    def constant(self, array: npt.NDArray[Any]) -> str:
        """Adds a constant, unless the graph has it; gives its name."""
        raw = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
        known = array.dtype.name, array.shape, raw
        if known in self._known:
            return self._known[known]
        name = self._known[known] = self._new()
        dims = b"".join(_number(1, size) for size in array.shape)
        self._constants.append(dims + _number(2, _TYPES[array.dtype.name]) + _bytes(8, name) + _bytes(9, raw))
        return name

    def node(self, operator: str, inputs: Sequence[str], outputs: int, /, **attributes: Attribute) -> list[str]:
        """Adds a node of one of ONNX's standard operators, or of those of ONNX Runtime, whose name begins with their
        domain; gives the names of its `outputs`."""
        names = [self._new() for _ in range(outputs)]
        domain, _, name = operator.rpartition(".")
        body = b"".join(_bytes(1, given) for given in inputs) + b"".join(_bytes(2, given) for given in names)
        body += _bytes(4, name) + b"".join(_bytes(5, _attribute(*item)) for item in attributes.items())
        body += _bytes(7, domain) if domain else b""
        self._nodes.append(body)
        return names

    def value(self, operator: str, *inputs: str, **attributes: Attribute) -> str:
        """Adds a node; gives the name of its one output."""
        return self.node(operator, inputs, 1, **attributes)[0]

    def encoded(self) -> bytes:
        """GraphProto."""
        return b"".join(
            (
                *(_bytes(1, node) for node in self._nodes),
                _bytes(2, self.name),
                *(_bytes(5, constant) for constant in self._constants),
                *(_bytes(11, value) for value in self._inputs),
                *(_bytes(12, value) for value in self._outputs),
            )
        )


def _value_info(name: str, kind: str, shape: Sequence[int | str]) -> bytes:
    """ValueInfoProto of a tensor."""
    dims = (_number(1, size) if isinstance(size, int) else _bytes(2, size) for size in shape)
    tensor = _number(1, _TYPES[kind]) + _bytes(2, b"".join(_bytes(1, dim) for dim in dims))
    return _bytes(1, name) + _bytes(2, _bytes(1, tensor))


def _attribute(name: str, value: Attribute) -> bytes:
    """AttributeProto."""
    if isinstance(value, Graph):
        return _bytes(1, name) + _bytes(6, value.encoded()) + _number(20, _GRAPH)
    if isinstance(value, str):
        return _bytes(1, name) + _bytes(4, value) + _number(20, _STRING)
    if isinstance(value, int):
        return _bytes(1, name) + _number(3, value) + _number(20, _INT)
    if isinstance(value, float):
        return _bytes(1, name) + _float(2, value) + _number(20, _FLOAT)
    return _bytes(1, name) + b"".join(_number(8, item) for item in value) + _number(20, _INTS)


def encoded_model(graph: Graph) -> bytes:
    """ModelProto: a file that ONNX Runtime reads."""
    opsets = (_bytes(1, domain) + _number(2, version) for domain, version in (("", OPSET), (RUNTIME, 1)))
    return _number(1, IR_VERSION) + _bytes(7, graph.encoded()) + b"".join(_bytes(8, opset) for opset in opsets)
