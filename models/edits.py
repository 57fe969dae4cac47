"""The arithmetic of edits: how a text is followed back to the reading that it came from.

An edit script is a sequence of edits in the order of the text that do not overlap; between them, raw and text are
alike. Scripts are applied, composed, inverted and asked for places here and nowhere else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

MADE_FROM = 0.5
"""The probability from which a change is made unless the user says otherwise; less likely ones are doubts."""
BOTH_RULES = " + "
"""What stands between the rules of edits that became one."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: raw[raw_start:raw_end] became text[start:end], by `rule`, right with probability `confidence`."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Replacement:
    """raw[start:end] is to become `text`, by `rule`, right with probability `confidence`."""

    start: int
    end: int
    text: str
    rule: str
    confidence: float


def apply(raw: str, replacements: Iterable[Replacement]) -> tuple[str, tuple[Edit, ...]]:
    """The text that the replacements make of `raw`, and the edits that lead there.

    Raises ValueError where replacements overlap, are out of order or reach beyond `raw`.
    """
    parts: list[str] = []
    edits: list[Edit] = []
    at = length = 0
    for new in replacements:
        if not at <= new.start <= new.end <= len(raw):
            raise ValueError(f"replacement of {new.start} to {new.end} after {at} in a text of {len(raw)} signs")
        start = length + new.start - at
        parts += (raw[at : new.start], new.text)
        at, length = new.end, start + len(new.text)
        edits.append(Edit(new.start, new.end, start, length, new.rule, new.confidence))
    parts.append(raw[at:])
    return "".join(parts), tuple(edits)


def replacements_of(text: str, edits: Iterable[Edit]) -> tuple[Replacement, ...]:
    """What the edits that led to `text` put in place of what was read."""
    return tuple(Replacement(e.raw_start, e.raw_end, text[e.start : e.end], e.rule, e.confidence) for e in edits)


def invert(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that lead back."""
    return tuple(replace(e, raw_start=e.start, raw_end=e.end, start=e.raw_start, end=e.raw_end) for e in edits)


def shifted(edits: Iterable[Edit], raw_by: int, by: int) -> tuple[Edit, ...]:
    """The edits of a text that begins `raw_by` signs into a longer reading and `by` signs into its text."""
    return tuple(
        replace(e, raw_start=e.raw_start + raw_by, raw_end=e.raw_end + raw_by, start=e.start + by, end=e.end + by)
        for e in edits
    )


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """One script for two: `first` leads from raw to a middle text, `second` from there to the text.

    Edits of both that overlap in the middle become one that covers them all, with the rules of all in the order in
    which they were applied and the least of their confidences: it is right only where all of them are.
    """
    composed: list[Edit] = []
    to_raw = to_text = 0  # from the middle to either side, behind the edits that are done
    for old, new in _overlapping(first, second):
        low = min([e.start for e in old] + [e.raw_start for e in new])
        high = max([e.end for e in old] + [e.raw_end for e in new])
        raw_start = low + to_raw
        start = low + to_text
        if old:
            to_raw = old[-1].raw_end - old[-1].end
        if new:
            to_text = new[-1].end - new[-1].raw_end
        raw_end, end = high + to_raw, high + to_text
        if raw_start < raw_end or start < end:
            rules = dict.fromkeys(rule for e in (*old, *new) for rule in e.rule.split(BOTH_RULES))
            sure = min(e.confidence for e in (*old, *new))
            composed.append(Edit(raw_start, raw_end, start, end, BOTH_RULES.join(rules), sure))
    return tuple(composed)


def _overlapping(first: Sequence[Edit], second: Sequence[Edit]) -> list[tuple[list[Edit], list[Edit]]]:
    """The edits of both scripts, in order, those together that overlap in the middle text. All that stand at one place
    and hold nothing of the middle text belong together where both scripts have such: nothing tells which come first."""
    spans = [(e.start, e.end, 0, e) for e in first] + [(e.raw_start, e.raw_end, 1, e) for e in second]
    shared = {e.start for e in first if e.start == e.end} & {e.raw_start for e in second if e.raw_start == e.raw_end}
    groups: list[tuple[list[Edit], list[Edit]]] = []
    low = high = -1
    for start, end, which, edit in sorted(spans, key=lambda s: s[:2]):
        if groups and (start < high or (start == end == low == high and start in shared)):
            high = max(high, end)
        else:
            groups.append(([], []))
            low, high = start, end
        groups[-1][which].append(edit)
    return groups


def without_idle(raw: str, text: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that change something; one may have been undone by another that it was composed with."""
    return tuple(e for e in edits if raw[e.raw_start : e.raw_end] != text[e.start : e.end])


def raw_span(edits: Sequence[Edit], start: int, end: int) -> tuple[int, int]:
    """The smallest stretch of raw that text[start:end] came from; an edit that makes any of it counts whole.

    What was deleted beside a stretch is no part of it; an empty stretch where something was deleted came from that.
    """
    touched = [e for e in edits if (e.start < end and start < e.end) or (e.start, e.end) == (start, end)]
    done = [e for e in edits if e.end <= start and (e.start, e.end) != (start, end)]
    raw_start, raw_end = _behind(done, start), _behind([*done, *touched], end)
    if touched and touched[0].start <= start:
        raw_start = touched[0].raw_start
    if touched and touched[-1].end >= end:
        raw_end = touched[-1].raw_end
    return raw_start, raw_end


def _behind(done: Sequence[Edit], position: int) -> int:
    """Where a position of the text stands in raw, behind edits that are done."""
    return position + done[-1].raw_end - done[-1].end if done else position


def text_span(edits: Sequence[Edit], raw_start: int, raw_end: int) -> tuple[int, int]:
    """The smallest stretch of text that raw[raw_start:raw_end] went into, as `raw_span` the other way."""
    return raw_span(invert(edits), raw_start, raw_end)
