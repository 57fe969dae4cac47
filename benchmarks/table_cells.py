"""Cells of tables that stand in the right row and column with their text, by how the tables were ruled."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pdfplumber
from rapidfuzz import fuzz
from scan_folders import WORKERS, Asked, Scan, groups

from avskrift.corrections import correct
from avskrift.ingest import read
from avskrift.models.document import Document
from avskrift.models.options import ReadingOptions

_ALIKE = 90
"""Of 100: the likeness from which the text of a cell counts as read."""
_AROUND = 4
"""Points between the text of a table and its outermost rules."""
Cells = dict[tuple[int, int], str]
"""The text of each row and column."""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with its page, its cells that are not empty, and its rules: all, level ones or none."""

    page: int
    cells: Cells
    rules: str


def cells(asked: Asked) -> None:
    """For each table that was printed the table read on its page counts that has the most of its cells."""
    print(f"## Cells of tables in the right row and column, with their text (alike to {_ALIKE} of 100)")
    for folder, profile, scans in groups(asked):
        for engine in asked.engines:
            right: dict[str, int] = defaultdict(int)
            total: dict[str, int] = defaultdict(int)
            for scan in scans:
                printed = list(printed_tables(scan))
                if printed:
                    found = _tables_of(correct(read(scan.path, ReadingOptions(engine=engine, jobs=WORKERS))))
                    for table in printed:
                        total[table.rules] += len(table.cells)
                        right[table.rules] += max((_right(table.cells, t) for t in found[table.page]), default=0)
            for rules, of in sorted(total.items()):
                share = f"{right[rules]} of {of} ({right[rules] / of:.1%})"
                print(f"{folder.name:12} {profile:12} {engine:10} {rules:18} {share}", flush=True)


def printed_tables(scan: Scan) -> Iterator[PrintedTable]:
    for page in scan.printed.get("pages", ()):
        for block in page["blocks"]:
            rows = _rows(block)
            if rows is not None:
                cells = {(r, c): text for r, row in enumerate(rows) for c, text in enumerate(row) if text.strip()}
                yield PrintedTable(page["n"], cells, _rules(scan, page["n"], block))


def _rows(block: dict[str, Any]) -> list[list[str]] | None:
    if block["kind"] == "grid":
        return [list(map(str, row)) for row in block["rows"]]
    if block["kind"] == "table":
        return [[row["l"], row["r"]] for row in block["rows"]]
    return None


def _rules(scan: Scan, page: int, block: dict[str, Any]) -> str:
    """As the document was printed, which lies beside its scans; where it does not, tables are taken for ruled."""
    path = scan.path.parent / f"{scan.document}.pdf"
    boxes = [line["bbox"] for line in block["lines"]]
    left, top, right, bottom = (pick(box[k] for box in boxes) for k, pick in enumerate((min, min, max, max)))
    if not path.exists():
        return "ruled"
    with pdfplumber.open(path) as pdf:
        edges = [
            edge["orientation"]
            for edge in pdf.pages[page - 1].edges
            if edge["x0"] < right + _AROUND and edge["x1"] > left - _AROUND
            if edge["top"] < bottom + _AROUND and edge["bottom"] > top - _AROUND
        ]
    return "ruled" if "v" in edges else "level rules only" if edges else "without rules"


def _tables_of(document: Document) -> dict[int, list[Cells]]:
    """The tables that were read, by page."""
    found: dict[tuple[int, int], Cells] = defaultdict(dict)
    for page, line in document.lines():
        if line.cell is not None:
            table, place = found[page.number, line.cell.table], (line.cell.row, line.cell.column)
            table[place] = f"{table.get(place, '')} {line.text}"
    by_page: dict[int, list[Cells]] = defaultdict(list)
    for (number, _), table in found.items():
        by_page[number].append(table)
    return by_page


def _right(printed: Cells, found: Cells) -> int:
    return sum(fuzz.ratio(_flat(text), _flat(found.get(at, ""))) >= _ALIKE for at, text in printed.items())


def _flat(cell: str) -> str:
    return "".join(c for c in cell.lower() if c.isalnum())
