"""Draws documents (`training/held_back/scans/`) and scans them: `draw_scans.py SHARED FOLDER OUT [PROFILE ...]`.

SHARED/tools/make_scans.py does the work; here it learns tables without rules, with level rules only, with columns set
left, and lists by letters. It needs opencv-python-headless, img2pdf, pikepdf, pypdfium2, pyyaml, fonttools, reportlab
and pyphen, and the typefaces that SHARED/README.md names.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from shared_module import shared_module

_PROFILES = ("clean300", "office200", "fax", "bad150")
_ROW = 17.0
"""Points that a row of a table is high."""


def _drawing(tool: Any) -> Any:
    """The tool's document, with the options of a block: `opt.rules` (none, lines), `opt.style` (a), and of a grid
    `rules` (false) and `align` (left)."""
    base = tool.Doc

    def add(self: Any, block: dict[str, Any]) -> None:
        asked = block.get("opt") or {}
        if "ol" in block and asked.get("style") == "a":
            _lettered(self, block["ol"])
        elif asked.get("rules") is None:
            base.add(self, block)
        else:
            _with_fewer_rules(base, self, block, level=asked["rules"] == "lines")

    def grid(self: Any, table: dict[str, Any]) -> None:
        if table.get("rules", True) and table.get("align") != "left":
            base.grid(self, table)
        else:
            _grid(self, table, tool.pdfmetrics.stringWidth)

    return type("Drawing", (base,), {"add": add, "grid": grid})


def _lettered(document: Any, items: list[str]) -> None:
    for letter, item in zip("abcdefghijklmnopqrstuvwxyz", items, strict=False):
        document.para(item, "li", indent=14, hang=18, bullet=f"{letter})", after=2)
    document.y -= 5


def _with_fewer_rules(base: Any, document: Any, block: dict[str, Any], *, level: bool) -> None:
    canvas = document.c

    def rect(x: float, y: float, width: float, *_: Any, **__: Any) -> None:
        if level:
            canvas.line(x, y, x + width, y)

    canvas.rect = rect
    try:
        base.add(document, block)
    finally:
        del canvas.rect


def _grid(document: Any, table: dict[str, Any], width_of: Any) -> None:
    """A table with its columns set left or without rules."""
    head: list[str] = table["head"]
    rows = [[str(text) for text in row] for row in [head, *table["rows"]]]
    first, size = 130, 9.2
    wide = (document.x1 - document.x0 - first) / (len(head) - 1)
    if not document.room(len(rows) * _ROW + 10):
        document.new_page()
    lines = []
    for number, row in enumerate(rows):
        font = "Sans" if number else "Sans-B"
        for column, text in enumerate(row):
            x = document.x0 if column == 0 else document.x0 + first + (column - 1) * wide
            width = first if column == 0 else wide
            if table.get("rules", True):
                document.c.setLineWidth(0.4)
                document.c.rect(x, document.y - _ROW, width, _ROW)
            if text:
                left = column == 0 or table.get("align") == "left"
                at = x + 4 if left else x + width - 4 - width_of(text, font, size)
                lines.append(document.put(text, at, document.y - 12, font, size))
        document.y -= _ROW
    document.block("grid", lines, text="\n".join("\t".join(row) for row in rows), rows=rows)
    document.y -= 10


def main() -> None:
    """Draws every document of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("profiles", nargs="*", default=list(_PROFILES))
    asked = parser.parse_args()
    tool = shared_module(asked.shared / "tools" / "make_scans.py")
    tool.Doc = _drawing(tool)
    for document in sorted(asked.folder.glob("*.yaml")):
        sys.argv[1:] = [str(document), str(asked.out), *asked.profiles]  # what the tool's own command is given
        tool.main()


if __name__ == "__main__":
    main()
