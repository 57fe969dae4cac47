"""What the correction stage changed or doubted at a place of a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One change in a text: `line` and `column` count from 1; `made` tells whether the text now says `text`."""

    line: int
    column: int
    raw: str
    text: str
    rule: str
    confidence: float
    made: bool
