"""The one type of a correction, `Edit`, and its algebra: how a text is followed back to the reading it came from.

An edit script is a sequence of edits in the order of the text that do not overlap; between them, raw and text are
alike. Scripts are applied, composed, inverted and asked for places here and nowhere else. From a rule that proposes a
correction to the line that holds it, a correction is an `Edit`; one that was not made is an `Edit` in a list of its
own, the `suggestions` of its line.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

DEFAULT_MIN_CONFIDENCE = 0.5
"""The probability from which an edit is made unless the user says otherwise; less likely ones are suggestions."""
BOTH_RULES = " + "
"""What stands between the rules of edits that became one."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One correction: raw[raw_start:raw_end] becomes `replacement`, by `rule`, right with probability `confidence`."""

    raw_start: int
    raw_end: int
    replacement: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class CorrectedLine:
    """A line as it was read, the edits that lead to what was printed, and suggestions: edits that were not made."""

    raw: str
    edits: tuple[Edit, ...] = ()
    suggestions: tuple[Edit, ...] = ()

    @property
    def text(self) -> str:
        """The line with its edits made."""
        return apply(self.raw, self.edits)


class HasRawSpan(Protocol):
    """What stands at a span of the raw reading."""

    @property
    def raw_start(self) -> int:
        """The first sign."""

    @property
    def raw_end(self) -> int:
        """The place behind the last sign."""


S = TypeVar("S", bound=HasRawSpan)


def non_overlapping(proposed: Iterable[S], taken: Sequence[Edit]) -> list[S]:
    """Those of `proposed` that share no sign of raw with an edit already taken."""
    return [p for p in proposed if all(p.raw_end <= t.raw_start or p.raw_start >= t.raw_end for t in taken)]


def apply(raw: str, edits: Iterable[Edit]) -> str:
    """The text that the edits make of `raw`.

    Raises ValueError where edits overlap, are out of order or reach beyond `raw`.
    """
    parts: list[str] = []
    at = 0
    for edit in edits:
        if not at <= edit.raw_start <= edit.raw_end <= len(raw):
            raise ValueError(f"edit of {edit.raw_start} to {edit.raw_end} after {at} in a text of {len(raw)} signs")
        parts += (raw[at : edit.raw_start], edit.replacement)
        at = edit.raw_end
    return "".join((*parts, raw[at:])) if parts else raw


def text_spans(edits: Iterable[Edit]) -> Iterator[tuple[int, int]]:
    """Where in the text the replacement of each edit stands: start and end."""
    growth = 0
    for edit in edits:
        start = edit.raw_start + growth
        yield start, start + len(edit.replacement)
        growth += len(edit.replacement) - (edit.raw_end - edit.raw_start)


def touching(edits: Sequence[Edit], start: int, end: int) -> list[Edit]:
    """The edits that made any sign of text[start:end]."""
    return [e for e, (a, b) in zip(edits, text_spans(edits), strict=True) if a < end and start < b]


def invert(raw: str, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits that lead from the text back to `raw`."""
    return tuple(
        replace(e, raw_start=start, raw_end=end, replacement=raw[e.raw_start : e.raw_end])
        for e, (start, end) in zip(edits, text_spans(edits), strict=True)
    )


def shifted(edits: Iterable[Edit], by: int) -> tuple[Edit, ...]:
    """The edits of a reading that begins `by` signs into a longer one."""
    return tuple(replace(e, raw_start=e.raw_start + by, raw_end=e.raw_end + by) for e in edits)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An edit of one of two scripts, and where it stands in the text between both: text of the first, raw of the
    second."""

    start: int
    end: int
    edit: Edit


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """One script for two: `first` leads from raw to a middle text, `second` from there to the text.

    Edits of both that overlap in the middle become one that covers them all, with the rules of all in the order in
    which they were applied and the least of their confidences: it is right only where all of them are.
    """
    composed: list[Edit] = []
    to_raw = 0  # from the middle to raw, behind the edits that are done
    for old, new in _overlapping(first, second):
        low = min(placed.start for placed in (*old, *new))
        high = max(placed.end for placed in (*old, *new))
        raw_start = low + to_raw
        if old:
            to_raw = old[-1].edit.raw_end - old[-1].end
        raw_end = high + to_raw
        replacement = apply(_middle(low, high, old), shifted((placed.edit for placed in new), -low))
        if raw_start < raw_end or replacement:
            edits = [placed.edit for placed in (*old, *new)]
            rules = dict.fromkeys(rule for e in edits for rule in e.rule.split(BOTH_RULES))
            sure = min(e.confidence for e in edits)
            composed.append(Edit(raw_start, raw_end, replacement, BOTH_RULES.join(rules), sure))
    return tuple(composed)


def _middle(low: int, high: int, old: Sequence[_Placed]) -> str:
    """The middle text from `low` to `high` as `old` made it; what it does not know, later edits replace."""
    parts: list[str] = []
    at = low
    for placed in old:
        parts += ("\0" * (placed.start - at), placed.edit.replacement)
        at = placed.end
    return "".join((*parts, "\0" * (high - at)))


def _overlapping(first: Sequence[Edit], second: Sequence[Edit]) -> list[tuple[list[_Placed], list[_Placed]]]:
    """The edits of both scripts, in order, those together that overlap in the middle text. All that stand at one place
    and hold nothing of the middle text belong together where both scripts have such: nothing tells which come first."""
    scripts = (
        [_Placed(start, end, e) for e, (start, end) in zip(first, text_spans(first), strict=True)],
        [_Placed(e.raw_start, e.raw_end, e) for e in second],
    )
    empty = [{p.start for p in script if p.start == p.end} for script in scripts]
    shared = empty[0] & empty[1]
    groups: list[tuple[list[_Placed], list[_Placed]]] = []
    low = high = -1
    both = [(placed, which) for which, script in enumerate(scripts) for placed in script]
    for placed, which in sorted(both, key=lambda b: (b[0].start, b[0].end)):
        meets = placed.start == placed.end == low == high and placed.start in shared
        if groups and (placed.start < high or meets):
            high = max(high, placed.end)
        else:
            groups.append(([], []))
            low, high = placed.start, placed.end
        groups[-1][which].append(placed)
    return groups


def without_idle(raw: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that change something; one may have been undone by another that it was composed with."""
    return tuple(e for e in edits if raw[e.raw_start : e.raw_end] != e.replacement)


def raw_span(edits: Sequence[Edit], start: int, end: int) -> tuple[int, int]:
    """The smallest stretch of raw that text[start:end] came from; an edit that makes any of it counts whole.

    What was deleted beside a stretch is no part of it; an empty stretch where something was deleted came from that.
    """
    return _counterpart(
        [(*span, (e.raw_start, e.raw_end)) for e, span in zip(edits, text_spans(edits), strict=True)], start, end
    )


def text_span(edits: Sequence[Edit], raw_start: int, raw_end: int) -> tuple[int, int]:
    """The smallest stretch of text that raw[raw_start:raw_end] went into, as `raw_span` the other way."""
    return _counterpart(
        [(e.raw_start, e.raw_end, span) for e, span in zip(edits, text_spans(edits), strict=True)], raw_start, raw_end
    )


_Spans = Sequence[tuple[int, int, tuple[int, int]]]
"""For each edit, its start and end on this side and its span on the other."""


def _counterpart(spans: _Spans, start: int, end: int) -> tuple[int, int]:
    """The smallest stretch on the other side of an edit script of what stands from `start` to `end` on this one."""
    touched = [s for s in spans if (s[0] < end and start < s[1]) or s[:2] == (start, end)]
    done = [s for s in spans if s[1] <= start and s[:2] != (start, end)]
    other_start, other_end = _behind(done, start), _behind([*done, *touched], end)
    if touched and touched[0][0] <= start:
        other_start = touched[0][2][0]
    if touched and touched[-1][1] >= end:
        other_end = touched[-1][2][1]
    return other_start, other_end


def _behind(done: _Spans, position: int) -> int:
    """Where a position stands on the other side, behind edits that are done."""
    return position + done[-1][2][1] - done[-1][1] if done else position
