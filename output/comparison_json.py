"""A comparison as JSON, and its JSON Schema."""

import json
from typing import Any

from pydantic import BaseModel

from avskrift.models.comparison import Comparison

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def comparison_json(compared: BaseModel) -> str:
    """What was compared (two versions, a timeline, a matrix) as JSON text: UTF-8, keys in the order of the schema."""
    return compared.model_dump_json(indent=2) + "\n"


def comparison_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `comparison_json` writes for two versions."""
    return {"$schema": _DIALECT, **Comparison.model_json_schema(mode="serialization")}


def comparison_schema_text() -> str:
    """The schema as JSON text."""
    return json.dumps(comparison_schema(), ensure_ascii=False, indent=2) + "\n"
