"""Where a value was read: what every object of a record is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""ISO 8601, as exact as the document is: 2024-02-29, 2023-11 or 2023."""


class Record(BaseModel):
    """Base of all: frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Record):
    """Where a value was read. `bbox` is x0, top, x1, bottom in PDF points from the top left of the page as it lies in
    the file, None in plain text; `quadrilateral` tells where the page lies askew how the words stand within: x and y of
    their corners, top left, top right, bottom right, bottom left.

    `line` is the line of the page where the value begins, in reading order, from 1 (plain text: blank lines counted).
    """

    page: Annotated[int, Field(ge=1)]
    line: Annotated[int, Field(ge=1)] | None = None
    bbox: tuple[float, float, float, float] | None
    quadrilateral: Annotated[tuple[float, ...], Field(min_length=8, max_length=8)] | None = None
    text: Annotated[str, Field(min_length=1)]
    raw: str
    confidence: Probability


class Traced(Record):
    """An object that says where it was read."""

    evidence: Evidence | None = None
    evidence_by_field: dict[str, Evidence] = Field(default_factory=dict)
