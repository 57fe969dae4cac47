"""What an archive has taught the learned reader: numbers that are added to the network's last layer of values.

The network itself stays as it is shipped, and so do its answers on what lines are. `avskrift train` makes such a file,
`--reader` reads with it. No word of a document is in it.
"""

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from avskrift.errors import InputError, UsageError
from avskrift.models.training import TrainedReader
from avskrift.parsing.learned.tags import VALUE_TAGS
from avskrift.runtime.input_files import read_file

WIDTH = 160
"""Numbers of the vector that the network gives each token."""
OUTPUTS = 1 + 2 * len(VALUE_TAGS)
_MOST_BYTES = 1 << 20
"""Bytes of a file; one that `avskrift train` wrote has some 75,000."""
_NUMBER = np.dtype("<f4")


@dataclass(frozen=True, eq=False)
class Adapter:
    """What is added to the logits of values: `weights` (WIDTH, OUTPUTS) for a token's vector, and `bias` (OUTPUTS)."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    @staticmethod
    def untrained() -> "Adapter":
        """One that adds nothing: the shipped reader."""
        return Adapter(np.zeros((WIDTH, OUTPUTS), np.float32), np.zeros(OUTPUTS, np.float32))

    @staticmethod
    def of(reader: TrainedReader) -> "Adapter":
        """The numbers in a file. Raises ValueError where they are not as many as they should be, or are none."""
        return Adapter(_numbers(reader.weights, (WIDTH, OUTPUTS)), _numbers(reader.bias, (OUTPUTS,)))

    def packed(self) -> tuple[str, str]:
        """The weights and the bias as a file holds them."""
        weights, bias = (
            base64.b64encode(numbers.astype(_NUMBER).tobytes()).decode("ascii") for numbers in (self.weights, self.bias)
        )
        return weights, bias

    def logits(self, values: NDArray[np.float32], hidden: NDArray[np.float32]) -> NDArray[np.float32]:
        """The logits of values (tokens, OUTPUTS) where the shipped network gives `values` for the vectors `hidden`."""
        added = hidden.astype(np.float64) @ self.weights.astype(np.float64) + self.bias
        changed: NDArray[np.float32] = (values + added).astype(np.float32)
        return changed


def adapter_for(reader: str, path: Path) -> Adapter:
    """The adapter in the file at `path`, for the network with the digest `reader`.

    Raises `UsageError` for a file that `avskrift train` did not write, or wrote for another network.
    """
    try:
        found = TrainedReader.model_validate_json(read_file(path, _MOST_BYTES))
        adapter = Adapter.of(found)
    except InputError as error:
        raise UsageError(str(error)) from None
    except (ValidationError, ValueError):
        raise UsageError(f"{path}: this is no reader that avskrift train wrote") from None
    if found.reader != reader:
        raise UsageError(f"{path}: it was trained for the reader of another avskrift ({found.avskrift}); train it anew")
    return adapter


def _numbers(text: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    numbers = np.frombuffer(data, _NUMBER).astype(np.float32).reshape(shape)
    if not np.isfinite(numbers).all():
        raise ValueError("numbers that are none")
    return numbers
