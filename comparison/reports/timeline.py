"""Several versions of one agreement, side by side: what each has of every object."""

import itertools
from collections.abc import Sequence

from avskrift.comparison import compare, version_head
from avskrift.comparison.reports.version_chain import Version, described_chain, version_chains
from avskrift.models.agreement import (
    Annex,
    Contact,
    Evidence,
    FocusArea,
    Group,
    Party,
    Period,
    Signatory,
    Traced,
)
from avskrift.models.comparison import Comparison, ObjectName, Timeline, TimelineCell, TimelineRow

_LISTS = {
    ObjectName.PARTY: "parties",
    ObjectName.GROUP: "groups",
    ObjectName.FOCUS_AREA: "focus_areas",
    ObjectName.ANNEX: "annexes",
    ObjectName.SIGNATORY: "signatories",
    ObjectName.CONTACT: "contacts",
}
"""What is followed through the versions, in the order of the table, and the list of a record that holds it."""


def timeline_of(versions: Sequence[Version]) -> Timeline:
    """Versions in order of time, chain after chain, with what changed from each version of a chain to its next."""
    chains = version_chains(versions)
    ordered = list(itertools.chain.from_iterable(chains))
    firsts = {0, *itertools.accumulate(map(len, chains))}
    steps = {at: _step(ordered[at - 1], ordered[at]) for at in range(len(ordered)) if at not in firsts}
    return Timeline(
        versions=[version_head(v.record).model_copy(update={"file": v.name}) for v in ordered],
        lines=[described_chain(chain) for chain in chains],
        rows=[*_period(ordered), *(row for what in _LISTS for row in _rows(what, ordered, steps))],
        steps=list(steps.values()),
    )


def _step(old: Version, new: Version) -> Comparison:
    compared = compare(old.record, new.record, patch=False)
    heads = {"old": (compared.old, old.name), "new": (compared.new, new.name)}
    return compared.model_copy(
        update={side: head.model_copy(update={"file": name}) for side, (head, name) in heads.items()}
    )


def _period(versions: Sequence[Version]) -> list[TimelineRow]:
    """One row for each field of the period that any version tells."""
    rows = []
    for field in ("valid_from", "valid_to", "until_further_notice", "extension", "revision"):
        cells = [_period_cell(version.record.period, field) for version in versions]
        if any(cell.value for cell in cells):
            rows.append(TimelineRow(object=ObjectName.PERIOD, name=field.replace("_", " "), cells=cells))
    return rows


def _period_cell(period: Period, field: str) -> TimelineCell:
    value = getattr(period, field)
    shown = None if value in (None, False) else "yes" if value is True else str(value)
    return TimelineCell(name=field if shown else None, value=shown, evidence=period.evidence_by_field.get(field))


def _rows(what: ObjectName, versions: Sequence[Version], steps: dict[int, Comparison]) -> list[TimelineRow]:
    """Objects of one kind followed from version to version by what each step matched."""
    open_rows: dict[str, list[TimelineCell]] = {}
    rows: list[list[TimelineCell]] = []
    for at, version in enumerate(versions):
        before = _paths_before(what, steps[at]) if at in steps else {}
        now: dict[str, list[TimelineCell]] = {}
        for i, one in enumerate(getattr(version.record, _LISTS[what])):
            path = f"/{_LISTS[what]}/{i}"
            row = next((open_rows[p] for p in before.get(path, []) if p in open_rows), None)
            if row is None or any(row is taken for taken in now.values()):
                row = [TimelineCell() for _ in versions]
                rows.append(row)
            row[at] = _cell(one)
            now[path] = row
        open_rows = now
    return [
        TimelineRow(object=what, name=next(c.name for c in reversed(row) if c.name) or "", cells=row) for row in rows
    ]


def _paths_before(what: ObjectName, step: Comparison) -> dict[str, list[str]]:
    """Where the objects of the newer version stood in the older one, by their paths."""
    changes = [change for change in step.objects if change.object is what]
    return {side.path: [old.path for old in change.old] for change in changes for side in change.new}


def _cell(one: Traced) -> TimelineCell:
    """An object's name, and what is shown of it: meetings, an annex's number, a title."""
    match one:
        case Group(meetings_per_year=often):
            value = f"{often:g} a year" if often is not None else one.meeting_frequency
            return TimelineCell(name=one.name, value=value, evidence=_name_evidence(one))
        case Annex():
            return TimelineCell(name=one.title or "", value=one.number, evidence=one.evidence)
        case Signatory():
            return TimelineCell(name=one.name, value=one.title, evidence=one.evidence)
        case Contact():
            return TimelineCell(name=one.name or one.role or "", value=one.role, evidence=one.evidence)
        case Party() | FocusArea():
            return TimelineCell(name=one.name, evidence=_name_evidence(one))
    raise TypeError(type(one).__name__)


def _name_evidence(one: Traced) -> Evidence | None:
    return one.evidence_by_field.get("name") or one.evidence
