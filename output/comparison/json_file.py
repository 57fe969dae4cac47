"""What was compared as JSON, and its JSON Schemas."""

import json

from pydantic import BaseModel

from avskrift.models.comparison import Comparison, InForceReport, Matrix, Timeline

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
COMPARED: dict[str, type[BaseModel]] = {
    "comparison": Comparison,
    "timeline": Timeline,
    "matrix": Matrix,
    "in-force": InForceReport,
}
"""What has a schema, by the name that the command line gives it."""


def comparison_json(compared: BaseModel) -> str:
    """What was compared (two versions, a timeline, a matrix, a day) as JSON text: UTF-8, keys as in the schema."""
    return compared.model_dump_json(indent=2) + "\n"


def comparison_schema_text(what: str) -> str:
    """The JSON Schema (2020-12) of what `comparison_json` writes of `what`, as JSON text. Raises KeyError."""
    made = COMPARED[what].model_json_schema(mode="serialization")
    return json.dumps({"$schema": _DIALECT, **made}, ensure_ascii=False, indent=2) + "\n"
