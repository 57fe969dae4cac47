"""The record as JSON, and its JSON Schema."""

import json
from typing import Any

from avskrift.models.agreement import Agreement

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_of(agreement: Agreement) -> str:
    """The record as JSON text: UTF-8, two spaces of indent, keys in the order of the schema, none left out."""
    return agreement.model_dump_json(indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `json_of` writes: every key required, nothing beyond them allowed."""
    made = Agreement.model_json_schema(mode="serialization")
    return {"$schema": _DIALECT, **made}


def schema_text() -> str:
    """The schema as JSON text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
