"""Groups while they are gathered: what tells that two names mean the same one."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.groups.candidate import Body, bodies_named, is_short_for, kind_of_head, plain_key, same
from avskrift.parsing.structure.text_span import TextSpan

Span = Callable[[str], TextSpan]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Lokala styrgruppen", "styrgrupp", True),
        ("Arbetsgrupperna", "arbetsgrupp", True),
        ("Lokala brottsförebyggande rådet", "BRÅ", True),
        ("Rådet för trygghet (RT)", "Rådet", True),
        ("Styrgruppen", "Arbetsgruppen", False),
    ],
)
def test_names_of_one_group(span: Span, one: str, other: str, alike: bool) -> None:
    assert same(Body(span(one), "other"), Body(span(other), "other")) is alike
    assert (plain_key(one) == plain_key(other)) is alike


def test_an_alias_is_a_name_too(span: Span) -> None:
    assert same(Body(span("Chefsrådet"), "forum", ("Styrgruppen",)), Body(span("styrgrupp"), "steering"))


def test_part_of_a_heading_names_the_group(span: Span) -> None:
    headed = Body(span("Strategisk styrgrupp"), "steering", headed=True)
    assert is_short_for(Body(span("Styrgruppen"), "steering"), headed)
    assert not is_short_for(Body(span("Styrgruppen"), "steering"), Body(span("Strategisk styrgrupp"), "steering"))


def test_groups_of_a_sentence(span: Span) -> None:
    found = bodies_named(span("Arbetet leds av en styrgrupp, och en arbetsgrupp bereder frågorna."))
    assert [(b.name.text, b.kind) for b in found] == [("styrgrupp", "steering"), ("arbetsgrupp", "working")]


def test_the_kind_before_what_a_group_is_for() -> None:
    assert kind_of_head("Rådet för trygghet") == kind_of_head("Rådet Vikbo") == "forum"
    assert kind_of_head("Torget") is None


def test_a_last_line_that_tells_when_the_group_meets(span: Span) -> None:
    body = Body(span("Styrgrupp"), "steering", members=[span("Kommunpolis"), span("4 gånger per år")])
    body.settle()
    assert [m.text for m in body.members] == ["Kommunpolis"]
    assert body.frequency is not None and (body.frequency.text, body.per_year) == ("4 gånger per år", 4)
