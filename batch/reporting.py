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
from avskrift.models.limits import LEAST_INK_READ
from avskrift.output.archive.report import ArchiveReport, Entry, Failure

_MOST = 500
"""Documents that a list shows at most; its heading counts all."""
_CORE = ("document.title", "document.diary_numbers", "parties", "period", "groups", "focus_areas", "signatories")
_LOW = 0.8
"""Mean confidence of a record below which it is listed as unsure."""
_POOR = ("poor", "unreadable")
_GRADES = ("good", "fair", "poor", "unreadable", "no picture")


def archive_report(folder: Path) -> ArchiveReport:
    """What the report shows. Raises `UsageError` for a folder without a manifest."""
    gathered = _Gathered(folder)
    for row in all_rows(folder):
        gathered.add(row)
    return gathered.report()


class _Gathered:
    """What was counted and listed so far of the documents in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._counts: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._missing: Counter[str] = Counter()
        self._grades: Counter[str] = Counter()
        self._confidences: Counter[int] = Counter()
        self._failures: dict[str, Failure] = {}
        self._poor: list[Entry] = []
        self._unread: list[Entry] = []
        self._unsure: list[Entry] = []
        self._pages = self._ocr_pages = self._poor_count = self._unread_count = 0
        self._seconds = 0.0

    def add(self, row: Row) -> None:
        """Takes a document in."""
        self._counts[row.status.value] += 1
        self._seconds += row.seconds
        if row.status is Status.FAILED:
            self._add_failure(row)
        elif row.status is Status.SKIPPED:
            self._skipped[row.error] += 1
        elif row.status in MADE:
            self._add_record(row)

    def _add_failure(self, row: Row) -> None:
        cause = self._failures.setdefault(row.error_class, Failure(row.error_class))
        cause.count += 1
        if len(cause.documents) < _MOST:
            cause.documents.append(_entry(row, self._folder, row.error))

    def _add_record(self, row: Row) -> None:
        self._pages += row.pages
        self._ocr_pages += row.ocr_pages
        self._grades[row.quality or "no picture"] += 1
        self._confidences[min(9, int(row.confidence * 10))] += 1
        record = _record(row, self._folder)
        self._missing.update(_missing(record))
        if poor := _poor_pages(record):
            self._poor_count += len(poor)
            if len(self._poor) < _MOST:
                self._poor.append(_entry(row, self._folder, f"page {', '.join(map(str, poor))}"))
        if unread := _unread_pages(record):
            self._unread_count += len(unread)
            if len(self._unread) < _MOST:
                self._unread.append(_entry(row, self._folder, f"page {', '.join(map(str, unread))}"))
        if row.confidence < _LOW:
            self._unsure.append(_entry(row, self._folder, f"{row.confidence:.2f}", row.confidence))
            if len(self._unsure) > 2 * _MOST:
                self._unsure = self._most_unsure()

    def _most_unsure(self) -> list[Entry]:
        return sorted(self._unsure, key=lambda entry: entry.order)[:_MOST]

    def report(self) -> ArchiveReport:
        """The report of all that was taken in."""
        return ArchiveReport(
            folder=self._folder.resolve().name,
            counts=dict(self._counts),
            pages=self._pages,
            ocr_pages=self._ocr_pages,
            seconds=self._seconds,
            skipped=self._skipped.most_common(_MOST),
            failures=sorted(self._failures.values(), key=lambda failure: -failure.count),
            again=self._poor,
            again_pages=self._poor_count,
            unread=self._unread,
            unread_pages=self._unread_count,
            unsure=self._most_unsure(),
            missing=self._missing.most_common(),
            grades={grade: self._grades[grade] for grade in _GRADES if self._grades[grade]},
            confidences=[self._confidences[step] for step in range(10)],
        )


def _entry(row: Row, folder: Path, note: str, order: float = 0.0) -> Entry:
    def link(suffix: str) -> str:
        path = result_path(folder, row.key, suffix)
        stands = b".." not in row.key.split(b"/") and os.path.exists(path)  # noqa: PTH110 - names may be too long
        return "./" + quote(os.fsencode(path.relative_to(folder))) if stands else ""

    source = "file://" + quote(os.path.abspath(row.path))  # noqa: PTH100 - a path of bytes
    return Entry(shown(row.key), note, link(".json"), link(".txt"), source, order)


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


def _unread_pages(record: dict[str, object]) -> list[int]:
    """The pages of whose print the words that were read account for too little."""
    source = record.get("source")
    shares = source.get("page_ink_read", []) if isinstance(source, dict) else []
    shares = shares if isinstance(shares, list) else []
    return [n for n, share in enumerate(shares, 1) if isinstance(share, (int, float)) and share < LEAST_INK_READ]


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
