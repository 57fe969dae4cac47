"""The JSON Patch (RFC 6902) from one record to another."""

import json
from typing import Any

from avskrift.models.agreement import Agreement


def patch_of(old: Agreement, new: Agreement) -> list[dict[str, Any]]:
    """Operations that turn the JSON of the old record into that of the new, evidence and all."""
    import jsonpatch

    patch: list[dict[str, Any]] = jsonpatch.make_patch(_json(old), _json(new)).patch
    return patch


def _json(record: Agreement) -> Any:
    return json.loads(record.model_dump_json())
