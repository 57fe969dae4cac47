"""Which part of a document are its annexes: what a file does not hold was not read, and is not gone."""

from collections.abc import Sequence

from avskrift.models.agreement import Agreement, Evidence, Section, Traced

Place = tuple[int, int]
"""Page and line; line 0 where it is not known."""


def place_of(evidence: Evidence | None) -> Place | None:
    """Where something stands."""
    return None if evidence is None else (evidence.page, evidence.line or 0)


def stands_in_annex(section: Section, end: Place | None) -> bool:
    """Whether a section is part of an annex: as its record tells, or since it stands below the signatures, which end at
    `end`: the heading of an annex may be lost."""
    after = end is not None and (place_of(section.evidence) or (section.page, 0)) > end
    return after or section.annex is not None


def holds_annexes(record: Agreement) -> bool:
    """Whether the file holds the text of annexes. True too where that is not known, or no annex is listed."""
    end = end_of_agreement(record)
    return not record.annexes or end is None or any(stands_in_annex(s, end) for s in record.sections)


def in_annexes(start: Place | None, evidences: Sequence[Evidence]) -> bool:
    """Whether all that was read of something stands below the signatures, which end at `start`."""
    places = [p for p in map(place_of, evidences) if p is not None]
    return start is not None and bool(places) and all(p > start for p in places)


def evidences_of(traced: Traced) -> list[Evidence]:
    """Where an object and its values were read."""
    found = list(traced.evidence_by_field.values())
    return found or ([traced.evidence] if traced.evidence is not None else [])


def end_of_agreement(record: Agreement) -> Place | None:
    """Where the last of the signatures stands; None where none was read."""
    places = [p for s in record.signatories for e in evidences_of(s) if (p := place_of(e)) is not None]
    return max(places) if places else None
