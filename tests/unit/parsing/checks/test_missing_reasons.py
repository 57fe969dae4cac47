"""Why a value is missing."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import Agreement, DocumentHead, DocumentKind, Party, PartyKind, Period, SourceFile
from avskrift.parsing.checks.missing_reasons import reasons_of, reasons_of_failed
from avskrift.parsing.fields.registry import FailedField
from avskrift.parsing.structure.document_structure import DocumentStructure

Structure = Callable[[str], DocumentStructure]
HEAD = "Överenskommelse\n\n1 Giltighet\n\n"


def record(kind: DocumentKind = DocumentKind.AGREEMENT, period: Period | None = None) -> Agreement:
    source = SourceFile(file="a.txt", sha256="0" * 64, pages=1, page_sources=["plain_text"])
    return Agreement(document=DocumentHead(kind=kind), source=source, period=period or Period())


@pytest.mark.parametrize(
    ("text", "period", "first", "last"),
    [
        ("Inget sägs.", Period(), "no clause tells a first day", "no clause tells a last day"),
        ("Inget sägs.", Period(until_further_notice=True), "no clause tells a first day", "holds until further notice"),
        ("Den gäller från undertecknandet.", Period(),
         "told only in relation to the signing: Den gäller från undertecknandet.",
         "told only in relation to the signing: Den gäller från undertecknandet."),
        ("Den gäller från undertecknandet.", Period(valid_from="2021"), None, "no clause tells a last day"),
        ("Inget sägs.", Period(valid_from="2021", valid_to="2022"), None, None),
    ],
)  # fmt: skip
def test_the_ends_of_a_period(
    structure: Structure, text: str, period: Period, first: str | None, last: str | None
) -> None:
    reasons = reasons_of(record(period=period), structure(HEAD + text))
    assert (reasons.get("period.valid_from"), reasons.get("period.valid_to")) == (first, last)


def test_every_empty_field_has_a_reason(structure: Structure) -> None:
    reasons = reasons_of(record(), structure(HEAD))
    assert {path for path in reasons if not path.startswith("period")} == {
        *("document.title", "document.diary_numbers", "parties", "groups", "focus_areas", "annexes", "signatories"),
        "contacts",
    }
    assert reasons["annexes"] == "no annex is listed"


def test_a_document_of_another_kind_has_no_such_fields(structure: Structure) -> None:
    reasons = reasons_of(record(DocumentKind.OTHER), structure(HEAD))
    assert reasons["groups"] == "the document is no agreement, plan, excerpt or memo"
    assert reasons["document.title"] == "no line at the head of the document names it"


def test_fields_whose_rules_failed() -> None:
    party = Party(name="Vikbo kommun", kind=PartyKind.MUNICIPALITY)
    failed = [FailedField(("parties", "groups", "document.kind", "period.valid_to"), "its rules failed")]
    reasons = reasons_of_failed(record().model_copy(update={"parties": [party]}), failed)
    assert reasons == dict.fromkeys(("groups", "document.kind", "period.valid_to"), "its rules failed")
