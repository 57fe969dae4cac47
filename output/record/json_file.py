"""The record as JSON, and its JSON Schema."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from avskrift.errors import UsageError
from avskrift.models.agreement import Agreement
from avskrift.output.atomic_write import descriptor_of, head_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BEGINS = re.compile(rb'\s*\{\s*"schema_version"\s*:\s*"[^"]*"\s*,\s*"([a-z_]+)"\s*:')
"""How all JSON of ours begins: its second key tells what it is of."""


def check_json_output(path: Path, what: str, *second: str) -> None:
    """Looks at a file that JSON of `what` is to take the place of, before any work is done; `second` are the second
    keys that it may have.

    Raises `UsageError` where it holds anything else, and `OutputError` where it cannot be looked at.
    """
    head = head_of(path) if descriptor_of(path) is None else b""
    found = _BEGINS.match(head)
    if head and (found is None or found[1].decode() not in second):
        raise UsageError(f"{path} is no earlier {what}, so it is not written over; give another name or remove it")


def json_of(agreement: Agreement) -> str:
    """The record as JSON text: UTF-8, two spaces of indent, keys in the order of the schema, none left out."""
    return agreement.model_dump_json(indent=2) + "\n"


def array_of(records: Sequence[str]) -> str:
    """Records that are JSON text as one JSON array."""
    return "[\n" + ",\n".join(record.rstrip("\n") for record in records) + "\n]\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `json_of` writes: every key required, nothing beyond them allowed."""
    made = Agreement.model_json_schema(mode="serialization")
    return {"$schema": _DIALECT, **made}


def schema_text() -> str:
    """The schema as JSON text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
