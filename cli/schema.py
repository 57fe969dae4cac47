"""`avskrift schema`: the JSON Schemas of what the other commands write."""

from enum import StrEnum
from typing import Annotated

import typer

from avskrift.output.terminal import print_text


class SchemaOf(StrEnum):
    """What has a JSON Schema."""

    RECORD = "record"
    COMPARISON = "comparison"
    TIMELINE = "timeline"
    MATRIX = "matrix"
    IN_FORCE = "in-force"


_Of = Annotated[SchemaOf, typer.Option("--of", help="Of which JSON: of parse, or of compare and its questions.")]


def schema(of: _Of = SchemaOf.RECORD) -> None:
    """Print the JSON Schema of what parse writes, or compare."""
    from avskrift.output.comparison.json_file import comparison_schema_text
    from avskrift.output.record.json_file import schema_text

    print_text(schema_text() if of is SchemaOf.RECORD else comparison_schema_text(of.value))
