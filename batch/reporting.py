"""What happened in a batch, gathered from its manifests and records for the report."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from avskrift.batch.records import all_rows, result_of
from avskrift.batch.results import result_path
from avskrift.batch.rows import MADE, Row, Status
from avskrift.batch.sources import shown
from avskrift.errors import InputError
from avskrift.output.archive.report import ArchiveReport, Entry, Failure

_MOST = 500
"""Documents that a list shows at most; its heading counts all."""
_CORE = ("document.title", "document.diary_numbers", "parties", "period", "groups", "focus_areas", "signatories")
_LOW = 0.8
_POOR = ("poor", "unreadable")


def archive_report(folder: Path) -> ArchiveReport:
    """What the report tells. Raises `UsageError` for a folder without a manifest."""
    counts: Counter[str] = Counter()
    failures: dict[str, Failure] = {}
    again: list[Entry] = []
    unsure: list[Entry] = []
    missing: Counter[str] = Counter()
    grades: Counter[str] = Counter()
    steps: Counter[int] = Counter()
    skipped: Counter[str] = Counter()
    pages = ocr_pages = again_count = 0
    seconds = 0.0
    for row in all_rows(folder):
        counts[row.status.value] += 1
        seconds += row.seconds
        if row.status is Status.FAILED:
            cause = failures.setdefault(row.error_class, Failure(row.error_class))
            cause.count += 1
            if len(cause.documents) < _MOST:
                cause.documents.append(_entry(row, folder, row.error))
        if row.status is Status.SKIPPED:
            skipped[row.error] += 1
        if row.status not in MADE:
            continue
        pages += row.pages
        ocr_pages += row.ocr_pages
        grades[row.quality or "no picture"] += 1
        steps[min(9, int(row.confidence * 10))] += 1
        record = _record(row, folder)
        missing.update(_missing(record))
        if poor := _poor_pages(record):
            again_count += len(poor)
            if len(again) < _MOST:
                again.append(_entry(row, folder, f"page {', '.join(map(str, poor))}"))
        if row.confidence < _LOW:
            unsure.append(_entry(row, folder, f"{row.confidence:.2f}", row.confidence))
            if len(unsure) > 2 * _MOST:
                unsure = sorted(unsure, key=lambda e: e.order)[:_MOST]
    return ArchiveReport(
        folder=folder.resolve().name,
        counts=dict(counts),
        pages=pages,
        ocr_pages=ocr_pages,
        seconds=seconds,
        skipped=skipped.most_common(_MOST),
        failures=sorted(failures.values(), key=lambda f: -f.count),
        again=again,
        again_pages=again_count,
        unsure=sorted(unsure, key=lambda e: e.order)[:_MOST],
        missing=missing.most_common(),
        grades={g: grades[g] for g in ("good", "fair", "poor", "unreadable", "no picture") if grades[g]},
        confidences=[steps[n] for n in range(10)],
    )


def _entry(row: Row, folder: Path, told: str, order: float = 0.0) -> Entry:
    def link(suffix: str) -> str:
        path = result_path(folder, row.key, suffix)
        stands = b".." not in row.key.split(b"/") and os.path.exists(path)  # noqa: PTH110 - names may be too long
        return "./" + quote(os.fsencode(path.relative_to(folder))) if stands else ""

    source = "file://" + quote(os.path.abspath(row.path))  # noqa: PTH100 - a path of bytes
    return Entry(shown(row.key), told, link(".json"), link(".txt"), source, order)


def _record(row: Row, folder: Path) -> dict[str, object]:
    try:
        record = json.loads(result_of(row, folder, ".json"))
    except (InputError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _poor_pages(record: dict[str, object]) -> list[int]:
    source = record.get("source")
    grades = source.get("page_qualities", []) if isinstance(source, dict) else []
    return [n for n, grade in enumerate(grades if isinstance(grades, list) else (), 1) if grade in _POOR]


def _missing(record: dict[str, object]) -> Iterator[str]:
    """The core fields that a record lacks; only agreements and plans are asked for them."""
    head = record.get("document")
    if not isinstance(head, dict) or head.get("kind") not in ("agreement", "action_plan"):
        return
    for field in _CORE:
        value: object = record
        for step in field.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        if field == "period" and isinstance(value, dict):
            value = value.get("valid_from") or value.get("valid_to") or value.get("until_further_notice")
        if not value:
            yield field
