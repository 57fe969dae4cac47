"""What the correction stage changed or only suggested in a text, for people and for programs."""

import json
from collections.abc import Iterable, Iterator

from avskrift.models.edits import CorrectedLine, Edit

_MOST_LISTED = 20
"""Suggestions that are listed one by one."""


def render_findings(lines: Iterable[CorrectedLine]) -> str:
    """JSON Lines: one object for each edit and each suggestion, with its line and column from 1."""
    rows = (
        {
            "line": number,
            "column": edit.raw_start + 1,
            "raw": line.raw[edit.raw_start : edit.raw_end],
            "corrected": edit.replacement,
            "rule": edit.rule,
            "confidence": edit.confidence,
            "made": made,
        }
        for number, line in enumerate(lines, 1)
        for edit, made in _in_order(line)
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _in_order(line: CorrectedLine) -> list[tuple[Edit, bool]]:
    """The edits and suggestions of a line by their place, and whether each was made."""
    both = [(edit, True) for edit in line.edits] + [(edit, False) for edit in line.suggestions]
    return sorted(both, key=lambda pair: pair[0].raw_start)


def doubt_lines(lines: Iterable[CorrectedLine]) -> Iterator[str]:
    """One line for each of the first suggestions, and one that counts the rest."""
    found = [(number, line.raw, edit) for number, line in enumerate(lines, 1) for edit in line.suggestions]
    for number, raw, edit in found[:_MOST_LISTED]:
        read, why = raw[edit.raw_start : edit.raw_end], f"{edit.rule}, {edit.confidence:.0%}"
        yield f"line {number}: {read!r} is doubtful; it may be {edit.replacement!r} ({why})"
    if len(found) > _MOST_LISTED:
        yield f"{len(found) - _MOST_LISTED} more doubtful readings; --report lists them all"
