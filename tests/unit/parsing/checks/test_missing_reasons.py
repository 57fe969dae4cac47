"""Why a value is missing."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import Agreement, DocumentHead, DocumentKind, Party, PartyKind, Period, SourceFile
from avskrift.parsing.checks.missing_reasons import FailedField, reasons_of, reasons_of_failed
from avskrift.parsing.structure.text_span import TextSpan

Span = Callable[[str], TextSpan]
CLAUSE = "Den gäller från undertecknandet."


def record(kind: DocumentKind = DocumentKind.AGREEMENT, period: Period | None = None) -> Agreement:
    source = SourceFile(file="a.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"])
    return Agreement(document=DocumentHead(kind=kind), source=source, period=period or Period())


@pytest.mark.parametrize(
    ("clause", "period", "first", "last"),
    [
        ("", Period(), "no clause tells a first day", "no clause tells a last day"),
        ("", Period(until_further_notice=True), "no clause tells a first day", "holds until further notice"),
        (CLAUSE, Period(),
         f"told only in relation to the signing: {CLAUSE}",
         f"told only in relation to the signing: {CLAUSE}"),
        (CLAUSE, Period(valid_from="2021"), None, "no clause tells a last day"),
        ("", Period(valid_from="2021", valid_to="2022"), None, None),
    ],
)  # fmt: skip
def test_the_ends_of_a_period(span: Span, clause: str, period: Period, first: str | None, last: str | None) -> None:
    reasons = reasons_of(record(period=period), span(clause) if clause else None)
    assert (reasons.get("period.valid_from"), reasons.get("period.valid_to")) == (first, last)


def test_days_that_were_not_understood_are_a_reason(span: Span) -> None:
    clause = "Avtalet gäller under mandatperioden."
    reasons = reasons_of(record(period=Period(valid_from="2021-03-01")), None, span(clause))
    assert reasons["period.valid_to"] == f"a clause tells days or a time that were not understood: {clause}"
    assert "period.valid_from" not in reasons


def test_every_empty_field_has_a_reason() -> None:
    reasons = reasons_of(record(), None)
    assert {path for path in reasons if not path.startswith("period")} == {
        *("document.title", "document.diary_numbers", "parties", "groups", "focus_areas", "annexes", "signatories"),
        "contacts",
    }
    assert reasons["annexes"] == "no annex is listed"


def test_a_document_of_another_kind_has_no_such_fields() -> None:
    reasons = reasons_of(record(DocumentKind.OTHER), None)
    assert reasons["groups"] == "the document is no agreement, plan, excerpt or memo"
    assert reasons["document.title"] == "no line at the head of the document names it"


def test_fields_whose_rules_failed() -> None:
    party = Party(name="Vikbo kommun", kind=PartyKind.MUNICIPALITY)
    failed = [FailedField(("parties", "groups", "document.kind", "period.valid_to"), "its rules failed")]
    reasons = reasons_of_failed(record().model_copy(update={"parties": [party]}), failed)
    assert reasons == dict.fromkeys(("groups", "document.kind", "period.valid_to"), "its rules failed")
