"""Documents and records as versions to compare: read from files, taken from JSON, or found in a folder."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pydantic import ValidationError

from avskrift.comparison.reports.days import first_day
from avskrift.comparison.reports.version_chain import Version
from avskrift.errors import BrokenInputError, InputError, UsageError
from avskrift.ingest import read
from avskrift.models.agreement import Agreement
from avskrift.models.comparison import Comparison
from avskrift.models.document import Document
from avskrift.models.options import PipelineOptions
from avskrift.models.page_view import PageView
from avskrift.pipeline import record_of, transcribe
from avskrift.runtime.input_files import read_file, sha256_of

_MOST_PICTURES = 150
"""Pages of a document whose pictures are put into a report."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A version, the lines of its pages (empty where they are not known), and its file where that is at hand."""

    version: Version
    lines: tuple[tuple[str, ...], ...]
    file: Path | None


class Watcher(Protocol):
    """What shows how the reading of documents goes."""

    def document(self, name: str) -> None:
        """A document is begun."""

    def pages(self, done: int, known: int) -> None:
        """So many of its pages are done, of so many known so far."""

    def read(self) -> None:
        """All its pages are read."""

    def line(self, text: str) -> None:
        """A document was left out, and why."""


def opened(path: Path, options: PipelineOptions, watcher: Watcher) -> Opened:
    """The version in a file: a document, which is read, or the JSON of one that was.

    Beside JSON the document and its text are looked for, for pictures and lines of pages. Raises `InputError`.
    """
    watcher.document(str(path))
    if path.suffix.lower() == ".json":
        record = record_in(path)
        watcher.read()
        source = path.parent / (Path(record.source.file).name or "?")
        file = source if _is(source, record) else None
        if "plain_text" not in record.source.page_sources:
            return Opened(Version(path.stem, record), _lines_beside(path), file)
        # lines of plain text are counted as the file has them, blank ones too
        return Opened(Version(path.stem, record), _lines_of(read(file, options.reading)) if file else (), file)
    document = transcribe(path, options, watcher.pages, watcher.read)
    return Opened(Version(path.name, record_of(document, options)), _lines_of(document), path)


def _lines_of(document: Document) -> tuple[tuple[str, ...], ...]:
    """The lines of each page in places that their numbers tell."""
    pages = []
    for page in document.pages:
        by_number = {line.number: line.text for line in page.lines}
        pages.append(tuple(by_number.get(n, "") for n in range(1, max(by_number, default=0) + 1)))
    return tuple(pages)


def record_in(path: Path) -> Agreement:
    """The record in a JSON file. Raises `MissingInputError`, or `BrokenInputError` for what is no record."""
    try:
        record = Agreement.model_validate_json(read_file(path).removeprefix(b"\xef\xbb\xbf"))
        for partial in (record.period.valid_from, record.period.valid_to, *(d.date for d in record.dates)):
            if partial is not None:
                first_day(partial)
        return record
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise BrokenInputError(f"{path}: this JSON is no record of avskrift parse ({place}: {first['msg']})") from None
    except ValueError as error:
        raise BrokenInputError(f"{path}: this record holds a day that no calendar has ({error})") from None


def _lines_beside(path: Path) -> tuple[tuple[str, ...], ...]:
    text = path.with_suffix(".txt")
    try:
        pages = read_file(text).decode("utf-8").split("\f")
    except (InputError, UnicodeDecodeError):
        return ()
    # blank lines part paragraphs in the text; evidence counts the lines that were read
    return tuple(tuple(line for line in page.split("\n") if line) for page in pages)


def _is(source: Path, record: Agreement) -> bool:
    try:
        return sha256_of(source) == record.source.sha256
    except InputError:
        return False


def pages_for(
    version: Opened, compared: Comparison, *, old: bool, password: str | None = None, pictures: bool = True
) -> list[PageView]:
    """The pages that a comparison points to on one side: pictures where the file has them and they are wanted, else
    lines."""
    from avskrift.ingest.files.thumbnails import pictures_of

    numbers = sorted(_pages_in(compared, old=old))
    source = version.version.record.source
    drawn: dict[int, PageView] = {}
    if version.file is not None and pictures:
        wanted = numbers[:_MOST_PICTURES]
        found = pictures_of(version.file, wanted, source.page_rotations, source.page_skews, password)
        boxes_in_file = bool(source.page_sizes)  # those of records of earlier versions lie on upright pages
        drawn = {page.number: page if boxes_in_file else replace(page, frame=None) for page in found}
    return [
        drawn.get(number) or PageView(number, 595.0, 842.0, None, version.lines[number - 1])
        for number in numbers
        if number in drawn or number <= len(version.lines)
    ]


def _pages_in(compared: Comparison, *, old: bool) -> set[int]:
    sides = [side for one in compared.objects for side in (one.old if old else one.new)]
    values = [value for one in compared.objects for value in one.values]
    found = {side.evidence.page for side in sides if side.evidence is not None}
    found |= {e.page for v in values if (e := v.old_evidence if old else v.new_evidence) is not None}
    return found | {side.page for clause in compared.clauses for side in (clause.old if old else clause.new)}


def versions_in(folder: Path, options: PipelineOptions, watcher: Watcher) -> Iterator[Version]:
    """The versions in a folder: the results of a batch, or every record (JSON) and every document without one.

    Documents that cannot be read are left out, and the watcher gets the reason. Raises `UsageError` for what is none.
    """
    from avskrift.batch.manifest import manifests_in

    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder")
    yield from _batch_results(folder, watcher) if manifests_in(folder) else _files_in(folder, options, watcher)


def _batch_results(folder: Path, watcher: Watcher) -> Iterator[Version]:
    from avskrift.batch.records import all_rows, finished_document
    from avskrift.batch.rows import MADE, Status
    from avskrift.batch.sources import shown

    for row in all_rows(folder):
        watcher.document(shown(row.key))
        watcher.read()
        document = finished_document(row, folder) if row.status in MADE else None
        if document is not None and document.same_as is None:
            yield Version(document.name, document.agreement)
        elif document is None and row.status not in (Status.GONE, Status.WAITING, Status.SKIPPED):
            watcher.line(f"{shown(row.key)}: {row.error or 'its record is not there or not whole'}")


def _files_in(folder: Path, options: PipelineOptions, watcher: Watcher) -> Iterator[Version]:
    from avskrift.batch.sources import SUFFIXES, shown

    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    records = {p.with_suffix("") for p in files if p.suffix.lower() == ".json"}
    for path in files:
        suffix = path.suffix.lower()
        if suffix != ".json" and (suffix not in SUFFIXES or path.with_suffix("") in records):
            continue
        try:
            version = opened(path, options, watcher).version
        except InputError as error:
            watcher.line(str(error))
        else:
            yield Version(shown(os.fsencode(path.relative_to(folder))), version.record)


def with_distinct_names(versions: Sequence[Version]) -> list[Version]:
    """The versions under names that no two share."""
    times: Counter[str] = Counter()
    found = []
    for version in versions:
        times[version.name] += 1
        again = times[version.name]
        found.append(version if again == 1 else Version(f"{version.name} ({again})", version.record))
    return found
