"""Values with their words, and the records made of them."""

from collections.abc import Callable

import pytest

from avskrift.models.agreement import Activity, Annex, Group, GroupKind, Period
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.structure.values import Value, extended, record_of

Span = Callable[[str], TextSpan]


@pytest.mark.parametrize("empty", [TextSpan("", ()), TextSpan("Vikbo", ())])
def test_no_value_without_words(empty: TextSpan) -> None:
    with pytest.raises(ValueError, match="no words"):
        Value("Vikbo", empty, "parties.name")


def test_nothing_read_is_no_value(span: Span) -> None:
    assert Value.of_any(None, "parties.name") is None
    assert Value.of_any(span("Vikbo").cut(2, 2), "parties.name") is None
    assert Value.of_any(span("Vikbo"), "parties.name") == Value("Vikbo", span("Vikbo"), "parties.name")


def test_what_is_concluded_is_less_sure_than_what_is_read(span: Span) -> None:
    text = span("Karta över torget")
    assert Value("2", text, "annexes", "told by its place", at_most=0.6).evidence().confidence == 0.6
    assert Value("2", text, "sections", at_most=0.99).evidence() == Value.of(text, "sections").evidence()


def test_a_rule_that_was_never_measured_is_an_error(span: Span) -> None:
    with pytest.raises(KeyError):
        Value.of(span("Vikbo"), "parties.colour").evidence()


def test_each_value_of_a_record_has_its_evidence(span: Span) -> None:
    text = span("Styrgrupp: kommundirektör, polischef")
    members = [Value.of(text.cut(11, 25), "groups.members"), Value.of(text.cut(27), "groups.members")]
    name = Value.of(text.cut(0, 9), "groups.name")
    group = record_of(Group, {"name": name, "members": members, "purpose": None}, kind=GroupKind.STEERING)
    assert (group.name, group.members, group.purpose) == ("Styrgrupp", ["kommundirektör", "polischef"], None)
    assert {name: e.text for name, e in group.evidence_by_field.items()} == {
        "name": "Styrgrupp",
        "members.0": "kommundirektör",
        "members.1": "polischef",
    }
    assert group.evidence == group.evidence_by_field["name"]


def test_an_object_that_one_span_says(span: Span) -> None:
    whole = Value.of(span("Bilaga 1 Karta"), "annexes")
    annex = record_of(Annex, {}, whole=whole, number="1", title="Karta")
    assert annex.evidence == whole.evidence() and annex.evidence_by_field == {}
    assert (annex.number, annex.title) == ("1", "Karta")


def test_nothing_read_makes_an_empty_record() -> None:
    assert record_of(Period, {"valid_from": None}) == Period()
    assert record_of(Activity, {}) == Activity()


def test_a_record_that_is_read_on(span: Span) -> None:
    text = span("till och med 2023, i två år från undertecknandet")
    begun = record_of(Period, {"valid_to": Value.of(text.cut(13, 17), "period.valid_to")})
    counted = Value("2021", text.cut(19), "period.valid_from, counted from the signing", "the last day of signing")
    period = extended(begun, {"valid_from": counted, "revision": None})
    assert (period.valid_from, period.valid_to) == ("2021", "2023")
    assert list(period.evidence_by_field) == ["valid_to", "valid_from"]
    assert period.evidence == begun.evidence
    assert extended(Period(), {"valid_from": counted}).evidence == counted.evidence()
