"""What `avskrift train` makes of verified records: the types behind its file."""

from typing import Annotated, Literal

from pydantic import Field

from avskrift.models.agreement import Record

Count = Annotated[int, Field(ge=0)]


class Counts(Record):
    """How many values were read right, how many that are none, and how many were missed."""

    right: Count = 0
    wrong: Count = 0
    missed: Count = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(right=self.right + other.right, wrong=self.wrong + other.wrong, missed=self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what there is that was read."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


class TrainedReader(Record):
    """What an archive has taught the learned reader.

    `reader` is the SHA-256 digest of the network that it belongs to, `avskrift` the version that had it. It was made
    of `documents` with so many `values`; `not_found` ones were not located. `before` and `after` tell how documents
    that were left out were read. `weights` and `bias` are floating-point numbers of four bytes, the least byte first,
    in base64: what is added to the network's last layer of values.
    """

    schema_version: Literal["1.0"] = "1.0"
    reader: str
    avskrift: str
    documents: Count
    values: Count
    not_found: Count
    before: Counts
    after: Counts
    weights: str
    bias: str
