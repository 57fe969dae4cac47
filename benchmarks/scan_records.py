"""True records of scans, as SHARED/score/fields.py takes them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scan_folders import MORE_PROFILES, Asked, Scan, scans_of

_SCALARS = {"valid_from": "valid_from", "valid_to": "valid_to", "until_further_notice": "until_further_notice"}
_PARTY = {"name": "name", "orgnr": "organisation_number", "alias": "defined_term"}
_KEPT_ONE_BY_ONE = {"annexes": ("annexes", "title"), "priority_areas": ("focus_areas", "name")}


def scans_with_records(asked: Asked, work: Path) -> Iterator[tuple[Path, Scan]]:
    """A file with the true record, and the scan; records made of printed values are written to `work`."""
    profiles = asked.profiles or (*MORE_PROFILES, "mixed")
    for folder in asked.folders:
        for profile in profiles:
            for scan in scans_of(folder, profile, asked.most):
                gold = asked.shared / "gold" / "fields" / "scans" / f"{scan.document}.gold.json"
                if folder in asked.more:
                    gold = work / f"{scan.document}.gold.json"
                    gold.write_text(json.dumps(record_of_values(scan.printed.get("fields", {}))), encoding="utf-8")
                if gold.exists():
                    yield gold, scan


def record_of_values(values: dict[str, Any]) -> dict[str, Any]:
    """A true record of the values that a scan was printed with; what they do not name is not scored."""
    record: dict[str, Any] = {}
    if "diary_numbers" in values:
        record["document"] = {"diary_numbers": [{"number": number} for number in values["diary_numbers"]]}
    if "parties" in values:
        record["parties"] = [{_PARTY[k]: v for k, v in party.items() if k in _PARTY} for party in values["parties"]]
    period = {key: values[name] for name, key in _SCALARS.items() if name in values}
    if period:
        record["period"] = period
    if "signatories" in values:
        record["signatories"] = values["signatories"]
    for name, (key, attribute) in _KEPT_ONE_BY_ONE.items():
        if name in values:
            record[key] = [{attribute: value} for value in values[name]]
    return record
