"""What the correction stage changed or doubted in a text, for people and for programs."""

import json
from collections.abc import Iterator, Sequence

from avskrift.models.finding import Finding

_MOST_LISTED = 20


def render_findings(findings: Sequence[Finding]) -> str:
    """JSON Lines: one object for each finding."""
    rows = (
        {
            "line": f.line,
            "column": f.column,
            "raw": f.raw,
            "corrected": f.text,
            "rule": f.rule,
            "confidence": f.confidence,
            "made": f.made,
        }
        for f in findings
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def doubt_lines(doubtful: Sequence[Finding]) -> Iterator[str]:
    """One line for each of the first doubts, and one that counts the rest."""
    for f in doubtful[:_MOST_LISTED]:
        yield f"line {f.line}: {f.raw!r} is doubtful; it may be {f.text!r} ({f.rule}, {f.confidence:.0%})"
    if len(doubtful) > _MOST_LISTED:
        yield f"{len(doubtful) - _MOST_LISTED} more doubtful readings; --report lists them all"
