"""The network of the learned reader, run on one document."""

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from avskrift.language.lexicon import Lexicon
from avskrift.models.document import Document
from avskrift.parsing.learned.spans import LearnedReading, reading_of
from avskrift.parsing.learned.tags import LINE_TAGS, VALUE_TAGS
from avskrift.parsing.learned.tokens import TokenizedDocument, tokenized

if TYPE_CHECKING:
    from avskrift.runtime.inference import InferenceSession

_BLOCK, _MARGIN = 2_000, 320
"""Tokens that the network is given at once, and those on each side that it is given as context: more than it sees."""


class Network(Protocol):
    """Gives the logits of values and of lines, (tokens, 1 + 2 * tags), of at most `_BLOCK` + 2 * `_MARGIN` tokens."""

    def __call__(
        self, hashed: NDArray[np.int32], facts: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Runs on features as `TokenizedDocument` holds them."""


def learned_reading(document: Document, network: Network | None = None) -> LearnedReading:
    """What a network, by default the shipped one, says of a document. The same document gives the same answer."""
    made = tokenized(document, _lexicon())
    return reading_of(made, *logits_of(made, network or _shipped()))


def logits_of(made: TokenizedDocument, network: Network) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The logits of all tokens, block after block."""
    values, lines = (
        [np.zeros((0, 1 + 2 * len(VALUE_TAGS)), np.float32)],
        [np.zeros((0, 1 + 2 * len(LINE_TAGS)), np.float32)],
    )
    for start in range(0, len(made.tokens), _BLOCK):
        first = max(0, start - _MARGIN)
        cut = slice(first, start + _BLOCK + _MARGIN)
        of_values, of_lines = network(made.hashed[cut], made.facts[cut])
        own = slice(start - first, start - first + _BLOCK)
        values.append(of_values[own])
        lines.append(of_lines[own])
    return np.concatenate(values), np.concatenate(lines)


@cache
def _lexicon() -> Lexicon:
    return Lexicon()


class _Shipped:
    def __init__(self, session: "InferenceSession") -> None:
        self.session = session

    def __call__(
        self, hashed: NDArray[np.int32], facts: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        values, lines = self.session.run(None, {"hashed": hashed[None].astype(np.int64), "facts": facts[None]})
        return values[0], lines[0]


@cache
def _shipped() -> Network:
    from avskrift.runtime.inference import session  # takes long to import; other commands need none

    with as_file(files(__package__).joinpath("data", "reader.onnx")) as path:
        return _Shipped(session(path))
