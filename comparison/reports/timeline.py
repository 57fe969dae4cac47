"""Several versions of one agreement, one beside the other: what each has of every object."""

import itertools
from collections.abc import Sequence

from avskrift.comparison import compare, version_head
from avskrift.comparison.reports.version_chain import Version, described_chain, version_chains
from avskrift.models.agreement import Agreement, Evidence
from avskrift.models.comparison import Comparison, ObjectName, Timeline, TimelineCell, TimelineRow

_TOLD = (
    ObjectName.PARTY,
    ObjectName.GROUP,
    ObjectName.FOCUS_AREA,
    ObjectName.ANNEX,
    ObjectName.SIGNATORY,
    ObjectName.CONTACT,
)
_LISTS = {
    ObjectName.PARTY: "parties",
    ObjectName.GROUP: "groups",
    ObjectName.FOCUS_AREA: "focus_areas",
    ObjectName.ANNEX: "annexes",
    ObjectName.SIGNATORY: "signatories",
    ObjectName.CONTACT: "contacts",
}


def timeline_of(versions: Sequence[Version]) -> Timeline:
    """Versions in order of time, line after line, with what changed from each version of a line to its next."""
    lines = version_chains(versions)
    ordered = [version for line in lines for version in line]
    numbers = [number for number, line in enumerate(lines) for _ in line]
    steps = {
        at: _step(a, b) for at, (a, b) in enumerate(itertools.pairwise(ordered), 1) if numbers[at - 1] == numbers[at]
    }
    return Timeline(
        versions=[version_head(v.record).model_copy(update={"file": v.name}) for v in ordered],
        lines=[described_chain(line) for line in lines],
        rows=[*_period(ordered), *(row for what in _TOLD for row in _rows(what, ordered, steps))],
        steps=list(steps.values()),
    )


def _step(old: Version, new: Version) -> Comparison:
    compared = compare(old.record, new.record, patch=False)
    heads = {"old": (compared.old, old.name), "new": (compared.new, new.name)}
    return compared.model_copy(
        update={side: head.model_copy(update={"file": name}) for side, (head, name) in heads.items()}
    )


def _period(versions: Sequence[Version]) -> list[TimelineRow]:
    rows = []
    for field in ("valid_from", "valid_to", "until_further_notice", "extension", "revision"):
        cells = []
        for version in versions:
            value = getattr(version.record.period, field)
            shown = None if value in (None, False) else "yes" if value is True else str(value)
            evidence = version.record.period.evidence_by_field.get(field)
            cells.append(TimelineCell(name=field if shown else None, value=shown, evidence=evidence))
        if any(cell.value for cell in cells):
            rows.append(TimelineRow(object=ObjectName.PERIOD, name=field.replace("_", " "), cells=cells))
    return rows


def _rows(what: ObjectName, versions: Sequence[Version], steps: dict[int, Comparison]) -> list[TimelineRow]:
    """Objects of one kind followed from version to version by what each step matched."""
    width = len(versions)
    open_rows: dict[str, list[TimelineCell]] = {}
    rows: list[list[TimelineCell]] = []
    for at, version in enumerate(versions):
        objects = getattr(version.record, _LISTS[what])
        before: dict[str, list[str]] = {}
        if at in steps:
            for change in steps[at].objects:
                if change.object is what:
                    for side in change.new:
                        before[side.path] = [old.path for old in change.old]
        now: dict[str, list[TimelineCell]] = {}
        taken: set[int] = set()
        for i in range(len(objects)):
            path = f"/{_LISTS[what]}/{i}"
            row = next((open_rows[p] for p in before.get(path, []) if p in open_rows), None)
            if row is None or id(row) in taken:
                row = [TimelineCell() for _ in range(width)]
                rows.append(row)
            row[at] = _cell(what, version.record, i)
            now[path] = row
            taken.add(id(row))
        open_rows = now
    return [
        TimelineRow(object=what, name=next(c.name for c in reversed(row) if c.name) or "", cells=row) for row in rows
    ]


def _cell(what: ObjectName, record: Agreement, at: int) -> TimelineCell:
    """An object's name, and what is worth telling of it: meetings, an annex's number, a title."""
    name, value, evidence = _shown(what, record, at)
    return TimelineCell(name=name, value=value, evidence=evidence)


def _shown(what: ObjectName, record: Agreement, at: int) -> tuple[str, str | None, Evidence | None]:
    if what is ObjectName.GROUP:
        group = record.groups[at]
        value = (
            f"{group.meetings_per_year:g} a year" if group.meetings_per_year is not None else group.meeting_frequency
        )
        return group.name, value, group.evidence_by_field.get("name") or group.evidence
    if what is ObjectName.ANNEX:
        annex = record.annexes[at]
        return annex.title or "", annex.number, annex.evidence
    if what is ObjectName.SIGNATORY:
        signatory = record.signatories[at]
        return signatory.name, signatory.title, signatory.evidence
    if what is ObjectName.CONTACT:
        contact = record.contacts[at]
        return contact.name or contact.role or "", contact.role, contact.evidence
    one = getattr(record, _LISTS[what])[at]
    return one.name, None, one.evidence_by_field.get("name") or one.evidence
