"""Groups while they are gathered: what tells that two names mean the same one."""

from collections.abc import Callable

import pytest

from avskrift.parsing.fields.groups.candidate import GroupCandidate, groups_named, is_short_for, same
from avskrift.parsing.structure.group_names import group_key, kind_of_head
from avskrift.parsing.structure.text_span import TextSpan
from avskrift.parsing.vocabulary import Vocabulary

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
def test_names_of_one_group(span: Span, vocabulary: Vocabulary, one: str, other: str, alike: bool) -> None:
    assert same(GroupCandidate(span(one), "other"), GroupCandidate(span(other), "other"), vocabulary) is alike
    assert (group_key(one, vocabulary) == group_key(other, vocabulary)) is alike


def test_an_alias_is_a_name_too(span: Span, vocabulary: Vocabulary) -> None:
    assert same(
        GroupCandidate(span("Chefsrådet"), "forum", ("Styrgruppen",)),
        GroupCandidate(span("styrgrupp"), "steering"),
        vocabulary,
    )


def test_part_of_a_heading_names_the_group(span: Span, vocabulary: Vocabulary) -> None:
    headed = GroupCandidate(span("Strategisk styrgrupp"), "steering", headed=True)
    assert is_short_for(GroupCandidate(span("Styrgruppen"), "steering"), headed, vocabulary)
    assert not is_short_for(
        GroupCandidate(span("Styrgruppen"), "steering"),
        GroupCandidate(span("Strategisk styrgrupp"), "steering"),
        vocabulary,
    )


def test_groups_of_a_sentence(span: Span, vocabulary: Vocabulary) -> None:
    found = groups_named(span("Arbetet leds av en styrgrupp, och en arbetsgrupp bereder frågorna."), vocabulary)
    assert [(b.name.text, b.kind) for b in found] == [("styrgrupp", "steering"), ("arbetsgrupp", "working")]


def test_the_kind_before_what_a_group_is_for(vocabulary: Vocabulary) -> None:
    assert kind_of_head("Rådet för trygghet", vocabulary) == kind_of_head("Rådet Vikbo", vocabulary) == "forum"
    assert kind_of_head("Torget", vocabulary) is None


def test_a_last_line_that_tells_when_the_group_meets(span: Span, vocabulary: Vocabulary) -> None:
    group = GroupCandidate(span("Styrgrupp"), "steering", members=[span("Kommunpolis"), span("4 gånger per år")])
    group.settle(vocabulary)
    assert [m.text for m in group.members] == ["Kommunpolis"]
    assert group.frequency is not None and (group.frequency.text, group.per_year) == ("4 gånger per år", 4)
