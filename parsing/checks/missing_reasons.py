"""Why a value is missing: a gap with a reason rather than a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from avskrift.models.agreement import Agreement, DocumentKind
from avskrift.parsing.structure.text_span import TextSpan

_REASONS: Mapping[str, str] = {
    "document.title": "no line at the head of the document names it",
    "document.diary_numbers": "no diary number is labelled or stands in a header",
    "parties": "nobody is named as a party, or only one",
    "groups": "no body is told of with members or meetings",
    "focus_areas": "no list, heading or sentence names prioritised areas",
    "annexes": "no annex is listed",
    "signatories": "no name with a title stands where signing begins",
    "contacts": "no name stands beside a phone number, an address or an office",
}
"""By the path of each field that may be empty: what was not found."""
_OF_OTHERS = "the document is no agreement, plan, excerpt or memo"


@dataclass(frozen=True, slots=True)
class FailedField:
    """Values of the record that could not be read, and why."""

    paths: tuple[str, ...]
    reason: str


def reasons_of(
    agreement: Agreement, signing_clause: TextSpan | None, unread_clause: TextSpan | None = None
) -> dict[str, str]:
    """By the path of each core field that is null or empty, why it is.

    `signing_clause` is the sentence that lets the agreement be valid from its signing, `unread_clause` one on validity
    that tells days or a time which were not understood; None where there is none.
    """
    reasons = dict(_reasons_of_period(agreement, signing_clause, unread_clause))
    other = agreement.document.kind is DocumentKind.OTHER
    for path, reason in _REASONS.items():
        value = attrgetter(path)(agreement)
        if not value:
            reasons[path] = _OF_OTHERS if other and value == [] else reason
    return reasons


def _reasons_of_period(
    agreement: Agreement, signing_clause: TextSpan | None, unread_clause: TextSpan | None
) -> Mapping[str, str]:
    """Why the first or the last day is missing. A clause on the signing explains both where no first day is known."""
    period = agreement.period
    clause = None if period.valid_from or signing_clause is None else signing_clause.text
    relative = None if clause is None else f"told only in relation to the signing: {clause}"
    if relative is None and unread_clause is not None:
        relative = f"a clause tells days or a time that were not understood: {unread_clause.text}"
    reasons = {}
    if period.valid_from is None:
        reasons["period.valid_from"] = relative or "no clause tells a first day"
    if period.valid_to is None:
        untold = relative or "no clause tells a last day"
        reasons["period.valid_to"] = "holds until further notice" if period.until_further_notice else untold
    return reasons


def reasons_of_failed(agreement: Agreement, failed: Sequence[FailedField]) -> dict[str, str]:
    """By the path of each value that is missing because its rules failed, that reason. A kind is never missing: where
    it is not known, it is `other`."""
    return {
        path: field.reason
        for field in failed
        for path in field.paths
        if path == "document.kind" or not attrgetter(path)(agreement)
    }
