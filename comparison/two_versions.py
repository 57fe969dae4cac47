"""Two records compared: objects, clauses, words outside clauses, and the JSON Patch between them."""

import json
import logging
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from avskrift.comparison.clauses.changes import clauses_of
from avskrift.comparison.clauses.unchanged_text import with_text_check
from avskrift.comparison.objects.coverage import coverage_remarks
from avskrift.comparison.objects.record import objects_of
from avskrift.models.agreement import Agreement
from avskrift.models.comparison import ClauseChange, Comparison, Counts, ObjectChange, VersionHead
from avskrift.parsing import completed
from avskrift.runtime.failures import Failures

_LOG = logging.getLogger("avskrift.comparison")

Lines = Sequence[Sequence[str]]
"""The lines of each page of a document."""


def compare(
    old: Agreement, new: Agreement, *, patch: bool = True, old_lines: Lines = (), new_lines: Lines = ()
) -> Comparison:
    """What changed from `old` to `new`. Without `patch` no JSON Patch is made.

    With the lines of the documents (`old_lines`, `new_lines`) a remark counts their words that stand in no clause. A
    part of the comparison that fails is left out, and what is beyond a bound is compared less thoroughly: `remarks` say
    which; the traceback goes to the log `avskrift.comparison`.
    """
    failures = Failures(_LOG)
    given = old, new
    old, new = completed(old), completed(new)
    bounded: list[str] = []
    objects = objects_of(old, new, failures, bounded)
    clauses: list[ClauseChange] = failures.attempt(
        "comparing the clauses", partial(clauses_of, old, new, objects, bounded), [], "no clause was compared"
    )
    objects = failures.attempt(
        "looking which values stand unchanged in the text",
        partial(with_text_check, objects, clauses),
        objects,
        "none is told",
    )
    outside: list[str] = []
    for which, record, lines in (("old", old, old_lines), ("new", new, new_lines)):
        outside += failures.attempt(
            f"counting the words of the {which} document outside clauses",
            partial(coverage_remarks, which, record, lines),
            [],
            "they are not told",
        )
    steps: list[dict[str, Any]] = []
    if patch:
        steps = failures.attempt("making the patch", partial(json_patch, *given), steps, "there is none")
    return Comparison(
        old=version_head(old),
        new=version_head(new),
        counts=_counts(objects, clauses),
        objects=objects,
        clauses=clauses,
        remarks=[*outside, *dict.fromkeys(bounded), *failures.messages],
        patch=steps,
    )


def version_head(record: Agreement) -> VersionHead:
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


def json_patch(old: Agreement, new: Agreement) -> list[dict[str, Any]]:
    """The JSON Patch (RFC 6902) that turns the JSON of the old record into that of the new, evidence and all."""
    import jsonpatch

    before, after = (json.loads(record.model_dump_json()) for record in (old, new))
    patch: list[dict[str, Any]] = jsonpatch.make_patch(before, after).patch
    return patch


def _counts(objects: Sequence[ObjectChange], clauses: Sequence[ClauseChange]) -> Counts:
    doubts = [*(o.doubt for o in objects), *(c.doubt for c in clauses), *(v.doubt for o in objects for v in o.values)]
    return Counts(
        objects=dict(Counter(o.fate.value for o in objects)),
        values=sum(len(o.values) for o in objects),
        clauses=dict(Counter(c.fate.value for c in clauses)),
        doubtful=sum(map(bool, doubts)),
    )
