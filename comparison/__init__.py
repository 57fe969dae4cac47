"""Two records or more: what changed from one to the next, field by field and clause by clause.

`objects` matches parties, groups, areas, annexes and people by what they mean and compares their values; `clauses`
aligns sections and compares their words; `doubt` says where a difference may be the reading's.
"""

from collections import Counter
from collections.abc import Sequence

from avskrift.comparison.clauses import clauses_of
from avskrift.comparison.coverage import remark_on
from avskrift.comparison.objects import objects_of
from avskrift.comparison.patch import patch_of
from avskrift.comparison.same_text import settled
from avskrift.models.agreement import Agreement
from avskrift.models.comparison import (
    ClauseChange,
    Comparison,
    Counts,
    ObjectChange,
    VersionHead,
)

Lines = Sequence[Sequence[str]]
"""The lines of each page of a document."""


def compare(
    old: Agreement, new: Agreement, *, patch: bool = True, old_lines: Lines = (), new_lines: Lines = ()
) -> Comparison:
    """What changed from `old` to `new`. Without `patch` no JSON Patch is made.

    With the lines of the documents it is told how many of their words stand in no clause.
    """
    objects = objects_of(old, new)
    clauses = clauses_of(old, new, objects)
    objects = settled(objects, clauses)
    return Comparison(
        old=head_of(old),
        new=head_of(new),
        counts=_counts(objects, clauses),
        objects=objects,
        clauses=clauses,
        remarks=[*remark_on("old", old, old_lines), *remark_on("new", new, new_lines)],
        patch=patch_of(old, new) if patch else [],
    )


def head_of(record: Agreement) -> VersionHead:
    """Which document a record is of."""
    return VersionHead(
        file=record.source.file,
        sha256=record.source.sha256,
        kind=record.document.kind,
        title=record.document.title,
        pages=record.source.pages,
        parties=[party.name for party in record.parties],
        valid_from=record.period.valid_from,
        valid_to=record.period.valid_to,
        until_further_notice=record.period.until_further_notice,
    )


def _counts(objects: Sequence[ObjectChange], clauses: Sequence[ClauseChange]) -> Counts:
    doubts = [*(o.doubt for o in objects), *(c.doubt for c in clauses), *(v.doubt for o in objects for v in o.values)]
    return Counts(
        objects=dict(Counter(o.fate.value for o in objects)),
        values=sum(len(o.values) for o in objects),
        clauses=dict(Counter(c.fate.value for c in clauses)),
        doubtful=sum(map(bool, doubts)),
    )


__all__ = ["compare", "head_of"]
