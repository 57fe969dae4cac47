"""The morning report on a batch: one page of HTML that needs nothing but itself."""

from dataclasses import dataclass, field
from pathlib import Path

from avskrift.output.atomic_write import head_of
from avskrift.output.html import template

_MARK = b'<meta name="generator" content="avskrift report">'

_CAUSES = {
    "BrokenInputError": "damaged or cut off",
    "EmptyInputError": "empty",
    "EncryptedInputError": "encrypted: they need a password",
    "EngineFailedError": "the OCR engine failed on every page",
    "InputError": "cannot be opened",
    "LimitExceededError": "larger than a document may be",
    "MemoryError": "need more memory than a worker may have",
    "MissingInputError": "not there any more",
    "OutputError": "their results cannot be written",
    "TimedOut": "took too long",
    "UnsupportedFormatError": "of a kind that is not read",
    "WorkerDied": "ended the worker that read them",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in a list: its name, what is said of it, links to its record, text and file (empty: none)."""

    name: str
    remark: str
    record: str
    text: str
    source: str
    order: float = 0.0


@dataclass(slots=True)
class Failure:
    """A cause of failures, with the first of its documents."""

    cause: str
    count: int = 0
    documents: list[Entry] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The cause for people; an error's class where there are no words for it."""
        return _CAUSES.get(self.cause, self.cause)


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What the report tells. `skipped` counts files that were not read by the reason, `confidences` documents in
    ten steps of mean confidence, `grades` by the worst page; `missing` the core fields that records lack."""

    folder: str
    counts: dict[str, int]
    pages: int
    ocr_pages: int
    seconds: float
    skipped: list[tuple[str, int]]
    failures: list[Failure]
    again: list[Entry]
    again_pages: int
    unread: list[Entry]
    unread_pages: int
    unsure: list[Entry]
    missing: list[tuple[str, int]]
    grades: dict[str, int]
    confidences: list[int]

    @property
    def documents(self) -> int:
        """How many there are, in whatever state."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, in units of its drawing."""

    label: str
    count: int
    y: int
    width: float


def bars(counts: dict[str, int]) -> list[Bar]:
    """The bars of a chart, the longest 300 units."""
    most = max(counts.values(), default=0) or 1
    return [Bar(label, n, 24 * i, 300 * n / most) for i, (label, n) in enumerate(counts.items())]


def html_of(report: ArchiveReport) -> str:
    """The page. Whatever documents are called or say is escaped."""
    steps = {f"{n / 10:.1f} to {(n + 1) / 10:.1f}": count for n, count in enumerate(report.confidences)}
    return template("archive_report.html.j2").render(
        report=report,
        states=bars(report.counts),
        grades=bars(report.grades),
        confidences=bars(steps),
        missing=bars(dict(report.missing)),
        hours=report.seconds / 3600,
    )


def is_report(path: Path) -> bool:
    """Whether a file is an earlier report, by what it begins with."""
    head = head_of(path)
    # Before there was a mark, its title is the mark.
    return head.startswith(b"<!DOCTYPE html>") and (_MARK in head or b"<title>Batch report: " in head)
