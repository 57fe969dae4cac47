"""Why a value is missing: a gap with a reason rather than a guess."""

from collections.abc import Sequence

from avskrift.models.agreement import Agreement, DocumentKind
from avskrift.parsing.fields.period import signing_clause
from avskrift.parsing.fields.registry import FailedField
from avskrift.parsing.structure.document_structure import DocumentStructure


def reasons_of(agreement: Agreement, structure: DocumentStructure) -> dict[str, str]:
    """By the path of each core field that is null or empty, why it is."""
    other = agreement.document.kind is DocumentKind.OTHER
    period = agreement.period
    reasons: dict[str, str] = {}
    clause = None if period.valid_from else signing_clause(structure)
    relative = None if clause is None else clause.text
    if period.valid_from is None:
        told = f"told only in relation to the signing: {relative}" if relative else "no clause tells a first day"
        reasons["period.valid_from"] = told
    if period.valid_to is None:
        if period.until_further_notice:
            reasons["period.valid_to"] = "holds until further notice"
        else:
            told = f"told only in relation to the signing: {relative}" if relative else "no clause tells a last day"
            reasons["period.valid_to"] = told
    for path, value, why in (
        ("document.title", agreement.document.title, "no line at the head of the document names it"),
        (
            "document.diary_numbers",
            agreement.document.diary_numbers,
            "no diary number is labelled or stands in a header",
        ),
        ("parties", agreement.parties, "nobody is named as a party, or only one"),
        ("groups", agreement.groups, "no body is told of with members or meetings"),
        ("focus_areas", agreement.focus_areas, "no list, heading or sentence names prioritised areas"),
        ("annexes", agreement.annexes, "no annex is listed"),
        ("signatories", agreement.signatories, "no name with a title stands where signing begins"),
        ("contacts", agreement.contacts, "no name stands beside a phone number, an address or an office"),
    ):
        if not value:
            reasons[path] = "the document is no agreement, plan, excerpt or memo" if other and value == [] else why
    return reasons


def reasons_of_failed(agreement: Agreement, failed: Sequence[FailedField]) -> dict[str, str]:
    """By the path of each value that is missing because its rules failed, that reason. A kind is never missing: where
    it could not be told, it is `other`."""
    return {
        path: field.reason
        for field in failed
        for path in field.paths
        if path == "document.kind" or not _value_at(agreement, path)
    }


def _value_at(agreement: Agreement, path: str) -> object:
    value: object = agreement
    for name in path.split("."):
        value = getattr(value, name)
    return value
