"""The correction of a text file's content, line for line, or with its paragraphs joined."""

import re

from avskrift.corrections.lines import mend


def corrected_text(text: str, *, reflow: bool = False) -> str:
    """`text` mended: as many lines as before, form feeds and the white space around lines kept.

    With `reflow` the lines of a paragraph are joined, words hyphenated over a line end made whole.
    """
    ending = "\n" if text.endswith("\n") else ""
    rows = text[: len(text) - len(ending)].split("\n")
    mended = [row.text for row in mend(rows)]
    return "\n".join(_reflowed(mended) if reflow else mended) + ending


def _reflowed(rows: list[str]) -> list[str]:
    joined: list[str] = []
    for row in rows:
        last = joined[-1].rstrip() if joined else ""
        goes_on = bool(last) and bool(row.strip()) and not last.endswith((".", ":", ";", "!", "?"))
        fresh = re.match(r"\s*(?:[•▪–*-]|\d{1,2}[.)])\s|\f", row) is not None
        if goes_on and not fresh and row.strip()[:1].islower():
            if re.search(r"[^\W\d_]-$", last) and not re.match(r"\s*(?:och|eller|samt)\b", row):
                joined[-1] = last[:-1] + row.strip()
            else:
                joined[-1] = f"{last} {row.strip()}"
        else:
            joined.append(row)
    return joined
