"""Finished records in other forms: JSON Lines, CSV and Parquet tables, Markdown. SQLite stands in `sqlite_archive`.

Records are taken one at a time, so that an archive of any size needs the memory of one document. What is written
appears under its name only when it is whole.
"""

import contextlib
import csv
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from avskrift.errors import UsageError
from avskrift.models.finished import FinishedDocument
from avskrift.output.archive.export_folder import atomic_folder
from avskrift.output.archive.tables import TABLES, Cell, rows_of
from avskrift.output.atomic_write import head_of, opened
from avskrift.output.csv_cells import csv_cell
from avskrift.output.record.markdown import escaped, markdown_of

_ROWS_AT_ONCE = 2000
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Signs that JSON allows as they are and that some readers of lines take for the end of one."""
_BEGINS = re.compile(
    rb'\{"document": "(?:[^"\\]|\\.)*", "status": "[a-z]+", "same_as": (?:null|"(?:[^"\\]|\\.)*"), "record": \{'
)


def to_jsonl(documents: Iterable[FinishedDocument], path: Path) -> int:
    """One object a line: `document`, the name in the archive, and `record`. The number of documents."""
    count = 0
    with opened(path) as handle:
        for document in documents:
            count += 1
            row: dict[str, Any] = {"document": document.name, "status": document.status, "same_as": document.same_as}
            row["record"] = document.agreement.model_dump(mode="json")
            handle.write(json.dumps(row, ensure_ascii=False).translate(_LINE_ENDS) + "\n")
    return count


def is_jsonl_export(path: Path) -> bool:
    """Whether a file is an earlier export to JSON Lines, by what it begins with."""
    return _BEGINS.match(head_of(path)) is not None


def to_csv(documents: Iterable[FinishedDocument], path: Path, delimiter: str = ",") -> int:
    """A folder of one file for each table: UTF-8 with a byte order mark, `delimiter` between cells, a head of column
    names.

    With semicolons, which spreadsheets with Swedish settings part cells by, numbers have a decimal comma. A cell that a
    spreadsheet would take for a formula gets an apostrophe before it.
    """
    count = 0
    with atomic_folder(path, "csv") as temporary, contextlib.ExitStack() as stack:
        writers = {}
        for table, columns in TABLES.items():
            handle = stack.enter_context((temporary / f"{table}.csv").open("w", encoding="utf-8-sig", newline=""))
            writers[table] = csv.writer(handle, delimiter=delimiter)
            writers[table].writerow(columns)
        for document in documents:
            count += 1
            for table, row in rows_of(document):
                writers[table].writerow([_csv_value(value, delimiter) for value in row.values()])
    return count


def _csv_value(value: Cell, delimiter: str) -> Cell:
    if isinstance(value, float) and delimiter == ";":
        return str(value).replace(".", ",")
    return csv_cell(value) if isinstance(value, str) else value


def to_parquet(documents: Iterable[FinishedDocument], path: Path) -> int:
    """A folder of one file for each table. Raises `UsageError` when pyarrow is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'avskrift[parquet]'") from None
    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "real": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    schemas = {t: pyarrow.schema([(c, types[kind]) for c, kind in columns.items()]) for t, columns in TABLES.items()}
    waiting: dict[str, list[dict[str, Cell]]] = {table: [] for table in TABLES}
    count = 0
    with atomic_folder(path, "parquet") as temporary, contextlib.ExitStack() as stack:
        writers: dict[str, Any] = {
            table: stack.enter_context(pyarrow.parquet.ParquetWriter(temporary / f"{table}.parquet", schema))
            for table, schema in schemas.items()
        }

        def flush(table: str) -> None:
            writers[table].write_table(pyarrow.Table.from_pylist(waiting[table], schemas[table]))
            waiting[table].clear()

        for document in documents:
            count += 1
            for table, row in rows_of(document):
                waiting[table].append(row)
                if len(waiting[table]) >= _ROWS_AT_ONCE:
                    flush(table)
        for table in TABLES:
            flush(table)
    return count


def to_markdown(documents: Iterable[FinishedDocument], path: Path) -> int:
    """A folder with a page for each document, under its name in the archive, and `index.md` that lists them."""
    count = 0
    with atomic_folder(path, "markdown") as temporary, (temporary / "index.md").open("w", encoding="utf-8") as index:
        index.write("# Archive\n\n")
        for count, document in enumerate(documents, 1):
            name = f"{count:06}.md"
            (temporary / name).write_text(markdown_of(document), encoding="utf-8")
            title = document.agreement.document.title or "(no printed title)"
            index.write(f"- [{escaped(document.name)}]({name}): {escaped(title)}\n")
    return count
