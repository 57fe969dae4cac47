"""The network of the learned reader, run on one document."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from avskrift.language.lexicon import Lexicon
from avskrift.models.document import Document
from avskrift.parsing.learned.adapter import OUTPUTS, WIDTH, Adapter, adapter_for
from avskrift.parsing.learned.spans import LearnedReading, Numbers, reading_of
from avskrift.parsing.learned.tags import LINE_TAGS
from avskrift.parsing.learned.tokens import TokenizedDocument, tokenized

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from avskrift.runtime.inference import InferenceSession

_BLOCK, _MARGIN = 2_000, 320
"""Tokens that the network is given at once, and those on each side that it is given as context: more than it sees."""
_OF_LINES = 1 + 2 * len(LINE_TAGS)


class Network(Protocol):
    """Gives the logits of values and of lines, (tokens, 1 + 2 * tags), of at most `_BLOCK` + 2 * `_MARGIN` tokens."""

    def __call__(self, hashed: NDArray[np.int32], facts: Numbers) -> tuple[Numbers, Numbers]:
        """Runs on features as `TokenizedDocument` holds them."""


def learned_reading(document: Document, network: Network | None = None) -> LearnedReading:
    """What a network, by default the shipped one, says of a document. The same document gives the same answer."""
    made = tokenized(document, _lexicon())
    return reading_of(made, *logits_of(made, network or _shipped()))


def logits_of(made: TokenizedDocument, network: Network) -> tuple[Numbers, Numbers]:
    """The logits of all tokens, block after block."""
    values, lines = _in_blocks(made, network, (OUTPUTS, _OF_LINES))
    return values, lines


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """What the shipped network says of a document: its reading, the logits of values and of lines, and the vector of
    each token that the last layer makes them of."""

    reading: LearnedReading
    values: Numbers
    lines: Numbers
    hidden: Numbers

    def adapted(self, adapter: Adapter) -> LearnedReading:
        """What the network says with what an archive has taught it."""
        return reading_of(self.reading.document, adapter.logits(self.values, self.hidden), self.lines)


def encoding_of(document: Document) -> Encoding:
    """What the shipped network says of a document, with the vectors that `avskrift train` learns from."""
    made = tokenized(document, _lexicon())
    values, lines, hidden = _in_blocks(made, _shipped().encoded, (OUTPUTS, _OF_LINES, WIDTH))
    return Encoding(reading_of(made, values, lines), values, lines, hidden)


def adapted(adapter: Adapter) -> Network:
    """The shipped network with what an archive has taught it."""
    return _Adapted(_shipped(), adapter)


def adapter_in(path: Path) -> Adapter:
    """What an archive has taught the shipped network, by the file at `path`. Raises `UsageError` for one that is none,
    or belongs to another network."""
    return adapter_for(digest(), path)


@cache
def digest() -> str:
    """The SHA-256 digest of the shipped network, in hexadecimal."""
    return hashlib.sha256(_file().read_bytes()).hexdigest()


def _in_blocks(
    made: TokenizedDocument,
    network: Callable[[NDArray[np.int32], Numbers], Sequence[Numbers]],
    widths: Sequence[int],
) -> list[Numbers]:
    """What a network gives for all tokens, block after block: an array of each of the `widths`."""
    parts = [[np.zeros((0, width), np.float32)] for width in widths]
    for start in range(0, len(made.tokens), _BLOCK):
        first = max(0, start - _MARGIN)
        cut = slice(first, start + _BLOCK + _MARGIN)
        own = slice(start - first, start - first + _BLOCK)
        for kept, found in zip(parts, network(made.hashed[cut], made.facts[cut]), strict=True):
            kept.append(found[own])
    return [np.concatenate(part) for part in parts]


@cache
def _lexicon() -> Lexicon:
    return Lexicon()


class _Shipped:
    def __init__(self, session: "InferenceSession") -> None:
        self._session = session

    def __call__(self, hashed: NDArray[np.int32], facts: Numbers) -> tuple[Numbers, Numbers]:
        values, lines = self._run(["values", "lines"], hashed, facts)
        return values, lines

    def encoded(self, hashed: NDArray[np.int32], facts: Numbers) -> Sequence[Numbers]:
        """The logits of values and of lines, and the vectors of which both are made."""
        return self._run(["values", "lines", "hidden"], hashed, facts)

    def _run(self, outputs: list[str], hashed: NDArray[np.int32], facts: Numbers) -> list[Numbers]:
        found = self._session.run(outputs, {"hashed": hashed[None].astype(np.int64), "facts": facts[None]})
        return [numbers[0] for numbers in found]


@dataclass(frozen=True, slots=True, eq=False)
class _Adapted:
    shipped: _Shipped
    adapter: Adapter

    def __call__(self, hashed: NDArray[np.int32], facts: Numbers) -> tuple[Numbers, Numbers]:
        values, lines, hidden = self.shipped.encoded(hashed, facts)
        return self.adapter.logits(values, hidden), lines


@cache
def _shipped() -> _Shipped:
    from avskrift.runtime.inference import session  # takes long to import; other commands need none

    with as_file(_file()) as path:
        return _Shipped(session(path))


def _file() -> "Traversable":
    return files(__package__).joinpath("data", "reader.onnx")
