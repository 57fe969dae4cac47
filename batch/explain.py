"""Why a batch would read a document again, or leave it: for people."""

import os
from collections.abc import Iterator
from pathlib import Path

from avskrift.batch.planning import Target, decide
from avskrift.batch.records import all_rows
from avskrift.batch.rows import Row, Status
from avskrift.batch.sources import SourceDocument, shown


def explanation_of(file: Path, target: Target) -> Iterator[str]:
    """Lines that say what is known of the document in `file`, and what the next run would do. Raises `UsageError`."""
    row = _row_of(file, target.folder)
    if row is None:
        yield f"{file}: no batch has seen it; the next one that meets it reads it"
        return
    yield f"{file}: {_state_of(row)}"
    document = SourceDocument(file.absolute(), row.key, by_name=row.status is not Status.SKIPPED)
    decision = decide(document, row, target)
    if not decision.to_read:
        again = "; --retry-failed would try it again" if row.status is Status.FAILED else ""
        yield f"nothing is to be done{again}"
        return
    yield f"it would be read again: {'; '.join(decision.reasons)}"
    if row.build is None or "the document changed" in decision.reasons or target.build.rereads(row.build):
        yield "its pages would be read anew"
    else:
        yield "its pages are kept: they would only be corrected and parsed again"


def _row_of(file: Path, folder: Path) -> Row | None:
    wanted = os.fsencode(os.path.realpath(file))
    name = os.path.basename(wanted)  # noqa: PTH119 - names of bytes
    rows = (row for row in all_rows(folder) if os.path.basename(row.path) == name)  # noqa: PTH119
    return next((row for row in rows if os.path.realpath(row.path) == wanted), None)


def _state_of(row: Row) -> str:
    if row.status is Status.FAILED:
        return f"failed after {row.attempts} attempts: {row.error_class}: {row.error}"
    if row.status is Status.SKIPPED:
        return f"{row.error}; name the file itself to have it read"
    if row.status is Status.DUPLICATE:
        return f"the same bytes as {shown(row.same_as)}, whose record it shares"
    if row.status in (Status.DONE, Status.PARTIAL):
        unread = f", {row.unread_pages} of them could not be read" if row.unread_pages else ""
        return f"{row.status.value} on {row.finished}, {row.pages} pages{unread}, {row.seconds:.1f} s"
    return row.status.value
